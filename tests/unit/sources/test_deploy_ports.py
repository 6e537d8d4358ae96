"""Inputs and outputs in all their shapes."""

import json

import pytest

from apkg.files.documents import parse_document
from apkg.model import (
    ArrayType,
    Default,
    EnumType,
    Range,
    RecordField,
    RecordType,
    Scalar,
    UnionType,
)
from apkg.sources.deploy import read_deploy_document

STRING, INT, DOUBLE, FILE = Scalar("string"), Scalar("int"), Scalar("double"), Scalar("File")


def reading(inputs, outputs=(), **process):
    process = {"id": "p", "inputs": inputs, "outputs": list(outputs), **process}
    text = json.dumps({"processDescription": {"process": process}, "executionUnit": []})
    return read_deploy_document(parse_document(text, name="p.json"))


def one(**port):
    return reading([{"id": "x", **port}]).application.inputs[0]


def literal(**domain):
    return one(literalDataDomains=[domain])


@pytest.mark.parametrize(
    ("name", "expected", "semantics"),
    [
        ("string", STRING, None),
        ("xs:integer", INT, None),
        ("http://www.w3.org/2001/XMLSchema#long", Scalar("long"), None),
        ("float", Scalar("float"), None),
        ("Double", DOUBLE, None),
        ("boolean", Scalar("boolean"), None),
        ("date", STRING, "date"),
        ("dateTime", STRING, "dateTime"),
        ("anyURI", STRING, "anyURI"),
        ("stage_in", FILE, None),
        ("Directory", Scalar("Directory"), None),
    ],
)
def test_data_types(name, expected, semantics):
    for data_type in (name, {"name": name}, {"reference": name}):
        found = literal(dataType=data_type)
        assert (found.type, found.semantics) == (expected, semantics)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("integer", "0", 0),
        ("double", "0", 0),
        ("double", "1e-3", 0.001),
        ("boolean", "false", False),
        ("boolean", True, True),
        ("string", "", ""),
        ("string", "12", "12"),
        ("string", 12, "12"),
    ],
)
def test_defaults_have_the_type_of_the_input(name, text, expected):
    found = literal(dataType={"name": name}, defaultValue=text).default
    assert found == Default(expected)
    assert type(found.value) is type(expected)


def test_a_default_that_is_no_number_is_said():
    found = reading(
        [{"id": "x", "literalDataDomains": [{"dataType": {"name": "int"}, "defaultValue": "many"}]}]
    )
    assert found.findings[0].message == "`many` is not a number."


def test_allowed_values_ranges_and_units():
    domain = {
        "dataType": {"name": "double"},
        "allowedRanges": [{"minimumValue": "0", "maximumValue": "0.5", "spacing": 0.1}],
        "uom": {"name": "m"},
    }
    found = literal(**domain)
    assert (found.range, found.uom) == (Range(minimum=0, maximum=0.5, spacing=0.1), "m")
    assert literal(dataType="String", allowedValues=["a", "b"]).type == EnumType(("a", "b"))
    found = literal(dataType="integer", allowedValues=["1", "2"])
    assert (found.type, found.allowed_values) == (INT, (1, 2))
    assert literal(dataType="positiveInteger").range == Range(minimum=1)


@pytest.mark.parametrize(
    "port",
    [
        {"LiteralDataDomain": {"dataType": "integer"}},
        {"literalDataDomain": {"dataType": {"name": "integer"}}},
        {"input": {"literalDataDomains": [{"dataType": {"name": "integer"}}]}},
        {"literalDataDomains": [{"valueDefinition": {"anyValue": True}, "dataType": "integer"}]},
        {"schema": {"type": "integer"}},
        {"dataType": {"name": "integer"}},
    ],
)
def test_literals_wherever_they_are_written(port):
    assert one(**port).type == INT


@pytest.mark.parametrize(
    ("least", "most", "kind", "optional"),
    [
        (None, None, FILE, False),
        ("1", "1", FILE, False),
        (0, 1, FILE, True),
        ("0", "unbounded", ArrayType(FILE), True),
        (1, 5, ArrayType(FILE), False),
        (2, None, ArrayType(FILE), False),
        ("some", "1", FILE, False),
    ],
)
def test_occurrences_as_text_or_number(least, most, kind, optional):
    counts = {"minOccurs": least, "maxOccurs": most}
    port = {key: value for key, value in counts.items() if value is not None}
    found = one(formats=[{"mediaType": "image/tiff"}], **port)
    assert (found.type, found.optional) == (kind, optional)


def test_exact_numbers_of_occurrences_are_kept():
    found = one(formats=[{"mimeType": "image/tiff"}], minOccurs=2, maxOccurs="7")
    assert found.annotations == (("wps:minOccurs", "2"), ("wps:maxOccurs", "7"))


def test_the_default_format_comes_first():
    formats = [{"mimeType": "text/csv"}, {"mediaType": "application/json", "default": True}]
    assert one(formats=formats).media_types == ("application/json", "text/csv")
    assert one(input={"formats": formats}).media_types == ("application/json", "text/csv")


def test_the_text_format_of_a_literal_says_nothing():
    found = one(
        formats=[{"mimeType": "text/plain", "default": True}],
        literalDataDomains=[{"dataType": {"name": "string"}}],
    )
    assert (found.type, found.media_types) == (STRING, ())


def test_empty_lists_are_absent():
    found = one(literalDataDomains=[], supportedCRS=[], formats=[{"mimeType": "image/tiff"}])
    assert (found.type, found.semantics, found.supported_crs) == (FILE, None, ())


