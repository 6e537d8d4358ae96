"""Other kinds of XML than the two that the report shows: each is read, or refused by its name."""

import json

import pytest

from apkg.errors import SourceError
from apkg.model import ArrayType, Container, Scalar
from apkg.pipeline.translate import translate
from apkg.pipeline.validate import validate_paths
from apkg.sources.read import read_application

WPS = 'xmlns:wps="http://www.opengis.net/wps/2.0" xmlns:ows="http://www.opengis.net/ows/2.0"'
LINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
PROCESS = """<wps:Process{ns}><ows:Title>Crop</ows:Title><ows:Identifier>crop</ows:Identifier>
 <wps:Input><ows:Title>Scene</ows:Title><ows:Identifier>scene</ows:Identifier>
  <wps:ComplexData><wps:Format mimeType="image/tiff" default="true"/></wps:ComplexData>
 </wps:Input></wps:Process>"""
OFFERING = f'<wps:ProcessOffering jobControlOptions="async-execute">{PROCESS.format(ns="")}'
OFFERING += "</wps:ProcessOffering>"
PROFILE = "<wps:DeploymentProfileName>{}</wps:DeploymentProfileName>"
UNIT = "<wps:ExecutionUnit>{}</wps:ExecutionUnit>"
IMAGE = '<wps:Reference href="example.org/crop:1"/>'
DOCKER = PROFILE.format("http://www.opengis.net/profiles/eoc/dockerizedApplication")
CWL = """cwlVersion: v1.2
$graph:
- {class: CommandLineTool, id: tool, baseCommand: crop, inputs: {scene: File}, outputs: {}}
- class: Workflow
  id: crop-all
  label: Crop
  inputs: {scenes: 'File[]'}
  outputs: {}
  steps: {one: {run: '#tool', in: {scene: scenes}, out: [], scatter: scene}}
  requirements: {ScatterFeatureRequirement: {}}
"""
OLD = '<ProcessDescriptions xmlns="http://www.opengis.net/wps/1.0.0">'
OLD += "<ProcessDescription/></ProcessDescriptions>"
CODE = "http://www.opengis.net/eoc/applicationContext/cwl"
ENTRY = """<entry xmlns="http://www.w3.org/2005/Atom" xmlns:owc="http://www.opengis.net/owc/1.0">
 <title>Crop it</title><id>urn:x</id><updated>2024-05-17T00:00:00Z</updated>
 <identifier xmlns="http://purl.org/dc/elements/1.1/">crop-app</identifier>
 <content type="text">Crops scenes</content>
 <owc:offering code="{code}">{content}</owc:offering></entry>"""


@pytest.fixture
def write(tmp_path):
    def written(text, name="x.xml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.mark.parametrize(
    "inside",
    [
        OFFERING + f"<wps:DeploymentProfile>{DOCKER}{UNIT.format(IMAGE)}</wps:DeploymentProfile>",
        f"<wps:ProcessDescription>{OFFERING}</wps:ProcessDescription>{UNIT.format(IMAGE)}{DOCKER}",
        OFFERING + UNIT.format(IMAGE.replace("href", "xlink:href")) + PROFILE.format("urn:x"),
    ],
    ids=["testbed-13", "testbed-14", "a profile of no kind"],
)
def test_a_deploy_process_is_read_and_valid(write, inside):
    path = write(f"<wps:DeployProcess {WPS} {LINK}>{inside}</wps:DeployProcess>")
    found = read_application(path).application
    assert (found.id, found.container) == ("crop", Container(image="example.org/crop:1"))
    assert [i.type for i in found.inputs] == [Scalar("File")]
    (report,) = validate_paths([path])
    assert report.kind == "deploy"
    assert not report.findings
    unit = json.loads(translate(str(path), "wps-t").text)["executionUnit"]
    assert unit == [{"href": "example.org/crop:1"}]


def test_a_deploy_process_of_a_cwl(write):
    unit = UNIT.format('<wps:Reference href="https://example.org/crop.cwl#crop"/>')
    inside = f"{OFFERING}{unit}{PROFILE.format('http://www.opengis.net/profiles/eoc/workflow')}"
    path = write(f"<wps:DeployProcess {WPS}>{inside}</wps:DeployProcess>")
    assert read_application(path).application.container is None
    unit = json.loads(translate(str(path), "ogcapi").text)["executionUnit"]
    assert unit == {"href": "https://example.org/crop.cwl#crop", "type": "application/cwl"}


def test_a_process_alone_is_a_description(write):
    path = write(PROCESS.format(ns=f" {WPS}"))
    assert read_application(path).application.title == "Crop"
    (report,) = validate_paths([path])
    assert not report.findings


def test_a_context_whose_cwl_describes_itself(write):
    content = f'<owc:content type="application/cwl"><![CDATA[{CWL}]]></owc:content>'
    path = write(ENTRY.format(code=CODE, content=content))
    found = read_application(path).application
    assert (found.id, found.title) == ("crop-all", "Crop")
    assert [i.type for i in found.inputs] == [ArrayType(Scalar("File"))]
    (report,) = validate_paths([path])
    assert not [f for f in report.findings if f.severity == "error"]
    unit = json.loads(translate(str(path), "wps-t").text)["executionUnit"][0]["unit"]
    assert len(unit["$graph"]) == 2


def test_a_context_that_links_a_cwl(write):
    content = '<owc:content type="application/cwl" href="https://example.org/crop.cwl"/>'
    path = write(ENTRY.format(code=CODE, content=content))
    found = read_application(path).application
    assert (found.id, found.title, found.abstract) == ("crop-app", "Crop it", "Crops scenes")
    assert json.loads(translate(str(path), "wps-t").text)["executionUnit"] == [
        {"href": "https://example.org/crop.cwl"}
    ]


def test_a_context_in_geojson_whose_cwl_stands_in_it_as_json(write):
    cwl = {"cwlVersion": "v1.2", "class": "CommandLineTool", "id": "crop", "inputs": {"n": "int"},
           "outputs": {}, "baseCommand": "crop"}  # fmt: skip
    offering = {"code": CODE, "contents": [{"type": "application/cwl", "content": cwl}]}
    feature = {"type": "Feature", "properties": {"title": "x", "offerings": [offering]}}
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    assert read_application(write(text, "x.json")).application.inputs[0].type == Scalar("int")


def test_a_cwl_in_a_context_that_cannot_be_read_is_located(write):
    content = "<owc:content><![CDATA[cwlVersion: [v1.2\n]]></owc:content>"
    with pytest.raises(SourceError, match="the CWL of this offering") as caught:
        read_application(write(ENTRY.format(code=CODE, content=content)))
    assert caught.value.location.line == 5


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"<wps:Execute {WPS}><ows:Identifier>crop</ows:Identifier></wps:Execute>",
         "Execute request to crop"),
        (OLD, "WPS 1.0"),
    ],
)  # fmt: skip
def test_what_is_no_deployment_is_called_by_its_name(write, text, message):
    path = write(text)
    with pytest.raises(SourceError, match=message):
        read_application(path)
    (report,) = validate_paths([path])
    (finding,) = report.findings
    assert finding.rule == "document/unknown"
    assert "cwlVersion" not in finding.advice
