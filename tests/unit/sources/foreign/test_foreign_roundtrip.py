"""A literal as each language, and as papermill, writes it, is read back as it was."""

from __future__ import annotations

import math

from hypothesis import example, given, settings
from hypothesis import strategies as st
from papermill.translators import BashTranslator, JuliaTranslator, RTranslator

from apkg.sources.notebook.foreign import parse_cell

INTS = st.integers(-(2**31) + 1, 2**31 - 1)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), max_size=20)
#: papermill writes U+0080 to U+00FF as bytes in R and Julia, which is no valid text there.
PAPERMILL_TEXT = TEXT.filter(lambda text: not any("\x80" <= c <= "\xff" for c in text))


def lists(items):
    return st.lists(items, max_size=4)


def values(text):
    return st.one_of(
        INTS, FLOATS, st.booleans(), text, lists(INTS), lists(FLOATS), lists(text),
        lists(st.booleans()), lists(st.lists(INTS, min_size=1, max_size=3)),
    )  # fmt: skip


def flat(text):
    return st.one_of(INTS, FLOATS, st.booleans(), text, lists(INTS), lists(FLOATS), lists(text))


def frozen(value):
    return tuple(frozen(item) for item in value) if isinstance(value, list) else value


def same(one, two):
    if isinstance(one, tuple) and isinstance(two, tuple):
        return len(one) == len(two) and all(map(same, one, two))
    if isinstance(one, float) or isinstance(two, float):
        return math.isclose(one, two, rel_tol=0, abs_tol=0)
    return type(one) is type(two) and one == two


def check(language, source, value):
    (found,) = parse_cell(source, language=language, path="a.ipynb", cell=1)
    assert found.name == "x"
    assert same(found.default.value, frozen(value)), found
    return found


def r_literal(value):
    if isinstance(value, list):
        return f"list({', '.join(map(r_literal, value))})"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{value}L" if isinstance(value, int) else repr(value)


def julia_literal(value):
    if isinstance(value, list):
        return f"[{', '.join(map(julia_literal, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$") + '"'
    return repr(value)


def bash_literal(value):
    if isinstance(value, list):
        return f"({' '.join(map(bash_literal, value))})"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "'" + value.replace("'", "'\\''") + "'"
    return repr(value)


@settings(deadline=None)
@given(values(TEXT))
@example('it\'s # "x" = \\n $y `z`')
def test_r(value):
    assert check("r", f"x <- {r_literal(value)} # doc", value).doc == "doc"


@settings(deadline=None)
@given(values(TEXT))
@example('it\'s # "x" = \\n $y `z`')
def test_julia(value):
    assert check("julia", f"x = {julia_literal(value)} # doc", value).doc == "doc"


@settings(deadline=None)
@given(flat(TEXT))
@example('it\'s # "x" = \\n $y `z`')
def test_bash(value):
    assert check("bash", f"x={bash_literal(value)} # doc", value).doc == "doc"


@settings(deadline=None)
@given(values(PAPERMILL_TEXT))
def test_what_papermill_writes_in_r(value):
    (found,) = parse_cell(RTranslator.codify({"x": value}), language="r", path="a", cell=1)
    assert found.default.value == frozen(value)


@settings(deadline=None)
@given(values(PAPERMILL_TEXT.filter(lambda text: "$" not in text)))
def test_what_papermill_writes_in_julia(value):
    check("julia", JuliaTranslator.codify({"x": value}), value)


@settings(deadline=None)
@given(st.one_of(INTS, FLOATS, st.booleans(), lists(INTS), lists(FLOATS), lists(st.booleans())))
def test_what_papermill_writes_in_bash(value):
    check("bash", BashTranslator.codify({"x": value}), value)


@settings(deadline=None)
@given(TEXT.map(lambda text: f"{text} ,"))
def test_what_papermill_writes_in_bash_for_text(text):
    check("bash", BashTranslator.codify({"x": text}), text)
