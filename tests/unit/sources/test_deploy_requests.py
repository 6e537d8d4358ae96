"""Requests that look like deployments are called what they are, by reading and by checking."""

import json

import pytest

from apkg.errors import SourceError
from apkg.files.documents import parse_document
from apkg.pipeline.validate import validate_text
from apkg.sources.read import read_document_application

LINK = "https://example.org/crop.cwl#crop"
PACKAGES = {
    "value": {"inputs": [{"id": "applicationPackage", "input": {"value": {"href": LINK}}}]},
    "href": {"inputs": [{"id": "applicationPackage", "input": {"href": LINK}}], "mode": "auto"},
    "data": {"inputs": [{"id": "applicationPackage", "href": LINK}], "outputs": []},
    "map": {"inputs": {"applicationPackage": {"type": "application/cwl", "href": LINK}}},
    "text": {"inputs": {"applicationPackage": LINK}},
}
OTHERS = {
    "document": {"inputs": {"aoi": {"bbox": [0, 1, 2, 3]}}, "response": "document"},
    "listed": {"inputs": [{"id": "n", "data": 1}], "outputs": [{"id": "o"}], "mode": "async"},
}
DESCRIBED = {"schema": {"type": "string"}}


def refused(value):
    document = parse_document(json.dumps(value), name="body.json")
    with pytest.raises(SourceError) as caught:
        read_document_application(document, document.name, None)
    report = validate_text(json.dumps(value).encode(), name="body.json")
    (finding,) = report.findings
    assert finding.rule == "deploy/execute-request"
    assert caught.value.location.line == 1
    return caught.value, finding


@pytest.mark.parametrize("value", PACKAGES.values(), ids=PACKAGES)
def test_a_request_that_carries_a_package(value):
    error, finding = refused(value)
    assert "carries an application package" in error.message
    assert "the package that it refers to" in error.hint
    assert "/processes" in finding.advice


@pytest.mark.parametrize("value", OTHERS.values(), ids=OTHERS)
def test_any_other_request(value):
    error, finding = refused(value)
    assert "an Execute request, not a deployment" in error.message
    assert "package" not in finding.message


@pytest.mark.parametrize(
    "value",
    [
        {"id": "DeployProcess", "inputs": {"applicationPackage": DESCRIBED}, "outputs": {}},
        {"process": {"id": "DeployProcess", "inputs": [{"id": "applicationPackage"}]}},
    ],
)
def test_the_description_of_a_process_that_deploys_is_no_request(value):
    document = parse_document(json.dumps(value), name="body.json")
    found = read_document_application(document, document.name, None).application
    assert [i.id for i in found.inputs] == ["applicationPackage"]


def test_a_description_in_testbed_14s_envelope_lacks_the_unit():
    report = validate_text(b'{"process": {"id": "crop", "inputs": []}}', name="d.json")
    assert [f.rule for f in report.findings] == ["deploy/description-only"]


@pytest.mark.parametrize(
    ("unit", "rules"),
    [
        ({"class": "test"}, ["deploy/unit"]),
        ({"type": "docker", "image": "example.org/crop:1"}, []),
    ],
)
def test_a_unit_by_value_is_cwl_or_an_image(unit, rules):
    body = {
        "processDescription": {"process": {"id": "crop"}},
        "executionUnit": [{"unit": unit}],
        "deploymentProfileName": "http://www.opengis.net/profiles/eoc/dockerizedApplication",
    }
    report = validate_text(json.dumps(body).encode(), name="d.json")
    assert [f.rule for f in report.findings if f.severity == "error"] == rules


def test_words_of_part_1_2_0_make_it_that():
    port = {"schema": {"type": "string"}, "dataAccessAPIs": ["stac-api"]}
    process = {"id": "crop", "version": "1.0", "mutable": True, "inputs": {"x": port}}
    body = {"processDescription": {"process": process}, "executionUnit": {"href": LINK}}
    report = validate_text(json.dumps(body).encode(), name="d.json")
    assert not [f for f in report.findings if f.severity == "error"]
