"""Words and job order files as values of the declared types."""

import math
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from apkg.errors import ApkgError, UsageError
from apkg.model import (
    ArrayType,
    Default,
    EnumType,
    Input,
    Range,
    RecordField,
    RecordType,
    Scalar,
    UnionType,
)
from apkg.runners.job_order import job_order
from apkg.runners.job_text import job_text


def one(kind, *texts, **more):
    declared = Input(id="x", type=kind if not isinstance(kind, str) else Scalar(kind), **more)
    return job_order([declared], words=[f"x={text}" for text in texts])["x"]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("string", "", ""),
        ("string", "a=b", "a=b"),
        ("string", "null", "null"),
        ("string", " $(x)\n", " $(x)\n"),
        ("boolean", "true", True),
        ("boolean", "No", False),
        ("int", "-5", -5),
        ("long", "9007199254740993", 9007199254740993),
        ("double", "1e-7", 1e-7),
        ("double", "3", 3),
        ("float", "inf", math.inf),
        ("Any", "plain", "plain"),
        ("Any", '{"a": [1]}', {"a": [1]}),
        (EnumType(("a", "b")), "b", "b"),
        (UnionType((Scalar("string"), Scalar("int"))), "5", 5),
        (UnionType((Scalar("string"), Scalar("int"))), "5x", "5x"),
        (RecordType((RecordField("a", Scalar("int")),)), '{"a": 1}', {"a": 1}),
        (ArrayType(Scalar("string")), "", [""]),
        (ArrayType(Scalar("string")), "[]", []),
        (ArrayType(Scalar("string")), '["a", ""]', ["a", ""]),
        (ArrayType(Scalar("string")), "[not json", ["[not json"]),
        (ArrayType(ArrayType(Scalar("int"))), "[[1], []]", [[1], []]),
    ],
)
def test_one_word(kind, text, value):
    found = one(kind, text)
    assert (found, type(found)) == (value, type(value))


def test_words_of_an_array_add_up():
    assert one(ArrayType(Scalar("double")), "1", "2.5") == [1, 2.5]


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        ("boolean", "1", "neither true nor false"),
        ("int", "1.0", "not a whole number"),
        ("int", "2147483648", "beyond the limits of type int"),
        ("int", "9" * 5000, "not a whole number"),
        ("double", "1_0", "not a number"),
        ("double", "", "not a number"),
        (EnumType(("red", "blue")), "rde", "did you mean red"),
        (ArrayType(Scalar("int")), '["a"]', "not of type int"),
        (RecordType((RecordField("a", Scalar("int")),)), "{", "not JSON"),
        (RecordType((RecordField("a", Scalar("int")),)), '{"b": 1}', "unknown fields: b"),
        ("File", "no/such", "there is no file no/such"),
        ("Directory", "", "is empty"),
    ],
)
def test_refused(kind, text, message):
    with pytest.raises(UsageError, match=message) as caught:
        one(kind, text)
    assert caught.value.message.startswith("x: ")
    assert len(caught.value.message) < 200


def test_null_only_where_it_may_be():
    assert one("string", "null", optional=True) is None
    assert one("int", "null", default=Default(1)) is None
    with pytest.raises(UsageError, match="not a whole number"):
        one("int", "null")


def test_allowed_values_and_range():
    limited = {"range": Range(minimum=0, maximum=1)}
    assert one("double", "1", **limited) == 1
    for text in ("-0.1", "1.1", "nan"):
        with pytest.raises(UsageError, match=r"is (less|more) than"):
            one("double", text, **limited)
    with pytest.raises(UsageError, match="2 is more than 1"):
        one(ArrayType(Scalar("int")), "0", "2", **limited)
    assert one("int", "10", allowed_values=(10, 20)) == 10
    with pytest.raises(UsageError, match="none of 10, 20"):
        one("int", "15", allowed_values=(10, 20))


