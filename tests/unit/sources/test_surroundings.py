"""The notebook's metadata, and the files beside it."""

import json

import pytest

from apkg.errors import SourceError
from apkg.model import Person
from apkg.sources.surroundings import read_surroundings

CFF = """\
cff-version: 1.2.0
title: The work
abstract: What it is.
authors:
  - {family-names: Berg, given-names: Ann, name-particle: van den, orcid: "https://orcid.org/0"}
  - name: An Institute
version: 1.2
date-released: 2020-01-01
doi: 10.5281/zenodo.1
license: [MIT, Apache-2.0]
keywords: [water]
repository-code: https://example.org/r.git
"""
TOML = """\
[build-system]
requires = ["x"]
[project]
name = "x"
version = "2.0"
license = {text = "MIT"}
authors = [{name = "Bob", email = "b@c.d"}]
keywords = ["a", "b"]
[project.urls]
"Source Code" = "https://example.org/s"
"""


def facts(layer):
    return {name: claim.value for name, claim in layer.application.items()}


def test_citation(tmp_path):
    (tmp_path / "CITATION.cff").write_text(CFF)
    (layer,) = read_surroundings(tmp_path, {}).files
    assert facts(layer) == {
        "title": "The work",
        "abstract": "What it is.",
        "version": "1.2",
        "keywords": ("water",),
        "authors": (
            Person(name="Ann van den Berg", identifier="https://orcid.org/0"),
            Person(name="An Institute"),
        ),
        "license": "MIT OR Apache-2.0",
        "code_repository": "https://example.org/r.git",
        "citation": "https://doi.org/10.5281/zenodo.1",
        "date_created": "2020-01-01",
    }
    claim = layer.application["version"]
    assert (claim.source, claim.location.line) == ("CITATION.cff", 7)


def test_pyproject(tmp_path):
    (tmp_path / "pyproject.toml").write_text(TOML)
    (layer,) = read_surroundings(tmp_path, {}).files
    assert facts(layer) == {
        "version": "2.0",
        "license": "MIT",
        "authors": (Person(name="Bob", email="b@c.d"),),
        "keywords": ("a", "b"),
        "code_repository": "https://example.org/s",
    }
    assert layer.application["version"].location.line == 5
    assert layer.application["code_repository"].location.line == 9


def test_a_whole_licence_text_is_no_name_of_it(tmp_path):
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nlicense = {text = """MIT\nPermission"""}\n'
    )
    assert facts(read_surroundings(tmp_path, {}).files[0]) == {}


def test_codemeta(tmp_path):
    data = {
        "name": "Work",
        "author": {"givenName": "A", "familyName": "B", "affiliation": {"name": "I"}},
        "license": {"@id": "https://spdx.org/licenses/MIT"},
        "keywords": "a, b",
    }
    (tmp_path / "codemeta.json").write_text(json.dumps(data))
    assert facts(read_surroundings(tmp_path, {}).files[0]) == {
        "title": "Work",
        "authors": (Person(name="A B", affiliation="I"),),
        "license": "https://spdx.org/licenses/MIT",
        "keywords": ("a", "b"),
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("CITATION.cff", "title: [\n"),
        ("CITATION.cff", "- a\n"),
        ("codemeta.json", "{"),
        ("pyproject.toml", "[project\n"),
        ("pyproject.toml", "a = " + "[" * 5000),
    ],
)
def test_a_broken_file_is_a_warning(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    found = read_surroundings(tmp_path, {"title": "T"})
    assert [(f.severity, f.subject) for f in found.findings] == [("warning", name)]
    assert found.findings[0].location.path == str(tmp_path / name)
    assert facts(found.metadata) == {"title": "T"}


@pytest.mark.parametrize("name", ["CITATION.cff", "codemeta.json", "pyproject.toml"])
@pytest.mark.parametrize(
    "value", ["1", "[]", "[1, {}]", '{"a": 1}', '"x"', "true", '[{"name": 1}, ["a"]]']
)
def test_odd_values_are_left_alone(tmp_path, name, value):
    keys = ("title", "authors", "author", "license", "keywords", "version", "urls", "doi")
    if name == "pyproject.toml":
        value = value.replace('{"a": 1}', "{a = 1}").replace('{"name": 1}', "{name = 1}")
        text = "[project]\n" + "".join(f"{key} = {value}\n" for key in keys)
    else:
        text = "{" + ", ".join(f'"{key}": {value}' for key in keys) + "}"
    (tmp_path / name).write_text(text)
    found = read_surroundings(tmp_path, {})
    assert found.findings == ()
    for claim in found.files[0].application.values():
        assert isinstance(claim.value, str | tuple)


def test_metadata_of_jupyter(tmp_path):
    metadata = {
        "title": " A\nb ",
        "authors": [{"name": "Ann"}, "Bob <b@c.d>", 3],
        "license": {"id": "MIT"},
    }
    found = read_surroundings(tmp_path, metadata, notebook="n.ipynb")
    assert facts(found.metadata) == {
        "title": "A b",
        "authors": (Person(name="Ann"), Person(name="Bob", email="b@c.d")),
        "license": "MIT",
    }
    assert found.metadata.application["title"].location.path == "n.ipynb"


def test_metadata_apkg_comes_first(tmp_path):
    metadata = {
        "title": "Other",
        "apkg": {"title": "Ours", "inputs": {"x": {"type": "int"}, "y": {"ignore": True}}},
    }
    found = read_surroundings(tmp_path, metadata)
    assert facts(found.layers[0]) == {"title": "Ours"}
    assert (found.declared.declared, found.declared.ignored_inputs) == ({"x"}, {"y"})


def test_a_wrong_word_in_metadata_apkg_stops(tmp_path):
    with pytest.raises(SourceError, match=r"metadata\.apkg\.titel") as caught:
        read_surroundings(tmp_path, {"apkg": {"titel": "x"}}, notebook="n.ipynb")
    assert caught.value.hint == "Did you mean title?"
    assert caught.value.location.path == "n.ipynb"
