"""One document of many: what a process runs and imports, in one ``$graph``."""

import pytest

from apkg.cwl_version import as_version, newest
from apkg.errors import SourceError
from apkg.files.documents import read_document
from apkg.files.yaml_out import dump
from apkg.pipeline.validate import validate_text
from apkg.sources.cwl.pack import pack

TOOL = "cwlVersion: v1.2\nclass: CommandLineTool\nbaseCommand: 'true'\n"
SUB = "requirements: {SubworkflowFeatureRequirement: {}}\n"
STEP = "{run: %s, in: {}, out: []}"


def packed(folder, files, name="main.cwl", process=None, **way):
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    document = pack(read_document(folder / name), process, **way)
    report = validate_text(dump(document).encode(), name="packed.cwl")
    assert [f for f in report.findings if f.severity == "error"] == []
    return document


def workflow(*runs, version="v1.2"):
    steps = "".join(f"  s{n}: {STEP % run}\n" for n, run in enumerate(runs))
    return (
        f"cwlVersion: {version}\nclass: Workflow\n{SUB}inputs: {{}}\noutputs: {{}}\nsteps:\n{steps}"
    )


def test_a_tool_stays_a_document(tmp_path):
    document = packed(tmp_path, {"main.cwl": TOOL + "inputs: {x: int}\noutputs: []\n"})
    assert document["class"] == "CommandLineTool"
    assert document["id"] == "main-process"
    assert document["inputs"] == {"x": {"type": "int"}}


def test_files_that_steps_run_are_in_it_once(tmp_path):
    tool = TOOL + "inputs: []\noutputs: []\n"
    inner = workflow("../tools/one.cwl")
    files = {"main.cwl": workflow("tools/one.cwl", "sub/two.cwl", "tools/one.cwl")}
    files |= {"tools/one.cwl": tool, "sub/two.cwl": inner}
    graph = packed(tmp_path, files)["$graph"]
    assert [one["id"] for one in graph] == ["main-process", "one", "two"]
    assert [step["run"] for step in graph[0]["steps"]] == ["#one", "#two", "#one"]
    assert graph[2]["steps"][0]["run"] == "#one"


def test_two_processes_of_one_name_become_two(tmp_path):
    tool = TOOL + "id: tool\ninputs: []\noutputs: []\n"
    files = {"main.cwl": workflow("a.cwl", "b.cwl"), "a.cwl": tool}
    files["b.cwl"] = tool.replace("'true'", "'false'")
    graph = packed(tmp_path, files)["$graph"]
    assert [one["id"] for one in graph[1:]] == ["tool", "tool_2"]
    assert graph[2]["baseCommand"] == "false"


def test_one_of_a_graph(tmp_path):
    text = (
        "cwlVersion: v1.2\n$graph:\n"
        "- {class: CommandLineTool, id: a, baseCommand: a, inputs: [], outputs: []}\n"
        "- {class: CommandLineTool, id: b, baseCommand: b, inputs: [], outputs: []}\n"
    )
    assert packed(tmp_path, {"main.cwl": text}, process="b")["baseCommand"] == "b"


def test_types_stand_where_they_are_used(tmp_path):
    types = "- {name: mode, type: enum, symbols: [fast, slow]}\n"
    text = TOOL + (
        "requirements: {SchemaDefRequirement: {types: [{$import: types.yml}]}}\n"
        "inputs: {m: types.yml#mode, many: 'types.yml#mode[]', maybe: 'types.yml#mode?'}\n"
        "outputs: []\n"
    )
    document = packed(tmp_path, {"main.cwl": text, "types.yml": types})
    mode = {"type": "enum", "symbols": ["fast", "slow"]}
    assert document["inputs"]["m"]["type"] == mode
    assert document["inputs"]["many"]["type"] == {"type": "array", "items": mode}
    assert document["inputs"]["maybe"]["type"] == ["null", mode]
    assert document["requirements"] == {}


def test_the_newest_version_counts(tmp_path):
    old = TOOL.replace("v1.2", "v1.0") + "inputs: []\noutputs: []\n"
    document = packed(tmp_path, {"main.cwl": workflow("old.cwl"), "old.cwl": old})
    assert document["cwlVersion"] == "v1.2"
    needed = document["$graph"][1]["requirements"]
    assert needed["NetworkAccess"] == {"networkAccess": True}
    assert needed["LoadListingRequirement"] == {"loadListing": "deep_listing"}


