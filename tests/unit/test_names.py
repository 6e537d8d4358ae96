"""Names that are safe everywhere, and texts that are safe to show."""

import pytest

from apkg.names import (
    MAX_ID_LENGTH,
    did_you_mean,
    is_process_id,
    parameter_id,
    printable,
    process_id,
    unique,
    words,
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("water-mask", "water-mask"),
        ("Water Mask (v2)", "water-mask-v2"),
        ("Größe_der Fläche", "grosse_der-flache"),
        ("Straße", "strasse"),
        ("ŁódźØrsted", "lodzorsted"),
        ("a--__..b", "a-b"),
        ("-a-", "a"),
        ("1.0", "1.0"),
        ("main", "main-process"),
        ("CON", "con-process"),
        ("../../etc/passwd", "etc-passwd"),
        ("a" * 100, "a" * MAX_ID_LENGTH),
        ("a" * 63 + "-b", "a" * 63),
    ],
)
def test_process_ids(text, name):
    assert process_id(text) == name
    assert is_process_id(name)


@pytest.mark.parametrize("text", ["", "温度", "!!!", "\ud800"])
def test_texts_without_a_latin_letter_get_an_id_of_their_own(text):
    name = process_id(text)
    assert name.startswith("process-")
    assert is_process_id(name)
    assert name == process_id(text)
    assert name != process_id(text + "度")


@pytest.mark.parametrize(
    "text", ["", "a b", "a/b", "main", "NUL", "-a", "a-", ".a", "a.", "é", "a" * 65, "a\n"]
)
def test_what_is_no_process_id(text):
    assert not is_process_id(text)


@pytest.mark.parametrize("text", ["A", "Finch_IceDays", "v1.2", "a..b", "stack_graph_"])
def test_ids_that_people_choose(text):
    assert is_process_id(text)


@pytest.mark.parametrize(
    ("variable", "name"),
    [
        ("x", "x"), ("_x1", "_x1"), ("größe", "grosse"), ("é", "e"), ("a b", "a_b"),
        ("1x", "p_1x"), ("a-b", "a_b"),
    ],
)  # fmt: skip
def test_parameter_ids(variable, name):
    assert parameter_id(variable) == name


def test_unique_ignores_case_and_counts():
    assert unique("a", []) == "a"
    assert unique("a", ["A", "a_2"]) == "a_3"


def test_suggestions():
    assert did_you_mean("convrt", ["convert", "run"]) == "convert"
    assert did_you_mean("RUN", ["convert", "run"]) == "run"
    assert did_you_mean("zzzz", ["convert", "run"]) is None


@pytest.mark.parametrize(
    "mark", ["\x1b", "\x00", "\x07", "\r", "\x9b", "\u202e", "\u2066", "\ud800"]
)
def test_terminal_escapes_and_overrides_are_shown_as_such(mark):
    assert printable(f"a{mark}b") == "a\ufffdb"


def test_ordinary_text_stays():
    text = "Größe\t温度 \N{GRINNING FACE}\nb"
    assert printable(text) == text


@pytest.mark.parametrize(
    ("name", "text"), [("cloud_cover", "Cloud cover"), ("NDVI-max.v2", "NDVI max v2"), ("", "")]
)
def test_words(name, text):
    assert words(name) == text
