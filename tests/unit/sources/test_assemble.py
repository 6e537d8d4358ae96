"""Merged claims become the model, or one error that says all that is wrong."""

import pytest

from apkg.errors import Location, SourceError
from apkg.model import ArrayType, Default, EnumType, Range, Scalar, UnionType
from apkg.sources.assemble import assemble
from apkg.sources.claims import Claim, Layer
from apkg.sources.fits import fits

INT, DOUBLE, STRING = Scalar("int"), Scalar("double"), Scalar("string")
PLACE = Location(path="n.ipynb", cell=2, line=3)


def claims(**values):
    return {name: Claim(value=v, source="test", location=PLACE) for name, v in values.items()}


def assembled(inputs=None, outputs=None, **application):
    layer = Layer(
        application=claims(**{"id": "a", **application}),
        inputs={name: claims(**fields) for name, fields in (inputs or {}).items()},
        outputs={name: claims(**fields) for name, fields in (outputs or {}).items()},
    )
    return assemble(layer, program=None)


def refused(*args, **kwargs):
    with pytest.raises(SourceError) as caught:
        assembled(*args, **kwargs)
    return caught.value


def test_fields_and_origins():
    app = assembled(
        {"cloud_cover": {"type": DOUBLE, "default": Default(1)}},
        title="T",
        ram_min=5,
        license="MIT",
        image="x:1",
        network=True,
    )
    assert (app.title, app.resources.ram_min, app.metadata.license) == ("T", 5, "MIT")
    assert (app.container.image, app.network) == ("x:1", True)
    assert app.inputs[0].default == Default(1)
    assert app.origin("ram_min").location == PLACE
    assert app.origin("inputs.cloud_cover.type").source == "test"


def test_names_are_derived_and_marked_as_guessed():
    app = assembled({"cloud_cover": {"type": DOUBLE}}, {"out": {}}, id="water-mask")
    assert (app.title, app.inputs[0].label) == ("Water mask", "Cloud cover")
    assert app.origin("title").guessed
    assert app.origin("inputs.cloud_cover.label").source == "derived from the name"
    assert app.outputs[0].type == Scalar("Directory")
    assert app.origin("outputs.out.type").guessed


def test_null_as_default_or_type_is_optional():
    (item,) = assembled({"x": {"type": INT, "default": Default(None)}}).inputs
    assert item.optional
    assert item.default == Default(None)
    (item,) = assembled({"x": {"type": UnionType((Scalar("null"), INT))}}).inputs
    assert (item.optional, item.type) == (True, INT)


def test_a_default_of_null_yields_to_who_says_that_it_is_needed():
    (item,) = assembled({"x": {"type": INT, "default": Default(None), "optional": False}}).inputs
    assert (item.optional, item.default) == (False, None)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"type": STRING, "default": Default(("a",))}, "string[]"),
        ({"type": STRING, "default": Default(5)}, "quotes"),
        ({"type": INT, "default": Default(2**31)}, "long"),
        ({"type": INT, "default": Default(True)}, "true is no int"),
        ({"type": DOUBLE, "default": Default(float("inf"))}, "no double"),
        ({"type": EnumType(("a", "b")), "default": Default("c")}, "enum [a, b]"),
        ({"type": INT, "default": Default(9), "range": Range(maximum=5)}, "to 5"),
        ({"type": ArrayType(INT), "default": Default((1, 9)), "range": Range(maximum=5)}, "to 5"),
        ({"type": INT, "default": Default(1), "allowed_values": (2, 3)}, "2, 3"),
        ({"type": INT, "allowed_values": ("x",)}, "allowed_values"),
        ({"type": STRING, "range": Range(minimum=1)}, "for numbers"),
        ({"type": INT, "range": Range(minimum=3, maximum=1)}, "above"),
        (
            {"type": ArrayType(DOUBLE), "semantics": "bbox", "default": Default((1.0, 2.0))},
            "4 or 6",
        ),
        ({"type": "int"}, "expected a type"),
        ({"type": INT, "scatter": 1}, "true or false"),
        ({"type": INT, "tpye": INT}, "nothing of this name"),
        ({"label": "x"}, "has no type"),
    ],
)
def test_contradictions_of_an_input(fields, expected):
    error = refused({"x": fields})
    assert expected in f"{error.message} {error.hint}"
    assert error.location == PLACE
    assert "x" in error.message


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"id": "A b"}, "a-b"),
        ({"image": "a b"}, "image reference"),
        ({"ram_min": 5, "ram_max": 2}, "above the maximum"),
        ({"cores_min": -1}, "not negative"),
        ({"inputs": {"n": {"type": INT}, "N": {"type": INT}}}, "upper and lower case"),
        ({"inputs": {"a b": {"type": INT}}}, "a_b"),
        ({"inputs": {"n": {"type": INT}}, "outputs": {"n": {}}}, "n_result"),
        ({"outputs": {"o": {"glob": "../x"}}}, "below the working folder"),
        ({"outputs": {"o": {"glob": "/x"}}}, "below the working folder"),
        ({"outputs": {"o": {"type": Scalar("File")}}}, "which file"),
        ({"outputs": {"o": {"named_by": "nope"}}}, "no input"),
        ({"keywords": ["a"]}, "list of texts"),
    ],
)
def test_contradictions_of_the_rest(arguments, expected):
    error = refused(**arguments)
    assert expected in f"{error.message} {error.hint}"


def test_all_problems_are_told_at_once():
    error = refused({"x": {"type": INT, "default": Default("a")}}, {"o": {"glob": "/x"}}, id="A B")
    assert all(field in error.message for field in ("id:", "inputs.x.default", "outputs.o.glob"))


def test_without_id():
    with pytest.raises(SourceError, match="no id"):
        assemble(Layer(), program=None)


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (1, DOUBLE, True),
        (True, DOUBLE, False),
        (1.0, INT, False),
        (2**31, Scalar("long"), True),
        (2**63, Scalar("long"), False),
        (None, STRING, False),
        (None, Scalar("null"), True),
        ("", Scalar("File"), True),
        ((), ArrayType(INT), True),
        ((1, "a"), ArrayType(UnionType((INT, STRING))), True),
        (((1,),), ArrayType(INT), False),
        (float("nan"), DOUBLE, False),
        (0, Scalar("Any"), True),
    ],
)
def test_fits(value, kind, expected):
    assert fits(value, kind) is expected
