"""OWS Contexts and process offerings, as strangers write them."""

import json
from pathlib import Path

import pytest

from apkg.errors import SourceError
from apkg.model import ArrayType, Container, Default, Discovery, EnumType, Range, Scalar
from apkg.sources.existing import is_existing, read_existing
from apkg.sources.manifest.reading import ManifestReading
from apkg.sources.read import read_application

EXAMPLES = Path(__file__).parents[2] / "schemas" / "positive"
PROCESS = """\
<wps:ProcessOffering xmlns:wps="http://www.opengis.net/wps/2.0" xmlns:ows="http://www.opengis.net/ows/2.0"
 xmlns:xlink="http://www.w3.org/1999/xlink" jobControlOptions="sync-execute" processVersion="2.1">
 <wps:Process><ows:Title>Crop</ows:Title><ows:Identifier>crop</ows:Identifier>
 {ports}
 </wps:Process></wps:ProcessOffering>"""
INPUT = "<wps:Input {counts}><ows:Identifier>a</ows:Identifier>{data}</wps:Input>"
LITERAL = """<wps:LiteralData><wps:Format mimeType="text/plain" default="true"/>
 <LiteralDataDomain>{domain}</LiteralDataDomain></wps:LiteralData>"""
COMPLEX = '<wps:ComplexData><wps:Format mimeType="image/tiff" default="true"/></wps:ComplexData>'
BOX = """<wps:BoundingBoxData><wps:Format mimeType="text/plain"/>
 <wps:SupportedCRS>EPSG:3857</wps:SupportedCRS>
 <wps:SupportedCRS default="true">EPSG:4326</wps:SupportedCRS>
 </wps:BoundingBoxData>"""
STRING = '<ows:AnyValue/><ows:DataType ows:reference="http://www.w3.org/2001/XMLSchema#{}">T</ows:DataType>'


def read(tmp_path, text, name="x.xml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_application(path)


def one(tmp_path, data, counts=""):
    ports = INPUT.format(counts=counts, data=data)
    return read(tmp_path, PROCESS.format(ports=ports)).application.inputs[0]


def literal(tmp_path, domain, counts=""):
    return one(tmp_path, LITERAL.format(domain=domain), counts)


def test_the_example_of_the_report():
    reading = read_application(EXAMPLES / "landcover.owc.xml")
    found = reading.application
    assert reading.findings == ()
    assert found.id == "LandCoverMapping"
    assert found.container == Container(image="registry.hub.docker.com/cnlspacebel/landcover")
    assert [i.type for i in found.inputs] == [
        Scalar("Directory"), Scalar("File"), Scalar("string"), Scalar("string"), Scalar("long"),
    ]  # fmt: skip
    assert [c.href[-9:] for c in found.catalogues] == ["Sentinel2", "Sentinel2"]
    assert not any(i.optional for i in found.inputs)
    assert found.metadata.date_created == "2017-09-04T15:23:09Z"
    assert dict(found.inputs[3].annotations) == {"wps:valuesReference": "http://...."}
    place = found.origin("inputs.ReferenceData.label").location
    lines = (EXAMPLES / "landcover.owc.xml").read_text().splitlines()
    assert "Reference Data" in lines[place.line - 1]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("int", "int"), ("integer", "int"), ("long", "long"), ("float", "float"), ("double", "double"),
     ("boolean", "boolean"), ("string", "string")],
)  # fmt: skip
def test_data_types_are_read_by_their_iri(tmp_path, name, kind):
    assert literal(tmp_path, STRING.format(name)).type == Scalar(kind)


@pytest.mark.parametrize("text", ["Long Integer", "long", "xs:long"])
def test_data_types_without_an_iri_are_read_by_their_name(tmp_path, text):
    found = literal(tmp_path, f"<ows:AnyValue/><ows:DataType>{text}</ows:DataType>")
    assert found.type == Scalar("long")


def test_dates_are_texts_with_a_meaning(tmp_path):
    found = literal(tmp_path, STRING.format("dateTime"))
    assert (found.type, found.semantics) == (Scalar("string"), "dateTime")


