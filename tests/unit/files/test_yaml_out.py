"""YAML that every reader takes for the same data, YAML 1.1 and 1.2 alike."""

import pytest
import yaml
from ruamel.yaml import YAML

from apkg.files.yaml_out import comment, dump, scalar


def both(text):
    return yaml.safe_load(text), YAML(typ="safe", pure=True).load(text)


TRICKY = [
    "", " ", "no", "yes", "on", "True", "null", "~", "1e5", "1e+5", ".5", "5.", "0o7", "0x1F",
    "1_0", "12:30", "2020-01-01", "+.inf", ".NaN", "=", "<<", "-", "?", ":", "a: b", "a #b",
    "# x", "&a", "*a", "!a", "@a", "`a", "%a", "[a", "{a", "a\n", "a\n\n", "\n a", " \n a\n",
    "\ta", "a\tb", "a\r\nb", "\x85", "\u2028", "\ufeff", "\x07", "\x7f", "é", "\N{GRINNING FACE}",
    "'", '"', "it's", "\\", "$(x)", "a" * 300, "---", "...", "a\n---\nb",
]  # fmt: skip


@pytest.mark.parametrize("text", TRICKY)
def test_a_string_stays_the_string_it_is(text):
    for value in (text, [text], {"k": text}, {text: 1}):
        for written in (dump(value), scalar(value)):
            assert both(written) == (value, value)


@pytest.mark.parametrize("value", [0, -1, 2**70, 0.0, -0.0, 1e-05, 1e22, 1.5, True, False, None])
def test_numbers_keep_value_and_type(value):
    for written in (dump({"k": value}), f"k: {scalar(value)}"):
        for found in both(written):
            assert found == {"k": value}
            assert type(found["k"]) is type(value)


def test_scalars_take_one_line_and_texts_of_several_lines_are_blocks():
    assert scalar("a\nb") == '"a\\nb"'
    assert scalar({"a": [1, "x"]}) == "{a: [1, x]}"
    assert dump({"a": "x\ny\n"}) == "a: |\n  x\n  y\n"


def test_order_is_kept_and_nothing_is_an_anchor():
    shared = ["x"]
    assert dump({"b": shared, "a": shared}) == "b:\n- x\na:\n- x\n"


def test_long_lines_are_not_folded():
    text = "word " * 100
    assert dump({"a": text.strip()}) == f"a: {text.strip()}\n"


@pytest.mark.parametrize("text", ["a\nb", "a\r\nb", "a\u2028b", "a\x85b", "a\x0bb", "", "a\x1b[0m"])
def test_a_comment_cannot_be_left(text):
    written = comment(text, indent="  ") + "key: 1\n"
    assert both(written) == ({"key": 1}, {"key": 1})
    assert all(line.startswith("  #") for line in written.splitlines()[:-1])
    assert "\x1b" not in written
