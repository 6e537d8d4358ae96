"""Which process of a file is run."""

import json

import pytest

from apkg.errors import ToolError
from apkg.runners.entry import entry
from apkg.runners.without_container import without_container

TOOL = {"class": "CommandLineTool", "id": "tool"}
OTHER = {"class": "CommandLineTool", "id": "other"}
FLOW = {"class": "Workflow", "id": "#flow", "steps": {"s": {"run": "#tool"}}}
OUTER = {"class": "Workflow", "id": "outer", "steps": [{"id": "s", "run": "x.cwl#flow"}]}
MAIN = {"class": "CommandLineTool", "id": "main"}


@pytest.mark.parametrize(
    ("graph", "name", "expected"),
    [
        (None, None, None),
        ([TOOL], None, "tool"),
        ([TOOL, FLOW], None, "flow"),
        ([TOOL, OTHER, FLOW], None, "flow"),
        ([OUTER, TOOL, FLOW], None, "outer"),
        ([OUTER, TOOL, MAIN], None, "main"),
        ([TOOL, FLOW], "tool", "tool"),
        ([TOOL, FLOW], "#flow", "flow"),
    ],
)
def test_entry(tmp_path, graph, name, expected):
    path = tmp_path / "x.cwl"
    path.write_text(json.dumps(TOOL if graph is None else {"$graph": graph}))
    assert entry(path, name) == expected


@pytest.mark.parametrize(("graph", "name"), [([TOOL, OTHER], None), ([TOOL], "flow")])
def test_no_entry(tmp_path, graph, name):
    path = tmp_path / "x.cwl"
    path.write_text(json.dumps({"$graph": graph}))
    with pytest.raises(ToolError) as caught:
        entry(path, name)
    assert "tool" in (caught.value.hint or "")


def test_containers_become_hints_in_processes_and_steps():
    docker, cores = {"class": "DockerRequirement"}, {"class": "ResourceRequirement"}
    document = {"requirements": [docker, cores], "steps": [{"requirements": [docker]}, "x"]}
    without_container(document)
    assert document["requirements"] == [cores]
    assert document["hints"] == [docker]
    assert document["steps"][0] == {"requirements": [], "hints": [docker]}