def test_allowed_values_ranges_units_and_defaults(tmp_path):
    domain = """<ows:AllowedValues><ows:Range ows:rangeClosure="closed">
      <ows:MinimumValue>0</ows:MinimumValue><ows:MaximumValue>1.5</ows:MaximumValue>
      <ows:Spacing>0.5</ows:Spacing></ows:Range></ows:AllowedValues>
      <ows:DataType ows:reference="http://www.w3.org/2001/XMLSchema#double"/>
      <ows:UOM ows:reference="urn:ogc:def:uom:m"/><ows:DefaultValue>0</ows:DefaultValue>"""
    found = literal(tmp_path, domain, 'minOccurs="0"')
    assert found.range == Range(minimum=0, maximum=1.5, spacing=0.5)
    assert (found.uom, found.default) == ("urn:ogc:def:uom:m", Default(0))
    assert not found.optional
    words = (
        "<ows:AllowedValues><ows:Value>a</ows:Value><ows:Value> b</ows:Value></ows:AllowedValues>"
    )
    found = literal(tmp_path, words, 'maxOccurs="unbounded"')
    assert found.type == ArrayType(EnumType(("a", " b")))


def test_an_empty_default_is_a_default(tmp_path):
    found = literal(tmp_path, STRING.format("string") + "<ows:DefaultValue/>")
    assert found.default == Default("")


def test_occurrences_that_are_not_written_are_once(tmp_path):
    assert not one(tmp_path, COMPLEX).optional
    assert one(tmp_path, COMPLEX, 'minOccurs="0"').optional
    found = one(tmp_path, COMPLEX, 'minOccurs="2" maxOccurs="3"')
    assert found.type == ArrayType(Scalar("File"))
    assert found.annotations == (("wps:minOccurs", "2"), ("wps:maxOccurs", "3"))


def test_bounding_boxes_have_their_default_system_first(tmp_path):
    found = one(tmp_path, BOX)
    assert (found.semantics, found.supported_crs) == ("bbox", ("EPSG:4326", "EPSG:3857"))


def test_discovery_of_images(tmp_path):
    group = """<ows:AdditionalParameters xlink:role="http://www.opengis.net/eoc/applicationContext/inputMetadata">
      <ows:AdditionalParameter><ows:Name>EOImage</ows:Name><ows:Value>true</ows:Value></ows:AdditionalParameter>
      <ows:AdditionalParameter><ows:Name>AllowedCollections</ows:Name><ows:Value>S1</ows:Value>
      <ows:Value>S2</ows:Value></ows:AdditionalParameter></ows:AdditionalParameters>"""
    found = one(tmp_path, group + COMPLEX)
    assert found.discovery == Discovery(eo_image=True, allowed_collections=("S1", "S2"))


def test_a_domain_with_the_prefix_of_wps_is_read_too(tmp_path):
    data = LITERAL.format(domain=STRING.format("int")).replace("LiteralData", "wps:LiteralData")
    data = data.replace("wps:wps:", "wps:").replace(
        "wps:LiteralDataDomain", "wps:LiteralDataDomain"
    )
    assert one(tmp_path, data).type == Scalar("int")


def test_version_and_ways_to_run_it(tmp_path):
    known = read(tmp_path, PROCESS.format(ports="")).application.metadata
    assert known.version == "2.1"
    assert known.annotations == (("wps:jobControlOptions", "sync-execute"),)


def feed(*entries):
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:owc="http://www.opengis.net/owc/1.0">'
        + "".join(f"<entry>{entry}</entry>" for entry in entries)
        + "</feed>"
    )


def offered(code, content, attributes='type="x"'):
    return (
        f'<owc:offering code="http://www.opengis.net/{code}">'
        f"<owc:content {attributes}>{content}</owc:content></owc:offering>"
    )


def entry(name="crop", wrap="{}"):
    process = PROCESS.format(ports="").replace(">crop<", f">{name}<")
    return offered("tb13/eoc/wpsProcessOffering", wrap.format(process))


def test_an_offering_may_stand_in_process_offerings(tmp_path):
    wrap = '<w:ProcessOfferings xmlns:w="http://www.opengis.net/wps/2.0">{}</w:ProcessOfferings>'
    assert read(tmp_path, feed(entry(wrap=wrap))).application.id == "crop"


def test_an_entry_may_be_the_document(tmp_path):
    text = feed(entry()).replace("<entry>", "").replace("</entry>", "").replace("feed", "entry")
    assert read(tmp_path, text).application.title == "Crop"


