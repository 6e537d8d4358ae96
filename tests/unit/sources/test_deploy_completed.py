"""A description and the CWL that it holds, or that lies beside it."""

import json

import pytest

from apkg.files.documents import read_document
from apkg.model import ArrayType, Default, Scalar
from apkg.sources.deploy import read_deploy_document

CWL = """\
cwlVersion: v1.2
$graph:
- class: Workflow
  id: app
  inputs:
    folder: {type: Directory, label: From CWL}
    number: {type: int?, default: 3}
    more: string
  outputs: {out: {type: "File[]", outputSource: s/out}}
  steps: {s: {run: "#tool", in: {folder: folder}, out: [out], scatter: [folder]}}
- class: CommandLineTool
  id: tool
  requirements:
    DockerRequirement: {dockerPull: "example.org/from-cwl:1"}
    ResourceRequirement: {ramMin: 64}
  inputs: {folder: Directory}
  outputs: {out: {type: "File[]", outputBinding: {glob: "*.tif"}}}
"""
PROCESS = {
    "id": "described",
    "inputs": [
        {"id": "folder", "title": "From description", "formats": [{"mimeType": "image/tiff"}]},
        {"id": "number", "minOccurs": 1, "literalDataDomains": [{"dataType": {"name": "string"}}]},
    ],
    "outputs": [{"id": "out", "formats": [{"mimeType": "image/tiff"}]}],
}


def read(folder, unit, context=None):
    (folder / "app.cwl").write_text(CWL)
    process = dict(PROCESS)
    if context:
        process["owsContext"] = {"offering": {"content": {"href": context}}}
    value = {
        "processDescription": {"process": process},
        "executionUnit": [unit],
        "deploymentProfileName": "http://www.opengis.net/profiles/eoc/dockerizedApplication",
    }
    (folder / "app.deploy.json").write_text(json.dumps(value))
    return read_deploy_document(read_document(folder / "app.deploy.json"))


@pytest.mark.parametrize(
    ("unit", "context", "image"),
    [
        ({"href": "app.cwl"}, None, "example.org/from-cwl:1"),
        ({"href": "./app.cwl#app"}, None, "example.org/from-cwl:1"),
        ({"href": "example.org/described:2"}, "app.cwl", "example.org/described:2"),
    ],
)
def test_the_cwl_beside_the_document_completes_it(tmp_path, unit, context, image):
    found = read(tmp_path, unit, context).application
    folder, number, more = found.inputs
    assert (folder.type, folder.label) == (Scalar("Directory"), "From description")
    assert (folder.media_types, folder.scatter) == (("image/tiff",), True)
    assert (number.type, number.default, number.optional) == (Scalar("int"), Default(3), False)
    assert (more.id, more.type) == ("more", Scalar("string"))
    assert (found.outputs[0].type, found.outputs[0].glob) == (ArrayType(Scalar("File")), "*.tif")
    assert found.container is not None
    assert found.container.image == image
    assert found.resources.ram_min == 64
    assert found.id == "described"


def test_types_come_from_the_cwl_and_say_so(tmp_path):
    found = read(tmp_path, {"href": "app.cwl"}).application
    sources = {field: found.origin(f"inputs.folder.{field}") for field in ("type", "label")}
    assert {field: o.source for field, o in sources.items() if o} == {
        "type": "CWL",
        "label": "DeployProcess",
    }


@pytest.mark.parametrize("href", ["../outside.cwl", "https://example.org/app.cwl", "missing.cwl"])
def test_other_cwl_stays_closed(tmp_path, href):
    (tmp_path / "outside.cwl").write_text(CWL)
    folder = tmp_path / "package"
    folder.mkdir()
    reading = read(folder, {"href": href})
    assert [port.id for port in reading.application.inputs] == ["folder", "number"]
    assert len(reading.findings) == 1


def test_a_broken_cwl_is_said_and_the_rest_is_read(tmp_path):
    reading = read(tmp_path, {"unit": {"cwlVersion": "v1.0", "class": "Nothing"}})
    assert reading.application.id == "described"
    assert "is not understood" in reading.findings[0].message
