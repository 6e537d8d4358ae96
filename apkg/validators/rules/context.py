"""Rules on OWS Contexts and on process offerings of WPS 2.0 (XML and GeoJSON)."""

from __future__ import annotations

from apkg.validators.rules.model import Example, Rule

_CODE = "http://www.opengis.net/tb13/eoc"
_DOCKER = f"""\
    <owc:offering code="{_CODE}/docker">
      <owc:content type="text/plain">docker.io/example/crop:1.0</owc:content>
    </owc:offering>
"""
_PROCESS = """\
<wps:ProcessOffering xmlns:wps="http://www.opengis.net/wps/2.0"
    xmlns:ows="http://www.opengis.net/ows/2.0"
    jobControlOptions="async-execute" outputTransmission="reference">
  <wps:Process>
    <ows:Title>Crop</ows:Title>
    <ows:Identifier>crop</ows:Identifier>
    <wps:Input minOccurs="1" maxOccurs="unbounded">
      <ows:Identifier>scene</ows:Identifier>
      <wps:ComplexData>
        <wps:Format mimeType="image/tiff" default="true"/>
      </wps:ComplexData>
    </wps:Input>
    <wps:Output>
      <ows:Identifier>result</ows:Identifier>
      <wps:ComplexData>
        <wps:Format mimeType="image/tiff" default="true"/>
      </wps:ComplexData>
    </wps:Output>
  </wps:Process>
</wps:ProcessOffering>
"""
_OFFERING = f"""\
    <owc:offering code="{_CODE}/wpsProcessOffering">
      <owc:content type="application/xml">
{_PROCESS}      </owc:content>
    </owc:offering>
"""


def _feed(docker: str = _DOCKER, offering: str = _OFFERING) -> str:
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:owc="http://www.opengis.net/owc/1.0">
  <title>Crop</title>
  <id>urn:example:crop:context</id>
  <updated>2024-05-17T00:00:00Z</updated>
  <entry>
    <title>Crop</title>
    <id>urn:example:crop</id>
    <updated>2024-05-17T00:00:00Z</updated>
    <content type="text/plain">Crops scenes.</content>
{docker}{offering}  </entry>
</feed>
"""


def _xml(text: str = _PROCESS) -> Example:
    return Example(text, "example.xml")


_WPS = "OGC 14-065r2 (WPS 2.0), wps.xsd"
_OWC = "OGC 18-049r1, 5 (the OWS Context of Testbed-13)"

RULES = (
    Rule(
        id="deploy/xml-element",
        title="Every element stands where its schema has a place for it.",
        why="Readers look for elements by name, namespace and order, and pass over the others: a "
        "misspelt input is an input that nobody sees.",
        source=f"{_WPS}; OGC 12-084r2 (OWS Context in Atom); RFC 4287 (Atom)",
        wrong=_xml(_PROCESS.replace("ows:Title", "ows:Titel")),
        right=_xml(),
    ),
    Rule(
        id="deploy/xml-missing",
        title="Elements and attributes that the schema asks for are there.",
        why="Without an identifier, a data type or the way to run it, no client can use a process.",
        source=f"{_WPS}; RFC 4287 (Atom), 4.1.1 and 4.1.2",
        wrong=_xml(_PROCESS.replace(' jobControlOptions="async-execute"', "")),
        right=_xml(),
    ),
    Rule(
        id="deploy/xml-attribute",
        title="Every attribute is one of its element.",
        why="Readers pass over an attribute that they do not know, or that has no prefix where it "
        "needs one: ows:reference, xlink:href.",
        source=f"{_WPS}; OGC 12-084r2 (OWS Context in Atom)",
        wrong=_xml(_PROCESS.replace('default="true"', 'preferred="true"')),
        right=_xml(),
    ),
    Rule(
        id="deploy/xml-value",
        title="Values are of the kind that their element or attribute wants.",
        why="A number of occurrences that is no number, or a date that is none, has no meaning.",
        source=f"{_WPS}; RFC 4287 (Atom), 3.3",
        wrong=_xml(_PROCESS.replace('minOccurs="1"', 'minOccurs="once"')),
        right=_xml(),
    ),
    Rule(
        id="deploy/no-process",
        title="One offering of the context describes the process.",
        why="A platform would not know what inputs and outputs the application has.",
        source=_OWC,
        wrong=_xml(_feed(offering="")),
        right=_xml(_feed()),
    ),
    Rule(
        id="deploy/no-unit",
        title="One offering of the context names the image, or the CWL.",
        why="A platform would not know what to execute.",
        source=_OWC,
        wrong=_xml(_feed(docker="")),
        right=_xml(_feed()),
    ),
)
