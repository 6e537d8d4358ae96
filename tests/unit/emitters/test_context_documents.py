"""OWS Context and WPS 2.0: the report's example from a manifest, and each thing that is said."""

import json
from pathlib import Path

import pytest
from lxml import etree

from apkg.emitters.dialects.registry import dialect
from apkg.emitters.interface import EmitOptions
from apkg.errors import ConversionError
from apkg.files.owc import NO_DATE, date_of, updated_of
from apkg.model import (
    Application,
    ArrayType,
    Catalogue,
    Container,
    Default,
    EnumType,
    Input,
    Metadata,
    Output,
    Person,
    RecordField,
    RecordType,
    Scalar,
)
from apkg.pipeline.convert import convert
from apkg.pipeline.options import ConvertOptions
from apkg.sources.read import read_application

EXAMPLE = Path(__file__).parents[2] / "schemas" / "positive" / "landcover.owc.xml"
WPS = "{http://www.opengis.net/wps/2.0}"
OWS = "{http://www.opengis.net/ows/2.0}"
OWC = "{http://www.opengis.net/owc/1.0}"
ATOM = "{http://www.w3.org/2005/Atom}"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
ALONE = EmitOptions(with_cwl=False)
MANIFEST = """\
id: LandCoverMapping
title: Land Cover Mapping
abstract: Land cover out of Sentinel-2 products.
dateCreated: "2017-09-04T15:23:09Z"
image: registry.hub.docker.com/cnlspacebel/landcover
catalogues:
  - href: http://example.org/opensearch/description.xml?parentIdentifier=EOP%3AIPT%3ASentinel2
  - href: http://example.org/opensearch/description.xml?parentIdentifier=EOP%3ASENTINEL-HUB%3ASentinel2
annotations:
  owc:title: EOC Land Cover Application Package
  owc:subtitle: Landcover EOC APP PKG
  owc:id: http://www.opengis.net/tb13/eoc/examples/app_pkg/landcover
  owc:updated: "2017-08-15T01:28:00Z"
  owc:entryTitle: EOC Land Cover Application
  owc:entryId: http://www.opengis.net/tb13/eoc/LandCover
  owc:content: Land Cover Application.
inputs:
  Image:
    {type: Directory, optional: false, label: Sentinel-2 Image, mediaType: text/directory,
     doc: URL of a Level 1C product.}
  ReferenceData:
    {type: File, optional: false, label: Reference Data, mediaType: application/zip,
     doc: Training data with land cover classes.,
     annotations: {"wps:encoding:application/zip": base64}}
  AreaOfInterest: {type: string, optional: false, label: Area Of Interest}
  EPSGCode:
    {type: string, optional: false, label: EPSG Code, doc: 'A code of the form "EPSG:NNNN".',
     annotations: {"wps:valuesReference": "http://...."}}
  TargetResolution:
    {type: long, optional: false, label: Target Resolution, doc: Target Resolution}
outputs:
  Labels:
    {type: File, label: GeoTIF Image, doc: "For each pixel, one of the class codes.",
     mediaType: image/tiff, glob: labels.tif, annotations: {"wps:encoding:image/tiff": raw}}
"""
HELP = """\
Usage: landcover [OPTIONS]

Options:
  --Image DIR
  --ReferenceData FILE
  --AreaOfInterest TEXT
  --EPSGCode TEXT
  --TargetResolution INTEGER
"""


def shape(text):
    """Each element in order: name, attributes, and its own text where it has no children."""
    root = etree.fromstring(text.encode(), etree.XMLParser(remove_comments=True))
    found = []
    for element in root.iter():
        attributes = {k: v for k, v in element.attrib.items() if not k.startswith(XSI)}
        inner = (element.text or "").strip() if len(element) == 0 else ""
        depth = sum(1 for _ in element.iterancestors())
        found.append((depth, element.tag, attributes, inner))
    return found


def test_the_example_of_18_049r1_clause_5_comes_from_a_manifest(tmp_path):
    (tmp_path / "apkg.yaml").write_text(MANIFEST)
    (tmp_path / "Dockerfile").write_text('FROM scratch\nCMD ["landcover"]\n')
    (tmp_path / "help.txt").write_text(HELP)
    options = ConvertOptions(
        out=tmp_path / "out", deploy_profile="owc-atom", help_text=tmp_path / "help.txt"
    )
    (done,) = convert(tmp_path, options)
    assert done.error is None
    expected = EXAMPLE.read_text(encoding="utf-8")
    # CWL keeps inputs and outputs in one place: an output cannot be called Image as well.
    head, mark, tail = expected.rpartition("<ows:Identifier>Image<")
    expected = head + mark.replace("Image", "Labels") + tail
    written = (tmp_path / "out" / "LandCoverMapping.owc.xml").read_text(encoding="utf-8")
    assert shape(written) == shape(expected)


@pytest.mark.parametrize("name", ["owc-atom", "owc-json"])
def test_the_example_comes_back_from_the_model(name, tmp_path):
    application = read_application(EXAMPLE).application
    emitted = dialect(name).emit(application, ALONE)
    assert emitted.losses == ()
    again = tmp_path / f"x.{name}"
    again.write_text(emitted.text, encoding="utf-8")
    assert read_application(again).application == application
    if name == "owc-atom":
        assert shape(emitted.text) == shape(EXAMPLE.read_text(encoding="utf-8"))


def application(*inputs, **fields):
    fields = {"id": "x", "container": Container(image="x:1"), **fields}
    return Application(inputs=inputs, **fields)


