"""YAML 1.2 and JSON as plain data, with the place of everything."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apkg.errors import SourceError
from apkg.files.documents import parse_document

# The first draw makes Hypothesis's table of characters, which takes seconds on a busy machine.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def value(text, name="x.yaml"):
    return parse_document(text, name=name).value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no", "no"),
        ("on", "on"),
        ("1e-5", 1e-5),
        (".5", 0.5),
        ("1.", 1.0),
        ("0o17", 15),
        ("017", 17),
        ("0x1F", 31),
        ("12:30", "12:30"),
        ("2020-01-01", "2020-01-01"),
        ("1_000", "1_000"),
        ("True", True),
        ("~", None),
        ("", None),
        ("'1'", "1"),
        ("!!str 1", "1"),
        ("!!float 1", 1.0),
        ("-.inf", float("-inf")),
        ("=", "="),
        ("1.2.3", "1.2.3"),
        ("+12", 12),
        ("-", "-"),
    ],
)
def test_scalars_mean_what_yaml_1_2_says(text, expected):
    found = value(f"a: {text}\n") if text != "-" else value("a: '-'\n")
    assert found == {"a": expected}
    assert type(found["a"]) is type(expected)


def test_keys_are_always_text():
    assert value("1: a\ntrue: b\nnull: c\non: d\n") == {
        "1": "a",
        "true": "b",
        "null": "c",
        "on": "d",
    }


def test_aliases_and_merges():
    text = "base: &b {x: 1, y: 2}\nchild:\n  <<: *b\n  y: 3\nagain: *b\nboth:\n  <<: [*b, {z: 4}]\n"
    assert value(text) == {
        "base": {"x": 1, "y": 2},
        "child": {"y": 3, "x": 1},
        "again": {"x": 1, "y": 2},
        "both": {"x": 1, "y": 2, "z": 4},
    }


def test_places_of_values_and_keys():
    document = parse_document("a:\n  - b: 1\n    c:  two\n", name="d.yaml")
    assert str(document.location(("a", 0, "c"))) == "d.yaml:3:9"
    assert str(document.location(("a", 0, "c"), key=True)) == "d.yaml:3:5"
    assert str(document.location(("a", 0, "missing", 7))) == "d.yaml:2:5"
    assert str(document.part(("a", 0)).location(("b",))) == "d.yaml:2:8"


def test_places_in_json_after_tabs_and_escapes():
    text = '{\n\t"a\\u0062": [\n\t\t1, {"c":\t"\\ud83d\\ude00", "d": [[], {}]}]\n}'
    document = parse_document(text, name="d.json")
    assert document.value == {"ab": [1, {"c": "\N{GRINNING FACE}", "d": [[], {}]}]}
    assert str(document.location(("ab",), key=True)) == "d.json:2:2"
    assert str(document.location(("ab", 1, "c"))) == "d.json:3:12"
    assert document.location(("ab", 1, "d", 1)).line == 3


def test_json_below_a_shebang_keeps_its_lines():
    document = parse_document('#!/usr/bin/env cwl-runner\n# two\n{"a":\t1}', name="x.cwl")
    assert document.value == {"a": 1}
    assert document.location(("a",), key=True).line == 3


def test_half_a_surrogate_pair_can_be_printed():
    assert value(r'{"a": "\ud83d"}', "x.json") == {"a": "\N{REPLACEMENT CHARACTER}"}


@pytest.mark.parametrize("text", ["a: 1\nb: 2\na: 3\n", '{"a": 1,\n "b": 2,\n "a": 3}'])
def test_a_duplicate_key_is_an_error_at_its_second_place(text):
    (finding,) = parse_document(text, name="x.yaml").findings
    assert (finding.rule, finding.severity, finding.subject) == (
        "document/duplicate-key",
        "error",
        "a",
    )
    assert finding.location.line == 3


@pytest.mark.parametrize(("name", "severity"), [("x.cwl", "warning"), ("x.json", "error")])
def test_a_trailing_comma_is_yaml_and_no_json(name, severity):
    document = parse_document('{\n "a": [1, 2,],\n}', name=name)
    assert document.value == {"a": [1, 2]}
    assert [(f.rule, f.severity, f.location.line) for f in document.findings] == [
        ("document/not-json", severity, 2)
    ]


def test_a_second_document_and_a_strange_tag_are_findings():
    document = parse_document("a: !!python/name:os.system x\n---\nb: 1\n", name="x.yaml")
    assert document.value == {"a": "x"}
    assert {f.rule for f in document.findings} == {"document/tag", "document/several"}


def test_a_byte_order_mark_is_no_part_of_the_text():
    assert value(b"\xef\xbb\xbfa: 1") == {"a": 1}


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=("Cs",))),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=("Cs",))), inner, max_size=4)
    ),
    max_leaves=12,
)


@UNHURRIED
@given(JSON)
def test_any_json_is_read_as_json_reads_it(data):
    document = parse_document(json.dumps({"a": data}), name="x.json")
    assert document.value == {"a": data}
    assert document.location(("a", 0)).line == 1


def read_or_refused(text):
    try:
        return parse_document(text, name="x.cwl").location(())
    except SourceError as error:
        return error.location if error.hint else None


@UNHURRIED
@given(st.text())
def test_any_text_is_a_value_or_one_clear_error(text):
    assert read_or_refused(text).path == "x.cwl"
