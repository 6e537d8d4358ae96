"""Rules on deployment documents (Facet 2)."""

from __future__ import annotations

from apkg.validators.rules.model import Example, Rule

_UNIT = '[{"href": "docker.io/example/crop:1.0"}]'
_PROFILE = "http://www.opengis.net/profiles/eoc/dockerizedApplication"
_SCENE = '{"id": "scene", "formats": [{"mimeType": "image/tiff", "default": true}]}'
_SENSOR = (
    '{"id": "sensor", "literalDataDomains": [{"dataType": {"name": "string"}, '
    '"allowedValues": ["S2A", "S2B"], "defaultValue": "S2A"}]}'
)
_OUTPUT = '{"id": "result", "formats": [{"mimeType": "image/tiff", "default": true}]}'

_PART_2 = """\
{
  "processDescription": {"id": "crop", "version": "1.0.0", "inputs": {}, "outputs": {}},
  "executionUnit": {"type": "docker", "image": "crop:1.0"}
}
"""


def _deploy(inputs: str = _SCENE, unit: str = _UNIT, profile: str = _PROFILE) -> str:
    return f"""\
{{
  "processDescription": {{
    "process": {{
      "id": "crop",
      "title": "Crop",
      "inputs": [{inputs}],
      "outputs": [{_OUTPUT}]
    }},
    "processVersion": "1.0.0",
    "jobControlOptions": ["async-execute"],
    "outputTransmission": ["reference"]
  }},
  "executionUnit": {unit},
  "deploymentProfileName": "{profile}"
}}
"""


def _example(text: str) -> Example:
    return Example(text, "example.deploy.json")


_GOOD = _example(_deploy())
_CLAUSE = "OGC 18-049r1, 8.2.2 and 8.3 (Facet 2); "

RULES = (
    Rule(
        id="deploy/unknown-field",
        title="Every field is one of the dialect that the document is written in.",
        why="Platforms refuse or ignore what they do not know: Testbed-14, its drafts, OGC API - "
        "Processes and Weaver differ in their words.",
        source=_CLAUSE + "OGC 20-044 (OGC API - Processes, Part 2), ogcapppkg",
        wrong=_example(_deploy().replace('"title"', '"titel"')),
        right=_GOOD,
    ),
    Rule(
        id="deploy/missing-field",
        title="Required fields are there.",
        why="A platform cannot deploy the process.",
        source=_CLAUSE + "OGC 14-065r2 (WPS 2.0), ProcessDescription: Identifier is mandatory",
        wrong=_example(_deploy().replace('"id": "crop",', "")),
        right=_GOOD,
    ),
    Rule(
        id="deploy/type",
        title="Values are of the kind that their field takes.",
        why="A platform cannot read the document.",
        source=_CLAUSE + "wps-t_openapi_3-0.yaml of Testbed-14",
        wrong=_example(_deploy().replace('"title": "Crop"', '"title": 12')),
        right=_GOOD,
        differs="minOccurs and maxOccurs are texts in the specification and numbers in the "
        "examples of OGC 18-049r1: both are accepted.",
    ),
    Rule(
        id="deploy/value",
        title="Values are among those that their field takes.",
        why="A platform knows no other words.",
        source=_CLAUSE + "OGC 14-065r2 (WPS 2.0), JobControlOptions, TransmissionMode",
        wrong=_example(_deploy().replace("async-execute", "asynchronous")),
        right=_GOOD,
    ),
    Rule(
        id="deploy/execute-request",
        title="The document deploys a process; it is not a request to execute one.",
        why="Some platforms take packages as the input 'applicationPackage' of a process called "
        "DeployProcess. That request is no deployment document.",
        source=_CLAUSE + "OGC 18-049r1, 8.1",
        wrong=_example(
            '{"inputs": [{"id": "applicationPackage", "input": {"format": {"mimeType": '
            '"application/xml"}, "value": {"href": "https://example.org/crop.atom"}}}]}\n'
        ),
        right=_GOOD,
    ),
    Rule(
        id="deploy/description-only",
        title="A deployment document has an execution unit.",
        why="A process description alone tells a platform what, and not how.",
        source=_CLAUSE + "OGC 18-049r1, 8.3 (executionUnit)",
        wrong=_example(
            '{"id": "crop", "title": "Crop", "inputs": [], "outputs": [],\n'
            ' "jobControlOptions": ["async-execute"]}\n'
        ),
        right=_GOOD,
    ),
    Rule(
        id="deploy/duplicate-id",
        title="Inputs and outputs have ids of their own.",
        why="An execute request cannot say which of the two it means.",
        source="OGC 14-065r2 (WPS 2.0), ProcessDescription: identifiers are unique",
        wrong=_example(_deploy(f"{_SCENE}, {_SCENE}")),
        right=_GOOD,
    ),
    Rule(
        id="deploy/unit",
        title="Each execution unit names something to execute.",
        why="'href' names the image or the CWL, 'unit' holds the CWL.",
        source=_CLAUSE + "executionUnit",
        wrong=_example(_PART_2.replace(', "image": "crop:1.0"', "")),
        right=_example(_PART_2),
    ),
    Rule(
        id="deploy/occurs",
        title="maxOccurs is at least 1, and at least minOccurs.",
        why="No execute request could satisfy it.",
        source="OGC 14-065r2 (WPS 2.0), InputDescription: minOccurs, maxOccurs",
        wrong=_example(
            _deploy(_SCENE.replace('"scene",', '"scene", "minOccurs": "3", "maxOccurs": 1,'))
        ),
        right=_example(
            _deploy(_SCENE.replace('"scene",', '"scene", "minOccurs": 1, "maxOccurs": 3,'))
        ),
    ),
    Rule(
        id="deploy/default-format",
        title="One format is the default, not several.",
        why="A client does not know what it gets.",
        source="OGC 14-065r2 (WPS 2.0), Format: exactly one default",
        wrong=_example(
            _deploy(_SCENE.replace("]}", ', {"mimeType": "application/zip", "default": true}]}'))
        ),
        right=_example(_deploy(_SCENE.replace("]}", ', {"mimeType": "application/zip"}]}'))),
    ),
    Rule(
        id="deploy/media-type",
        title="Formats are media types.",
        why="Clients and platforms compare them letter by letter.",
        source="OGC 14-065r2 (WPS 2.0), Format.mimeType; RFC 6838",
        severity="warning",
        wrong=_example(_deploy(_SCENE.replace("image/tiff", "GeoTIFF"))),
        right=_GOOD,
    ),
    Rule(
        id="deploy/default-value",
        title="The default is one of the allowed values.",
        why="A request that leaves the input out would be refused.",
        source="OGC 14-065r2 (WPS 2.0), LiteralDataDomain: defaultValue, allowedValues",
        wrong=_example(_deploy(_SENSOR.replace('"defaultValue": "S2A"', '"defaultValue": "L8"'))),
        right=_example(_deploy(_SENSOR)),
    ),
    Rule(
        id="deploy/profile",
        title="The deployment profile is an IRI.",
        why="Platforms choose by it how to deploy.",
        source=_CLAUSE + "deploymentProfileName",
        wrong=_example(_deploy(profile="dockerizedApplication")),
        right=_GOOD,
        differs="OGC API - Processes, Part 2 has dropped the field from its schema; its text "
        "still asks for it. It may be left out there.",
    ),
)
