"""People and lists of words, in the many shapes that metadata of other tools has."""

from __future__ import annotations

import re
from collections.abc import Mapping

from apkg.model import Person

_MOST = 500
_PERSON_TEXT = re.compile(r"\s*([^<>]*[^<>\s])\s*<\s*([^<>\s]+)\s*>\s*")


def people(value: object) -> tuple[Person, ...]:
    """Return the people in ``value``: a list, or one, of names or of mappings that hold one.

    Understood are Jupyter's and pyproject's ``name``, the Citation File Format's ``given-names``
    and ``family-names``, and schema.org's ``givenName`` and ``familyName``.
    """
    items = value if isinstance(value, list | tuple) else [value]
    found = (_person(item) for item in items[:_MOST])
    return tuple(dict.fromkeys(person for person in found if person is not None))


def texts(value: object) -> tuple[str, ...]:
    """Return the words of ``value``: a list of texts, or one text with commas."""
    items = value.split(",") if isinstance(value, str) else value
    if not isinstance(items, list | tuple):
        return ()
    words = [" ".join(item.split()) for item in items[:_MOST] if isinstance(item, str)]
    return tuple(dict.fromkeys(word for word in words if word))


def _person(value: object) -> Person | None:
    if isinstance(value, str):
        return person_from_text(value)
    if not isinstance(value, Mapping):
        return None
    given = _first(value, "given-names", "givenName", "given")
    family = _first(value, "family-names", "familyName", "family")
    particle, suffix = _first(value, "name-particle"), _first(value, "name-suffix")
    parts = [part for part in (given, particle, family, suffix) if part]
    name = _first(value, "name") or " ".join(parts) or _first(value, "email")
    if not name:
        return None
    return Person(
        name=name,
        email=_first(value, "email"),
        affiliation=_affiliation(value.get("affiliation") or value.get("affiliations")),
        identifier=_first(value, "orcid", "@id", "id"),
    )


def _affiliation(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, Mapping):
        return _first(value, "name", "legalName")
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _first(value: Mapping[str, object], *names: str) -> str | None:
    for name in names:
        text = value.get(name)
        if isinstance(text, str) and text.strip():
            return " ".join(text.split())
    return None


def person_from_text(text: str) -> Person | None:
    """Return the person in ``Ann Author <ann@example.org>``, or in a mere name."""
    match = _PERSON_TEXT.fullmatch(text)
    if match:
        return Person(name=match[1], email=match[2])
    return Person(name=text.strip()) if text.strip() else None
