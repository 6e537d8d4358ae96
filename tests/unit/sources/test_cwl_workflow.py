import pytest

from apkg.errors import SourceError
from apkg.files.documents import parse_document, read_document
from apkg.sources.cwl import read_cwl, read_cwl_document

WORKFLOW = """\
cwlVersion: v1.2
$namespaces: {s: https://schema.org/}
s:softwareVersion: 2.1.0
$graph:
- class: Workflow
  id: water
  label: Water
  inputs:
    scenes: {type: "Directory[]"}
    file_name: {type: string, default: out.tif}
  outputs:
    masks: {type: "File[]", outputSource: inner/results}
    named: {type: File, outputSource: last/result}
  steps:
    inner:
      run: "#nested"
      in: {items: scenes}
      out: [results]
      scatter: items
    last:
      run: "#writer"
      in: {target: file_name, list: inner/results}
      out: [result]
  requirements: [{class: ScatterFeatureRequirement}, {class: SubworkflowFeatureRequirement}]
- class: Workflow
  id: nested
  inputs: {items: Directory}
  outputs: {results: {type: File, outputSource: [make/result]}}
  steps:
    make: {run: "#maker", in: {scene: items}, out: [result]}
- class: CommandLineTool
  id: maker
  requirements:
    DockerRequirement: {dockerPull: "example.org/maker:1"}
    ResourceRequirement: {ramMin: 100, coresMin: 4}
  inputs: {scene: Directory}
  outputs: {result: {type: File, outputBinding: {glob: "*.tif"}}}
- class: CommandLineTool
  id: writer
  hints: [{class: DockerRequirement, dockerPull: "example.org/writer:1"}]
  requirements: [{class: ResourceRequirement, ramMin: 300}]
  inputs: {target: string, list: "File[]"}
  outputs: {result: {type: File, outputBinding: {glob: $(inputs.target)}}}
"""


def document(text, name="w.cwl"):
    return parse_document(text, name=name)


def test_the_workflow_that_nobody_runs_is_meant():
    found = read_cwl(document(WORKFLOW))
    assert (found.id, found.title, found.metadata.version) == ("water", "Water", "2.1.0")
    # A list of scenes is a list, whatever the steps do with it: as one run, not as many.
    assert not any(port.scatter for port in found.inputs)


def test_what_is_merged_into_a_list_is_no_list_by_itself():
    text = """\
cwlVersion: v1.2
class: Workflow
requirements: {ScatterFeatureRequirement: {}, MultipleInputFeatureRequirement: {}}
inputs: {many: "File[]", one: File, alone: File}
outputs: []
steps:
  each:
    {run: t.cwl, scatter: x, in: {x: {source: [many, one], linkMerge: merge_flattened}}, out: []}
  only: {run: t.cwl, scatter: x, in: {x: {source: alone, linkMerge: merge_nested}}, out: []}
"""
    found = read_cwl(document(text))
    assert [port.scatter for port in found.inputs] == [False, False, False]


def test_outputs_are_followed_to_the_tool():
    masks, named = read_cwl(document(WORKFLOW)).outputs
    assert (masks.glob, masks.named_by) == ("*.tif", None)
    assert (named.glob, named.named_by) == (".", "file_name")


def test_images_and_resources_of_all_steps():
    reading = read_cwl_document(document(WORKFLOW))
    found = reading.application
    assert found.container is not None
    assert found.container.image == "example.org/maker:1"
    assert (found.resources.ram_min, found.resources.cores_min) == (300, 4)
    origin = found.origin("ram_min")
    assert origin is not None
    assert origin.location is not None
    assert "ramMin: 300" in WORKFLOW.splitlines()[(origin.location.line or 0) - 1]
    assert any("example.org/writer:1" in finding.message for finding in reading.findings)


@pytest.mark.parametrize("name", ["maker", "#maker", "file.cwl#maker"])
def test_another_process_can_be_named(name):
    assert read_cwl(document(WORKFLOW), process=name).id == "maker"


def test_a_wrong_name_is_told_the_right_one():
    with pytest.raises(SourceError) as error:
        read_cwl(document(WORKFLOW), process="watr")
    assert "`water`, `nested`" in error.value.message
    assert error.value.hint == "Is `water` meant?"


def test_main_is_meant_where_it_is():
    assert read_cwl(document(WORKFLOW.replace("id: maker", "id: main"))).id == "main"


def test_several_candidates_are_listed():
    text = WORKFLOW.replace('"#nested"', "other.cwl")
    with pytest.raises(SourceError) as error:
        read_cwl(document(text))
    assert "`water` (Workflow), `nested` (Workflow)" in error.value.message
    assert error.value.hint == "Name one: w.cwl#water"


def test_a_workflow_that_runs_itself_ends():
    text = WORKFLOW.replace('"#maker", in', '"#nested", in')
    reading = read_cwl_document(document(text))
    assert any("runs itself" in finding.message for finding in reading.findings)


def test_workflows_that_multiply_end():
    graph = [
        f"- {{class: Workflow, id: w{n}, inputs: [], outputs: [], steps: {{"
        f"a: {{run: '#w{n + 1}', in: [], out: []}}, b: {{run: '#w{n + 1}', in: [], out: []}}}}}}"
        for n in range(40)
    ]
    text = "cwlVersion: v1.2\n$graph:\n" + "\n".join(graph) + "\n"
    assert read_cwl(document(text)).id == "w0"


def test_steps_in_other_files(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "tool.cwl").write_text(
        "cwlVersion: v1.2\nclass: CommandLineTool\ninputs: {x: string}\n"
        "hints: {DockerRequirement: {dockerPull: alpine}}\n"
        "outputs: {y: {type: File, outputBinding: {glob: y.txt}}}\n"
    )
    (tmp_path / "w.cwl").write_text(
        "cwlVersion: v1.2\nclass: Workflow\ninputs: {x: string}\n"
        "steps: {s: {run: sub/tool.cwl, in: {x: x}, out: [y]}}\n"
        "outputs: {y: {type: File, outputSource: s/y}}\n"
    )
    reading = read_cwl_document(read_document(tmp_path / "w.cwl"))
    assert reading.findings == ()
    assert reading.application.container is not None
    assert reading.application.container.image == "alpine"
    assert reading.application.outputs[0].glob == "y.txt"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[1, 2]", "not a mapping"),
        ("cwlVersion: v1.2\nclass: Tool\n", "its class is `Tool`"),
        ("cwlVersion: v1.2\n$graph: []\n", "no CWL process"),
        ("a: 1\n", "no CWL process"),
    ],
)
def test_what_is_no_cwl_is_refused(text, words):
    with pytest.raises(SourceError) as error:
        read_cwl(document(text))
    assert words in error.value.message
    assert error.value.hint
    assert error.value.location is not None
