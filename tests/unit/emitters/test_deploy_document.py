"""Facet 2: the DeployProcess document, in the shape of the two examples of 18-049r1 clause 8.3."""

import json
from dataclasses import replace

import pytest
from every_type import EVERY

from apkg.emitters.cwl import cwl_document
from apkg.emitters.dialects.wps_t import WpsT, deploy_process
from apkg.emitters.interface import EmitOptions
from apkg.errors import ConversionError
from apkg.model import Default

OPTIONS = EmitOptions(cwl_href="https://example.org/every.cwl")
#: The keys of the second example, an application, at every level.
EXAMPLE = {
    "": ["processDescription", "immediateDeployment", "executionUnit", "deploymentProfileName"],
    "processDescription": ["process", "processVersion", "jobControlOptions", "outputTransmission"],
    "process": ["id", "title", "owsContext", "abstract", "inputs", "outputs"],
    "input": ["id", "title", "formats", "minOccurs", "maxOccurs", "additionalParameters"],
    "output": ["id", "title", "formats"],
}


def inputs_of(application=EVERY, options=OPTIONS):
    process = deploy_process(application, options)["processDescription"]["process"]
    return {declared["id"]: declared for declared in process["inputs"]}


def in_order(keys, known):
    return [key for key in keys if key in known]


def test_keys_and_order_of_the_example():
    document = deploy_process(EVERY, OPTIONS)
    description = document["processDescription"]
    process = description["process"]
    assert list(document) == EXAMPLE[""]
    assert list(description) == EXAMPLE["processDescription"]
    assert in_order(process, EXAMPLE["process"]) == EXAMPLE["process"]
    assert in_order(inputs_of()["files"], EXAMPLE["input"]) == EXAMPLE["input"]
    for output in process["outputs"]:
        assert in_order(output, EXAMPLE["output"]) == EXAMPLE["output"]


def test_an_application_is_its_image_and_points_to_its_cwl():
    document = deploy_process(EVERY, OPTIONS)
    assert document["executionUnit"] == [{"href": "registry.example.org/eo/every:1.0"}]
    assert document["deploymentProfileName"] == (
        "http://www.opengis.net/profiles/eoc/dockerizedApplication"
    )
    assert document["immediateDeployment"] is True
    assert document["processDescription"]["process"]["owsContext"] == {
        "offering": {
            "code": "http://www.opengis.net/eoc/applicationContext/cwl",
            "content": {"href": "https://example.org/every.cwl"},
        }
    }
    assert document["processDescription"]["jobControlOptions"] == ["async-execute"]
    assert document["processDescription"]["outputTransmission"] == ["reference"]


@pytest.mark.parametrize(
    ("style", "profile"), [("workflow", "workflow"), ("tool", "dockerizedApplication")]
)
@pytest.mark.parametrize("unit", ["href", "inline"])
def test_a_cwl_as_execution_unit(style, profile, unit):
    options = replace(OPTIONS, style=style, execution_unit=unit)
    document = deploy_process(EVERY, options)
    assert document["deploymentProfileName"] == f"http://www.opengis.net/profiles/eoc/{profile}"
    (found,) = document["executionUnit"]
    inline = {"unit": cwl_document(EVERY, options)}
    assert found == (inline if unit == "inline" else {"href": "https://example.org/every.cwl"})
    assert "owsContext" not in document["processDescription"]["process"]


def test_without_an_image_there_is_no_execution_unit():
    with pytest.raises(ConversionError, match="names no image") as caught:
        deploy_process(replace(EVERY, container=None), OPTIONS)
    assert "--image" in caught.value.hint


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("a_string", "0", "1"), ("needed", "1", "1"), ("a_file", "1", "1"), ("folder", "0", "1"),
        ("files", "1", "unbounded"), ("words", "0", "unbounded"), ("maybe", "0", "unbounded"),
        ("box", "0", "1"),
    ],
)  # fmt: skip
def test_occurrences(name, least, most):
    found = inputs_of()[name]
    assert (found["minOccurs"], found["maxOccurs"]) == (least, most)


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("a_string", {"dataType": {"name": "string"}, "anyValue": True, "defaultValue": "x"}),
        ("a_boolean", {"dataType": {"name": "boolean"}, "anyValue": True, "defaultValue": "false"}),
        ("a_long", {"dataType": {"name": "integer",
                                 "reference": "http://www.w3.org/2001/XMLSchema#long"},
                    "anyValue": True,
                    "defaultValue": "1099511627776"}),
        ("an_int", {"dataType": {"name": "integer"},
                    "allowedRanges": [{"minimumValue": "0", "maximumValue": "10", "spacing": "2",
                                       "rangeClosure": "closed"}],
                    "defaultValue": "0", "uom": {"name": "m"}}),
        ("a_double", {"dataType": {"name": "double"},
                      "allowedRanges": [{"maximumValue": "1.5", "rangeClosure": "closed"}],
                      "defaultValue": "-1e-05"}),
        ("an_odd_enum", {"dataType": {"name": "string"}, "allowedValues": ["a/b", "c:d"],
                         "defaultValue": "a/b"}),
        ("choices", {"dataType": {"name": "integer"}, "allowedValues": ["1", "2"],
                     "defaultValue": "2"}),
        ("a_date", {"dataType": {"name": "date"}, "anyValue": True, "defaultValue": "2020-01-01"}),
        ("a_moment", {"dataType": {"name": "dateTime"}, "anyValue": True}),
        ("a_link", {"dataType": {"name": "anyURI"}, "anyValue": True,
                    "defaultValue": "https://example.org/a?b=c"}),
    ],
)  # fmt: skip
def test_literal_domains(name, domain):
    assert inputs_of()[name]["literalDataDomains"] == [domain]


def test_files_have_formats_and_no_domain():
    found = inputs_of()["a_file"]
    assert found["formats"] == [
        {"mimeType": "image/tiff; application=geotiff", "default": True},
        {"mimeType": "image/png", "default": False},
    ]
    assert "literalDataDomains" not in found


def test_a_bounding_box_has_its_reference_systems():
    found = inputs_of()["box"]
    assert found["supportedCRS"]
    assert "literalDataDomains" not in found


def test_where_a_client_finds_data():
    (metadata,) = inputs_of()["files"]["additionalParameters"]
    assert metadata["role"] == "http://www.opengis.net/eoc/applicationContext/inputMetadata"
    assert {p["name"]: p["values"] for p in metadata["parameters"]} == {
        "EOImage": ["true"], "AllowedCollections": ["S2,L8"], "CatalogSearchField": ["bbox"],
        "UniqueAOI": ["true"], "UniqueTOI": ["false"],
    }  # fmt: skip


def test_a_default_of_null_is_no_default_value():
    items = tuple(
        replace(i, default=Default(None), optional=True) if i.id == "a_string" else i
        for i in EVERY.inputs
    )
    found = inputs_of(replace(EVERY, inputs=items))["a_string"]
    assert "defaultValue" not in found["literalDataDomains"][0]
    assert found["minOccurs"] == "0"


def test_the_text_is_the_document():
    text = WpsT().emit(EVERY, OPTIONS).text
    assert json.loads(text) == deploy_process(EVERY, OPTIONS)
    assert text.endswith("}\n")
    assert "\x1b" not in WpsT().emit(replace(EVERY, title="\x1b[0m"), OPTIONS).text
