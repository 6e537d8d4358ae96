"""What a deployment document says and the model has no place for is told, and nothing else."""

import json
from pathlib import Path

import pytest

from apkg.errors import ConversionError
from apkg.files.documents import parse_document
from apkg.model import Scalar
from apkg.pipeline.translate import translate
from apkg.sources.deploy import read_deploy_document
from apkg.sources.deploy.kept import NOT_KEPT
from apkg.sources.read import read_document_application

EXAMPLES = Path(__file__).resolve().parents[2] / "schemas" / "positive"
IMAGE = {"type": "docker", "image": "example.org/crop:1"}


def lost(process=None, *, unit=IMAGE, **more):
    """The fields that are told as not kept."""
    body = {
        "processDescription": {"process": {"id": "crop", **(process or {})}},
        "executionUnit": unit,
        **more,
    }
    document = parse_document(json.dumps(body), name="crop.json")
    found = read_deploy_document(document).findings
    return [f.subject for f in found if f.rule == NOT_KEPT]


def schema(words, group="inputs"):
    return lost({group: {"x": {"schema": words}}})


@pytest.mark.parametrize(
    "path", sorted(p for p in EXAMPLES.iterdir() if p.suffix in {".json", ".xml"}), ids=str
)
def test_of_our_own_documents_all_is_kept(path):
    document = parse_document(path.read_text(encoding="utf-8"), name=path.name, xml=True)
    found = read_document_application(document, path, None).findings
    assert not [f for f in found if f.rule == NOT_KEPT]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"type": "string", "pattern": "^S2", "minLength": 2}, ["pattern", "minLength"]),
        ({"type": "string", "format": "email"}, ["format"]),
        ({"type": "string", "format": "date"}, []),
        ({"type": "integer", "minimum": 0, "exclusiveMinimum": True}, []),
        ({"type": "number", "minimum": 0, "exclusiveMinimum": True}, ["exclusiveMinimum"]),
        ({"type": "array", "items": {"type": "string"}, "uniqueItems": True}, ["uniqueItems"]),
        ({"type": "array", "minItems": 1, "items": {"type": "array", "items": {"type": "integer"},
          "maxItems": 2}}, ["items.maxItems"]),
        ({"oneOf": [{"type": "string", "contentMediaType": "application/gml+xml",
                     "contentSchema": "https://example.org/a.xsd"}]}, ["oneOf.0.contentSchema"]),
        ({"type": "object", "properties": {"on": {"type": "string", "format": "date"}}},
         ["properties.on.format"]),
        ({"type": "object", "contentMediaType": "application/geo+json",
          "properties": {"type": {"pattern": "Feature"}}}, []),
        ({"format": "geojson-feature-collection"}, []),
        ({"type": "string", "default": {"a": 1}}, ["default"]),
    ],
)  # fmt: skip
def test_words_of_a_schema(words, told):
    assert schema(words) == [f"inputs.x.schema.{word}" for word in told]


def test_an_output_has_neither_bounds_nor_default():
    words = {"type": "number", "minimum": 0, "default": 5}
    assert schema(words, "outputs") == ["outputs.x.schema.minimum", "outputs.x.schema.default"]


def test_words_of_an_input_and_of_the_process():
    port = {
        "dataAccessApis": ["stac-api"],
        "keywords": [],
        "metadata": [{"role": "documentation", "href": "https://example.org/x.html"}],
        "additionalParameters": {"parameters": [{"name": "pattern", "value": "-x"}]},
        "schema": {"type": "string"},
    }
    process = {"links": [{"href": "https://example.org"}], "mutable": True, "inputs": {"x": port}}
    assert lost(process) == [
        "links",
        "mutable",
        "inputs.x.dataAccessApis",
        "inputs.x.additionalParameters.parameters.pattern.value",
        "inputs.x.metadata.0",
    ]


def test_what_metadata_repeat_is_kept():
    role = "https://schema.org/{}"
    said = {"title": "Crop", "version": "1.2"}
    again = [{"role": role.format("name"), "value": "Crop"},
             {"role": role.format("softwareVersion"), "value": "1.2"},
             {"role": role.format("keywords"), "value": "new"}]  # fmt: skip
    assert lost({**said, "metadata": again}) == ["metadata.2"]


def test_of_several_domains_units_and_ranges_the_first_is_kept():
    domain = {
        "dataType": {"name": "double"},
        "uom": [{"name": "m"}, {"name": "km"}],
        "allowedRanges": [{"minimumValue": "0"}, {"maximumValue": "-9"}],
    }
    port = {"id": "x", "literalDataDomains": [domain, {"dataType": {"name": "string"}}]}
    assert lost({"inputs": [port]}) == [
        "inputs.x.literalDataDomains.0.allowedRanges.1",
        "inputs.x.literalDataDomains.1",
        "inputs.x.literalDataDomains.0.uom.km",
    ]


