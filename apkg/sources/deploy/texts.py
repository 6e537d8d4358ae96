"""Execution units that hold a CWL as text: JSON holds YAML no other way (20-044)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from apkg.errors import SourceError

if TYPE_CHECKING:
    from apkg.files.documents import Document

_HOLDERS = ("value", "unit")


def with_cwl_of_texts(document: Document) -> Document:
    """``document`` with the CWL of its execution units as data, where it was text.

    Raises:
        SourceError: the text is no YAML; the place is that of the text.
    """
    top = document.value
    stated = top.get("executionUnit") if isinstance(top, Mapping) else None
    units = stated if isinstance(stated, list) else [stated]
    if not isinstance(top, Mapping) or not any(_texts(unit) for unit in units):
        return document
    way: tuple[str | int, ...] = ("executionUnit",)
    several = isinstance(stated, list)
    read = [_read(unit, document, (*way, n) if several else way) for n, unit in enumerate(units)]
    return replace(document, value={**top, "executionUnit": read if several else read[0]})


def _texts(unit: object) -> list[str]:
    """The members of a unit that are a CWL as text."""
    members = unit if isinstance(unit, Mapping) else {}
    found = ((name, members.get(name)) for name in _HOLDERS)
    return [name for name, text in found if isinstance(text, str) and "cwlVersion" in text]


def _read(unit: object, document: Document, way: tuple[str | int, ...]) -> object:
    from apkg.files.documents import parse_document

    if not isinstance(unit, Mapping):
        return unit
    found = dict(unit)
    for name in _texts(unit):
        try:
            found[name] = parse_document(found[name], name=document.name).value
        except SourceError as error:
            # A line of the text is no line of the document.
            place = document.location((*way, name))
            message = f"the CWL of this execution unit: {error.message}"
            raise SourceError(message, hint=error.hint, location=place) from error
    return found
