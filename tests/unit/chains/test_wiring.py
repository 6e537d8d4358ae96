"""Links: asked for, guessed where nothing else fits, merged and picked as CWL does."""

import pytest
from parts import link, links, types


def told(made):
    return {(one.source, one.target): one.how for one in made.links}


# --- guesses -----------------------------------------------------------------------------------


def test_names_come_before_formats_and_formats_before_types(chained):
    steps = {
        "a": "-> mask:File<image/tiff> table:File<text/csv> other:File",
        "b": "x:File<text/csv> mask:File<image/tiff> ->",
    }
    made = chained(steps, guess=True)
    assert links(made) == {"b/x": "a/table", "b/mask": "a/mask"}
    why = {one.target: one.why for one in made.links}
    assert why == {"b/mask": "the names agree", "b/x": "the formats agree"}
    assert types(made.application.outputs) == {"other": "File"}


def test_plain_values_are_guessed_by_name_alone(chained):
    steps = {"a": "-> count:int level:int", "b": "count:int size:int ->"}
    made = chained(steps, guess=True)
    assert links(made) == {"b/count": "a/count", "b/size": "size"}


def test_what_may_be_left_out_is_guessed_by_name_alone(chained):
    steps = {"a": "-> out:File", "b": "mask:File? level:int=3 ->"}
    assert links(chained(steps, guess=True)) == {"b/mask": "mask", "b/level": "level"}
    steps = {"a": "-> mask:File?", "b": "mask:File? ->"}
    assert links(chained(steps, guess=True)) == {"b/mask": "a/mask"}


def test_what_a_step_takes_goes_on_changed(chained):
    steps = {"a": "-> one:File", "b": "x:File -> two:File", "c": "y:File -> three:File"}
    made = chained(steps, guess=True)
    assert links(made) == {"b/x": "a/one", "c/y": "b/two"}
    assert types(made.application.outputs) == {"three": "File"}


def test_a_guess_never_makes_a_circle(chained):
    steps = {"a": "x:File -> one:File", "b": "y:File? one:File -> two:File"}
    made = chained(steps, "b/two=a/x", guess=True)
    assert links(made) == {"a/x": "b/two", "b/y": "y", "b/one": "one"}
    assert [step.id for step in made.application.program.steps] == ["b", "a"]


def test_executed_notebooks_are_no_data(chained):
    from dataclasses import replace

    from parts import application

    first = application("a", "-> out:File log:File")
    log = replace(first.outputs[1], role="executed-notebook")
    first = replace(first, outputs=(first.outputs[0], log))
    made = chained({"a": first, "b": "x:File -> end:File"}, guess=True)
    assert links(made) == {"b/x": "a/out"}
    assert types(made.application.outputs) == {"end": "File"}
    assert list(types(chained({"a": replace(first, outputs=(log,))}).application.outputs)) == [
        "log"
    ]


def test_no_guess_leaves_them_as_inputs(chained):
    made = chained({"a": "-> x:File", "b": "x:File ->"})
    assert links(made) == {"b/x": "x"}
    assert told(made) == {("x", "b/x"): "input"}


# --- types -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("int", "double"),
        ("int", "long"),
        ("long", "float"),
        ("Any", "File"),
        ("File", "Any"),
        ("File[]", "File[]"),
        ("int[]", "double[]"),
        ("File", "File?"),
        ("File[]", "File?[]"),
    ],
)
def test_what_fits(chained, given, wanted):
    made = chained({"a": f"-> n:{given}", "b": f"y:{wanted} ->"}, "a/n=b/y")
    assert links(made) == {"b/y": "a/n"}
    assert link(made, "b/y").merge is None


def test_one_value_becomes_a_list_of_one_when_asked(chained):
    made = chained({"a": "-> n:File", "b": "y:File[] ->"}, "a/n=b/y")
    assert link(made, "b/y").merge == "merge_nested"
    assert links(chained({"a": "-> n:File", "b": "n:File[] ->"}, guess=True)) == {"b/n": "n"}


def test_media_types_are_compared_without_their_parameters(chained):
    steps = {"a": "-> n:File<image/tiff;application=geotiff>", "b": "y:File<image/TIFF> ->"}
    assert links(chained(steps, "a/n=b/y")) == {"b/y": "a/n"}


@pytest.mark.parametrize(
    ("first", "second", "wanted", "pick", "merge"),
    [
        ("File", "File", "File[]", None, None),
        ("File[]", "File[]", "File[]", None, "merge_flattened"),
        ("File", "File[]", "File[]", None, "merge_flattened"),
        ("int[]", "int[]", "double[]", None, "merge_flattened"),
        ("File[]", "File[]", "File[][]", None, None),
        ("File?", "File", "File", "first_non_null", None),
        ("File[]", "File[]", "File[]", "first_non_null", None),
        ("File?", "File?", "File[]", "all_non_null", None),
        ("File?[]", "File?[]", "File[]", "all_non_null", "merge_flattened"),
        ("int", "File", "Any", None, None),
    ],
)
def test_several_sources(chained, first, second, wanted, pick, merge):
    steps = {"a": f"-> n:{first}", "b": f"-> n:{second}", "c": f"y:{wanted} ->"}
    made = chained(steps, "a/n=c/y", "b/n=c/y", picks={"c/y": pick} if pick else None)
    found = link(made, "c/y")
    assert found.sources == ("a/n", "b/n")
    assert (found.merge, found.pick_value) == (merge, pick)


def test_gaps_are_left_out_of_one_list(chained):
    steps = {"a": "-> n:File?[]", "b": "y:File[] ->"}
    made = chained(steps, "a/n=b/y", picks={"b/y": "all_non_null"})
    assert link(made, "b/y").pick_value == "all_non_null"
    assert link(made, "b/y").merge is None


# --- doubts ------------------------------------------------------------------------------------


def test_what_may_be_missing_is_doubted(chained):
    steps = {"a": "-> n:File?", "b": "n:File ->"}
    for made in (chained(steps, "a/n=b/n"), chained(steps, guess=True)):
        (one,) = made.links
        assert "may be missing" in one.doubt


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ({"a": "-> n:File?", "b": "n:File? ->"}, {}),
        ({"a": "-> n:int?", "b": "n:int=3 ->"}, {}),
        ({"a": "-> n:File?", "b": "n:File ok:boolean ->"}, {"when": {"b": "$(inputs.ok)"}}),
        ({"a": "-> n:File", "b": "n:File ->"}, {}),
    ],
)
def test_no_doubt_where_it_can_be_missed(chained, steps, said):
    assert not any(one.doubt for one in chained(steps, "a/n=b/n", **said).links)


# --- many --------------------------------------------------------------------------------------


def test_a_thousand_steps(chained):
    steps = {"s0": "-> o0:File"} | {f"s{n}": f"i:File -> o{n}:File" for n in range(1, 1000)}
    wires = [f"s{n - 1}/o{n - 1}=s{n}/i" for n in range(1, 1000)]
    made = chained(dict(reversed(steps.items())), *wires)
    assert [step.id for step in made.application.program.steps] == list(steps)
