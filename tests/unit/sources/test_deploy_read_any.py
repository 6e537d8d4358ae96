"""``read_application``: who reads what, by content."""

import json

import pytest

from apkg.errors import SourceError
from apkg.sources.read import read_application

CWL = """\
cwlVersion: v1.2
$graph:
- {class: Workflow, id: a, inputs: [], outputs: [], steps: []}
- {class: Workflow, id: b, inputs: [], outputs: [], steps: []}
"""


@pytest.mark.parametrize("name", ["x.cwl", "x.yaml", "x", "x#y.cwl"])
def test_a_process_of_a_cwl_whatever_its_name(tmp_path, name):
    (tmp_path / name).write_text(CWL)
    assert read_application(f"{tmp_path / name}#b").application.id == "b"
    with pytest.raises(SourceError, match="several processes"):
        read_application(tmp_path / name)


def test_a_deployment_document_whatever_its_name(tmp_path):
    value = {"processDescription": {"process": {"id": "p"}}, "executionUnit": [{"href": "a:1"}]}
    (tmp_path / "noending").write_text(json.dumps(value))
    assert read_application(str(tmp_path / "noending")).application.id == "p"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"openapi": "3.0.0"}', "an OpenAPI document"),
        ('{"type": "Feature", "geometry": null}', "GeoJSON"),
        ("a: 1\nb: 2\n", "a mapping of `a`, `b`"),
        ("[1]", "a list"),
        ("", "empty"),
        ("hello", "plain text"),
        ("{}", "an empty mapping"),
    ],
)
def test_anything_else_is_refused_with_what_it_seems_to_be(tmp_path, text, words):
    (tmp_path / "x.yaml").write_text(text)
    with pytest.raises(SourceError) as error:
        read_application(tmp_path / "x.yaml")
    assert words in error.value.message
    assert "notebooks" in (error.value.hint or "")


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    with pytest.raises(SourceError, match="is a folder"):
        read_application(tmp_path)
    with pytest.raises(SourceError, match="there is no such file"):
        read_application(tmp_path / "missing.cwl")
