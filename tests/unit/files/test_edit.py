"""A value is exchanged where it stands, and no other byte changes."""

import stat

import pytest

from apkg.errors import ApkgError
from apkg.files.documents import parse_document, read_document
from apkg.files.edit import original_bytes, replace_content, with_texts

NEW = "registry.org/a/b@sha256:" + "0" * 64


def edited(text, *path, name="a.yaml", value=NEW):
    return with_texts(parse_document(text, name=name), {path: value})


@pytest.mark.parametrize(
    ("before", "old", "after", "new"),
    [
        ("a:   ", "foo:1", "   # why\nb:    [1,2 ]\n", NEW),
        ("a: ", "'foo:1'", "\n", f"'{NEW}'"),
        ("a: ", '"fo\\u006f:1"', "\n", f'"{NEW}"'),
        ("# é \N{GRINNING FACE}\nx: é\na: ", "foo:1", "", NEW),
        ("a: &i ", "foo:1", "\n# c\n", NEW),
        ("a: !!str ", "foo:1", "\n", NEW),
        ("b: &i x\na: ", "*i", "\nc: *i\n", NEW),
        ("a: >-\n", "  foo:1\n", "b: 1\n", None),
        ("{b: {c: 1.50}, a: ", "foo:1", "}\n", NEW),
        ("a: ", "foo\n  and more", "\nb: |\n  text\n\n", NEW),
        ("? a\n: ", "foo", "\n", NEW),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_yaml(before, old, after, new, line_end):
    text = (before + old + after).replace("\n", line_end)
    if new is None:
        before, new = "a: ", NEW + line_end
    expected = before.replace("\n", line_end) + new + after.replace("\n", line_end)
    assert edited(text, "a") == expected


@pytest.mark.parametrize("value", ["no", "1e5", "a: b", "it's", 'say "x"', "2020-01-01", "é #1"])
@pytest.mark.parametrize("old", ["plain", "'single'", '"double"'])
def test_whatever_is_written_is_read_again_as_the_same(value, old):
    text = edited(f"k: [1, {{a: {old}}}]\n", "k", 1, "a", value=value)
    assert parse_document(text, name="a.yaml").value == {"k": [1, {"a": value}]}


def test_values_of_lists_are_found_by_their_number():
    text = "l:\n- a: x\n- [p, [q, r], {a: y}]\n-\n  a: z  # last\nm: n\n"
    document = parse_document(text, name="a")
    changes = {("l", 1, 2, "a"): "Y", ("l", 2, "a"): "Z", ("l", 1, 1, 1): "R"}
    expected = text.replace("y}", "Y}").replace("z ", "Z ").replace("r]", "R]")
    assert with_texts(document, changes) == expected


JSON = '{\t"a" :{"b":[1.50,\r\n "f\\u006fo\\/\\ud83d\\ude00" ] },\n   "c": 1e5, "d": "foo" }\n\n'


def test_json_keeps_its_spelling():
    assert edited(JSON, "a", "b", 1, name="a.json") == JSON.replace(
        '"f\\u006fo\\/\\ud83d\\ude00"', f'"{NEW}"'
    )


def test_json_below_comments_and_json_with_a_comma_too_many():
    shebang = '#!/usr/bin/env cwl-runner\n\n{"a": {"b": "x"}}'
    assert edited(shebang, "a", "b", name="a.cwl") == shebang.replace('"x"', f'"{NEW}"')
    comma = '{\n  "a": "x",\n  "l": [1, 2,],\n}\n'
    assert edited(comma, "a", name="a.cwl") == comma.replace('"x"', f'"{NEW}"')


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("a: 1\n", ("a",)),
        ("a: {b: c}\n", ("a",)),
        ("a: x\n", ("b",)),
        ("a: [x]\n", ("a", 1)),
        ("b: &m {a: x}\nc:\n  <<: *m\n", ("c", "a")),
        ('{"a": 1}', ("a",)),
        ('{"a": "x"}', ("b",)),
    ],
)
def test_what_stands_elsewhere_or_is_no_text_is_refused_with_its_place(text, path):
    with pytest.raises(ApkgError, match="cannot be changed here") as caught:
        edited(text, *path)
    assert caught.value.location.line is not None


def test_an_alias_of_a_whole_mapping_is_refused_as_it_would_change_two_things():
    with pytest.raises(ApkgError, match="cannot be changed here"):
        edited("b: &m {a: x}\nc: *m\n", "c", "a")


def test_the_file_keeps_its_mark_its_mode_and_the_link_to_it(tmp_path):
    path, link = tmp_path / "a.yaml", tmp_path / "link.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: x\r\n")
    path.chmod(0o640)
    link.symlink_to("a.yaml")
    text = with_texts(read_document(link), {("a",): "é"})
    replace_content(link, original_bytes(link, text))
    assert path.read_bytes() == b"\xef\xbb\xbfa: " + "é".encode() + b"\r\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert link.is_symlink()
    assert sorted(found.name for found in tmp_path.iterdir()) == ["a.yaml", "link.yaml"]


def test_a_folder_that_is_gone_is_said(tmp_path):
    with pytest.raises(ApkgError, match="cannot be written"):
        replace_content(tmp_path / "gone" / "a", b"")
