"""Whatever the file holds, the answer is commands or one clear error, and it comes soon."""

import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from apkg.errors import SourceError
from apkg.sources.cli import read_cli

PIECES = {
    "tool.py": [
        "import argparse\n", "import click\n", "p = argparse.ArgumentParser()\n", "def f(x=1):\n",
        "    p.add_argument('--a', ", "p.add_argument('b')\n", "type=int)\n", "@click.command()\n",
        "@click.option('--x/--no-x')\n", "p.parse_args()\n", "for i in (1, 2):\n", "    pass\n",
        "class A:\n", "if x:\n", "else:\n", "f(", ")\n", "import sys\n", "x = sys.argv[1]\n",
        "'''Usage: t [-a | (<b> c)]...'''\n", "return f\n", "    return f\n", "*a, **b",
    ],
    "tool.sh": [
        "case $1 in\n", "-a|--b) X=$2; shift 2 ;;\n", "esac\n", "while getopts ':a:b' o; do\n",
        "done\n", "f() {\n", "}\n", 'X="${1:-y}"\n', '"$@"\n', 'if [ -z "$X" ]; then\n', "fi\n",
        "<<E\n", "E\n", "'", '"', "$(", ")", "getopt -o a: --long b:,c\n", "# Usage: t <a> [b]\n",
    ],
    "tool.R": [
        "args <- commandArgs(TRUE)\n", "x <- args[1]\n", "make_option(", "c('-a', '--b')",
        ", type='integer'", ", default=3", ")\n", "if (length(args) > 1) ", "else 3\n", "'", "{",
        "}", "[", "]", "parser$add_argument('--x')\n", "docopt('Usage: t <a>')\n",
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(PIECES))
@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_order_of_pieces(tmp_path, name, data):
    pieces = data.draw(st.lists(st.sampled_from(PIECES[name]), max_size=25))
    _read(tmp_path / name, "".join(pieces).encode())


@pytest.mark.parametrize("name", ["tool.py", "tool.sh", "tool.R"])
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=st.binary(max_size=200))
@example(content=b"\xff\xfe")
def test_any_bytes(tmp_path, name, content):
    _read(tmp_path / name, content)


def _read(path, content):
    path.write_bytes(content)
    try:
        assert read_cli(path)
    except SourceError as error:
        found = error.location
    else:
        return
    assert found is not None
    assert found.path == str(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.sh", "echo $1\n" + "usage" + " " * 300_000 + "\n"),
        ("t.sh", "echo $1\n" + "-a " * 100_000 + "\n"),
        ("t.sh", "echo $1\n" + "x" + " " * 300_000 + "y\n"),
        ("t.sh", 'f() {\necho "$@"\n}\n' + 'g() { echo "$@"; }\n' * 10_000),
        ("t.sh", "case $1 in\n" * 5_000),
        ("t.R", "x <- commandArgs(TRUE)[1]\n" + "a" * 300_000 + "\n"),
        ("t.R", "x <- commandArgs(TRUE)[1]\n" + "if(" * 30 + ")" * 30 + "\n" * 100_000),
        ("t.R", "make_option(" * 30_000),
        ("t.py", "import argparse\np = argparse.ArgumentParser()\n"
          "p.add_argument('--x', help='" + " " * 200_000 + "(%(default)s')\np.parse_args()"),
        ("t.py", "import click\n@click.group()\ndef c(): pass\n"
         + "@c.command()\ndef d(): pass\n" * 3000),
        ("t.py", "import argparse\np = argparse.ArgumentParser()\n"
          "p.add_argument('--x', action='version', version='" + "1" * 90_000 + "')\n"),
    ],
)  # fmt: skip
def test_long_files_take_no_long_time(tmp_path, name, content):
    start = time.process_time()
    _read(tmp_path / name, content.encode())
    assert time.process_time() - start < 40
