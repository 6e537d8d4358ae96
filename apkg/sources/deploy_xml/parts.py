"""Plain data that is put together of other documents, and still knows where each value stood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from apkg.files.documents import Document
from apkg.files.read_places import JsonPath, Place, Spot
from apkg.files.read_xml import Element


@dataclass(frozen=True, slots=True)
class Part:
    """A value, and the places of it and of all that is in it."""

    value: Any
    place: Place


def leaf(value: object, element: Element) -> Part:
    """A value that stands at an element of XML."""
    return Part(value, Place(spot(element)))


def spot(element: Element) -> Spot:
    """Line and column of an element."""
    return element.line, element.column


def mapping(where: Spot, members: Mapping[str, Part | None]) -> Part:
    """A mapping of those members that are there."""
    found = {key: part for key, part in members.items() if part is not None}
    place = Place(where)
    for key, part in found.items():
        place.keys[key] = part.place.spot
        place.members[key] = part.place
    return Part({key: part.value for key, part in found.items()}, place)


def listing(where: Spot, parts: Iterable[Part]) -> Part | None:
    """A list; ``None`` where it would be empty."""
    found = list(parts)
    place = Place(where, members={index: part.place for index, part in enumerate(found)})
    return Part([part.value for part in found], place) if found else None


def part_of(document: Document, path: JsonPath) -> Part:
    """The value at ``path`` of a document, which must be there."""
    value = document.part(path).value
    return Part(value, _places(document, path, value))


def at(value: object, where: Spot) -> Part:
    """A value of any depth, all of it at one place: the text that it was in stands there."""
    place = Place(where)
    for key, member in _members(value):
        place.keys[key] = where
        place.members[key] = at(member, where).place
    return Part(value, place)


def put(part: Part, path: tuple[str, ...], member: Part) -> None:
    """Put a member into the mapping that ``part`` has at the way to it."""
    value, place = part.value, part.place
    for key in path[:-1]:
        value, place = value[key], place.members[key]
    value[path[-1]] = member.value
    place.keys[path[-1]] = member.place.spot
    place.members[path[-1]] = member.place


def as_document(part: Part, whole: Document) -> Document:
    """A document of its own with the name and text of the ``whole`` that it is made of."""
    return replace(whole, value=part.value, places=part.place)


def _places(document: Document, path: JsonPath, value: object) -> Place:
    place = Place(document.places.find(path, key=False))
    for key, member in _members(value):
        place.keys[key] = document.places.find((*path, key), key=True)
        place.members[key] = _places(document, (*path, key), member)
    return place


def _members(value: object) -> Iterable[tuple[Any, object]]:
    if isinstance(value, Mapping):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()
