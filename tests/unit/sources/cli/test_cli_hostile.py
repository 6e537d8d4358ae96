"""Files that nobody should have to read, and constants that are followed with care."""

import time

import pytest

from apkg.errors import SourceError
from apkg.model import Default
from apkg.sources.cli import read_cli, read_cli_source, sniff

PARSER = "import argparse\np = argparse.ArgumentParser()\n{}\np.parse_args()\n"


@pytest.mark.parametrize(
    ("content", "message", "line"),
    [
        (b"import argparse\nprint 'hello'\n", "Python 2", 2),
        (b"import argparse\ntry:\n    pass\nexcept IOError, e:\n    pass\n", "Python 2", 4),
        (b"import argparse\ndef f(:\n", "not valid Python 3", 2),
        (b"import argparse\n\0\n", "NUL", 2),
        (b"x = 1\n", "no command line", None),
        (b"", "no command line", None),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path, content, message, line):
    path = tmp_path / "tool.py"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=message) as error:
        read_cli(path)
    assert error.value.location.path == str(path)
    assert error.value.location.line == line


def test_other_languages_and_folders(tmp_path):
    path = tmp_path / "tool.pl"
    path.write_text("print 1;")
    with pytest.raises(SourceError, match="in no language"):
        read_cli(path)
    with pytest.raises(SourceError, match="is a folder"):
        read_cli(tmp_path)
    with pytest.raises(SourceError, match="there is no such file"):
        read_cli(tmp_path / "missing.py")


@pytest.mark.parametrize(
    "code",
    [
        "x = 'a' * 10**12",
        "x = [0] * 10**12",
        "x = 10 ** 10 ** 10",
        "x = '%1000000000d' % 3",
        "x = f'{3:1000000000}'",
        "x = '{:1000000000}'.format(3)",
        "x = '{:{}}'.format(3, 10**9)",
        "x = sorted(range(10**12)); y = sum(range(10**12)); z = list(range(10**30))",
        "x = 'ab'\nfor i in range(1000):\n    x = x + x",
        "x = 'ab'\nfor i in range(1000):\n    x = x.replace('a', 'aaaaaaaa')",
        "x = [0]\nfor i in range(1000):\n    x = [x, x]\ny = str(x)",
        "x = []\nx.append(x)\ny = str(x)",
        "while True:\n    pass",
        "def f(n):\n    return f(n + 1)\nf(0)",
        "f = lambda g: g(g)\nf(f)",
        "class A(A): pass",
        "def f():\n    for i in range(1000):\n        for j in range(1000):\n            f()\nf()",
        "x = [i for i in range(900) for j in range(900) for k in range(900)]",
        "x = " + "-" * 60 + "1",
        "x = " + "+".join(["1"] * 600),
        "if x: pass\n" + "elif y: pass\n" * 500,
        "\n".join(f"if a{n}: b{n} = 1" for n in range(1500)),
    ],
)
def test_code_without_end_is_bounded(tmp_path, code):
    path = tmp_path / "tool.py"
    declared = "p.add_argument('--tile', default='33UVP')\n"
    path.write_text(PARSER.format(declared + code), encoding="utf-8")
    start = time.process_time()
    (command,) = read_cli(path)
    assert time.process_time() - start < 40
    assert command.arguments[0].default == Default("33UVP")


@pytest.mark.parametrize(
    "code",
    [
        "x = " + "(" * 5000,
        "x = " + "[" * 150 + "]" * 150,
        "a." * 40000 + "b",
        "+".join(["1"] * 9000),
    ],
)
def test_code_nested_too_deeply(tmp_path, code):
    path = tmp_path / "tool.py"
    path.write_text(PARSER.format(f"p.add_argument('--tile')\n{code}"), encoding="utf-8")
    try:
        (command,) = read_cli(path)
    except SourceError as error:
        assert error.location.path == str(path)  # noqa: PT017
    else:
        assert command.arguments[0].name == "tile"


def test_nothing_is_run(tmp_path):
    target = tmp_path / "ran"
    path = tmp_path / "tool.py"
    path.write_text(
        f"import argparse, os, pathlib\npathlib.Path({str(target)!r}).write_text('x')\n"
        f"os.system('touch {target}')\np = argparse.ArgumentParser()\n"
        f"p.add_argument('--x', default=open({str(target)!r}, 'w'))\np.parse_args()\n"
    )
    (command,) = read_cli(path)
    assert command.arguments[0].default is None
    assert not target.exists()


def test_only_files_of_the_program_are_followed(tmp_path):
    (tmp_path / "secret.py").write_text("NAME = 'secret'\n")
    (tmp_path / "pkg").mkdir()
    path = tmp_path / "pkg" / "tool.py"
    path.write_text(
        "import argparse\nfrom ..secret import NAME\np = argparse.ArgumentParser()\n"
        "p.add_argument('--x', default=NAME)\np.parse_args()\n"
    )
    assert read_cli(path)[0].arguments[0].default is None


def test_escapes_do_not_reach_the_terminal(tmp_path):
    path = tmp_path / "tool.py"
    path.write_text(PARSER.format("p.add_argument('--x', type=int, default='\\x1b[31mred')"))
    notes = read_cli_source(path).findings
    assert notes
    assert not any("\x1b" in note.message for note in notes)


@pytest.mark.parametrize(
    ("name", "content", "answer"),
    [
        ("a.py", "import argparse\n", True),
        ("a.py", "print('hello')\n", False),
        ("__main__.py", "from .cli import main\nmain()\n", True),
        ("run", "#!/usr/bin/env python3\nimport click\n", True),
        ("run", "#!/bin/bash\necho $1\n", True),
        ("run.sh", "echo hello\n", False),
        ("run.R", "args <- commandArgs(TRUE)\n", True),
        ("run.txt", "import argparse\n", False),
    ],
)
def test_sniff(tmp_path, name, content, answer):
    path = tmp_path / name
    path.write_text(content)
    assert sniff(path) is answer


def test_sniff_never_fails(tmp_path):
    assert not sniff(tmp_path)
    assert not sniff(tmp_path / "missing.py")
    binary = tmp_path / "a.py"
    binary.write_bytes(b"argparse\0\xff")
    assert not sniff(binary)
