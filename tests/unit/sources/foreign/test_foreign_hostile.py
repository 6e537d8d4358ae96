"""Hostile cells: bounded work, and a SourceError at worst."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apkg.errors import SourceError
from apkg.sources.notebook.foreign import parse_cell

N = 10_000
HOSTILE = [
    "(" * N, "x = " + "(" * N + ")" * N, "x <- " + "c(" * N, "x=" + "[" * N, "x = " + "-" * N + "1",
    '"' * N, "'" * N, "`" * N, "\\" * N, '"' + "\\" * N, 'x = raw"' + "\\" * N,
    'x = raw"' + "\\a" * N + '"', 'x = "' + "$(" * N, 'x = "' + '$("' * N, "x=" + "${" * N,
    "x=" + "$(" * N, "x=" + "`" * N, "x=" + "\\`" * N, "((" * N, "{ " * N, "if " * N, "x = " * N,
    "x <- " * N, "a->" * N, "#=" * N, "# type: " + "[" * N + "\nx=1", "x=1 # type: " + "[a" * N,
    "x=(" + "a " * N, "cat " + "<<a " * N + "\n" + "b\n" * N, "if (a)" + "\n" * N, "x = " + "9" * N,
    "x=" + "0" * N, "x = 1e" + "9" * N, "x = " + "1_" * N, "0x" + "f" * N, "x = 0x" + "f" * N,
    "x = " + "f(" * 30 + ")" * 30 + "\n" * N, 'r"' + "-" * N, "%" * N, "x = 1;" * N, "]" * N,
    "x::" + "Union{" * N, "begin " * N, "end " * N, "f()" * N, "case " * N, "x=$'" + "\\" * N,
    "a, " * N + "= 1", "\u2028" * N, "x = '" + "\\" * N, 'x = """' + "\n  a" * N + '"""',
    "x = [" + "1," * N + "]", "x <- c(" + "1," * N + "1)", "x\x00=1", "x = \ud800", "x = '\ud800'",
]  # fmt: skip


@pytest.mark.parametrize("language", ["r", "julia", "bash"])
@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_cells_end_soon(language, number):
    started = time.process_time()
    with contextlib.suppress(SourceError):
        parse_cell(HOSTILE[number], language=language, path="a.ipynb", cell=1)
    assert time.process_time() - started < 8


def test_too_large_a_cell():
    with pytest.raises(SourceError, match="1,000,001 characters"):
        parse_cell(" " * 1_000_001, language="r", path="a.ipynb", cell=1)


PIECES = st.sampled_from(
    [*"xyT \n\t;=<->()[]{}\"'`$\\#:,.+-*/&|~!?%@^_0159eLf",
     "<-", "->", "x = ", "x <- ", "x=", "c(", "list(", '"""', 'raw"', 'r"(', "$(", "${", "((",
       "if ", "end", "then ", "fi", "function ", "<<E", "\nE\n", "declare -i ", "export ", "const ",
       "::Int", "type: ", "nothing", "NULL", "\\u", "\\x", "é"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(["r", "julia", "bash"]))
def test_any_cell_is_read_or_refused(source, language):
    try:
        found = parse_cell(source, language=language, path="a.ipynb", cell=1)
    except SourceError as error:
        found = ()
        place = error.location.line
    else:
        place = 1
    lines = source.count("\n") + 1
    assert 1 <= place <= lines
    assert all(1 <= parameter.line <= lines for parameter in found)
    assert len({parameter.name for parameter in found}) == len(found)
