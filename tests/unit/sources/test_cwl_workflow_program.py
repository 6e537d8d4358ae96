"""Workflows are read with their steps: links however they are written, inner workflows, runs."""

import pytest

from apkg.errors import SourceError
from apkg.files.documents import parse_document, read_document
from apkg.model import Default, Link, Result, WorkflowProgram
from apkg.sources.cwl.workflow import read_workflow, read_workflow_document

TOOL = """\
cwlVersion: v1.2
class: CommandLineTool
label: A tool
baseCommand: x
requirements: {DockerRequirement: {dockerPull: registry.example.org/tool:1}}
inputs: {a: File}
outputs: {o: {type: File, outputBinding: {glob: out.tif}}}
"""
PACKED = """\
cwlVersion: v1.0
$graph:
- class: Workflow
  id: '#main'
  inputs:
  - {id: '#main/scene', type: File}
  outputs:
  - {id: '#main/result', type: File, outputSource: '#main/second/o'}
  steps:
  - id: '#main/first'
    run: '#tool.cwl'
    scatter: '#main/first/a'
    in:
    - {id: '#main/first/a', source: '#main/scene'}
    out: ['#main/first/o']
  - id: '#main/second'
    run: '#tool.cwl'
    in:
    - {id: '#main/second/a', source: ['#main/first/o', '#main/scene'], linkMerge: merge_flattened}
    out: [{id: '#main/second/o'}]
- class: CommandLineTool
  id: '#tool.cwl'
  baseCommand: x
  inputs: [{id: '#tool.cwl/a', type: File}]
  outputs: [{id: '#tool.cwl/o', type: File, outputBinding: {glob: o}}]
"""


def read(text, name="w.cwl"):
    return read_workflow(parse_document(text, name=name))


def one_step(step, inputs="{a: File, b: int}"):
    text = (
        f"cwlVersion: v1.2\nclass: Workflow\ninputs: {inputs}\noutputs: {{}}\nsteps:\n  s: {step}"
    )
    return read(text).program.steps[0]


def test_a_packed_document_has_plain_names():
    program = read(PACKED).program
    assert [step.id for step in program.steps] == ["first", "second"]
    first, second = program.steps
    assert (first.scatter, first.links) == (("a",), (Link(input="a", sources=("scene",)),))
    assert second.links == (Link(input="a", sources=("first/o", "scene"), merge="merge_flattened"),)
    assert [output.id for output in second.application.outputs] == ["o"]
    assert program.results == (Result(output="result", sources=("second/o",)),)


def test_a_tool_is_read_as_ever_and_has_no_program():
    application = read(TOOL)
    assert (application.title, application.program) == ("A tool", None)
    assert application.outputs[0].glob == "out.tif"


def test_what_a_step_runs_is_read_from_its_file(tmp_path):
    (tmp_path / "tool.cwl").write_text(TOOL)
    flow = tmp_path / "flow.cwl"
    flow.write_text(
        "cwlVersion: v1.2\nclass: Workflow\ninputs: {a: File}\noutputs: {}\n"
        "steps: {s: {run: tool.cwl, in: {a: a}, out: [o]}}\n"
    )
    step = read_workflow(read_document(flow)).program.steps[0]
    inner = step.application
    assert (inner.id, inner.title, inner.container.image) == (
        "tool",
        "A tool",
        "registry.example.org/tool:1",
    )
    assert inner.outputs[0].glob == "out.tif"


def test_inner_workflows_have_programs_of_their_own():
    step = one_step(
        "{run: {class: Workflow, inputs: {a: File}, outputs: {r: {type: File, outputSource: t/o}}, "
        "steps: {t: {run: {class: ExpressionTool, inputs: {a: File}, outputs: {o: File}, "
        "expression: ''}, in: {a: a}, out: [o]}}}, in: {a: a}, out: [r]}"
    )
    inner = step.application.program
    assert isinstance(inner, WorkflowProgram)
    assert inner.results == (Result(output="r", sources=("t/o",)),)
    assert inner.steps[0].application.metadata.annotations == (("cwl:class", "ExpressionTool"),)