def test_default_files_are_found_from_the_new_place(tmp_path):
    tool = TOOL + (
        "inputs:\n"
        "  near: {type: File, default: {class: File, location: data/a.txt}}\n"
        "  far: {type: File, default: {class: File, path: /a.txt}}\n"
        "  web: {type: File, default: {class: File, location: 'https://example.org/a'}}\n"
        "outputs: []\n"
    )
    files = {"main.cwl": workflow("tools/a.cwl"), "tools/a.cwl": tool}
    inputs = packed(tmp_path, files, way="../parts")["$graph"][1]["inputs"]
    assert inputs["near"]["default"]["location"] == "../parts/tools/data/a.txt"
    assert inputs["far"]["default"]["path"] == "/a.txt"
    assert inputs["web"]["default"]["location"] == "https://example.org/a"
    inputs = packed(tmp_path, files)["$graph"][1]["inputs"]
    assert inputs["near"]["default"]["location"] == "tools/data/a.txt"


@pytest.mark.parametrize("run", ["nowhere.cwl", "'#nothing'", "../outside.cwl", "https://x.org/a"])
def test_what_is_not_here_is_an_error(tmp_path, run):
    folder = tmp_path / "in"
    (tmp_path / "outside.cwl").write_text(TOOL + "inputs: []\noutputs: []\n")
    with pytest.raises(SourceError) as caught:
        packed(folder, {"main.cwl": workflow(run)})
    assert "step s0 runs" in caught.value.message
    assert caught.value.location.line == 7


def test_a_step_may_run_a_tool_beside_its_folder_but_below_where_the_user_stands(
    tmp_path, monkeypatch
):
    (tmp_path / "tools").mkdir()
    (tmp_path / "kinds.cwl").write_text("[{name: k, type: enum, symbols: [far]}]")
    (tmp_path / "tools" / "kinds.yml").write_text("[{name: k, type: enum, symbols: [a]}]")
    body = "requirements: {SchemaDefRequirement: {types: [{$import: KINDS}]}}\noutputs: []\n"
    file = "{type: File, default: {class: File, location: d.txt}}"
    inputs = f"inputs: {{k: ['null', 'KINDS#k'], f: {file}}}\n"
    tool = TOOL + body + inputs
    (tmp_path / "tools" / "one.cwl").write_text(tool.replace("KINDS", "kinds.yml"))
    files = {"main.cwl": workflow("../tools/one.cwl")}
    with pytest.raises(SourceError, match="not here"):
        packed(tmp_path / "flows", files)
    monkeypatch.chdir(tmp_path)
    found = packed(tmp_path / "flows", files)["$graph"][1]
    assert found["inputs"]["k"]["type"][1]["symbols"] == ["a"]
    assert found["inputs"]["f"]["default"]["location"] == "../tools/d.txt"
    (tmp_path / "tools" / "one.cwl").write_text(tool.replace("KINDS", "../kinds.cwl"))
    assert "far" not in str(packed(tmp_path / "flows", files))


def test_a_type_that_contains_itself(tmp_path):
    text = TOOL + (
        "requirements:\n  SchemaDefRequirement:\n    types:\n"
        "    - {name: t, type: record, fields: [{name: f, type: t}]}\n"
        "inputs: {x: t}\noutputs: []\n"
    )
    with pytest.raises(SourceError, match="contains itself"):
        packed(tmp_path, {"main.cwl": text})


def test_versions():
    assert newest(["v1.0", "v1.2", "v1.1", "draft-3"]) == "v1.2"
    assert newest([]) == "v1.0"
    tool = {"class": "CommandLineTool", "requirements": [{"class": "NetworkAccess"}]}
    assert as_version(tool, "v1.1", "v1.2") == tool
    assert as_version(tool, "v1.0", "v1.0") == tool
    raised = as_version(tool, "v1.0", "v1.1")["requirements"]
    assert [one["class"] for one in raised] == ["NetworkAccess", "LoadListingRequirement"]


def test_what_is_no_tool_has_no_command_line():
    bound = {"type": "File", "inputBinding": {"position": 1, "loadContents": True}}
    for kind, asked in (("ExpressionTool", True), ("Workflow", False)):
        for inputs in ({"x": bound, "y": "int"}, [{**bound, "id": "x"}, {"id": "y"}]):
            raised = as_version({"class": kind, "inputs": inputs}, "v1.0", "v1.2")
            one = raised["inputs"]["x"] if isinstance(inputs, dict) else raised["inputs"][0]
            assert "inputBinding" not in one
            assert one["loadContents"] is True
            assert ("requirements" in raised) == asked


@pytest.mark.parametrize("beside", [".idx", "{pattern: .idx, required: true}"])
@pytest.mark.parametrize("port", ["{x: %s}", "[%s]"])
def test_one_secondary_file_is_a_list_of_one(tmp_path, beside, port):
    said = f"{{id: x, type: File, secondaryFiles: {beside}}}"
    text = f"{TOOL}inputs: {port % said}\noutputs: {{}}\n".replace("{x: {id: x, ", "{x: {")
    inputs = packed(tmp_path, {"main.cwl": text})["inputs"]
    declared = inputs["x"] if isinstance(inputs, dict) else inputs[0]
    assert isinstance(declared["secondaryFiles"], list)
    assert len(declared["secondaryFiles"]) == 1
