"""What is in a picture: ports, steps, links with types, scatter, conditions, inner workflows."""

import pytest
from drawn import draw, links, node, workflow

from apkg.emitters.pictures.build import picture
from apkg.errors import ConversionError
from apkg.model import (
    Application,
    ArrayType,
    Default,
    Input,
    Link,
    Output,
    Result,
    Scalar,
    Step,
    WorkflowProgram,
)

FILE = Scalar("File")


def test_a_tool_stands_between_its_inputs_and_outputs():
    tool = Application(
        id="mask",
        title="Water mask",
        inputs=(
            Input(id="scene", type=FILE),
            Input(id="limit", type=Scalar("double"), default=Default(0.5)),
        ),
        outputs=(Output(id="mask", type=FILE, optional=True),),
    )
    drawn = picture(tool)
    assert [(n.kind, n.name, n.type) for n in drawn.nodes] == [
        ("input", "scene", "File"),
        ("input", "limit", "double"),
        ("step", "mask", ""),
        ("output", "mask", "File?"),
    ]
    assert node(drawn, "limit").details == ("= 0.5",)
    assert links(drawn) == ["scene -> mask: File", "limit -> mask: double", "mask -> mask: File?"]


def test_links_name_both_ports_where_they_differ():
    drawn = draw(
        """
        one: {run: TOOL, in: {a: scene}, out: [o]}
        two: {run: TOOL, in: {a: one/o}, out: [o]}
        """,
        inputs="{scene: File}",
        outputs="{result: {type: File, outputSource: two/o}}",
    )
    assert links(drawn) == [
        "scene -> one: a: File",
        "one -> two: o → a: File",
        "two -> result: o: File",
    ]


def test_what_flows_from_a_step_that_scatters_is_a_list_and_from_a_conditional_one_may_be_null():
    drawn = draw(
        """
        many: {run: TOOL, scatter: a, in: {a: scenes}, out: [o]}
        maybe: {run: TOOL, when: $(inputs.a.size > 3), in: {a: scene}, out: [o]}
        both: {run: TOOL, scatter: a, when: $(inputs.x), in: {a: scenes, x: flag}, out: [o]}
        grid:
          run: TOOL
          scatter: [a, b]
          scatterMethod: nested_crossproduct
          in: {a: scenes, b: numbers}
          out: [o]
        """,
        inputs="{scenes: 'File[]', scene: File, flag: boolean, numbers: 'double[]'}",
        outputs="{p: {type: Any, outputSource: many/o}, q: {type: Any, outputSource: maybe/o}, "
        "r: {type: Any, outputSource: both/o}, s: {type: Any, outputSource: grid/o}}",
    )
    given = [text.rpartition(": ")[2] for text in links(drawn) if text.split()[2][0] in "pqrs"]
    assert given == ["File[]", "File?", "(File?)[]", "File[][]"]
    assert node(drawn, "many").details == ("for each a",)
    assert node(drawn, "maybe").details == ("only if $(inputs.a.size > 3)",)
    assert node(drawn, "grid").details == ("for each a, b (each with each, nested)",)
    assert [node(drawn, n).scatter for n in ("many", "maybe", "both")] == [True, False, True]
    assert [node(drawn, n).conditional for n in ("many", "maybe", "both")] == [False, True, True]
    scattered = {e.target for e in drawn.edges if e.scatter}
    assert scattered == {node(drawn, n).id for n in ("many", "both", "grid")}


def test_an_inner_workflow_is_a_group_with_its_own_ports():
    drawn = draw(
        """
        outer:
          scatter: x
          in: {x: a, unused: a}
          out: [y]
          run:
            class: Workflow
            label: Inside
            inputs: {x: File}
            outputs: {y: {type: File, outputSource: deep/o}}
            steps:
              deep: {run: TOOL, in: {a: x}, out: [o]}
        """,
        inputs="{a: 'File[]'}",
        outputs="{result: {type: 'File[]', outputSource: outer/y}}",
    )
    (group,) = drawn.groups
    assert (group.name, group.title, group.parent, group.scatter) == ("outer", "Inside", None, True)
    inside = [(n.kind, n.name) for n in drawn.inside(group.id)]
    assert inside == [("input", "x"), ("step", "deep"), ("output", "y"), ("input", "unused")]
    assert links(drawn) == [
        "x -> deep: a: File",
        "deep -> y: o: File",
        "a -> x: File[]",
        "a -> unused: File[]",
        "y -> result: File[]",
    ]


