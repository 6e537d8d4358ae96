"""A CWL as text in an execution unit (YAML in JSON) is the CWL that it is."""

import json

import pytest

from apkg.errors import SourceError
from apkg.pipeline.translate import translate
from apkg.sources.existing import read_existing
from apkg.sources.manifest.reading import ManifestReading
from apkg.sources.read import read_application

CWL = """cwlVersion: v1.2
class: CommandLineTool
id: crop
baseCommand: crop
inputs: {level: {type: int, default: 0, inputBinding: {position: 1}}}
outputs: {}
"""


@pytest.fixture
def write(tmp_path):
    def written(unit):
        path = tmp_path / "crop.json"
        body = {"processDescription": {"process": {"id": "crop"}}, "executionUnit": unit}
        path.write_text(json.dumps(body), encoding="utf-8")
        return path

    return written


@pytest.mark.parametrize(
    "unit",
    [
        {"value": CWL, "mediaType": "application/cwl+yaml"},
        [{"value": CWL, "mediaType": "application/cwl"}],
        [{"unit": CWL}],
    ],
)
def test_it_is_read_and_written_by_value(write, unit):
    path = write(unit)
    (level,) = read_application(path).application.inputs
    assert level.default.value == 0
    found = json.loads(translate(str(path), "ogcapi").text)["executionUnit"]
    assert (found["value"]["id"], found["mediaType"]) == ("crop", "application/cwl+json")
    assert read_existing(str(path), options=ManifestReading()).cwl["id"] == "crop"


def test_what_cannot_be_read_is_found_in_the_document(write):
    path = write({"value": "cwlVersion: [v1.2\nclass: x"})
    with pytest.raises(SourceError, match="the CWL of this execution unit") as caught:
        read_application(path)
    assert caught.value.location.line == 1


def test_another_text_is_left_as_it_is(write):
    path = write({"type": "docker", "image": "example.org/crop:1", "value": "--fast"})
    assert read_application(path).application.container.image == "example.org/crop:1"
