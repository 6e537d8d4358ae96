"""Documents made to hurt: one clear error each, soon, and without much memory."""

import os
import time

import pytest

from apkg.errors import SourceError
from apkg.files.documents import parse_document, read_document

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{new}: &{new} [{','.join(['*' + old] * 9)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[" * 10_000, "nested more than"),
        ("[" * 10_000 + "]" * 10_000, "nested more than"),
        ('{"a":' * 500 + "1" + "}" * 500, "nested more than"),
        ("- " * 10_000 + "x", "nested more than"),
        ("".join(" " * i + "a:\n" for i in range(300)), "nested more than"),
        (BOMB, "values, aliases counted"),
        ("a: &a [*a]", "part of"),
        ("a: *nowhere", "names no anchor"),
        (
            "a: &a {b: 1}\nc: &c ["
            + "[" * 60
            + "*a"
            + "]" * 60
            + "]\nd: "
            + "[" * 60
            + "*c"
            + "]" * 60,
            "nest",
        ),
        ("a: 1\0", "NUL"),
        (b"a: \xff\xfe", "not UTF-8"),
        ("a: 1".encode("utf-16"), "UTF-16"),
        ("a: 1".encode("utf-16-le"), "UTF-16"),
        ("a: 1".encode("utf-16-be"), "UTF-16"),
        ("a: 1".encode("utf-32"), "UTF-32"),
        ("a: \x1b[31mred", "not YAML"),
        ("a: b: c", "not YAML"),
        ('{"a": 1 "b": 2}', "not"),
        ("? {a: 1}\n: b", "where a key belongs"),
        ("a: {<<: 1}", "merged"),
    ],
    ids=lambda item: str(item)[:20],
)
def test_one_clear_error(text, says):
    start = time.process_time()
    with pytest.raises(SourceError, match=says) as caught:
        parse_document(text, name="x.cwl")
    assert time.process_time() - start < 3
    assert caught.value.location.line is not None
    assert caught.value.hint
    assert "\x1b" not in caught.value.message


def test_a_number_of_many_digits_is_not_read_as_one():
    assert parse_document("a: " + "1" * 5000, name="x.cwl").value == {"a": float("inf")}


def test_what_is_no_readable_file(tmp_path):
    large = tmp_path / "large.cwl"
    with large.open("wb") as stream:
        stream.truncate(1024 * 1024)
    (tmp_path / "x.cwl").mkdir()
    os.mkfifo(tmp_path / "pipe.cwl")
    (tmp_path / "loop.cwl").symlink_to(tmp_path / "loop.cwl")
    for name, says in [
        ("x.cwl", "folder"),
        ("pipe.cwl", "regular"),
        ("none.cwl", "^there is no such file or folder$"),
        ("large.cwl/x", "^there is no such file or folder$"),
        ("loop.cwl", "^cannot be read: Too many"),
        ("large.cwl", "^this is too large"),
    ]:
        with pytest.raises(SourceError, match=says) as caught:
            read_document(tmp_path / name, limit=1024)
        # Who shows it writes the file first.
        assert caught.value.location.path == str(tmp_path / name)
        assert name not in caught.value.message


@pytest.mark.parametrize(
    "many",
    ["1,", '"a\\",b" , ', '{"a" : -1.5e3},\n', "[],", "true, ", '{"nbformat": 4},'],
    ids=lambda item: item.strip(),
)
def test_values_without_end_are_refused_before_they_are_read(many):
    text = "[" + many * (15_000_000 // len(many)) + "null]"
    start = time.process_time()
    with pytest.raises(SourceError, match="more than 300,000 values"):
        parse_document(text, name="x.json")
    assert time.process_time() - start < 2


WORDS = "a," * 400_000


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("[" + "1," * 299_999 + "1]", 300_000),
        ('["' + WORDS + '"]', 1),
        ('[{"\\"": "' + WORDS + '"}, 1]', 2),
        ("['" + WORDS + "']", 1),
        ("[1, # " + WORDS + "\n2]", 2),
        # A quote in the midst of a YAML scalar opens no string.
        ('[1 "c, "' + WORDS + '"]', 2),
        ('[true"c, "' + WORDS + '"]', 2),
        ('[{"a":1}, b"c, "' + WORDS + '"]', 3),
    ],
    ids=lambda item: str(item)[:12],
)
def test_commas_alone_make_no_values(text, size):
    assert len(parse_document(text, name="x.yaml").value) == size
