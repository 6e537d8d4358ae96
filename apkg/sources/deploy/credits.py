"""Licence, authors … of a process: ``metadata`` with the names of schema.org as roles.

A value of Part 1 2.0 (``value``), or a link and a title of Part 1 1.0.
"""

from __future__ import annotations

import re
from dataclasses import replace

from apkg.model import Metadata, Person
from apkg.sources.cwl.node import Node

_ROLE = re.compile(r"(?:https?://schema\.org/|s:|schema:)(\w+)")


def with_credits(known: Metadata, process: Node) -> Metadata:
    """``known`` with what the metadata of ``process`` say in schema.org's words."""
    texts: dict[str, str] = {}
    authors: list[Person] = []
    for item in process.get("metadata").elements():
        match = _ROLE.fullmatch(item.get("role").text())
        if match is None:
            continue
        if match[1] in ("author", "creator"):
            authors += _person(item)
        else:
            texts.setdefault(match[1], item.get("value", "href", "title").text())
        item.origin("authors" if match[1] in ("author", "creator") else match[1])
    return replace(
        known,
        authors=tuple(authors),
        license=texts.get("license") or None,
        code_repository=texts.get("codeRepository") or None,
        citation=texts.get("citation") or None,
        date_created=texts.get("dateCreated") or None,
        release_notes=texts.get("releaseNotes") or None,
    )


def _person(item: Node) -> list[Person]:
    said = item.get("value")
    name = said.get("name").text() or said.text() or item.get("title").text()
    if not name:
        return []
    person = Person(
        name=name,
        email=said.get("email").text() or None,
        affiliation=said.get("affiliation").text() or None,
        identifier=said.get("identifier").text() or item.get("href").text() or None,
    )
    return [person]
