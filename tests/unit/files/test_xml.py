"""XML is read with its places, and nothing in it can do harm."""

import time
from pathlib import Path

import pytest

from apkg.errors import SourceError
from apkg.files.documents import parse_document
from apkg.files.read_xml import DEEPEST, MOST, Element, looks_like_xml, parse_xml

LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(
        f'<!ENTITY {new} "{"&" + old + ";" + "&" + old + ";"}">'
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>\n<feed>&i;</feed>"
)
EXTERNAL = '<?xml version="1.0"?>\n<!DOCTYPE f [<!ENTITY x SYSTEM "file:///etc/passwd">]><f>&x;</f>'


@pytest.mark.parametrize(
    ("text", "says", "line"),
    [
        (LAUGHS, "document type", 1),
        (EXTERNAL, "document type", 2),
        ('\n\n<!DOCTYPE f SYSTEM "http://example.org/x.dtd"><f/>', "document type", 3),
        ("<!-- a -->\n<!DOCTYPE f [<!ENTITY % p SYSTEM 'x'> %p;]><f/>", "document type", 2),
        ("<f>&amp;\n&nbsp;</f>", "undefined entity", 2),
        ("<f>\n<g>\n</f>", "mismatched tag", 3),
        ("<f a='1' a='2'/>", "duplicate attribute", 1),
        ("<f><x:g/></f>", "unbound prefix", 1),
        ("<f>" * (DEEPEST + 1), "deeper", 1),
        ("<f>" + "<g/>" * MOST + "</f>", "larger", 1),
        ("<f>\ufffe</f>", "not XML", 1),
        ("<f>", "not XML", 1),
        ("<f/><g/>", "not XML", 1),
        ("<!doctype HTML>\n<html></html>", "web page", 1),
        ("<html><body>Not found", "web page", 1),
    ],
)
def test_hostile_or_broken_xml_is_one_error_with_its_line(text, says, line):
    started = time.monotonic()
    with pytest.raises(SourceError, match=says) as caught:
        parse_document(text, name="x.xml", xml=True)
    assert caught.value.location.path == "x.xml"
    assert caught.value.location.line == line
    assert caught.value.hint
    assert time.monotonic() - started < 5


def test_entities_of_a_file_are_never_opened(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    text = f'<!DOCTYPE f [<!ENTITY x SYSTEM "{secret.as_uri()}">]><f>&x;</f>'
    with pytest.raises(SourceError) as caught:
        parse_xml(text, name="x.xml")
    assert "secret" not in caught.value.message


def test_a_long_text_is_read_in_linear_time():
    started = time.monotonic()
    root = parse_xml("<f>" + "line &amp; line\n" * 200_000 + "</f>", name="x.xml")
    assert len(root.text) == 200_000 * len("line & line\n")
    assert time.monotonic() - started < 5


def test_elements_know_their_names_and_places():
    text = (
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n'
        '<f xmlns="urn:a" xmlns:b="urn:b">\n  <b:g b:x="1" y="2">t&#233;xt<h/>!</b:g></f>'
    )
    root = parse_xml(text, name="x.xml")
    assert (root.name, root.namespace, root.line, root.column) == ("f", "urn:a", 2, 1)
    (child,) = root.children
    assert (child.name, child.namespace, child.line, child.column) == ("g", "urn:b", 3, 3)
    assert child.attributes == {"{urn:b}x": "1", "y": "2"}
    assert child.text == "téxt!"
    assert [element.name for element in root.walk()] == ["g", "h"]


@pytest.mark.parametrize("text", ["<a/>", "<?xml version='1.0'?><a/>", "\n <a/>", "<!-- x --><a/>"])
def test_xml_is_told_by_its_first_character(text):
    assert looks_like_xml(text)
    assert isinstance(parse_document(text, name="x", xml=True).value, Element)


@pytest.mark.parametrize("text", ["<<: {a: 1}\n", "a: <b/>\n", "< 3", "{}", ""])
def test_yaml_is_not_taken_for_xml(text):
    assert not looks_like_xml(text)


def test_xml_is_only_read_where_it_is_asked_for():
    assert parse_document("<a/>", name="x").value == "<a/>"


def test_a_file_is_read_with_its_byte_order_mark(tmp_path):
    from apkg.files.documents import read_document

    path = Path(tmp_path, "x.xml")
    path.write_bytes(b"\xef\xbb\xbf<a/>")
    assert isinstance(read_document(path, xml=True).value, Element)
