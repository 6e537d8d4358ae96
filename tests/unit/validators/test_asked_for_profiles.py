"""``documentation`` and ``platform:calrissian``: what the examples of their rules do not show."""

import json

import pytest

from apkg.files.documents import parse_document
from apkg.pipeline.validate import ValidateOptions, validate_document

TOOL = {
    "class": "CommandLineTool",
    "id": "tool",
    "baseCommand": "crop",
    "inputs": {"scene": "File"},
    "outputs": {"out": {"type": "File", "outputBinding": {"glob": "*.tif"}}},
}
FLOW = {
    "class": "Workflow",
    "id": "crop",
    "label": "Crop",
    "doc": "Crops.",
    "inputs": {"scene": {"type": "File", "label": "Scene", "doc": "A scene."}},
    "outputs": {
        "out": {"type": "File", "label": "Out", "doc": "Cropped.", "outputSource": "step/out"}
    },
    "steps": {"step": {"run": "#tool", "in": {"scene": "scene"}, "out": ["out"]}},
}
PLATFORM = {
    "DockerRequirement": {"dockerPull": "crop:1.0"},
    "ResourceRequirement": {"coresMax": 2, "ramMin": 1024},
}


def findings(profile, *processes):
    value = {"cwlVersion": "v1.2", "$graph": list(processes)}
    document = parse_document(json.dumps(value, indent=1), name="x.cwl")
    report = validate_document(document, options=ValidateOptions(profiles=(profile,)))
    return [f for f in report.findings if f.rule.startswith(profile)]


def test_only_the_process_that_people_see_must_be_described():
    assert findings("documentation", FLOW, TOOL) == []
    found = findings("documentation", TOOL)
    assert [f.rule.rpartition("/")[2] for f in found] == ["process", "input", "output"]
    assert found[1].message == "the input 'scene' has no 'label' and no 'doc'"
    assert found[1].location.line > found[0].location.line


def test_an_empty_text_describes_nothing():
    (found,) = findings("documentation", {**FLOW, "label": ""}, TOOL)
    assert (found.rule, found.subject) == ("documentation/process", "label")


@pytest.mark.parametrize("place", ["tool", "workflow", "step"])
def test_requirements_hold_from_wherever_they_are_stated(place):
    flow, tool = dict(FLOW), dict(TOOL)
    if place == "tool":
        tool["requirements"] = PLATFORM
    elif place == "workflow":
        flow["requirements"] = PLATFORM
    else:
        flow["steps"] = {"step": {**FLOW["steps"]["step"], "requirements": PLATFORM}}
    assert findings("platform:calrissian", flow, tool) == []


def test_what_a_tool_does_not_say():
    found = findings("platform:calrissian", FLOW, TOOL)
    assert [(f.rule.rpartition("/")[2], f.severity) for f in found] == [
        ("image", "error"),
        ("resources", "warning"),
    ]
    assert "coresMin and ramMin" in found[1].message


@pytest.mark.parametrize(
    ("step", "key"),
    [
        ({"run": "tool.cwl"}, "runs 'tool.cwl'"),
        ({"run": {"$import": "tool.cwl"}}, "$import takes 'tool.cwl'"),
    ],
)
def test_another_file_is_found_in_every_spelling(step, key):
    flow = {**FLOW, "steps": {"step": {**FLOW["steps"]["step"], **step}}}
    found = findings("platform:calrissian", flow, {**TOOL, "requirements": PLATFORM})
    assert [f.rule for f in found] == ["platform:calrissian/single-file"]
    assert key in found[0].message
