"""The families of deployment documents, F1 to F7, and what is refused."""

import json

import pytest

from apkg.errors import SourceError
from apkg.files.documents import parse_document
from apkg.model import ArrayType, Scalar
from apkg.sources.deploy import read_deploy, read_deploy_document

DOCKER = "http://www.opengis.net/profiles/eoc/dockerizedApplication"
IMAGE = "images.example.org:5000/team/ndvis:v2.12"
PROCESS = {
    "id": "NDVIStacker",
    "title": "NDVI Stacker",
    "abstract": "Stacks.",
    "keywords": ["ndvi"],
    "inputs": [
        {
            "id": "files",
            "title": "Input image",
            "formats": [{"mimeType": "image/tiff", "default": True}],
            "minOccurs": "1",
            "maxOccurs": "unbounded",
        }
    ],
    "outputs": [{"id": "output", "formats": [{"mimeType": "image/tiff", "default": True}]}],
}
FLAT = {**PROCESS, "version": "1.2.0"}
UNIT_CWL = {
    "cwlVersion": "v1.0",
    "class": "CommandLineTool",
    "id": "tool",
    "hints": {"DockerRequirement": {"dockerPull": IMAGE}},
    "inputs": {"files": "File[]", "extra": {"type": "int", "default": 0}},
    "outputs": {"output": {"type": "File", "outputBinding": {"glob": "out.tif"}}},
}


def read(value):
    return read_deploy(parse_document(json.dumps(value, indent=1), name="x.deploy.json"))


DESCRIBED = {
    "F1": {
        "processDescription": {"process": PROCESS, "processVersion": "1.2.0"},
        "immediateDeployment": "false",
        "executionUnit": [{"href": IMAGE}],
        "deploymentProfileName": DOCKER,
    },
    "F1 docker scheme": {
        "processDescription": {"process": PROCESS, "processVersion": "1.2.0"},
        "executionUnit": [{"href": f"docker://{IMAGE}"}],
    },
    "F1 unit of a type": {
        "processDescription": {"process": FLAT},
        "executionUnit": [{"unit": {"type": "docker", "image": IMAGE}}],
    },
    "F2": {
        "processOffering": {"process": FLAT, "jobControlOptions": ["async-execute"]},
        "deploymentProfile": {
            "deploymentProfileName": DOCKER,
            "executionUnit": {"reference": IMAGE},
        },
    },
    "F2b": {
        "processOffering": {"process": PROCESS, "processVersion": "1.2.0"},
        "executionUnit": [{"reference": IMAGE}],
        "deploymentProfileName": DOCKER,
    },
    "TB14 schema": {
        "processDescription": {"processOffering": {"process": FLAT}},
        "executionUnit": [{"href": IMAGE}],
        "deploymentProfileName": DOCKER,
    },
    "F3": {
        "processDescription": FLAT,
        "jobControlOptions": ["async-execute"],
        "executionUnit": {"href": IMAGE},
        "deploymentProfileName": DOCKER,
    },
    "F6": {"processDescription": FLAT, "executionUnit": {"type": "docker", "image": IMAGE}},
    "inline CWL": {"processDescription": FLAT, "executionUnit": [{"unit": UNIT_CWL}]},
    "qualified value": {
        "processDescription": FLAT,
        "executionUnit": {"value": UNIT_CWL, "mediaType": "application/cwl+json"},
    },
}


@pytest.mark.parametrize("family", DESCRIBED)
def test_every_family_says_the_same(family):
    found = read(DESCRIBED[family])
    assert (found.id, found.title, found.abstract) == ("NDVIStacker", "NDVI Stacker", "Stacks.")
    assert (found.metadata.version, found.metadata.keywords) == ("1.2.0", ("ndvi",))
    assert found.container is not None
    assert found.container.image == IMAGE
    files, output = found.inputs[0], found.outputs[0]
    assert (files.type, files.optional) == (ArrayType(Scalar("File")), False)
    assert (files.label, files.media_types) == ("Input image", ("image/tiff",))
    assert (output.type, output.media_types) == (Scalar("File"), ("image/tiff",))


def test_origins_lead_to_the_line():
    found = read(DESCRIBED["F1"])
    text = json.dumps(DESCRIBED["F1"], indent=1).splitlines()
    for field, words in (("id", '"NDVIStacker"'), ("image", IMAGE)):
        origin = found.origin(field)
        assert origin is not None
        assert origin.source == "DeployProcess"
        assert origin.location is not None
        assert words in text[(origin.location.line or 0) - 1]


def test_cwl_by_reference_alone_is_read_for_what_it_holds():
    unit = {"href": "https://example.org/app.cwl#water_bodies", "type": "application/cwl"}
    reading = read_deploy_document(
        parse_document(json.dumps({"executionUnit": unit}), name="body.json")
    )
    assert (reading.application.id, reading.application.inputs) == ("water_bodies", ())
    assert "was not fetched" in reading.findings[0].message


def test_bare_cwl_is_read_as_cwl():
    assert [port.id for port in read(UNIT_CWL).inputs] == ["files", "extra"]


def test_a_native_unit_of_another_kind_has_no_image():
    found = read({"processDescription": FLAT, "executionUnit": {"type": "SLURM", "value": "x"}})
    assert found.container is None


def test_the_resources_of_a_native_unit():
    config = {"cpuMin": 2, "memoryMin": 1, "memoryMax": "lots"}
    unit = {"type": "docker", "image": IMAGE, "config": config}
    found = read({"processDescription": FLAT, "executionUnit": unit}).resources
    assert (found.cores_min, found.ram_min, found.ram_max) == (2, 954, None)


def test_an_execute_request_is_refused_with_help():
    package = {"format": {"mimeType": "application/xml"}, "value": {"href": "https://x.org/a.cwl"}}
    value = {
        "inputs": [{"id": "applicationPackage", "input": package}],
        "outputs": [{"id": "deployResult"}],
        "mode": "auto",
        "response": "raw",
    }
    with pytest.raises(SourceError) as error:
        read(value)
    assert "Execute request" in error.value.message
    assert error.value.hint


@pytest.mark.parametrize("value", [{}, {"a": 1}, {"processDescription": 3}, [], None, "x"])
def test_what_is_no_deployment_is_refused(value):
    with pytest.raises(SourceError) as error:
        read(value)
    assert "not a deployment document" in error.value.message


def test_a_process_description_alone_is_read():
    assert read({"process": FLAT}).id == read(FLAT).id == "NDVIStacker"
