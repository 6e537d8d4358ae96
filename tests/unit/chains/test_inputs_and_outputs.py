"""What a chain takes and gives: names, sharing, scatter, conditions."""

import pytest
from parts import application, link, links, types

from apkg.chains.names import label_of
from apkg.model import Catalogue, CwlProgram, Default, Discovery, Input, Metadata, Person, Scalar


def inputs(made):
    return {declared.id: declared for declared in made.application.inputs}


# --- names -------------------------------------------------------------------------------------


def test_same_names_become_inputs_of_their_own(chained):
    made = chained({"a-1": "level:int x:File ->", "b": "level:int ->"})
    assert list(inputs(made)) == ["a_1_level", "x", "b_level"]


@pytest.mark.parametrize(
    ("steps", "wanted"),
    [
        ({"stack": "stack:File -> result:File"}, (["stack_stack"], ["result"])),
        ({"a": "image:File -> image:File"}, (["image"], ["a_image"])),
        ({"a": "x:File -> A:File"}, (["x"], ["a_A"])),
        ({"a": "a_b:int c:int ->", "a_b": "c:int ->"}, (["a_a_b", "a_c", "a_b_c"], [])),
        ({"a": "in.put:int 2x:int ->"}, (["in_put", "p_2x"], [])),
        ({"a": "-> out:File", "b": "-> OUT:File"}, ([], ["a_out", "b_OUT"])),
    ],
)
def test_no_two_things_have_one_name(chained, steps, wanted):
    made = chained(steps)
    assert (list(inputs(made)), list(types(made.application.outputs))) == wanted


def test_an_asked_output_keeps_its_name(chained):
    made = chained({"a": "image:File -> out:File"}, outputs={"image": "a/out"})
    assert list(inputs(made)) == ["a_image"]
    assert types(made.application.outputs) == {"image": "File"}


def test_an_input_by_its_name(chained):
    made = chained({"a": "x:File ->", "b": "y:File z:File ->"}, "dem=a/x", "dem=b/y")
    assert links(made) == {"a/x": "dem", "b/y": "dem", "b/z": "z"}
    assert list(inputs(made)) == ["dem", "z"]


# --- sharing -----------------------------------------------------------------------------------


def test_shared_names_are_one_input(chained):
    steps = {"a": "level:int=3 ->", "b": "level:int=3 x:File ->", "c": "-> level:int"}
    made = chained(steps, shared=("level",))
    assert links(made) == {"a/level": "level", "b/level": "level", "b/x": "x"}
    assert inputs(made)["level"].default == Default(3)
    assert inputs(made)["level"].optional is False
    assert {one.how for one in made.links if one.source == "level"} == {"shared"}


@pytest.mark.parametrize(
    ("first", "second", "optional", "default"),
    [
        ("level:int=3", "level:int=5", True, None),
        ("level:int=3", "level:int", False, None),
        ("level:int?", "level:int=5", True, None),
        ("level:int?", "level:int", False, None),
        ("level:int?", "level:int?", True, None),
        ("level:int", "level:int", False, None),
    ],
)
def test_what_not_all_can_do_without_has_to_be_given(chained, first, second, optional, default):
    made = chained({"a": f"{first} ->", "b": f"{second} ->"}, shared=("level",))
    level = inputs(made)["level"]
    assert (level.optional, level.default) == (optional, default)
    if "=" in first and "=" in second:
        assert level.doc == "About level (where none is given: a 3, b 5)"


def test_a_shared_name_joins_the_input_of_that_name(chained):
    steps = {"a": "dem:File ->", "b": "height:File ->", "c": "dem:File ->"}
    made = chained(steps, "dem=b/height", shared=("dem",))
    assert set(links(made).values()) == {"dem"}
    assert list(inputs(made)) == ["dem"]


def test_what_is_wired_is_not_shared(chained, refused):
    steps = {"a": "-> level:int", "b": "level:int ->", "c": "level:int ->"}
    made = chained(steps, "a/level=b/level", shared=("level",), guess=True)
    assert links(made) == {"b/level": "a/level", "c/level": "level"}
    said = refused(steps, "a/level=b/level", "a/level=c/level", shared=("level",))
    assert "a/level=b/level, a/level=c/level" in said


def test_types_that_differ_are_not_shared(refused):
    said = refused({"a": "x:File ->", "b": "x:File[] ->"}, shared=("x",))
    for word in ("a/x", "b/x", "File", "File[]"):
        assert word in said


