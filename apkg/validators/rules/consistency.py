"""Rules between Facet 2 and the Facet 1 that it links or embeds."""

from __future__ import annotations

from apkg.validators.rules.model import Example, Rule

_CWL = """\
cwlVersion: v1.2
class: CommandLineTool
requirements: {DockerRequirement: {dockerPull: crop:1.0}}
baseCommand: crop
inputs:
  scene: File
  level: {type: int, default: 3}
outputs:
  result: {type: File, outputBinding: {glob: "*.tif"}}
"""
_LEVEL = (
    '{"id": "level", "minOccurs": 0, "literalDataDomains": '
    '[{"dataType": {"name": "integer"}, "anyValue": true, "defaultValue": "3"}]}'
)
_SCENE = '{"id": "scene", "formats": [{"mimeType": "image/tiff", "default": true}]}'
_DEPLOY = f"""\
{{
  "processDescription": {{
    "process": {{
      "id": "crop",
      "owsContext": {{"offering": {{
        "code": "http://www.opengis.net/eoc/applicationContext/cwl",
        "content": {{"href": "crop.cwl"}}
      }}}},
      "inputs": [
        {_SCENE},
        {_LEVEL}
      ],
      "outputs": [{{"id": "result", "formats": [{{"mimeType": "image/tiff", "default": true}}]}}]
    }}
  }},
  "executionUnit": [{{"href": "crop:1.0"}}],
  "deploymentProfileName": "http://www.opengis.net/profiles/eoc/dockerizedApplication"
}}
"""


def _example(text: str) -> Example:
    return Example(text, "crop.deploy.json", beside=(("crop.cwl", _CWL),))


_GOOD = _example(_DEPLOY)
_CLAUSE = "OGC 18-049r1, 8.2 (the two facets describe one application)"

RULES = (
    Rule(
        id="consistency/id",
        title="Inputs and outputs have the same ids in both facets.",
        why="The platform hands the values of a request to the CWL by id.",
        source=_CLAUSE,
        wrong=_example(_DEPLOY.replace('"id": "scene"', '"id": "sceen"')),
        right=_GOOD,
    ),
    Rule(
        id="consistency/occurs",
        title="minOccurs and maxOccurs fit the CWL's type.",
        why="A request that Facet 2 allows would fail: a list for one File, or nothing for an "
        "input that is needed.",
        source=_CLAUSE + "; OGC 14-065r2 (WPS 2.0), InputDescription",
        wrong=_example(_DEPLOY.replace('"scene",', '"scene", "maxOccurs": "unbounded",')),
        right=_GOOD,
    ),
    Rule(
        id="consistency/kind",
        title="What is a File or Directory in the CWL is complex data in Facet 2.",
        why="A client would send a text, and the tool wait for a file. (A warning: platforms of "
        "Testbed-14 pass references to products as text on purpose.)",
        source=_CLAUSE + "; OGC 14-065r2 (WPS 2.0), LiteralData, ComplexData",
        severity="warning",
        wrong=_example(_DEPLOY.replace(_SCENE, '{"id": "scene", "literalDataDomains": [{}]}')),
        right=_GOOD,
    ),
    Rule(
        id="consistency/default",
        title="Defaults are the same in both facets.",
        why="The catalogue promises one value, and the tool takes another.",
        source=_CLAUSE + "; OGC 14-065r2 (WPS 2.0), LiteralDataDomain.defaultValue",
        severity="warning",
        wrong=_example(_DEPLOY.replace('"defaultValue": "3"', '"defaultValue": "5"')),
        right=_GOOD,
    ),
    Rule(
        id="consistency/profile",
        title="The profile 'workflow' belongs to a Workflow.",
        why="The platform would look for steps in a single tool.",
        source="OGC 18-049r1, 8.3 (deploymentProfileName)",
        wrong=_example(_DEPLOY.replace("eoc/dockerizedApplication", "eoc/workflow")),
        right=_GOOD,
        differs="a document of Testbed-14 itself (OpenSearch) has the profile 'workflow' over a "
        "CommandLineTool.",
    ),
    Rule(
        id="consistency/image",
        title="Facet 2 and the CWL name the same image.",
        why="The platform pulls one, and the runner asks for another.",
        source="OGC 18-049r1, 8.3 (executionUnit); CWL v1.2, DockerRequirement",
        wrong=_example(_DEPLOY.replace('"href": "crop:1.0"', '"href": "crop:0.9"')),
        right=_GOOD,
    ),
    Rule(
        id="consistency/facet-1",
        title="The CWL that Facet 2 links is there.",
        why="Nobody can compare the two, and no platform can fetch it.",
        source="OGC 18-049r1, 8.3 (owsContext.offering.content.href)",
        severity="warning",
        wrong=_example(_DEPLOY.replace('"crop.cwl"', '"corp.cwl"')),
        right=_GOOD,
    ),
    Rule(
        id="consistency/not-checked",
        title="The CWL that Facet 2 links by a URL was not looked at.",
        why="apkg validates offline. Validate the CWL where you have it.",
        source="apkg",
        severity="note",
        wrong=_example(_DEPLOY.replace('"crop.cwl"', '"https://example.org/crop.cwl"')),
        right=_GOOD,
    ),
)
