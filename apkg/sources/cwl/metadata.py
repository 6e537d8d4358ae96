"""Schema.org metadata of a CWL document (OGC 20-089 requirement 11)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from apkg.model import Metadata, Person
from apkg.sources.cwl.formats import expand
from apkg.sources.cwl.node import Node

_SCHEMA_ORG = re.compile(r"https?://schema\.org/#?(\w+)")
#: schema.org property -> field of :class:`Metadata`.
_TEXTS = {
    "softwareVersion": "version",
    "version": "version",
    "license": "license",
    "codeRepository": "code_repository",
    "citation": "citation",
    "dateCreated": "date_created",
    "releaseNotes": "release_notes",
}
_PEOPLE = ("author", "creator")


def namespaces(node: Node) -> dict[str, str]:
    """The prefixes that ``$namespaces`` of a document binds."""
    pairs = node.get("$namespaces").members()
    return {prefix: bound.value for prefix, bound in pairs if isinstance(bound.value, str)}


def read_metadata(nodes: tuple[Node, ...], prefixes: Mapping[str, str]) -> Metadata:
    """The metadata that ``nodes`` (the process, then its document) state; the first one wins."""
    found: dict[str, Node] = {}
    for node in nodes:
        for name, value in _properties(node, prefixes).items():
            found.setdefault(name, value)
    texts: dict[str, str] = {}
    for name, target in _TEXTS.items():
        text = _text_of(found[name], prefixes) if name in found else ""
        if text and target not in texts:
            texts[target] = text
            found[name].origin(target)
    people = next((found[name] for name in _PEOPLE if name in found), None)
    return Metadata(
        version=texts.pop("version", Metadata().version),
        keywords=_keywords(found.get("keywords"), prefixes),
        authors=() if people is None else _people(people, prefixes),
        annotations=_rest(found),
        **texts,
    )


def _properties(node: Node, prefixes: Mapping[str, str]) -> dict[str, Node]:
    """The members that are schema.org properties, by their plain names."""
    found: dict[str, Node] = {}
    for key, member in node.members():
        # `s.name` for `s:name` is a slip that published documents hold.
        prefix, dot, rest = key.partition(".")
        colon = f"{prefix}:{rest}" if dot and prefix in prefixes else key
        match = _SCHEMA_ORG.fullmatch(expand(colon, prefixes))
        if match and member.value is not None:
            found.setdefault(match[1], member)
    return found


def _text_of(node: Node, prefixes: Mapping[str, str]) -> str:
    """A property as text: itself, or the name, URL or id of the thing that it is."""
    if isinstance(node.value, list):
        texts = (_text_of(item, prefixes) for item in node.elements())
        return ", ".join(text for text in texts if text)
    if not node.mapping:
        return _plain(node)
    thing = _properties(node, prefixes)
    for name in ("url", "identifier", "name", "text", "description"):
        if name in thing and (text := _plain(thing[name])):
            return text
    return _plain(node.get("@id", "@value"))


def _plain(node: Node) -> str:
    text = node.text()
    return "" if text.lower() in {"none", "null"} else text


def _keywords(node: Node | None, prefixes: Mapping[str, str]) -> tuple[str, ...]:
    if node is None:
        return ()
    node.origin("keywords")
    words: list[str] = []
    for item in node.elements():
        if item.mapping:
            words.append(_term(item, prefixes))
        else:
            words.extend(part.strip() for part in _plain(item).split(","))
    return tuple(dict.fromkeys(word for word in words if word))


def _term(node: Node, prefixes: Mapping[str, str]) -> str:
    """A ``DefinedTerm``; where a description stands beside the name, it is the value."""
    term = _properties(node, prefixes)
    return next((term[n].text() for n in ("description", "name", "termCode") if n in term), "")


def _people(node: Node, prefixes: Mapping[str, str]) -> tuple[Person, ...]:
    node.origin("authors")
    found = (_person(item, prefixes) for item in node.elements())
    return tuple(person for person in found if person is not None)


def _person(node: Node, prefixes: Mapping[str, str]) -> Person | None:
    if not node.mapping:
        name = _plain(node)
        return Person(name=name) if name else None
    parts = _properties(node, prefixes)

    def text(*names: str) -> str:
        return next((t for n in names if n in parts and (t := _text_of(parts[n], prefixes))), "")

    name = text("name", "legalName") or f"{text('givenName')} {text('familyName')}".strip()
    if not name:
        return None
    return Person(
        name=name,
        email=text("email").removeprefix("mailto:") or None,
        affiliation=_affiliation(parts, prefixes),
        identifier=text("identifier", "sameAs", "url") or _plain(node.get("@id", "id")) or None,
    )


def _affiliation(parts: Mapping[str, Node], prefixes: Mapping[str, str]) -> str | None:
    node = parts.get("affiliation") or parts.get("worksFor")
    if node is None:
        return None
    first = next(node.elements(), node)
    inner = _properties(first, prefixes)
    name = inner.get("name") or inner.get("legalName")
    return (_plain(name) if name else _text_of(first, prefixes)) or None


def _rest(found: Mapping[str, Node]) -> tuple[tuple[str, str], ...]:
    """Plain statements that the model has no field for, kept under their full names."""
    known = {*_TEXTS, *_PEOPLE, "keywords", "name", "description", "contributor"}
    pairs = ((f"https://schema.org/{k}", _plain(n)) for k, n in found.items() if k not in known)
    return tuple((key, text) for key, text in pairs if text)
