"""JSON schemas of strangers: STAC by reference, nulls, formats; and what they write of units."""

import json

import pytest

from apkg.files.documents import parse_document
from apkg.model import ArrayType, Binding, Default, EnumType, Person, Range, Scalar, UnionType
from apkg.sources.deploy import read_deploy_document

FILE, FOLDER, NULL = Scalar("File"), Scalar("Directory"), Scalar("null")
STAC = "https://schemas.stacspec.org/v1.0.0"
ITEM = {"$ref": f"{STAC}/item-spec/json-schema/item.json"}
COLLECTION = {"$ref": f"{STAC}/collection-spec/json-schema/collection.json"}
FEATURES = {"$ref": "https://geojson.org/schema/FeatureCollection.json"}
URI = {"type": "string", "format": "uri"}


def reading(inputs, unit=None, **process):
    document = {
        "processDescription": {"process": {"id": "p", "inputs": inputs, **process}},
        "executionUnit": unit or {"type": "docker", "image": "p:1"},
    }
    return read_deploy_document(parse_document(json.dumps(document), name="p.json"))


def one(schema, **more):
    return reading({"x": {"schema": schema, **more}}).application.inputs[0]


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ({"oneOf": [URI, ITEM]}, FILE),
        ({"oneOf": [URI, ITEM, COLLECTION, FEATURES]}, FOLDER),
        ({"oneOf": [URI, {"$id": f"{ITEM['$ref']}#", "type": "object"}]}, FILE),
        ({"type": "string", "format": "directory"}, FOLDER),
        ({"type": "string", "format": "file"}, FILE),
        ({"enum": [None], "nullable": True}, NULL),
        ({"type": "array", "items": {"type": "string", "nullable": True}},
         ArrayType(UnionType((NULL, Scalar("string"))))),
        ({"type": "string", "format": "date", "enum": ["2020-01-01"]}, EnumType(("2020-01-01",))),
    ],
)  # fmt: skip
def test_types(schema, kind):
    found = one(schema)
    assert (found.type, found.optional) == (kind, False)


def test_a_default_of_one_value_is_a_list_where_several_are_taken():
    found = one({"type": "string", "default": "a"}, maxOccurs="unbounded")
    assert (found.type, found.default) == (ArrayType(Scalar("string")), Default(("a",)))


def test_a_step_alone_is_a_range():
    assert one({"type": "integer", "multipleOf": 5}).range == Range(spacing=5)


def test_numbers_of_items_are_kept():
    found = one({"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 4})
    assert found.annotations == (("wps:minOccurs", "2"), ("wps:maxOccurs", "4"))


def test_a_folder_of_some_format_is_a_folder():
    formats = [{"mimeType": "application/vnd.zarr", "default": True},
               {"mimeType": "application/directory"}]  # fmt: skip
    (found,) = reading([{"id": "x", "formats": formats}]).application.inputs
    assert (found.type, found.media_types) == (FOLDER, ("application/vnd.zarr",))


def test_the_width_of_an_integer_is_in_its_reference():
    kind = {"name": "integer", "reference": "http://www.w3.org/2001/XMLSchema#long"}
    (found,) = reading([{"id": "x", "literalDataDomains": [{"dataType": kind}]}]).application.inputs
    assert found.type == Scalar("long")


def test_bindings_of_a_unit():
    unit = {
        "type": "docker",
        "image": "p:1",
        "bindings": {
            "inputBindings": {
                "x": {"position": 0, "prefix": "-x", "separate": False, "itemSeparator": " "},
                "y": {"valueFrom": "$(self)"},
            },
            "outputBindings": {"o": {"glob": ["*.tif", "*.png"]}},
        },
    }
    found = reading({"x": {"schema": {}}, "y": {"schema": {}}}, unit, outputs={"o": {"schema": {}}})
    x, y = found.application.inputs
    assert x.binding == Binding(position=0, prefix="-x", separate=False, item_separator=" ")
    assert y.binding is None
    assert found.application.outputs[0].glob == "*.tif"
    assert "first of several" in found.findings[0].message


def test_schema_org_in_metadata():
    metadata = [
        {"role": "https://schema.org/author", "value": {"name": "Ann", "email": "a@b.org"}},
        {"role": "https://schema.org/author", "title": "Bo", "href": "https://orcid.org/1"},
        {"role": "https://schema.org/license", "href": "https://spdx.org/licenses/MIT"},
        {"role": "https://schema.org/citation", "title": "Ann (2020)"},
    ]
    known = reading({}, metadata=metadata).application.metadata
    assert known.authors == (
        Person(name="Ann", email="a@b.org"),
        Person(name="Bo", identifier="https://orcid.org/1"),
    )
    assert (known.license, known.citation) == ("https://spdx.org/licenses/MIT", "Ann (2020)")


def test_a_second_image_is_told():
    found = reading({}, [{"type": "docker", "image": name} for name in ("a:1", "b:1")])
    assert found.application.container.image == "a:1"
    assert "second image" in found.findings[0].message


def test_the_cwl_may_be_metadata():
    link = {"role": "http://www.opengis.net/eoc/applicationContext/cwl", "href": "none.cwl"}
    (finding,) = reading({}, metadata=[link]).findings
    assert "none.cwl" in finding.message
