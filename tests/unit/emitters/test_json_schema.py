"""Types as JSON Schema: one line of the mapping table each, and back again."""

import json

import pytest

from apkg.emitters.dialects.json_schema import input_schema
from apkg.files.documents import parse_document
from apkg.model import (
    ArrayType,
    Default,
    EnumType,
    Input,
    Range,
    RecordField,
    RecordType,
    Scalar,
    UnionType,
)
from apkg.sources.deploy import read_deploy

NULL, INT, DOUBLE, FILE = (Scalar(name) for name in ("null", "int", "double", "File"))
BOX = ArrayType(DOUBLE)
ONCE = {"minOccurs": 1, "maxOccurs": 1}
TIFF, NETCDF = "image/tiff; application=geotiff", "application/netcdf"


def case(schema, kind, occurs=ONCE, **more):
    return pytest.param(Input(id="x", type=kind, **more), {"schema": schema, **occurs})


def media(name):
    return {"type": "string", "contentMediaType": name}


CASES = [
    case({"type": "boolean"}, Scalar("boolean")),
    case({"type": "integer", "format": "int32"}, INT),
    case({"type": "integer", "format": "int64"}, Scalar("long")),
    case({"type": "number", "format": "float"}, Scalar("float")),
    case({"type": "number", "format": "double"}, DOUBLE),
    case({"type": "string", "format": "date-time"}, Scalar("string"), semantics="dateTime"),
    case({"type": "string", "format": "uri"}, Scalar("string"), semantics="anyURI"),
    case({"type": "string", "enum": ["a", "1"]}, EnumType(("a", "1"))),
    case({"type": "integer", "format": "int32", "enum": [1, 2]}, INT, allowed_values=(1, 2)),
    case(
        {"type": "integer", "format": "int32", "minimum": 0, "maximum": 8, "multipleOf": 2},
        INT,
        range=Range(minimum=0, maximum=8, spacing=2),
    ),
    case(
        {"type": "integer", "format": "int32", "default": 0},
        INT,
        {"minOccurs": 0, "maxOccurs": 1},
        default=Default(0),
    ),
    case(
        {"type": "boolean", "default": False},
        Scalar("boolean"),
        {"minOccurs": 0, "maxOccurs": 1},
        default=Default(False),
    ),
    case(
        {"type": "string", "nullable": True, "default": None},
        Scalar("string"),
        {"minOccurs": 0, "maxOccurs": 1},
        default=Default(None),
        optional=True,
    ),
    case(
        {"type": "integer", "format": "int32"},
        ArrayType(INT),
        {"minOccurs": 1, "maxOccurs": "unbounded"},
    ),
    case(
        {"type": "integer", "format": "int32"},
        ArrayType(INT),
        {"minOccurs": 2, "maxOccurs": 5},
        annotations=(("wps:minOccurs", "2"), ("wps:maxOccurs", "5")),
    ),
    case(
        {"type": "array", "items": {"type": "integer", "format": "int32"}, "default": []},
        ArrayType(INT),
        {"minOccurs": 0, "maxOccurs": 1},
        default=Default(()),
    ),
    case(
        {
            "type": "array",
            "items": {"type": "integer", "format": "int32", "nullable": True},
        },
        ArrayType(UnionType((NULL, INT))),
    ),
    case({"type": "string", "format": "binary"}, FILE),
    case({"oneOf": [media(TIFF), media(NETCDF)]}, FILE, media_types=(TIFF, NETCDF)),
    case(media("application/directory"), Scalar("Directory")),
    case(
        {"oneOf": [media("application/vnd.zarr"), media("application/directory")]},
        Scalar("Directory"),
        media_types=("application/vnd.zarr",),
    ),
    case({"anyOf": [{"type": "integer", "format": "int32"}, {"type": "string"}]},
         UnionType((INT, Scalar("string")))),
    case(
        {
            "type": "object",
            "properties": {
                "a": {"type": "integer", "format": "int32"},
                "b": {"type": "string", "nullable": True},
            },
            "required": ["a"],
        },
        RecordType(
            (RecordField("a", INT), RecordField("b", UnionType((NULL, Scalar("string")))))
        ),
    ),
    case({}, Scalar("Any")),
]  # fmt: skip


def read(described):
    document = {
        "processDescription": {"process": {"id": "p", "inputs": {"x": described}}},
        "executionUnit": {"type": "docker", "image": "p:1"},
    }
    (found,) = read_deploy(parse_document(json.dumps(document), name="p.json")).inputs
    return found


@pytest.mark.parametrize(("declared", "described"), CASES)
def test_there_and_back(declared, described):
    assert input_schema(declared) == described
    assert read(described) == declared


def test_steps_that_do_not_start_at_a_multiple_are_left_out():
    odd = Input(id="x", type=INT, range=Range(minimum=1, spacing=2))
    assert "multipleOf" not in input_schema(odd)["schema"]


def test_a_bounding_box_is_an_object_with_its_systems():
    box = Input(
        id="x", type=BOX, semantics="bbox", supported_crs=("EPSG:1", "EPSG:2"),
        default=Default((1, 2, 3, 4)),
    )  # fmt: skip
    found = input_schema(box)["schema"]
    assert (found["format"], found["required"]) == ("ogc-bbox", ["bbox"])
    assert found["properties"]["crs"]["enum"] == ["EPSG:1", "EPSG:2"]
    assert found["default"] == {"bbox": [1, 2, 3, 4]}
    assert read(input_schema(box)) == box
    record = Input(id="x", type=RecordType((RecordField("west", DOUBLE),)), semantics="bbox")
    assert input_schema(record)["schema"]["format"] == "ogc-bbox"


def test_a_list_of_exact_length_that_may_be_left_out_is_one_value():
    exact = (("wps:minOccurs", "4"), ("wps:maxOccurs", "4"))
    box = Input(id="x", type=ArrayType(Scalar("double")), optional=True, annotations=exact)
    assert input_schema(box) == {
        "schema": {
            "type": "array",
            "items": {"type": "number", "format": "double"},
            "minItems": 4,
            "maxItems": 4,
            "nullable": True,
        },
        "minOccurs": 0,
        "maxOccurs": 1,
    }