def test_one_of_several_applications_is_named(tmp_path):
    path = tmp_path / "x.xml"
    path.write_text(feed(entry("a"), entry("b"), "<title>A map</title>"))
    with pytest.raises(SourceError, match="holds 2 applications: a, b"):
        read_application(path)
    assert read_application(f"{path}#b").application.id == "b"
    with pytest.raises(SourceError, match="no application c"):
        read_application(f"{path}#c")


CWL = {
    "cwlVersion": "v1.2",
    "class": "CommandLineTool",
    "id": "crop",
    "baseCommand": "crop",
    "inputs": {"a": {"type": "int", "inputBinding": {"prefix": "--a"}}},
    "outputs": {},
}


def test_a_cwl_beside_or_inside_a_context_completes_it(tmp_path):
    (tmp_path / "crop.cwl").write_text(json.dumps(CWL))
    code = "eoc/applicationContext/cwl"
    linked = read(tmp_path, feed(offered(code, "", 'type="x" href="crop.cwl"') + entry()))
    inside = read(tmp_path, feed(offered(code, json.dumps(CWL)) + entry()))
    for reading in (linked, inside):
        assert [i.id for i in reading.application.inputs] == ["a"]
    docker = offered("tb13/eoc/docker", "crop:1.0")
    both = feed(docker + offered(code, "", 'type="x" href="crop.cwl"') + entry())
    found = read(tmp_path, both).application
    assert found.container == Container(image="crop:1.0")
    assert [i.id for i in found.inputs] == ["a"]


def test_a_process_offering_alone_links_its_image():
    found = read_application(EXAMPLES / "landcover.wps.xml").application
    assert found.container == Container(image="registry.hub.docker.com/cnlspacebel/landcover")
    assert len(found.catalogues) == 2


def geojson(content):
    offering = {"code": "http://www.opengis.net/tb13/eoc/wpsProcessOffering"}
    offering["contents"] = [{"type": "x", "content": content}]
    feature = {"type": "Feature", "properties": {"title": "x", "offerings": [offering]}}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}, indent=1)


@pytest.mark.parametrize(
    "content",
    [
        {"process": {"id": "crop", "title": "Crop", "inputs": [], "outputs": []}},
        {"id": "crop", "title": "Crop", "inputs": [], "outputs": []},
        json.dumps({"process": {"id": "crop", "title": "Crop"}}),
        PROCESS.format(ports=""),
    ],
)
def test_a_geojson_holds_the_process_as_json_or_as_text(tmp_path, content):
    found = read(tmp_path, geojson(content), "x.json").application
    assert (found.id, found.title) == ("crop", "Crop")


def test_a_broken_text_in_a_geojson_is_found_at_its_own_line(tmp_path):
    with pytest.raises(SourceError, match="mismatched tag") as caught:
        read(tmp_path, geojson("<a>\n\n\n\n\n\n\n\n\n</b>"), "x.json")
    lines = (tmp_path / "x.json").read_text().splitlines()
    assert '"content"' in lines[caught.value.location.line - 1]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (feed("<title>A map</title>"), "no application"),
        (feed(), "no application"),
        (feed(offered("tb13/eoc/wpsProcessOffering", "")), "no wps:ProcessOffering"),
        ("<graph><node/></graph>", "does not read"),
        ("<w:ProcessDescriptions xmlns:w='x'><ProcessDescription/></w:ProcessDescriptions>", "1.0"),
        ("<ProcessOffering/>", "no wps:Process"),
    ],
)
def test_what_is_no_application_is_refused_with_a_reason(tmp_path, text, says):
    with pytest.raises(SourceError, match=says) as caught:
        read(tmp_path, text)
    assert caught.value.hint
    assert caught.value.location.line


def test_such_files_are_existing_packages(tmp_path):
    assert is_existing(EXAMPLES / "landcover.owc.xml")
    graph = tmp_path / "graph.xml"
    graph.write_text("<graph><node/></graph>")
    assert not is_existing(graph)
    assert not is_existing(tmp_path / "missing.xml")
    found = read_existing(str(EXAMPLES / "landcover.owc.xml"), options=ManifestReading())
    assert not found.is_facet_1
