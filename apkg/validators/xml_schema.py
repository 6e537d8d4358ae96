"""Located findings of an XML document against one of our XML schemas, in plain words.

The text has been read before, which refuses document types, huge depth and what is no XML; here
libxml2 reads it once more, without a network and without entities.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any, Final

from apkg.errors import SchemaError
from apkg.files.documents import Document
from apkg.files.owc import ATOM, OWC, OWS, WPS, XLINK
from apkg.files.read_xml import Element, in_utf_8
from apkg.names import did_you_mean, printable
from apkg.report import Finding
from apkg.schemas import xml_schema

_PREFIXES: Final = {OWC: "owc:", OWS: "ows:", WPS: "wps:", XLINK: "xlink:", ATOM: ""}
_QUALIFIED: Final = re.compile(r"\{([^{}]*)\}([\w.-]+|\*)")
_EXPECTED: Final = re.compile(r"Expected is (?:one of )?\( (.*) \)\.", re.DOTALL)
_ATTRIBUTE: Final = re.compile(r"^Element '[^']*', attribute '([^']*)'")
_NAMED: Final = re.compile(r"The attribute '([^']*)' is (required|not allowed)")
_VALUE: Final = re.compile(r"(?:: |The value )'(.*?)' is not", re.DOTALL)
_CHOICES: Final = re.compile(r"the set \{(.*)\}", re.DOTALL)
_KINDS: Final = {
    "xs:boolean": "true or false",
    "xs:nonNegativeInteger": "a whole number from 0 on",
    "xs:dateTime": "a date with time and zone, such as 2024-05-17T00:00:00Z",
    "xs:double": "a number",
    "MaxOccurs": "a whole number from 1 on, or unbounded",
}


def xml_findings(document: Document, schema: str) -> tuple[Finding, ...]:
    """What is wrong with the XML ``document`` by the schema ``schema``, one finding a place."""
    from lxml import etree  # type: ignore[import-untyped]

    root = document.value
    if not isinstance(root, Element):
        return ()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.fromstring(in_utf_8(document.text).encode("utf-8"), parser).getroottree()
    except etree.XMLSyntaxError as error:
        # libxml2 is stricter on a few things: texts of many megabytes, xml:id.
        return (_refused(document, error),)
    validator = _schema(schema)
    if validator.validate(tree):
        return ()
    places = _places(tree, root)
    found = (_finding(document, error, places) for error in validator.error_log)
    return tuple(_one_a_place(found))


def _refused(document: Document, error: Any) -> Finding:
    return Finding(
        rule="document/syntax",
        severity="error",
        message=printable(f"not XML: {str(error.msg).split(', line')[0].strip()}"),
        location=replace(document.location(()), line=error.lineno or 1),
        advice="Readers of XML refuse it: correct this line, or keep large data in files.",
    )


@cache
def _schema(name: str) -> Any:
    from lxml import etree

    try:
        return etree.XMLSchema(file=str(xml_schema(name)))
    except etree.LxmlError as error:
        raise SchemaError(
            f"the XML schema {name} cannot be read: {error}", hint="Install apkg again."
        ) from error


def _places(tree: Any, root: Element) -> dict[str, Element]:
    """Our elements by libxml2's paths: ours know the line on which a tag begins."""
    ours = [root, *root.walk()]
    theirs = [node for node in tree.iter() if isinstance(node.tag, str)]
    return {tree.getpath(node): element for node, element in zip(theirs, ours, strict=True)}


def _one_a_place(findings: Iterable[Finding]) -> Iterator[Finding]:
    """libxml2 says of one value first which rule it breaks, then that it is wrong."""
    seen = set()
    for finding in findings:
        place = finding.location
        key = (place and (place.line, place.column), finding.subject)
        if key not in seen:
            seen.add(key)
            yield finding


def _finding(document: Document, error: Any, places: dict[str, Element]) -> Finding:
    element = places.get(error.path or "")
    rule, message, advice, subject = _said(error, element)
    location = document.location(())
    if element is not None:
        location = replace(location, line=element.line, column=element.column)
    return Finding(
        rule=rule,
        severity="error",
        message=printable(message),
        location=location,
        advice=advice,
        subject=subject,
    )


def _said(error: Any, element: Element | None) -> tuple[str, str, str, str]:
    """Rule, message, advice and subject for an error of libxml2."""
    name = shown(element) if element is not None else "this element"
    text = str(error.message)
    named = _NAMED.search(text)
    if named and named[2] == "required":
        key = _readable(named[1])
        return "deploy/xml-missing", f"{name} has no {key}", f'Write {key}="…" in it.', key
    if named:
        key = _readable(named[1])
        advice = f"{name} has no such attribute; look at its spelling and prefix."
        return "deploy/xml-attribute", f"{name} cannot have the attribute {key}", advice, key
    if "Missing child" in text:
        return "deploy/xml-missing", f"{name} is not complete", _expected(text), name
    if "not expected" in text:
        return _misplaced(name, text)
    if "ontent" in text and "not allowed" in text:
        advice = "Take it out, or put it into an element of its own."
        return "deploy/xml-element", f"there is text in {name}", advice, f"text in {name}"
    return _wrong_value(name, text)


def _misplaced(name: str, text: str) -> tuple[str, str, str, str]:
    expected = _QUALIFIED.sub(lambda m: f"{_PREFIXES.get(m[1], '')}{m[2]}", text)
    listed = _EXPECTED.search(expected)
    names = [n.strip() for n in listed[1].split(",") if "*" not in n] if listed else []
    close = did_you_mean(name.rpartition(":")[2], [n.rpartition(":")[2] for n in names])
    meant = next((n for n in names if n.rpartition(":")[2] == close), None)
    advice = _expected(text)
    if meant is not None and meant != name:
        advice = f"Did you mean {meant}? {advice}"
    return "deploy/xml-element", f"{name} cannot stand here", advice, name


def _expected(text: str) -> str:
    listed = _EXPECTED.search(_QUALIFIED.sub(lambda m: f"{_PREFIXES.get(m[1], '')}{m[2]}", text))
    names = [n.strip() for n in listed[1].split(",") if "*" not in n] if listed else []
    return f"Expected here: {', '.join(names)}." if names else "Nothing more is expected here."


def _wrong_value(name: str, text: str) -> tuple[str, str, str, str]:
    attribute, value = _ATTRIBUTE.search(text), _VALUE.search(text)
    what = f"{_readable(attribute[1])} of {name}" if attribute else name
    said = f"'{value[1][:80]}'" if value else "what stands there"
    choices = _CHOICES.search(text)
    kind = next((words for key, words in _KINDS.items() if key in text), None)
    advice = f"Write one of: {choices[1]}." if choices else f"Write {kind or 'another value'}."
    return "deploy/xml-value", f"{what} cannot be {said}", advice, what


def shown(element: Element) -> str:
    """An element's name as people write it."""
    return f"{_PREFIXES.get(element.namespace, '')}{printable(element.name)}"


def _readable(name: str) -> str:
    return printable(_QUALIFIED.sub(lambda m: f"{_PREFIXES.get(m[1], '')}{m[2]}", name))
