"""Packed CWL that imports its own parts: read, checked and drawn as if they stood there."""

import json

import pytest

from apkg.files.documents import parse_document
from apkg.pipeline.validate import validate_text
from apkg.sources.cwl import read_cwl
from apkg.sources.cwl.pack import pack

PAIR = {"type": "record", "name": "#pair.yml/Pair", "fields": [{"name": "id", "type": "string"}]}
DEFINED = {"class": "SchemaDefRequirement", "id": "#pair.yml", "types": [PAIR]}
PORT = {"id": "#tool/pair", "type": "#pair.yml/Pair"}
TOOL = {
    "class": "CommandLineTool", "id": "#tool", "baseCommand": "true", "requirements": [DEFINED],
    "inputs": [PORT], "outputs": [],
}  # fmt: skip
PAIRS = {"id": "#main/pairs", "type": {"type": "array", "items": "#pair.yml/Pair"}}
FLOW = {
    "class": "Workflow", "id": "#main", "inputs": [PAIRS], "outputs": [],
    "requirements": [{"$import": "#pair.yml"}, {"class": "ScatterFeatureRequirement"}],
    "steps": [
        {
            "id": "#main/each", "run": "#tool", "scatter": "#main/each/pair", "out": [],
            "in": [{"id": "#main/each/pair", "source": "#main/pairs"}],
        }
    ],
}  # fmt: skip


def document(**changed):
    return json.dumps({"cwlVersion": "v1.2", "$graph": [TOOL, {**FLOW, **changed}]}, indent=1)


def test_an_import_of_a_part_is_as_good_as_the_part():
    report = validate_text(document().encode(), name="packed.json")
    assert report.findings == ()
    read = parse_document(document(), name="packed.json")
    assert [field.name for field in read_cwl(read).inputs[0].type.items.fields] == ["id"]
    assert "$import" not in json.dumps(pack(read))


@pytest.mark.parametrize("reference", ["#pears.yml", "#main"])
def test_a_part_that_there_is_not(reference):
    text = document(requirements=[{"$import": reference}, *FLOW["requirements"]])
    report = validate_text(text.encode(), name="packed.json")
    (found,) = [f for f in report.findings if f.rule == "cwl/import"]
    assert found.severity == "error"
    assert repr(reference) in found.message
    assert f'"$import": "{reference}"' in text.splitlines()[found.location.line - 1]
