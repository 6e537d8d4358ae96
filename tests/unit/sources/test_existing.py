"""Packages that exist already, and what a user says of them."""

import json

import pytest

from apkg.errors import SourceError
from apkg.model import Scalar
from apkg.sources.existing import read_existing
from apkg.sources.manifest.reading import ManifestReading
from apkg.sources.options import read_options
from apkg.sources.overlay import layer_of, overlaid

NOTHING = ManifestReading()

CWL = """\
cwlVersion: v1.2
class: CommandLineTool
id: crop
label: Crop
baseCommand: [crop]
inputs:
  raster: {type: File, inputBinding: {position: 1}}
  n: {type: int, default: 3}
outputs:
  o: {type: File, outputBinding: {glob: o.tif}}
"""


@pytest.fixture
def cwl(tmp_path):
    path = tmp_path / "crop.cwl"
    path.write_text(CWL, encoding="utf-8")
    return path


def test_an_existing_cwl_is_facet_1(cwl):
    found = read_existing(str(cwl), options=NOTHING)
    assert (found.is_facet_1, found.path, found.steps) == (True, cwl, 0)
    assert found.reading.application.id == "crop"
    assert read_existing(f"{cwl}#crop", options=NOTHING).process == "crop"


def test_main_is_no_name_for_a_process(tmp_path):
    path = tmp_path / "Water mask.cwl"
    path.write_text(CWL.replace("id: crop", "id: main"), encoding="utf-8")
    assert read_existing(str(path), options=NOTHING).reading.application.id == "water-mask"


def test_what_a_user_says_goes_before_the_document(cwl):
    options = read_options(["title=Mine", "inputs.n.default=7"], image="example.org/crop:1")
    application = read_existing(str(cwl), options=options).reading.application
    assert application.title == "Mine"
    assert application.container.image == "example.org/crop:1"
    assert application.inputs[1].default.value == 7
    assert application.origin("title").source == "--set"


def test_an_input_that_is_not_there(cwl):
    with pytest.raises(SourceError, match="no such input") as caught:
        read_existing(str(cwl), options=read_options(["inputs.rastr.doc=x"], image=None))
    assert caught.value.hint == "Did you mean raster?"


def test_nothing_said_changes_nothing(cwl):
    application = read_existing(str(cwl), options=NOTHING).reading.application
    again = overlaid(application, read_options([], image=None))
    assert overlaid(again, read_options([], image=None)) == again
    # Labels alone are new: the words of the ids, where nobody gave any.
    assert [item.type for item in again.inputs] == [item.type for item in application.inputs]
    assert [output.glob for output in again.outputs] == [o.glob for o in application.outputs]
    assert (again.id, again.title) == (application.id, application.title)
    assert layer_of(application).inputs["raster"]["type"].value == Scalar("File")


def test_a_deploy_process_gives_its_cwl_back(tmp_path):
    document = {
        "processDescription": {"process": {"id": "crop", "title": "Crop"}},
        "executionUnit": [
            {"unit": {"cwlVersion": "v1.2", "class": "CommandLineTool", "id": "crop",
                      "inputs": [], "outputs": [], "baseCommand": "true"}}
        ],
    }  # fmt: skip
    path = tmp_path / "deploy.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    found = read_existing(str(path), options=NOTHING)
    assert not found.is_facet_1
    assert found.cwl == document["executionUnit"][0]["unit"]
    document["executionUnit"] = [{"href": "docker://x"}]
    path.write_text(json.dumps(document), encoding="utf-8")
    assert read_existing(str(path), options=NOTHING).cwl is None
