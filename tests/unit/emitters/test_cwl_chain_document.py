"""Facet 1 of a chain: one ``$graph`` of the workflow and all that its steps run."""

import json

import pytest

from apkg.emitters.cwl import CwlEmitter, cwl_document
from apkg.emitters.interface import EmitOptions
from apkg.errors import ConversionError
from apkg.model import (
    Application,
    ArrayType,
    CommandProgram,
    CwlProgram,
    Default,
    Input,
    Link,
    Output,
    Result,
    Scalar,
    Step,
    UnionType,
    WorkflowProgram,
)
from apkg.pipeline.validate import validate_text

FILE = Scalar("File")
X, OUT = Input(id="x", type=FILE, label="X"), Output(id="out", type=FILE, label="Out", glob="o")


def tool(name="tool", **fields):
    program = CommandProgram(base_command=("true",))
    return Application(
        **{"id": name, "inputs": (X,), "outputs": (OUT,), "program": program, **fields}
    )


def existing(document, name="old"):
    return tool(name, program=CwlProgram(document=json.dumps(document)))


def cwl_tool(**fields):
    body = {"cwlVersion": "v1.2", "class": "CommandLineTool", "id": "main", "baseCommand": "cat"}
    ports = {"inputs": {"x": "File"}, "outputs": {"out": {"type": "stdout"}}, "stdout": "o"}
    return {**body, **ports, **fields}


def whole(*parts, name="whole", **step):
    """Steps side by side, each with the input ``x`` of the whole."""
    steps = tuple(
        Step(id=f"s{n}", application=part, links=(Link(input="x", sources=("x",)),), **step)
        for n, part in enumerate(parts)
    )
    return Application(
        id=name,
        title="Whole",
        inputs=(X,),
        outputs=(OUT,),
        program=WorkflowProgram(steps=steps, results=(Result(output="out", sources=("s0/out",)),)),
    )


def graph(application, **options):
    document = cwl_document(application, EmitOptions(**options))
    text = CwlEmitter().emit(application, EmitOptions(**options))
    found = validate_text(text.encode(), name="whole.cwl").findings
    assert [f for f in found if f.severity == "error"] == []
    return document


def ids(document):
    return [process["id"] for process in document["$graph"]]


def test_a_process_is_there_once():
    document = graph(whole(tool(), tool(), tool("other")))
    assert ids(document) == ["whole", "tool", "other"]
    assert [s["run"] for s in document["$graph"][0]["steps"].values()] == [
        "#tool",
        "#tool",
        "#other",
    ]


def test_no_part_is_called_main_or_like_the_whole():
    document = graph(
        whole(existing(cwl_tool()), tool("whole"), existing(cwl_tool(baseCommand="a")))
    )
    assert ids(document) == ["whole", "old", "whole_2", "old_2"]


def test_odd_ids_become_usual_ones():
    inner = cwl_tool(id="../a b?", baseCommand="a")
    assert ids(graph(whole(existing(inner, "a:b/c d")))) == ["whole", "a-b-c-d"]


def test_a_workflow_of_several_files_takes_them_along():
    inner = {
        "cwlVersion": "v1.2",
        "$graph": [
            {"class": "Workflow", "id": "main", "inputs": {"x": "File"},
             "outputs": {"out": {"type": "File", "outputSource": "s/out"}},
             "steps": [{"id": "s", "run": "#tool", "in": {"x": "x"}, "out": ["out"]}]},
            {k: v for k, v in cwl_tool(id="tool").items() if k != "cwlVersion"},
        ],
    }  # fmt: skip
    document = graph(whole(tool(), existing(inner)))
    assert ids(document) == ["whole", "tool", "old", "tool_2"]
    assert document["$graph"][2]["steps"][0]["run"] == "#tool_2"
    assert document["$graph"][0]["requirements"] == {"SubworkflowFeatureRequirement": {}}


def test_a_part_that_runs_over_an_input_by_itself():
    from dataclasses import replace

    part = tool(inputs=(replace(X, scatter=True),), outputs=(replace(OUT, optional=True),))
    application = replace(
        whole(part), inputs=(replace(X, type=ArrayType(FILE)),),
        outputs=(replace(OUT, type=ArrayType(Scalar("Any"))),),
    )  # fmt: skip
    document = graph(application)
    assert ids(document) == ["whole", "tool-tool", "tool"]
    inner = document["$graph"][2]
    assert inner["inputs"]["x"]["type"] == "File[]"
    assert inner["outputs"]["out"]["type"] == {"type": "array", "items": ["null", "File"]}
    assert inner["steps"]["process"]["scatter"] == ["x"]


