"""Functions of the file that convert a word of the command line."""

import pytest

from apkg.model import Range, Scalar


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (
            "def own(text):\n    return datetime.strptime(text, '%Y-%m-%d').date()",
            {"semantics": "date"},
        ),
        (
            (
                "def own(text):\n    try:\n        return datetime.fromisoformat(text)\n"
                "    except ValueError:\n        raise argparse.ArgumentTypeError('no')"
            ),
            {"semantics": "dateTime"},
        ),
        (
            (
                "def own(text):\n    value = int(text)\n    if value <= 0:\n"
                "        raise argparse.ArgumentTypeError('no')\n    return value"
            ),
            {"type": Scalar("int"), "range": Range(minimum=1)},
        ),
        (
            (
                "def own(x):\n    x = float(x)\n    if x < 0.0 or x > 1.0:\n"
                "        raise argparse.ArgumentTypeError('no')\n    return x"
            ),
            {"type": Scalar("double"), "range": Range(minimum=0.0, maximum=1.0)},
        ),
        (
            (
                "def own(x):\n    v = float(x)\n    if not 0 <= v <= 100:\n"
                "        raise ValueError\n"
                "    return v"
            ),
            {"type": Scalar("double"), "range": Range(minimum=0, maximum=100)},
        ),
        (
            "def own(x):\n    v = float(x)\n    if v <= 0:\n        raise ValueError\n    return v",
            {"type": Scalar("double"), "range": None},
        ),
        (
            "def own(p):\n    if not os.path.isfile(p):\n        raise ValueError\n    return p",
            {"type": Scalar("File"), "must_exist": True},
        ),
        (
            (
                "def own(p):\n    p = Path(p)\n    if not p.is_dir():\n        raise ValueError\n"
                "    return p"
            ),
            {"type": Scalar("Directory"), "must_exist": True},
        ),
        (
            "def own(s):\n    return s.lower() in ('true', 'yes', '1')",
            {"type": None, "choices": ("true", "false")},
        ),
        (
            (
                "def own(s):\n    parts = [float(v) for v in s.split(',')]\n"
                "    if len(parts) != 4:\n        raise ValueError\n    return parts"
            ),
            {"type": Scalar("double"), "separator": ",", "maximum": None},
        ),
        ("def own(s) -> int:\n    return parse(s)", {"type": Scalar("int")}),
        ("def own(s):\n    return s.strip()", {"type": None}),
        (
            (
                "def limits(low, high):\n    def inner(s):\n"
                "        return int(s)\n    return inner\n"
                "own = limits(1, 2)"
            ),
            {"type": Scalar("int")},
        ),
        (
            "def base(s, unit):\n    return float(s)\nown = functools.partial(base, unit='m')",
            {"type": Scalar("double")},
        ),
    ],
)
def test_own_functions(argument, function, expected):
    before = (
        f"import functools, os\nfrom datetime import datetime\nfrom pathlib import Path\n{function}"
    )
    found = argument("'--x', type=own", before)
    assert {name: getattr(found, name) for name in expected} == expected


def test_a_function_of_elsewhere_is_said(read):
    found = read(
        "import argparse\nfrom company import own\np = argparse.ArgumentParser()\n"
        "p.add_argument('--x', type=own)\np.parse_args()\n"
    )
    assert found.commands[0].arguments[0].type is None
    assert "company.own" in found.findings[0].message
