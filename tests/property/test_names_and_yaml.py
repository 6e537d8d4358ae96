"""For any text at all: safe names, and YAML that every reader takes for the same data."""

import re

import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from apkg.files.yaml_out import comment, dump, scalar
from apkg.names import is_process_id, parameter_id, printable, process_id, unique

ANY = st.text()
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
ODD = st.sampled_from(
    ["no", "1e5", "0o7", "12:30", "2020-01-01", "=", "<<", "~", "", "null", "1_0", ".5", "5.", "-",
     "+.inf", ".NaN", " a", "a ", "a: b", "# x", "a #b", "|\nx", " \n a\n", "a\n\n", "\ta", "0x1F"]
)  # fmt: skip
PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT | ODD
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT | ODD, inner, max_size=3),
    max_leaves=8,
)


@given(ANY)
def test_every_text_has_a_process_id(text):
    name = process_id(text)
    assert is_process_id(name)
    assert process_id(name) == name


@given(ANY)
def test_every_text_has_a_parameter_id(text):
    name = parameter_id(text)
    assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name)
    assert parameter_id(name) == name


@given(st.lists(ANY, max_size=6))
def test_unique_names_are_unique_whatever_the_case(texts):
    taken = []
    for text in texts:
        taken.append(unique(parameter_id(text), taken))
    assert len({name.lower() for name in taken}) == len(taken)


@given(ANY)
def test_printable_text_is_utf8_without_control_characters(text):
    shown = printable(text)
    shown.encode()
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown)
    assert len(shown) == len(text)


@given(VALUES)
def test_yaml_comes_back_as_it_was(value):
    for text in (dump(value), scalar(value)):
        assert yaml.safe_load(text) == value
        assert YAML(typ="safe", pure=True).load(text) == value
    assert "\n" not in scalar(value)


@given(ANY)
def test_no_text_leaves_its_comment(text):
    assert yaml.safe_load(f"{comment(text)}a: 1\n") == {"a": 1}
    assert YAML(typ="safe", pure=True).load(f"{comment(text)}a: 1\n") == {"a": 1}