def test_paths(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "a b#%20é.txt"
    file.write_text("")
    expected = {"class": "File", "location": file.as_uri()}
    assert one("File", file.name) == expected
    assert one("File", str(file)) == expected
    assert one("File", file.as_uri()) == expected
    assert one("Directory", ".") == {"class": "Directory", "location": tmp_path.as_uri()}
    url = "https://example.org/a.tif"
    assert one("File", url) == {"class": "File", "location": url}
    with pytest.raises(UsageError, match="is a file, and a folder is wanted"):
        one("Directory", file.name)


INPUTS = (
    Input(id="file", type=Scalar("File")),
    Input(id="count", type=Scalar("int"), label="How many"),
    Input(id="rate", type=Scalar("double"), default=Default(0.5)),
    Input(id="note", type=Scalar("string"), optional=True),
)


def test_file_is_relative_to_itself_and_words_win(tmp_path, monkeypatch):
    folder = tmp_path / "job"
    folder.mkdir()
    (folder / "data.txt").write_text("")
    (folder / "job.yml").write_text("file: {class: File, path: data.txt}\ncount: 1\nnote: null\n")
    monkeypatch.chdir(tmp_path)
    order = job_order(INPUTS, words=["count=2"], file=Path("job/job.yml"))
    location = (folder / "data.txt").as_uri()
    assert order == {"file": {"class": "File", "location": location}, "count": 2, "note": None}


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("note: a\nconut: 1\n", "no input 'conut'", 2),
        ("note: 5\n", "note: 5 is not of type string", 1),
        ("note: a\ncount: '1'\n", "count: '1' is not of type int", 2),
        ("count: true\n", "count: true is not of type int", 1),
        ("- 1\n", "mapping", 1),
        ("a: [\n", "YAML", None),
    ],
)
def test_bad_file(tmp_path, text, message, line):
    path = tmp_path / "job.yml"
    path.write_text(text)
    with pytest.raises(ApkgError, match=message) as caught:
        job_order(INPUTS, file=path)
    assert caught.value.location is not None
    assert line is None or caught.value.location.line == line


def test_unknown_name_and_missing_inputs():
    with pytest.raises(UsageError) as caught:
        job_order(INPUTS, words=["conut=1"])
    assert caught.value.hint == "Did you mean count?"
    with pytest.raises(UsageError, match="NAME=VALUE"):
        job_order(INPUTS, words=["count"])
    with pytest.raises(UsageError) as caught:
        job_order(INPUTS)
    assert caught.value.message == "2 required inputs missing:\n  file\n  count: How many"


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(TEXT, VALUES, max_size=3))
def test_job_text_is_read_back_the_same(order):
    assert repr(yaml.safe_load(job_text(order))) == repr(order)


def test_values_win_over_the_file_and_words_over_both(tmp_path):
    inputs = [
        Input(id=name, type=Scalar("string"), optional=True, default=Default("d")) for name in "abc"
    ]
    (tmp_path / "job.yml").write_text("a: file\nb: file\nc: file\n", encoding="utf-8")
    values = {"b": "null", "c": "value"}
    order = job_order(inputs, words=["c=word"], values=values, file=tmp_path / "job.yml")
    assert order == {"a": "file", "b": "null", "c": "word"}
    assert job_order(inputs, values={"a": None}) == {"a": None}


def test_values_are_checked_as_they_are(tmp_path):
    count = Input(id="count", type=Scalar("int"))
    with pytest.raises(UsageError, match="count: '7' is not of type int"):
        job_order([count], values={"count": "7"})
    with pytest.raises(UsageError, match="there is no input 'cont'") as caught:
        job_order([count], values={"cont": 7})
    assert caught.value.hint == "Did you mean count?"
    image = Input(id="image", type=Scalar("File"))
    (tmp_path / "a.tif").touch()
    order = job_order([image], values={"image": "a.tif"}, base=tmp_path)
    assert order["image"]["location"] == (tmp_path / "a.tif").as_uri()
