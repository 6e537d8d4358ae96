"""A ``$graph`` taken apart: every process a file of its own."""

from apkg.emitters.cwl_split import split

TOOL = {"class": "CommandLineTool", "id": "tool", "inputs": [], "outputs": []}
INSIDE = {"class": "Workflow", "inputs": [], "outputs": [], "steps": {"n": {"run": "#tool"}}}


def document(steps):
    return {
        "cwlVersion": "v1.2",
        "$namespaces": {"s": "https://schema.org/"},
        "s:license": "MIT",
        "$graph": [
            {"class": "Workflow", "id": "flow", "steps": steps},
            {"class": "Workflow", "id": "inner", "steps": [{"id": "i", "run": "#tool"}]},
            TOOL,
        ],
    }


def test_each_process_is_a_file_and_steps_name_it():
    steps = {"a": {"run": "#inner", "in": {}}, "b": {"run": "#tool"}, "c": {"run": INSIDE}}
    files = split(document(steps), "flow")
    assert list(files) == ["flow.cwl", "flow.inner.cwl", "flow.tool.cwl"]
    written = files["flow.cwl"]["steps"]
    assert written["a"] == {"run": "flow.inner.cwl", "in": {}}
    assert written["b"] == {"run": "flow.tool.cwl"}
    assert written["c"]["run"]["steps"]["n"]["run"] == "flow.tool.cwl"
    assert files["flow.inner.cwl"]["steps"] == [{"id": "i", "run": "flow.tool.cwl"}]


def test_each_file_is_a_document():
    files = split(document({}), "flow")
    assert files["flow.tool.cwl"] == {
        "cwlVersion": "v1.2",
        "$namespaces": {"s": "https://schema.org/"},
        **TOOL,
    }
    assert files["flow.cwl"]["s:license"] == "MIT"
    assert all("$graph" not in file for file in files.values())