@pytest.mark.parametrize(
    "crs",
    [
        ["EPSG:4326", "EPSG:3857"],
        [{"crs": "EPSG:3857"}, {"crs": "EPSG:4326", "default": True}],
    ],
)
def test_bounding_boxes(crs):
    found = one(supportedCRS=crs)
    assert (found.type, found.semantics) == (ArrayType(DOUBLE), "bbox")
    assert found.supported_crs == ("EPSG:4326", "EPSG:3857")


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string"}, STRING),
        ({"type": "number", "format": "float"}, Scalar("float")),
        ({"type": "integer", "format": "int64"}, Scalar("long")),
        ({"type": "string", "enum": ["a", "b"]}, EnumType(("a", "b"))),
        ({"type": "array", "items": {"type": "number"}}, ArrayType(DOUBLE)),
        ({"type": "string", "contentMediaType": "image/tiff"}, FILE),
        ({"type": "string", "contentMediaType": "application/directory"}, Scalar("Directory")),
        ({"oneOf": [{"type": "string"}, {"type": "number"}]}, UnionType((STRING, DOUBLE))),
        ({"type": ["string", "null"]}, STRING),
        (
            {
                "type": "object",
                "required": ["a"],
                "properties": {"a": {"type": "string"}, "b": {"type": "integer"}},
            },
            RecordType(
                (RecordField("a", STRING), RecordField("b", UnionType((Scalar("null"), INT))))
            ),
        ),
        ({"allOf": [{"format": "ogc-bbox"}, {"$ref": "bbox.yaml"}]}, ArrayType(DOUBLE)),
        ({}, Scalar("Any")),
    ],
)
def test_json_schemas(schema, expected):
    found = reading({"x": {"schema": schema}}).application.inputs[0]
    assert (found.id, found.type) == ("x", expected)


def test_what_json_schemas_say_beside_types():
    assert one(schema={"type": "integer", "default": 0}).default == Default(0)
    assert one(schema={"type": "number", "minimum": 0}).range == Range(minimum=0)
    assert one(schema={"type": "string", "nullable": True}).optional
    assert one(schema={"type": "string", "format": "date-time"}).semantics == "dateTime"
    files = {"oneOf": [{"contentMediaType": "image/tiff"}, {"contentMediaType": "text/csv"}]}
    assert one(schema=files).media_types == ("image/tiff", "text/csv")


def parameter(name, **value):
    return {"name": name, **value}


@pytest.mark.parametrize(
    "additional",
    [
        [
            {
                "role": "http://www.opengis.net/eoc/applicationContext/inputMetadata",
                "parameters": [
                    parameter("EOImage", values=["true"]),
                    parameter("AllowedCollections", values="A, B"),
                ],
            }
        ],
        [parameter("EOImage", value="true"), parameter("AllowedCollections", values=["A", "B"])],
        {
            "parameter": [
                parameter("EOImage", value=True),
                parameter("AllowedCollections", value="A,B"),
            ]
        },
    ],
)
def test_additional_parameters_in_all_their_shapes(additional):
    found = one(formats=[{"mimeType": "image/tiff"}], additionalParameters=additional).discovery
    assert (found.eo_image, found.allowed_collections) == (True, ("A", "B"))


def test_defaults_of_several_values():
    def default(kind, text):
        domain = {"dataType": {"name": kind}, "defaultValue": text}
        return one(maxOccurs="unbounded", minOccurs="0", literalDataDomains=[domain])

    assert default("integer", "[1, 2]").default == Default((1, 2))
    assert default("string", '["a", "b"]').default == Default(("a", "b"))
    assert default("string", "a").default == Default(("a",))
    assert default("string", "[a").default == Default(("[a",))
    assert default("string", "[]").default == Default(())
    assert not default("string", "a").optional


def test_catalogues_and_security_notes_of_the_process():
    link = {
        "role": "http://www.opengis.net/spec/owc-atom/1.0/opensearch",
        "href": "https://x.org/o",
    }
    note = [{"name": "SecurityNote", "values": ["Members only."]}]
    found = reading([], metadata=[link], additionalParameters=[{"parameters": note}]).application
    assert [catalogue.href for catalogue in found.catalogues] == ["https://x.org/o"]
    assert found.metadata.security_note == "Members only."


def test_what_the_process_says_of_all_images():
    image = [{"parameters": [{"name": "EOImage", "values": ["true"]}]}]
    area = [{"parameters": [{"name": "UniqueAOI", "values": ["true"]}]}]
    found = reading(
        [{"id": "a", "additionalParameters": image}, {"id": "b", "schema": {"type": "string"}}],
        additionalParameters=area,
    ).application
    assert [port.discovery.unique_aoi for port in found.inputs] == [True, None]


def test_catalogues_of_the_context():
    offering = {
        "code": "http://www.opengis.net/spec/owc/1.0/req/opensearch",
        "content": {"href": "https://example.org/osdd.xml", "title": "Here"},
    }
    (found,) = reading([], owsContext={"offering": [offering]}).application.catalogues
    assert (found.href, found.title) == ("https://example.org/osdd.xml", "Here")


def test_ports_without_id_or_with_the_same_are_said():
    found = reading([{"title": "no id"}, {"id": "a"}, {"id": "a"}])
    assert [port.id for port in found.application.inputs] == ["a"]
    assert len(found.findings) == 2
