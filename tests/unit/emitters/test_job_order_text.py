"""The job order: the defaults, every input explained, what is missing commented out."""

from dataclasses import replace

import pytest
import yaml
from every_type import EVERY, FILE, given

from apkg.emitters.interface import EmitOptions
from apkg.emitters.job_order import JobOrderEmitter
from apkg.model import ArrayType, Default, Scalar


def emitted(*inputs, **options):
    return JobOrderEmitter().emit(replace(EVERY, inputs=inputs), EmitOptions(**options))


def test_the_values_are_the_defaults():
    values = yaml.safe_load(JobOrderEmitter().emit(EVERY, EmitOptions()))
    assert values == {
        "a_string": "x", "an_int": 0, "a_long": 2**40, "a_float": 1.5, "a_double": -1e-5,
        "a_boolean": False, "an_enum": "a", "an_odd_enum": "a/b", "choices": 2,
        "a_date": "2020-01-01", "a_link": "https://example.org/a?b=c", "box": [1, 2, 3, 4],
        "folder": None, "words": ["a", "b"], "nested": [[1], [2, 3]], "gaps": [1, None],
        "maybe": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "placeholder"),
    [
        ("needed", "text"), ("a_file", "{class: File, path: ...}"),
        ("files", "[{class: File, path: ...}]"), ("a_moment", "text"),
    ],
)  # fmt: skip
def test_what_has_no_value_is_commented_out(name, placeholder):
    text = JobOrderEmitter().emit(EVERY, EmitOptions())
    assert f"# {name}: {placeholder}  <-- your value here\n" in text


def test_every_input_has_its_type_and_description():
    lines = JobOrderEmitter().emit(EVERY, EmitOptions()).splitlines()
    for declared in EVERY.inputs:
        (place,) = [n for n, line in enumerate(lines) if line.startswith(f"# {declared.id}: ")][:1]
        assert lines[place + 1].startswith(f"# The {declared.id}")
    assert "# a_date: date" in lines
    assert "# Allowed: 0 to 10" in lines
    assert "# Allowed: any to 1.5" in lines


def test_an_example_is_a_path_from_the_documents_to_the_source():
    one = given("scene", FILE, example="data/a b.tif")
    many = given("scenes", ArrayType(FILE), example="a.tif\nhttps://example.org/b.tif")
    values = yaml.safe_load(emitted(one, many, folder="../src"))
    assert values == {
        "scene": {"class": "File", "path": "../src/data/a b.tif"},
        "scenes": [
            {"class": "File", "path": "../src/a.tif"},
            {"class": "File", "location": "https://example.org/b.tif"},
        ],
    }


def test_a_file_of_comments_alone_is_still_an_empty_job_order():
    assert yaml.safe_load(emitted(given("x", Scalar("string")))) == {}
    assert yaml.safe_load(emitted()) == {}


def test_hostile_texts_stay_in_their_comment_and_on_their_line():
    evil = replace(given("x", Scalar("string"), "a\nb: 1"), doc="line\nevil: true\u2028more: 1")
    assert yaml.safe_load(emitted(evil)) == {"x": "a\nb: 1"}


def test_scattered_and_null():
    values = yaml.safe_load(
        emitted(
            given("s", Scalar("int"), 1, scatter=True),
            replace(given("n", Scalar("int"), optional=True), default=Default(None)),
        )
    )
    assert values == {"s": [1], "n": None}


@pytest.mark.parametrize("name", ["no", "On", "null", "yes", "TRUE", "y", "n", "_1", "e1"])
def test_names_that_mean_something_to_yaml(name):
    kind = Scalar("int")
    assert yaml.safe_load(emitted(given(name, kind, 1))) == {name: 1}
    text = emitted(given(name, kind)).replace("<-- your value here", "").replace("# " + name, name)
    lines = [line.removeprefix("# ") for line in text.splitlines() if line.rstrip().endswith(" 0")]
    assert yaml.safe_load(lines[0]) == {name: 0}
