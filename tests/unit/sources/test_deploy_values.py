"""Numbers as wide as they are, values of one type, GeoJSON and links as the files that they are."""

import json

import pytest

from apkg.emitters.dialects.ports import DEFAULT_CRS
from apkg.emitters.dialects.registry import dialect
from apkg.emitters.interface import EmitOptions
from apkg.files.documents import parse_document
from apkg.model import ArrayType, Default, EnumType, Range, Scalar, UnionType
from apkg.sources.deploy import read_deploy_document
from apkg.sources.deploy.ports import MAX_PORTS

INT, LONG, FILE = Scalar("int"), Scalar("long"), Scalar("File")
GEO = "application/geo+json"
SCHEMAS = "https://geojson.org/schema"


def reading(inputs):
    body = {"processDescription": {"process": {"id": "p", "inputs": inputs}}}
    body["executionUnit"] = {"type": "docker", "image": "example.org/crop:1"}
    return read_deploy_document(parse_document(json.dumps(body), name="p.json"))


def schema(**words):
    (found,) = reading({"x": {"schema": words}}).application.inputs
    return found


def literal(**words):
    (found,) = reading([{"id": "x", "literalDataDomains": [words]}]).application.inputs
    return found


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ({}, INT),
        ({"default": 2**31 - 1}, INT),
        ({"default": 2**31}, LONG),
        ({"minimum": -(2**31) - 1}, LONG),
        ({"enum": [1, 2**40]}, LONG),
        ({"format": "int16"}, INT),
        ({"format": "uint32"}, LONG),
        ({"format": "int32", "maximum": 10}, INT),
    ],
)
def test_whole_numbers_of_a_schema_are_as_wide_as_they_need(words, kind):
    assert schema(type="integer", **words).type == kind


def test_whole_numbers_of_wps_are_as_wide_as_they_need():
    assert literal(dataType={"name": "integer"}, defaultValue="4294967296").type == LONG
    found = literal(dataType={"name": "unsignedInt"})
    assert (found.type, found.range) == (LONG, Range(minimum=0))
    known = literal(dataType={"name": "unsignedInt"}, allowedValues=["1", "2", "2"])
    assert (known.allowed_values, known.range) == ((1, 2), None)


def test_a_default_that_is_no_number_is_left_out_with_a_warning():
    port = {"id": "x", "literalDataDomains": [{"dataType": {"name": "double"},
                                               "defaultValue": "much"}]}  # fmt: skip
    read = reading([port])
    assert read.application.inputs[0].default is None
    assert [f.message for f in read.findings] == ["`much` is not a number."]


@pytest.mark.parametrize(
    ("words", "kind", "allowed"),
    [
        ({"enum": ["a", "b", "a"]}, EnumType(("a", "b")), ()),
        ({"const": "a"}, EnumType(("a",)), ()),
        ({"enum": [True, False]}, Scalar("boolean"), (True, False)),
        ({"enum": [1, 2.5]}, Scalar("double"), (1, 2.5)),
        ({"enum": [1, "a"]}, Scalar("Any"), ()),
    ],
)
def test_values_without_a_type_have_the_type_that_all_share(words, kind, allowed):
    found = schema(**words)
    assert (found.type, found.allowed_values) == (kind, allowed)


@pytest.mark.parametrize(
    ("words", "kind", "media"),
    [
        ({"format": "geojson-geometry"}, FILE, (GEO,)),
        ({"allOf": [{"format": "geojson-feature-collection"},
                    {"$ref": f"{SCHEMAS}/FeatureCollection.json"}]}, FILE, (GEO,)),
        ({"oneOf": [{"type": "string", "contentMediaType": "application/gml+xml"},
                    {"$ref": f"{SCHEMAS}/Geometry.json"}]}, FILE, ("application/gml+xml", GEO)),
        ({"oneOf": [{"type": "string", "format": "uri"},
                    {"$ref": "https://schemas.stacspec.org/v1.0.0/collection-spec/collection.json"},
                    {"$ref": f"{SCHEMAS}/FeatureCollection.json"}]}, Scalar("Directory"), ()),
        ({"$ref": "../openapi/schemas/link.yaml"}, FILE, ()),
        ({"oneOf": [{"type": "string"}, {"type": "integer"}]},
         UnionType((Scalar("string"), INT)), ()),
    ],
)  # fmt: skip
def test_geojson_and_links_are_files(words, kind, media):
    found = schema(**words)
    assert (found.type, found.media_types) == (kind, media)


def test_the_schema_of_a_box_is_a_box():
    assert schema(**{"$ref": "../../openapi/schemas/bbox.yaml"}).semantics == "bbox"


def test_what_is_not_fetched_is_told():
    found = reading({"x": {"schema": {"$ref": "https://example.org/x.json"}}})
    assert found.application.inputs[0].type == Scalar("Any")
    assert [f.subject for f in found.findings] == ["inputs.x.schema.$ref"]


def test_more_inputs_than_anybody_has_are_not_left_out_in_silence():
    many = {f"i{n}": {"schema": {"type": "string"}} for n in range(MAX_PORTS + 2)}
    found = reading(many)
    assert len(found.application.inputs) == MAX_PORTS
    assert [f.subject for f in found.findings] == ["inputs"]


def test_a_default_that_is_zero_or_empty_is_a_default():
    for value in (0, "", False):
        assert schema(default=value, type="string").default == Default(value)


def test_what_an_output_means_is_kept():
    outputs = {
        "box": {"schema": {"type": "object", "format": "ogc-bbox", "required": ["bbox"]}},
        "on": {"schema": {"type": "string", "format": "date-time"}},
    }
    body = {"processDescription": {"process": {"id": "p", "outputs": outputs}}}
    body["executionUnit"] = {"type": "docker", "image": "example.org/crop:1"}
    found = read_deploy_document(parse_document(json.dumps(body), name="p.json"))
    assert [o.semantics for o in found.application.outputs] == ["bbox", "dateTime"]
    assert found.findings == ()
    written = dialect("wps-t").emit(found.application, EmitOptions(with_cwl=False))
    box, on = json.loads(written.text)["processDescription"]["process"]["outputs"]
    assert box["supportedCRS"] == list(DEFAULT_CRS)
    assert on["literalDataDomains"][0]["dataType"] == {"name": "dateTime"}


def test_of_an_output_of_wps_its_type_is_kept_and_the_rest_is_told():
    domain = {"dataType": {"name": "double"}, "uom": {"name": "m"}, "allowedValues": ["1"]}
    body = {"processDescription": {"process": {"id": "p", "outputs": [
        {"id": "x", "literalDataDomains": [domain]}]}},
        "executionUnit": [{"unit": {"image": "example.org/crop:1"}}]}  # fmt: skip
    found = read_deploy_document(parse_document(json.dumps(body), name="p.json"))
    assert [f.subject.rpartition(".")[2] for f in found.findings] == ["uom", "allowedValues"]


@pytest.mark.parametrize(
    ("default", "kind"),
    [
        (["red", "nir"], ArrayType(Scalar("string"))),
        ([["red"], ["nir"]], ArrayType(ArrayType(Scalar("string")))),
        (None, ArrayType(ArrayType(Scalar("string")))),
    ],
)
def test_a_default_tells_one_list_from_many(default, kind):
    words = {"type": "array", "items": {"type": "string"}}
    words |= {} if default is None else {"default": default}
    port = {"schema": words, "minOccurs": 0, "maxOccurs": "unbounded"}
    (found,) = reading({"x": port}).application.inputs
    assert found.type == kind
