"""``apkg.yaml``: read with places, told apart by notebook, and at one with its schema."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apkg.errors import SourceError
from apkg.model import Catalogue, Default, Discovery, EnumType, Person, Range, Scalar
from apkg.sources.manifest.reader import read_manifest
from apkg.sources.manifest.reading import find_manifest
from apkg.sources.manifest.said import said_in
from apkg.sources.manifest.vocabulary import (
    ABOUT,
    APPLICATION,
    CATALOGUE,
    INPUT,
    OUTPUT,
    PERSON,
    RANGE,
    RESOURCES,
)

SCHEMA = json.loads(
    (Path(__file__).parents[3] / "schemas" / "apkg-manifest.schema.json").read_text("utf-8")
)
FULL = """\
title: Water mask
version: "1.0"
authors: [Ann <a@b.c>, {name: Bob, orcid: "https://orcid.org/0"}]
resources: {ramMin: 2048}
network: true
catalogues: [{href: https://example.org}]
inputs:
  threshold:
    type: double?
    default: 0.3
    range: {minimum: 0, maximum: 1}
  mode: {type: "enum [a, b]", default: a, eoImage: false, allowedCollections: [S2]}
  debug: {ignore: true}
outputs:
  mask: {type: File, glob: mask.tif, mediaType: GeoTIFF}
  log:
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.ipynb").write_text("{}")
    return tmp_path


def read(folder, text, notebook="a.ipynb"):
    path = folder / "apkg.yaml"
    path.write_text(text, encoding="utf-8")
    return read_manifest(path, notebook=notebook)


def refused(folder, text, notebook="a.ipynb"):
    with pytest.raises(SourceError) as caught:
        read(folder, text, notebook)
    return caught.value


def values(fields):
    return {name: claim.value for name, claim in fields.items()}


def test_everything_is_read_with_its_place(folder):
    reading = read(folder, FULL)
    layer = reading.layer
    assert values(layer.application) == {
        "title": "Water mask",
        "version": "1.0",
        "authors": (
            Person(name="Ann", email="a@b.c"),
            Person(name="Bob", identifier="https://orcid.org/0"),
        ),
        "ram_min": 2048,
        "network": True,
        "catalogues": (Catalogue(href="https://example.org"),),
    }
    assert values(layer.inputs["threshold"]) == {
        "type": Scalar("double"),
        "optional": True,
        "semantics": None,
        "default": Default(0.3),
        "range": Range(minimum=0, maximum=1),
    }
    assert layer.inputs["mode"]["type"].value == EnumType(("a", "b"))
    assert layer.inputs["mode"]["discovery"].value == Discovery(allowed_collections=("S2",))
    assert layer.outputs["mask"]["media_types"].value == ("image/tiff; application=geotiff",)
    assert layer.outputs["log"] == {}
    assert (reading.ignored_inputs, reading.declared) == ({"debug"}, {"threshold", "mode"})
    claim = layer.inputs["threshold"]["default"]
    assert (claim.source, claim.location.line, claim.guessed) == ("apkg.yaml", 10, False)


@pytest.mark.parametrize("text", ["", "# nothing\n", "{}", "inputs:\noutputs:\nresources:\n"])
def test_nothing_said(folder, text):
    assert read(folder, text).layer.application == {}


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("titel: x", 1, "title"),
        ("id: a\nversion: 1.0", 2, "quotes"),
        ("inputs:\n  x: {type: dooble}", 2, "double"),
        ("inputs:\n  x:\n    rang: 1", 3, "range"),
        ("inputs: [a]", 1, "mapping"),
        ("inputs:\n  x: {mediaType: nonsense}", 2, "media type"),
        ("inputs:\n  x: {mediaType: CSV, mediaTypes: [CSV]}", 2, "not both"),
        ("inputs:\n  x:\n    type: int?\n    optional: false", 4, "optional"),
        ("inputs: {x: {default: {a: 1}}}", 1, "mapping"),
        ("authors: [{email: a@b}]", 1, "name is missing"),
        ("keywords: a, b", 1, "list"),
        ("resources: {ramMin: 1.5}", 1, "whole"),
        ("applications:\n  b.ipynb:\n    titel: x", 3, "title"),
        ("- a", 1, "mapping"),
        ("title: [\n", 2, "YAML"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(folder, text, line, expected):
    error = refused(folder, text)
    assert expected in f"{error.message} {error.hint}"
    assert error.location.path == str(folder / "apkg.yaml")
    assert error.location.line == line


def test_all_problems_in_the_order_of_their_lines(folder):
    error = refused(folder, "titel: x\nnetwork: maybe\nversion: 1\n")
    lines = error.message.splitlines()
    assert [line.split(":")[-2].strip() for line in lines] == ["titel", "network", "version"]
    assert "apkg.yaml:3" in lines[2]


def test_control_characters_do_not_reach_the_terminal(folder):
    error = refused(folder, '"a\\e[31mb": 1\ninputs: {x: {type: "\\e[31m"}}')
    assert "\x1b" not in f"{error.message}{error.hint}"


class TestSeveralNotebooks:
    @pytest.fixture(autouse=True)
    def _second(self, folder):
        (folder / "b.ipynb").write_text("{}")

    def test_facts_of_one_need_to_say_whose_they_are(self, folder):
        error = refused(folder, "license: MIT\ntitle: T\n")
        assert "holds several (a.ipynb, b.ipynb)" in error.message
        assert error.location.line == 2
        assert "notebook: NAME.ipynb" in error.hint

    def test_metadata_is_for_all(self, folder):
        assert values(read(folder, "license: MIT\n").layer.application) == {"license": "MIT"}

    def test_notebook_names_one(self, folder):
        text = "notebook: ./a.ipynb\nlicense: MIT\ntitle: T\ninputs: {x: {type: int}}\n"
        assert read(folder, text).declared == {"x"}
        reading = read(folder, text, "b.ipynb")
        assert values(reading.layer.application) == {"license": "MIT"}
        assert reading.declared == set()

    def test_applications_tell_them_apart(self, folder):
        text = "license: MIT\napplications:\n  a.ipynb: {title: A, license: BSD}\n"
        text += "  b.ipynb: {title: B}\n"
        assert values(read(folder, text).layer.application) == {"title": "A", "license": "BSD"}
        fields = read(folder, text, "b.ipynb").layer.application
        assert values(fields) == {"title": "B", "license": "MIT"}

    def test_a_name_that_is_not_there_is_a_warning(self, folder):
        reading = read(folder, "applications:\n  aa.ipynb: {title: A}\n")
        (finding,) = reading.findings
        assert (finding.severity, finding.location.line) == ("warning", 2)
        assert "a.ipynb" in finding.advice


def test_find_manifest(folder):
    assert find_manifest(folder) is None
    (folder / "apkg.yml").write_text("")
    assert find_manifest(folder / "a.ipynb") == folder / "apkg.yml"
    (folder / "apkg.yaml").write_text("")
    assert find_manifest(folder) == folder / "apkg.yaml"


def test_schema_is_one_and_knows_the_same_words():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    defs = SCHEMA["$defs"]
    assert list(SCHEMA["properties"]) == [
        "notebook",
        *APPLICATION,
        "applications",
        "validate",
        "chain",
    ]
    assert set(ABOUT) == {"notebook", "applications", "validate", "chain"}
    assert set(defs["application"]["properties"]) == set(APPLICATION)
    assert set(defs["input"]["properties"]) == set(INPUT)
    assert set(defs["output"]["properties"]) == set(OUTPUT)
    assert set(SCHEMA["properties"]["resources"]["properties"]) == set(RESOURCES)
    assert set(defs["input"]["properties"]["range"]["properties"]) == set(RANGE)
    assert set(defs["person"]["oneOf"][1]["properties"]) == set(PERSON)
    assert set(defs["catalogue"]["properties"]) == set(CATALOGUE)


def _properties(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "properties":
                yield from value.items()
            yield from _properties(value)
    elif isinstance(node, list):
        for value in node:
            yield from _properties(value)


def test_every_property_of_the_schema_is_described():
    bare = [name for name, p in _properties(SCHEMA) if not (p.get("description") or "$ref" in p)]
    assert bare == []


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.floats(-3, 3),
    st.sampled_from(["int", "image/tiff", "a", ""]),
    st.just([]),
    st.just({}),
    st.just(["image/tiff"]),
    st.just([1, ["a"]]),
    st.just([{"name": "a"}, {"href": "x"}]),
)


def _some(words, *more):
    pairs = st.tuples(st.sampled_from([*words, "nonsense"]), st.one_of(JUNK, *more))
    return st.lists(pairs, max_size=4).map(dict)


RANGES, PEOPLE = _some(RANGE), st.lists(st.one_of(JUNK, _some(PERSON)), max_size=2)
INPUTS = st.dictionaries(st.just("x"), st.one_of(JUNK, _some(INPUT, RANGES)), max_size=1)
OUTPUTS = st.dictionaries(st.just("x"), st.one_of(JUNK, _some(OUTPUT)), max_size=1)
MANIFESTS = st.one_of(JUNK, _some(APPLICATION, INPUTS, OUTPUTS, PEOPLE, _some(RESOURCES)))
#: What the reader asks beyond the schema: names that are known.
BEYOND = ("no type is called", "no media type is called", "optional: true")


@settings(max_examples=300)
@given(MANIFESTS)
def test_reader_and_schema_agree(data):
    said = said_in(data, where=lambda _path, _key: None, source="test")
    wrong = [p for p in said.problems if not any(word in p.message for word in BEYOND)]
    only_schema = {**SCHEMA["$defs"]["application"], "$defs": SCHEMA["$defs"]}
    only_schema["properties"] = {name: SCHEMA["properties"][name] for name in APPLICATION}
    assert (wrong == []) is jsonschema.Draft202012Validator(only_schema).is_valid(data), wrong
