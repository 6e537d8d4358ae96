"""What one ``add_argument`` call says."""

import pytest

from apkg.model import Default, Range, Scalar


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("'scene'", {"flags": (), "required": True, "minimum": 1, "maximum": 1}),
        ("'scene', nargs='?'", {"required": False, "minimum": 0, "maximum": 1}),
        ("'scenes', nargs='*'", {"required": False, "minimum": 0, "maximum": None}),
        ("'scenes', nargs='+'", {"required": True, "minimum": 1, "maximum": None}),
        ("'rest', nargs=argparse.REMAINDER", {"minimum": 0, "maximum": None}),
        ("'--bbox', nargs=4, type=float", {"minimum": 4, "maximum": 4, "type": Scalar("double")}),
        ("'-o', '--out-file'", {"name": "out_file", "flags": ("-o", "--out-file")}),
        ("'-n'", {"name": "n", "flags": ("-n",)}),
        ("'--crs', dest='epsg'", {"name": "epsg", "flags": ("--crs",)}),
        ("'--size', type=int, default='5'", {"type": Scalar("int"), "default": Default(5)}),
        ("'--fast', action='store_true'", {"action": "flag", "default": Default(value=False)}),
        (
            "'--no-cache', action='store_false', dest='cache'",
            {"name": "no_cache", "action": "flag", "default": Default(value=False)},
        ),
        (
            "'--debug', action='store_const', const=10, dest='level'",
            {"name": "debug", "action": "flag"},
        ),
        ("'-v', action='count', default=0", {"action": "count", "default": Default(0)}),
        ("'--band', action='append'", {"action": "append", "minimum": 1, "maximum": 1}),
        ("'--band', action='append', nargs=2", {"action": "append", "maximum": 2}),
        ("'--band', action='extend', nargs='+'", {"action": "value", "maximum": None}),
        ("'--version', action='version', version='1.2'", {"action": "info"}),
        (
            "'--mask', action=argparse.BooleanOptionalAction, default=True",
            {"action": "flag", "off_flag": "--no-mask", "default": Default(value=True)},
        ),
        ("'--x', required=True", {"required": True}),
        ("'--x', help=argparse.SUPPRESS", {"hidden": True, "help": ""}),
        ("'--x', metavar=('A', 'B'), nargs=2", {"metavar": "A B"}),
        ("'--x', choices=['a', 'b']", {"choices": ("a", "b")}),
        ("'--x', type=int, choices=range(1, 4)", {"choices": (1, 2, 3)}),
        ("'--x', type=int, choices=range(1, 367)", {"range": Range(minimum=1, maximum=366)}),
        ("'--x', type=bool, default=False", {"type": None, "default": None}),
        ("'--x', default=argparse.SUPPRESS", {"default": None}),
        ("'--x', default=None", {"default": None}),
        ("'--xs', nargs='*', default=['a', 'b']", {"default": Default(("a", "b"))}),
    ],
)
def test_settings(argument, call, expected):
    found = argument(call)
    assert {name: getattr(found, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("call", "text"),
    [
        ("'--n', default=3, help='How many (default: %(default)s)'", "How many (default: 3)"),
        ("'--n', default=3, type=int, help='%(type)s, %(default)d'", "int, 3"),
        ("'--n', choices=['a', 'b'], help='one of %(choices)s'", "one of a, b"),
        ("'--n', help='up to 100%% of it'", "up to 100% of it"),
        ("'--n', help='%(prog)s reads %(dest)s'", "tool.py reads n"),
        ("'--n', default=now(), help='Day (default: %(default)s)'", "Day"),
        ("'--n', default=['a'], nargs='+', help='[%(default)s]'", "[a]"),
    ],
)
def test_help_is_expanded(argument, call, text):
    assert argument(call, "from clock import now").help == text


@pytest.mark.parametrize(
    ("kind", "before", "expected"),
    [
        ("open", "", {"type": Scalar("File"), "must_exist": True}),
        ("argparse.FileType('r')", "", {"type": Scalar("File"), "must_exist": True}),
        ("argparse.FileType('w')", "", {"type": Scalar("File"), "writes": True}),
        ("argparse.FileType()", "", {"type": Scalar("File"), "must_exist": True}),
        ("Path", "from pathlib import Path", {"type": None, "metavar": "PATH"}),
        ("pathlib.Path", "import pathlib", {"type": None, "metavar": "PATH"}),
        ("np.float32", "import numpy as np", {"type": Scalar("double")}),
        ("date.fromisoformat", "from datetime import date", {"semantics": "date"}),
        ("lambda s: int(s)", "", {"type": Scalar("int")}),
        (
            "lambda s: [float(x) for x in s.split(',')]",
            "",
            {"type": Scalar("double"), "separator": ",", "maximum": None},
        ),
        ("lambda s: list(map(int, s.split(';')))", "", {"type": Scalar("int"), "separator": ";"}),
        ("lambda s: s.split(',')", "", {"type": None, "separator": ","}),
    ],
)
def test_types(argument, kind, before, expected):
    found = argument(f"'--x', type={kind}", before)
    assert {name: getattr(found, name) for name in expected} == expected


def test_a_choice_is_known_from_an_enum(argument):
    before = """
    from enum import Enum
    class Method(Enum):
        MEAN = "mean"
        MEDIAN = "median"
    """
    found = argument("'--method', type=Method, default=Method.MEAN", before)
    assert (found.choices, found.default) == (("mean", "median"), Default("mean"))
    found = argument("'--method', choices=[m.value for m in Method]", before)
    assert found.choices == ("mean", "median")
    found = argument("'--method', choices=list(Method)", before)
    assert found.choices == ("mean", "median")


def test_an_own_action_is_read_by_the_class_it_comes_from(argument):
    before = """
    class Talk(argparse._StoreTrueAction):
        pass
    """
    assert argument("'--talk', action=Talk", before).action == "flag"


def test_place_is_the_line_of_the_call(argument):
    found = argument("\n    '--x',\n    type=int,\n", "# one\n# two")
    assert found.location is not None
    assert (found.location.line, found.location.path.endswith("tool.py")) == (5, True)