def offering(app, options=ALONE):
    return etree.fromstring(dialect("wps2").emit(app, options).text.encode())


def losses(app, name="owc-atom", options=ALONE):
    return {loss.field: loss.why for loss in dialect(name).emit(app, options).losses}


@pytest.mark.parametrize("value", [0, False, "", 0.0])
def test_falsy_defaults_are_said_and_make_an_input_one_that_may_be_left_out(value):
    kind = {int: "int", bool: "boolean", str: "string", float: "double"}[type(value)]
    top = offering(application(Input(id="a", type=Scalar(kind), default=Default(value))))
    (element,) = top.iter(f"{WPS}Input")
    assert element.get("minOccurs") == "0"
    assert element.findtext(f".//{OWS}DefaultValue") == (
        value if value == "" else json.dumps(value)
    )


def test_occurrences_are_written_where_they_are_not_once():
    several = ArrayType(EnumType(("a", "b")))
    exact = (("wps:minOccurs", "2"), ("wps:maxOccurs", "4"))
    top = offering(
        application(
            Input(id="one", type=Scalar("File")),
            Input(id="some", type=several, optional=True),
            Input(id="exact", type=several, annotations=exact),
        )
    )
    assert [dict(element.attrib) for element in top.iter(f"{WPS}Input")] == [
        {},
        {"minOccurs": "0", "maxOccurs": "unbounded"},
        {"minOccurs": "2", "maxOccurs": "4"},
    ]


def test_a_bounding_box_names_its_systems_the_first_as_default():
    box = Input(
        id="a", type=ArrayType(Scalar("double")), semantics="bbox", supported_crs=("EPSG:4326", "x")
    )
    found = list(offering(application(box)).iter(f"{WPS}SupportedCRS"))
    assert [(e.text, e.get("default")) for e in found] == [("EPSG:4326", "true"), ("x", None)]


def test_a_unit_that_is_an_iri_is_a_reference():
    metre = "http://www.opengis.net/def/uom/UCUM/0/m"
    top = offering(
        application(
            Input(id="a", type=Scalar("double"), uom="m"),
            Input(id="b", type=Scalar("double"), uom=metre),
        )
    )
    found = [(e.text, e.get(f"{OWS}reference")) for e in top.iter(f"{OWS}UOM")]
    assert found == [("m", None), (metre, metre)]


def test_a_literal_data_domain_has_no_namespace_but_inside_a_feed():
    app = application(Input(id="a", type=Scalar("int")))
    assert len(list(offering(app).iter("LiteralDataDomain"))) == 1
    feed = etree.fromstring(dialect("owc-atom").emit(app, ALONE).text.encode())
    assert len(list(feed.iter(f"{ATOM}LiteralDataDomain"))) == 1


def test_what_is_executed_may_be_the_cwl():
    app = application(container=None)
    for name in ("owc-atom", "owc-json"):
        with pytest.raises(ConversionError, match="names no image"):
            dialect(name).emit(app, ALONE)
    href = EmitOptions(execution_unit="href", cwl_href="x.cwl")
    feed = etree.fromstring(dialect("owc-atom").emit(app, href).text.encode())
    content = feed.find(f".//{OWC}offering/{OWC}content")
    assert content.get("href") == "x.cwl"
    inline = EmitOptions(execution_unit="inline", cwl={"cwlVersion": "v1.2", "class": "Workflow"})
    context = json.loads(dialect("owc-json").emit(app, inline).text)
    unit = context["features"][0]["properties"]["offerings"][0]
    assert unit["code"].endswith("/cwl")
    assert json.loads(unit["contents"][0]["content"])["class"] == "Workflow"
    with pytest.raises(ConversionError, match="cannot carry"):
        dialect("wps2").emit(app, inline)


def test_losses_are_told():
    record = RecordType((RecordField("a", Scalar("int")),))
    app = application(
        Input(id="r", type=record),
        Input(id="d", type=Scalar("string"), default=Default("\x00")),
        network=True,
        outputs=(Output(id="o", type=ArrayType(Scalar("File"))),),
        metadata=Metadata(authors=(Person(name="Ann", affiliation="An Institute"),)),
    )
    found = losses(app)
    assert set(found) == {
        "network",
        "authors",
        "inputs.r.type",
        "inputs.d.default",
        "outputs.o.type",
    }
    assert "affiliation" in found["authors"]
    assert set(losses(app, "owc-json")) == {"network", "authors", "inputs.r.type"}
    assert set(losses(app, "wps2")) == set(found)
    with_cwl = EmitOptions(with_cwl=True)
    assert losses(app, options=with_cwl) == {}


def test_a_feed_has_a_date_where_nobody_knows_one():
    assert updated_of(None) == updated_of("last week") == updated_of("2024-13-01") == NO_DATE
    assert updated_of("2024-05-17") == "2024-05-17T00:00:00Z"
    assert date_of(updated_of("2024-05-17")) == "2024-05-17"
    assert date_of(NO_DATE) is None
    first, again = (dialect("owc-atom").emit(application(), ALONE).text for _ in range(2))
    assert first == again


def test_catalogues_keep_their_titles():
    app = application(catalogues=(Catalogue(href="http://x.org/?a=1&b=2", title="A & B"),))
    for name in ("owc-atom", "owc-json", "wps2"):
        text = dialect(name).emit(app, ALONE).text
        assert "A & B" in text or "A &amp; B" in text
