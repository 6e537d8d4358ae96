"""The reverse: a DeployProcess of an image gives a first CWL, which says what it assumed."""

import json

import pytest
import yaml

from apkg.pipeline.convert import convert
from apkg.pipeline.options import ConvertOptions
from apkg.pipeline.validate import validate_paths

ROLE = "http://www.opengis.net/eoc/inputBinding"
FILE = {"id": "scene", "formats": [{"mimeType": "image/tiff", "default": True}]}
OUTPUTS = [
    {"id": "mask", "formats": [{"mimeType": "application/geo+json"}]},
    {"id": "any", "formats": [{"mimeType": "application/octet-stream"}]},
    {"id": "area", "literalDataDomains": [{"dataType": {"name": "double"}}]},
]


def parameters(**said):
    named = [{"name": name, "values": [value]} for name, value in said.items()]
    return {"additionalParameters": [{"role": ROLE, "parameters": named}]}


def converted(folder, inputs, outputs=(), **process):
    path = folder / "crop.deploy.json"
    process = {"id": "crop", "inputs": inputs, "outputs": list(outputs), **process}
    value = {
        "processDescription": {"process": process},
        "executionUnit": [{"href": "eo/crop:1"}],
        "deploymentProfileName": "http://www.opengis.net/profiles/eoc/dockerizedApplication",
    }
    path.write_text(json.dumps(value), encoding="utf-8")
    (done,) = convert(path, ConvertOptions(out=folder / "out"))
    assert done.error is None, done.error
    return done


def tool(done):
    (path,) = [path for path in done.files if path.suffix == ".cwl"]
    (report,) = validate_paths([path])
    assert report.valid, report.findings
    return yaml.safe_load(path.read_text(encoding="utf-8"))["$graph"][1]


def test_bindings_stand_where_the_document_says(tmp_path):
    inputs = [
        {**FILE, **parameters(position="2", prefix="--in", separate="false")},
        {"id": "names", "maxOccurs": "unbounded", "literalDataDomains": [{}],
         **parameters(position="1", itemSeparator=",")},
        {"id": "unsaid", "literalDataDomains": [{}]},
    ]  # fmt: skip
    outputs = [{**FILE, "id": "mask", **parameters(path="out/mask.tif")}]
    done = converted(tmp_path, inputs, outputs)
    found = tool(done)
    assert found["baseCommand"] == []
    assert {name: port.get("inputBinding") for name, port in found["inputs"].items()} == {
        "scene": {"position": 2, "prefix": "--in", "separate": False},
        "names": {"position": 1, "itemSeparator": ","},
        "unsaid": None,
    }
    assert found["outputs"]["mask"]["outputBinding"]["glob"] == "out/mask.tif"
    assert found["hints"]["DockerRequirement"]["dockerPull"] == "eo/crop:1"
    assert not done.findings


def test_what_nobody_says_is_assumed_and_told(tmp_path):
    done = converted(tmp_path, [FILE, {"id": "n", "literalDataDomains": [{}]}], OUTPUTS)
    found = tool(done)
    bound = {name: port["inputBinding"] for name, port in found["inputs"].items()}
    assert bound == {"scene": {"prefix": "--scene"}, "n": {"prefix": "--n"}}
    globs = {name: port["outputBinding"]["glob"] for name, port in found["outputs"].items()}
    assert globs == {"mask": "*.geojson", "any": "*", "area": "area.txt"}
    inputs, outputs = [finding.message for finding in done.findings]
    assert "`--scene VALUE`" in inputs
    assert "mask (*.geojson), any (*), area (area.txt)" in outputs
    assert done.application.origin("inputs.n.binding").guessed


@pytest.mark.parametrize("name", ["crop.cwl", "other.cwl"])
def test_where_the_cwl_is_beside_it_there_is_nothing_to_make_up(tmp_path, name):
    (tmp_path / "crop.cwl").write_text(
        "cwlVersion: v1.2\nclass: CommandLineTool\nid: crop\nbaseCommand: crop\n"
        "inputs: {scene: File}\noutputs: {}\n",
        encoding="utf-8",
    )
    link = {"offering": {"content": {"href": name}}}
    done = converted(tmp_path, [FILE], owsContext=link)
    kinds = {path.suffix for path in done.files}
    assert kinds == ({".yml"} if name == "crop.cwl" else {".yml", ".cwl"})