def test_an_open_end_of_whole_numbers_is_the_next_number():
    domain = {
        "dataType": {"name": "integer"},
        "allowedRanges": [{"minimumValue": "0", "maximumValue": "9", "rangeClosure": "open"}],
    }
    body = {"processOffering": {"process": {"id": "c", "inputs": [
        {"id": "n", "literalDataDomains": [domain]}]}}}  # fmt: skip
    document = parse_document(json.dumps(body), name="crop.json")
    (port,) = read_deploy_document(document).application.inputs
    assert (port.range.minimum, port.range.maximum) == (1, 8)


def test_of_several_languages_one_is_kept_and_the_others_are_told():
    process = {"title": {"fr": "Eau", "en": "Water"}, "description": {"fr": "Masque"}}
    assert lost(process) == ["title"]
    body = {"processDescription": {"id": "w", **process}, "executionUnit": IMAGE}
    read = read_deploy_document(parse_document(json.dumps(body), name="w.json")).application
    assert (read.title, read.abstract) == ("Water", "Masque")


def test_a_native_unit_of_another_kind_and_its_configuration():
    unit = {**IMAGE, "type": "SLURM", "deployment": "hpc", "config": {"cpuMin": 2, "jobTimeout": 9}}
    assert lost(unit=unit, immediateDeployment=False) == [
        "immediateDeployment",
        "executionUnit.deployment",
        "executionUnit.config.jobTimeout",
        "executionUnit.type",
    ]


def test_a_translation_lists_it_and_strict_refuses_it(tmp_path):
    path = tmp_path / "crop.json"
    body = {"processDescription": {"process": {"id": "crop", "links": [{"href": "x"}]}}}
    path.write_text(json.dumps({**body, "executionUnit": IMAGE}), encoding="utf-8")
    assert [loss.field for loss in translate(str(path), "ogcapi").losses] == ["links"]
    with pytest.raises(ConversionError, match="links"):
        translate(str(path), "ogcapi", strict=True)


def test_inputs_without_an_id_of_their_own_are_told_as_lost():
    port = {"schema": {"type": "string"}}
    assert lost({"inputs": [{"id": "a", **port}, {"id": "a", **port}, port]}) == [
        "inputs.a",
        "inputs.2",
    ]


def test_formats_that_are_no_media_types_and_types_that_nobody_knows():
    ports = [
        {"id": "aoi", "formats": [{"mimeType": "OGC-WKT"}]},
        {"id": "span", "literalDataDomains": [{"dataType": {"name": "duration"}}]},
    ]
    assert lost({"inputs": ports}) == [
        "inputs.aoi.formats.0.mimeType",
        "inputs.span.literalDataDomains.0.dataType",
    ]
    body = {"processDescription": {"process": {"id": "p", "inputs": ports}}}
    document = parse_document(json.dumps({**body, "executionUnit": IMAGE}), name="p.json")
    aoi, span = read_deploy_document(document).application.inputs
    assert (aoi.type, span.type) == (Scalar("File"), Scalar("string"))


@pytest.mark.parametrize(
    ("name", "told"),
    [("wpsApplication", True), ("workflow", False), ("dockerizedApplication", False)],
)
def test_profiles_of_other_kinds_are_told(name, told):
    profile = f"http://www.opengis.net/profiles/eoc/{name}"
    assert lost(deploymentProfileName=profile) == ["deploymentProfileName"] * told


def test_a_link_to_a_wps_is_not_called_a_cwl(tmp_path):
    path = tmp_path / "p.json"
    unit = {"href": "https://example.org/wps?service=WPS&request=DescribeProcess&identifier=p"}
    body = {"processDescription": {"process": {"id": "p"}}, "executionUnit": [unit]}
    path.write_text(json.dumps(body), encoding="utf-8")
    assert json.loads(translate(str(path), "ogcapi").text)["executionUnit"] == unit


def test_a_unit_that_is_neither_image_nor_cwl_is_called_by_its_name(tmp_path):
    path = tmp_path / "p.json"
    unit = {"type": "application/openeo", "value": {"process_graph": {}}}
    body = {"processDescription": {"process": {"id": "p"}}, "executionUnit": unit}
    path.write_text(json.dumps(body), encoding="utf-8")
    with pytest.raises(ConversionError, match=r"\(application/openeo\) is neither an image"):
        translate(str(path), "ogcapi")


def test_a_separator_that_is_no_truth_is_warned_of():
    said = [{"name": n, "values": [v]} for n, v in (("prefix", "-p"), ("separate", ","))]
    port = {"id": "x", "schema": {"type": "string"},
            "additionalParameters": [{"role": "inputBinding", "parameters": said}]}  # fmt: skip
    body = {"processDescription": {"process": {"id": "p", "inputs": [port]}}}
    document = parse_document(json.dumps({**body, "executionUnit": IMAGE}), name="p.json")
    (finding,) = read_deploy_document(document).findings
    assert finding.severity == "warning"
    assert "`,`" in finding.message