def test_what_is_not_there_is_shown_as_missing():
    drawn = draw(
        """
        one: {run: https://example.org/tool.cwl, in: {a: nobody/o, b: nobody/o}, out: [o]}
        two: {run: TOOL, in: {a: one/other}, out: [o]}
        """
    )
    missing = [(n.name, n.details) for n in drawn.nodes if n.kind == "missing"]
    assert missing == [("nobody/o", ("not found",)), ("one/other", ("not found",))]
    assert node(drawn, "one").details == ("runs https://example.org/tool.cwl (not here)",)


def test_fixed_values_and_choices_among_sources_are_told():
    drawn = draw(
        """
        one: {run: TOOL, in: {a: a}, out: [o]}
        two:
          run: TOOL
          in:
            a: {source: [one/o, a], pickValue: first_non_null}
            b: {default: 0.5}
            c: {valueFrom: $(inputs.b)}
          out: [o]
        """
    )
    assert node(drawn, "two").details == ("b = 0.5", "c = $(inputs.b)")
    assert "one -> two: o → a: File (the first that is there)" in links(drawn)


def test_links_between_the_same_steps_are_one_edge():
    drawn = draw(
        """
        one: {run: TOOL, in: {a: a}, out: [o]}
        two: {run: TOOL, in: {a: one/o, b: one/o}, out: [o]}
        """
    )
    ends = [(e.source, e.target) for e in drawn.edges]
    assert len(ends) == len(set(ends)) == 2
    assert [w.target for w in drawn.edges[1].wires] == ["a", "b"]


def test_ids_never_collide_whatever_the_names_are():
    drawn = draw(
        """
        n1: {run: TOOL, in: {a: n1}, out: [o]}
        g1: {run: TOOL, in: {a: n2}, out: [o]}
        """,
        inputs="{n1: File, n2: File}",
        outputs="{n1: {type: File, outputSource: n1/o}, end: {type: File, outputSource: g1/o}}",
    )
    ids = [n.id for n in drawn.nodes]
    assert len(ids) == len(set(ids)) == 6
    assert links(drawn) == [
        "n1 -> n1: a: File",
        "n2 -> g1: a: File",
        "n1 -> n1: o: File",
        "g1 -> end: o: File",
    ]


def test_a_circle_is_drawn_as_it_is():
    drawn = draw(
        """
        one: {run: TOOL, in: {a: two/o}, out: [o]}
        two: {run: TOOL, in: {a: one/o}, out: [o]}
        """
    )
    assert links(drawn) == ["two -> one: o → a: File", "one -> two: o → a: File"]


@pytest.mark.parametrize(("count", "expected"), [(2, "LR"), (50, "TB")])
def test_short_chains_go_across_and_long_ones_down(count, expected):
    lines = ["s1: {run: TOOL, in: {a: a}, out: [o]}"]
    lines += [f"s{n}: {{run: TOOL, in: {{a: s{n - 1}/o}}, out: [o]}}" for n in range(2, count + 1)]
    drawn = draw("\n".join(lines))
    assert len([n for n in drawn.nodes if n.kind == "step"]) == count
    assert drawn.direction == expected


def test_what_nobody_could_see_is_refused():
    tool = Application(
        id="t", inputs=tuple(Input(id=f"i{n}", type=ArrayType(FILE)) for n in range(6000))
    )
    with pytest.raises(ConversionError, match="more than 5000 boxes") as caught:
        picture(tool)
    assert "FILE#ID" in caught.value.hint
    step = Step(
        id="s",
        application=Application(id="t"),
        links=tuple(Link(input=f"i{n}", sources=("a",)) for n in range(20_001)),
    )
    program = WorkflowProgram(steps=(step,), results=(Result(output="x", sources=("a",)),))
    with pytest.raises(ConversionError, match="more than 20000 links"):
        picture(Application(id="w", inputs=(Input(id="a", type=FILE),), program=program))


def test_a_workflow_that_runs_itself_ends():
    application = workflow("again: {run: '#w', in: {a: a}, out: [o]}")
    drawn = picture(application)
    assert [g.name for g in drawn.groups] == []
    assert node(drawn, "again").details[0].startswith("runs #w")