def test_a_prefix_means_one_thing():
    old = cwl_tool(
        **{
            "$namespaces": {"s": "http://schema.org/", "e": "http://edamontology.org/"},
            "s:author": [{"class": "s:Person", "s:name": "s:x"}],
        },
        outputs={"out": {"type": "File", "format": "e:format_1", "outputBinding": {"glob": "o"}}},
    )
    document = graph(whole(existing(old)))
    assert document["$namespaces"] == {
        "s": "https://schema.org/",
        "e": "http://edamontology.org/",
    }
    (author,) = document["$graph"][1]["http://schema.org/author"]
    assert author == {"class": "http://schema.org/Person", "http://schema.org/name": "s:x"}
    assert document["$graph"][1]["outputs"]["out"]["format"] == "e:format_1"


@pytest.mark.parametrize("version", ["v1.0", "v1.1"])
def test_what_older_versions_cannot_say(version):
    with pytest.raises(ConversionError) as caught:
        graph(whole(existing(cwl_tool())), cwl_version=version)
    assert "old is written in CWL v1.2" in caught.value.message
    with pytest.raises(ConversionError) as caught:
        graph(whole(tool(), when="$(inputs.x)"), cwl_version=version)
    assert "step s0 has a condition (when)" in caught.value.message
    picked = Link(input="x", sources=("x",), pick_value="first_non_null")
    step = Step(id="s0", application=tool(), links=(picked,))
    program = WorkflowProgram(steps=(step,), results=(Result(output="out", sources=("s0/out",)),))
    with pytest.raises(ConversionError) as caught:
        graph(tool("w", program=program), cwl_version=version)
    assert "s0/x picks a value" in caught.value.message
    results = (Result(output="out", sources=("s0/out",), pick_value="all_non_null"),)
    program = WorkflowProgram(steps=whole(tool()).program.steps, results=results)
    with pytest.raises(ConversionError) as caught:
        graph(tool("w", program=program), cwl_version=version)
    assert "the output out picks a value" in caught.value.message
    assert "--cwl-version v1.2" in caught.value.hint


def test_what_is_newer_does_what_it_did():
    document = graph(whole(existing(cwl_tool(cwlVersion="v1.0"))))
    assert document["$graph"][1]["requirements"]["NetworkAccess"] == {"networkAccess": True}
    document = graph(whole(tool(), existing(cwl_tool(cwlVersion="v1.0"))), cwl_version="v1.0")
    assert document["cwlVersion"] == "v1.0"
    assert "requirements" not in document["$graph"][2]


@pytest.mark.parametrize(
    ("condition", "javascript"),
    [
        ("$(inputs.x)", False),
        ("$(inputs['x'])", False),
        ("$(inputs.x.size)", False),
        ("$(inputs.x.size > 3)", True),
        ("${return true;}", True),
    ],
)
def test_javascript_is_asked_for_where_it_is_needed(condition, javascript):
    from dataclasses import replace

    application = whole(tool(), when=condition)
    application = replace(application, outputs=(replace(OUT, optional=True),))
    needed = graph(application)["$graph"][0].get("requirements", {})
    assert ("InlineJavascriptRequirement" in needed) == javascript


def test_links_in_full():
    link = Link(
        input="x",
        sources=("x",),
        merge="merge_nested",
        default=Default((1, 2)),
        value_from="$(self)",
    )
    taken = (Input(id="x", type=Scalar("Any"), label="X"),)
    step = Step(id="s0", application=tool(inputs=taken), links=(link,))
    program = WorkflowProgram(steps=(step,), results=(Result(output="out", sources=("s0/out",)),))
    document = graph(tool("w", inputs=taken, program=program))
    assert document["$graph"][0]["steps"]["s0"]["in"]["x"] == {
        "source": ["x"],
        "linkMerge": "merge_nested",
        "default": [1, 2],
        "valueFrom": "$(self)",
    }
    assert set(document["$graph"][0]["requirements"]) == {
        "MultipleInputFeatureRequirement",
        "StepInputExpressionRequirement",
    }


@pytest.mark.parametrize(("gaps", "warned"), [(True, False), (False, True)])
def test_a_scattered_condition_leaves_gaps_in_the_list(gaps, warned):
    from dataclasses import replace

    items = UnionType((Scalar("null"), FILE)) if gaps else FILE
    application = replace(
        whole(tool(), when="$(inputs.x)", scatter=("x",)),
        inputs=(replace(X, type=ArrayType(FILE)),),
        outputs=(replace(OUT, type=ArrayType(items)),),
    )
    text = CwlEmitter().emit(application, EmitOptions())
    found = {finding.rule for finding in validate_text(text.encode(), name="whole.cwl").findings}
    assert ("cwl/conditional" in found) == warned


def test_a_notebook_or_tool_over_a_list_alone_leaves_gaps_as_well():
    from dataclasses import replace

    part = tool(inputs=(replace(X, scatter=True),), outputs=(replace(OUT, optional=True),))
    head = graph(part)["$graph"][0]
    assert head["outputs"]["out"]["type"] == {"type": "array", "items": ["null", "File"]}


def test_an_input_of_any_type_may_be_left_out():
    taken = (Input(id="x", type=Scalar("Any"), label="X", optional=True),)
    assert graph(whole(tool(inputs=taken)))["$graph"][1]["inputs"]["x"]["type"] == "Any?"