# --- scatter -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("over", "method", "given", "gaps"),
    [
        (["a/x"], None, "File[]", "File?[]"),
        (["a/x", "a/y"], None, "File[]", "File?[]"),
        (["a/x", "a/y"], "flat_crossproduct", "File[]", "File?[]"),
        (["a/x", "a/y"], "nested_crossproduct", "File[][]", "File?[][]"),
    ],
)
def test_outputs_are_as_deep_as_the_scatter(chained, over, method, given, gaps):
    steps = {"a": "x:File y:int z:double -> out:File more:File?"}
    made = chained(steps, scatter=over, methods={"a": method} if method else {})
    assert types(made.application.outputs) == {"out": given, "more": gaps}
    wanted = {"x": "File[]", "y": "int[]" if "a/y" in over else "int", "z": "double"}
    assert types(made.application.inputs) == wanted
    (step,) = made.application.program.steps
    assert step.scatter == tuple(end.split("/")[1] for end in over)
    assert step.scatter_method == (method or ("dotproduct" if len(over) > 1 else None))


def test_what_is_scattered_over_has_to_be_there(chained):
    made = chained({"a": "x:File? level:int=3 ->"}, scatter=["a/x", "a/level"])
    found = inputs(made)
    assert (found["x"].optional, found["x"].default) == (False, None)
    assert found["level"].default == Default((3,))


def test_a_list_goes_into_a_scattered_step_and_out_again(chained):
    steps = {"a": "-> out:File[]", "b": "x:File -> y:File", "c": "y:File[] -> end:File"}
    made = chained(steps, "a/out=b/x", scatter=["b/x"], guess=True)
    assert links(made) == {"b/x": "a/out", "c/y": "b/y"}
    assert types(made.application.outputs) == {"end": "File"}


def test_a_part_that_runs_over_an_input_by_itself(chained):
    steps = {"a": "*scene:File level:int -> out:File log:File?", "b": "x:File[] ->"}
    made = chained(steps, "a/out=b/x")
    assert types(made.application.inputs) == {"scene": "File[]", "level": "int"}
    assert types(made.application.outputs) == {"log": "File?[]"}
    assert not any(declared.scatter for declared in made.application.inputs)
    twice = chained(steps, scatter=["a/scene"])
    assert types(twice.application.inputs)["scene"] == "File[][]"
    assert types(twice.application.outputs) == {"out": "File[][]", "log": "File?[][]"}


def test_types_of_existing_cwl_are_those_of_all_runs(chained):
    from dataclasses import replace

    one = application("a", "*scene:File[] -> out:File[]")
    made = chained({"a": replace(one, program=CwlProgram(document="{}"))})
    assert types(made.application.inputs) == {"scene": "File[]"}
    assert types(made.application.outputs) == {"out": "File[]"}


# --- conditions --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "kind"),
    [
        ("$(inputs.deep)", "boolean"),
        ("$(!inputs.deep)", "boolean"),
        ("$(inputs['deep'])", "boolean"),
        ("$(inputs.deep > 3)", "double"),
        ("$(inputs.deep === 'yes')", "string"),
        ('$(inputs["deep"] != "no")', "string"),
        ("$(inputs.deep == true)", "boolean"),
        ("$(inputs.deep.length > 3)", "Any"),
        ("${ return inputs.deep; }", "Any"),
        ("$(inputs.x.size > 3 && inputs.deep < 2)", "double"),
    ],
)
def test_a_condition_has_inputs_of_its_own(chained, condition, kind):
    made = chained({"a": "x:File -> out:File"}, when={"a": condition})
    assert types(made.application.inputs) == {"x": "File", "deep": kind}
    assert types(made.application.outputs) == {"out": "File?"}
    assert link(made, "a/deep").sources == ("deep",)


@pytest.mark.parametrize(
    "condition", ["$(inputs.deep !== null)", "$(inputs.deep > 3 || inputs.deep == null)"]
)
def test_what_a_condition_asks_for_may_be_left_out(chained, condition):
    made = chained({"a": "x:File -> out:File"}, when={"a": condition})
    assert [one.optional for one in made.application.inputs] == [False, True]


def test_a_condition_shares_an_input_of_a_step(chained):
    steps = {"a": "x:File -> out:File", "b": "n:int=3 ->", "c": "x:File -> end:File"}
    when = {"a": "$(inputs.n > 3)", "c": "$(inputs.n.length)"}
    made = chained(steps, "x=a/x", "x=c/x", shared=("n",), when=when)
    assert types(made.application.inputs) == {"x": "File", "n": "int"}
    assert inputs(made)["n"].default == Default(3)
    assert links(made)["a/n"] == links(made)["b/n"] == links(made)["c/n"] == "n"


def test_a_step_runs_over_what_only_its_condition_looks_at(chained):
    said = {"scatter": ["a/n"], "when": {"a": "$(inputs.n > 3)"}}
    made = chained({"a": "x:File -> out:File"}, **said)
    assert types(made.application.inputs) == {"x": "File", "n": "double[]"}
    assert types(made.application.outputs) == {"out": "File?[]"}