@pytest.mark.parametrize(
    ("port", "link"),
    [
        ("a", Link(input="x", sources=("a",))),
        ("{source: a, default: 3}", Link(input="x", sources=("a",), default=Default(3))),
        ("{default: [1, 2]}", Link(input="x", default=Default((1, 2)))),
        ("{default: {class: File, path: d.tif}}", Link(input="x", default=Default("d.tif"))),
        ("{default: {k: 1}}", Link(input="x", default=Default('{"k": 1}'))),
        ("{valueFrom: $(inputs.b)}", Link(input="x", value_from="$(inputs.b)")),
        ("{source: nobody}", Link(input="x", sources=("nobody",))),
        ("{source: s/o}", Link(input="x", sources=("s/o",))),
        (
            "{source: [a, b], pickValue: all_non_null}",
            Link(input="x", sources=("a", "b"), pick_value="all_non_null"),
        ),
        ("{source: a, pickValue: whatever}", Link(input="x", sources=("a",))),
    ],
)
def test_links(port, link):
    assert one_step(f"{{run: other.cwl, in: {{x: {port}}}, out: [o]}}").links == (link,)


def test_what_is_not_here_has_the_ports_that_its_step_names():
    text = (
        "cwlVersion: v1.2\nclass: Workflow\ninputs: {a: File}\noutputs: {}\n"
        "steps: {s: {run: https://example.org/far.cwl, in: {x: a, y: a}, out: [o, {id: p}]}}"
    )
    reading = read_workflow_document(parse_document(text, name="w.cwl"))
    far = reading.application.program.steps[0].application
    assert [i.id for i in far.inputs] == ["x", "y"]
    assert [o.id for o in far.outputs] == ["o", "p"]
    assert far.metadata.annotations == (("cwl:run", "https://example.org/far.cwl"),)
    assert any("was not fetched" in finding.message for finding in reading.findings)


@pytest.mark.parametrize("run", ["", "[]", "3", "{}", "{class: Nothing}", "missing.cwl", "'#no'"])
def test_odd_runs_are_kept_as_unknown(run):
    step = one_step(f"{{run: {run}, in: {{x: a}}, out: [o]}}")
    assert step.application.program is None
    assert [i.id for i in step.application.inputs] == ["x"]


def test_workflows_that_run_each_other_end():
    text = """\
cwlVersion: v1.2
$graph:
- {class: Workflow, id: main, inputs: {a: File}, outputs: {},
   steps: {x: {run: '#b', in: {a: a}, out: []}, y: {run: '#b', in: {a: a}, out: []}}}
- {class: Workflow, id: b, inputs: {a: File}, outputs: {},
   steps: {x: {run: '#main', in: {a: a}, out: []}}}
"""
    x, y = read(text).program.steps
    assert x.application.program.steps[0].application.program is None
    assert y.application.program == x.application.program


def test_depth_is_bounded():
    graph = [
        f"- {{class: Workflow, id: w{n}, inputs: {{}}, outputs: {{}}, "
        f"steps: {{x: {{run: '#w{n + 1}', in: {{}}, out: []}}}}}}"
        for n in range(60)
    ]
    text = "cwlVersion: v1.2\n$graph:\n" + "\n".join(graph)
    program, depth = read_workflow(parse_document(text, name="w"), process="w0").program, 0
    while program is not None:
        program, depth = program.steps[0].application.program, depth + 1
    assert depth == 17


def test_the_number_of_steps_is_bounded():
    # Twelve levels of four steps each would be sixteen million.
    def steps(n):
        return ", ".join(f"{s}: {{run: '#w{n + 1}', in: {{}}, out: []}}" for s in "abcd")

    graph = [
        f"- {{class: Workflow, id: w{n}, inputs: {{}}, outputs: {{}}, steps: {{{steps(n)}}}}}"
        for n in range(12)
    ]
    text = "cwlVersion: v1.2\n$graph:\n" + "\n".join(graph)
    program = read_workflow(parse_document(text, name="w"), process="w0").program
    assert len(program.steps) == 4


def test_no_cwl():
    with pytest.raises(SourceError, match="no CWL process"):
        read("cwlVersion: v1.2\nclass: Nothing")
