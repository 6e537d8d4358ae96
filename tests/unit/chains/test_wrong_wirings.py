"""Every wrong wiring is one error, and it names both ends."""

import pytest
from parts import part

from apkg.chains.chain import chain
from apkg.chains.interface import ChainRequest
from apkg.errors import UsageError

TWO = {"a": "x:File -> out:File", "b": "y:File -> end:File"}


@pytest.mark.parametrize(
    ("steps", "links", "named"),
    [
        ({"a": "-> n:int", "b": "y:File ->"}, ["a/n=b/y"], ["a/n", "b/y", "int", "File"]),
        ({"a": "-> n:File[]", "b": "y:File ->"}, ["a/n=b/y"], ["a/n", "--scatter b/y"]),
        ({"a": "-> n:double", "b": "y:int ->"}, ["a/n=b/y"], ["a/n", "b/y", "double", "int"]),
        ({"a": "-> n:File?[]", "b": "y:File[] ->"}, ["a/n=b/y"], ["--pick b/y=all_non_null"]),
        (
            {"a": "-> n:File<image/tiff>", "b": "y:File<text/csv> ->"},
            ["a/n=b/y"],
            ["a/n", "b/y", "image/tiff", "text/csv"],
        ),
        (TWO, ["a/out=b/y", "b/end=a/x"], ["a -> b", "a/out=b/y", "b/end=a/x"]),
        (TWO, ["a/out=a/x"], ["a -> a", "a/out=a/x"]),
        (TWO, ["c/out=b/y"], ["'c'", "c/out", "There are: a, b."]),
        (TWO, ["a/out=c/y"], ["'c'", "c/y"]),
        (TWO, ["a/ouf=b/y"], ["step a has no output 'ouf'", "Did you mean out?"]),
        (TWO, ["a/out=b/z"], ["step b has no input 'z'"]),
        (TWO, ["a=b/y"], ["a is a step", "b/y", "--link a/out=b/y"]),
        (TWO, ["a out=b/y"], ["'a out'", "b/y", "Did you mean a/out?"]),
        (TWO, ["\x1b[2J=b/y"], ["\ufffd[2J", "b/y"]),
        (TWO, ["class=b/y"], ["'class'", "b/y"]),
        (TWO, ["a/out=b/y", "a/out=b/y"], ["a/out", "b/y", "twice"]),
        (
            {"a": "-> p:File q:File", "b": "y:File ->"},
            ["a/p=b/y", "a/q=b/y"],
            ["a/p and a/q", "b/y", "--pick b/y=first_non_null"],
        ),
        (
            {"a": "-> p:File q:int", "b": "y:File[] ->"},
            ["a/p=b/y", "a/q=b/y"],
            ["a/q and b/y", "int", "File[]"],
        ),
        (
            {"a": "-> p:File[] q:File[][]", "b": "y:File[][] ->"},
            ["a/p=b/y", "a/q=b/y"],
            ["a/p and b/y"],
        ),
    ],
)
def test_one_error_names_both_ends(refused, steps, links, named):
    said = refused(steps, *links)
    for word in named:
        assert word in said
    assert "\x1b" not in said


@pytest.mark.parametrize(
    ("pick", "given", "wanted"),
    [
        ("first_non_null", "File?", "File"),
        ("all_non_null", "File?", "File[]"),
        ("all_non_null", "File?[]", "File"),
        ("first_non_null", "File?[]", "File[]"),
        ("the_only_non_null", "int?[]", "File"),
    ],
)
def test_picking_from_what_is_no_list_or_gives_none(refused, pick, given, wanted):
    steps = {"a": f"-> n:{given}", "b": f"y:{wanted} ->"}
    said = refused(steps, "a/n=b/y", picks={"b/y": pick})
    assert "a/n and b/y do not fit" in said
    assert pick in said


def test_two_candidates_are_a_question(refused):
    steps = {"a": "-> one:File", "b": "-> two:File", "c": "x:File ->"}
    said = refused(steps, guess=True)
    assert "c/x could come from a/one or b/two" in said
    assert "--link a/one=c/x" in said
    steps = {"a": "-> one:File", "c": "x:File y:File ->"}
    assert "a/one could go to c/x or c/y" in refused(steps, guess=True)


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({"scatter": ["a/x", "a/x"]}, ["step a", "a/x twice"]),
        ({"scatter": ["a/z"]}, ["step a has no input 'z'"]),
        ({"scatter": ["c/x"]}, ["'c'", "c/x"]),
        ({"methods": {"c": "dotproduct"}}, ["'c'", "dotproduct"]),
        ({"methods": {"a": "dotproduct"}}, ["step a", "--scatter a/"]),
        ({"when": {"c": "$(inputs.x)"}}, ["'c'", "$(inputs.x)"]),
        ({"when": {"a": "inputs.x > 3"}}, ["step a", "inputs.x > 3", "$(inputs."]),
        ({"shared": ("z",)}, ["'z'"]),
        ({"outputs": {"result": "a/nothing"}}, ["step a has no output 'nothing'"]),
        ({"outputs": {"result": "out"}}, ["'out'", "result", "STEP/OUTPUT"]),
        ({"outputs": {"a": "a/out"}}, ["called a", "a step"]),
        ({"outputs": {"../x": "a/out"}}, ["'../x'"]),
    ],
)
def test_what_is_said_of_steps_has_to_be_there(refused, said, named):
    text = refused(TWO, **said)
    for word in named:
        assert word in text


def test_two_steps_of_one_name():
    one = part("a", "x:File -> out:File")
    with pytest.raises(UsageError, match="two steps are called a") as caught:
        chain(ChainRequest(id="whole", parts=(one, one)))
    assert "first=a.cwl" in caught.value.hint


def test_an_input_of_two_types(refused):
    steps = {"a": "x:File ->", "b": "y:int ->"}
    said = refused(steps, "dem=a/x", "dem=b/y")
    for word in ("'dem'", "a/x", "b/y", "File", "int"):
        assert word.strip("'") in said


def test_a_name_with_two_meanings(refused):
    assert "there is a step of this name" in refused(TWO, "B=a/x")
    said = refused(TWO, "end=a/x", outputs={"end": "b/end"})
    assert "there is an output of the whole of this name" in said
    assert "a/x" in said