def test_a_condition_on_what_another_step_gives(chained):
    steps = {"a": "-> found:boolean", "b": "x:File -> out:File"}
    made = chained(steps, "a/found=b/go", when={"b": "$(inputs.go)"})
    assert links(made) == {"b/x": "x", "b/go": "a/found"}


def test_gaps_of_a_scattered_condition(chained):
    steps = {"a": "x:File -> out:File", "b": "y:File[] -> end:File"}
    said = {"scatter": ["a/x"], "when": {"a": "$(inputs.x.size > 3)"}}
    made = chained(steps, "a/out=b/y", picks={"b/y": "all_non_null"}, **said)
    assert link(made, "b/y").pick_value == "all_non_null"
    assert types(chained({"a": steps["a"]}, **said).application.outputs) == {"out": "File?[]"}


# --- outputs -----------------------------------------------------------------------------------

EITHER = {"a": "x:File -> out:File", "b": "x:File -> out:File"}


def test_one_output_of_two_steps(chained):
    made = chained(
        EITHER,
        shared=("x",),
        when={"a": "$(inputs.deep)", "b": "$(!inputs.deep)"},
        outputs={"result": ["a/out", "b/out"]},
        picks={"result": "the_only_non_null"},
    )
    assert types(made.application.outputs) == {"result": "File"}
    (result,) = made.application.program.results
    assert result.sources == ("a/out", "b/out")
    assert (result.pick_value, result.merge) == ("the_only_non_null", None)


@pytest.mark.parametrize(
    ("first", "second", "pick", "kind", "merge"),
    [
        ("File", "File", None, "File[]", None),
        ("File", "File?", None, "File?[]", None),
        ("File[]", "File[]", None, "File[]", "merge_flattened"),
        ("File?", "File?", "all_non_null", "File[]", None),
        ("File?[]", "File[]", "all_non_null", "File[]", "merge_flattened"),
        ("int", "double", "first_non_null", "double", None),
    ],
)
def test_several_become_one(chained, first, second, pick, kind, merge):
    steps = {"a": f"-> o:{first}", "b": f"-> o:{second}"}
    picks = {"all": pick} if pick else None
    made = chained(steps, outputs={"all": ["a/o", "b/o"]}, picks=picks)
    assert types(made.application.outputs) == {"all": kind}
    assert made.application.program.results[0].merge == merge


def test_several_that_cannot_be_one(refused):
    steps = {"a": "-> o:File", "b": "-> o:int"}
    said = refused(steps, outputs={"all": ["a/o", "b/o"]})
    for word in ("a/o", "b/o", "File", "int"):
        assert word in said
    said = refused(steps, outputs={"all": "a/o"}, picks={"all": "first_non_null"})
    assert "nothing to pick from" in said
    assert "a/o" in refused(steps, outputs={"all": ["a/o", "a/o"]})


# --- what is said of the parts -----------------------------------------------------------------


def test_metadata_of_the_parts_is_carried_over(chained):
    from dataclasses import replace

    one, two = application("a", "x:File -> o:File"), application("b", "y:File ->")
    ada = Person(name="Ada")
    one = replace(
        one,
        metadata=Metadata(keywords=("k",), authors=(ada,), license="MIT", visibility="private"),
        catalogues=(Catalogue(href="https://example.org/c"),),
        inputs=(
            replace(one.inputs[0], discovery=Discovery(eo_image=True, allowed_collections=("S2",))),
        ),
    )
    two = replace(
        two,
        network=True,
        metadata=Metadata(keywords=("k", "l"), authors=(ada,), license="MIT", security_note="s"),
        catalogues=(Catalogue(href="https://example.org/c"), Catalogue(href="https://b.org")),
    )
    whole = chained({"a": one, "b": two}).application
    assert whole.metadata == Metadata(
        keywords=("k", "l"), authors=(ada,), license="MIT", visibility="private", security_note="s"
    )
    assert [one.href for one in whole.catalogues] == ["https://example.org/c", "https://b.org"]
    assert whole.inputs[0].discovery.allowed_collections == ("S2",)
    assert whole.network
    assert whole.abstract == "A -> B"
    assert whole.title == "Whole"


@pytest.mark.parametrize(
    ("label", "wanted"), [("Snow level", "Ndvi snow level"), ("Height of snow", "Height of snow")]
)
def test_what_is_called_by_its_id_alone_is_called_by_its_new_name(label, wanted):
    port = Input(id="snow_level", type=Scalar("int"), label=label)
    assert label_of(port, "ndvi_snow_level") == wanted
