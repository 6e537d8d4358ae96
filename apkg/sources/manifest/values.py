"""Single values of a manifest: checked against what its schema allows, and made the model's."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TypeAlias

from apkg.errors import Location
from apkg.media import media_type
from apkg.model import Catalogue, Person, Range, Value
from apkg.names import did_you_mean, printable
from apkg.sources.manifest.vocabulary import CATALOGUE, PERSON, RANGE, Kind
from apkg.sources.people import person_from_text
from apkg.sources.problems import Problem
from apkg.sources.typenames import TypeWord, parse_type

JsonPath: TypeAlias = tuple[str | int, ...]
#: Where the value at a path stands; with ``True``, where its key stands.
Where: TypeAlias = Callable[[JsonPath, bool], Location | None]

# fmt: off
_TYPE_WORDS = (
    "string", "int", "long", "float", "double", "boolean", "File", "Directory", "date", "dateTime",
    "time", "anyURI", "bbox", "number", "integer", "text", "enum",
)
# fmt: on
_TYPE_ADVICE = "For instance: string, int, double?, File[], date, bbox, enum [a, b]."
_MAX_DEPTH = 20


class Values:
    """Turns plain data into the model's values; what cannot be turned is in ``problems``."""

    __slots__ = ("_where", "problems")

    def __init__(self, where: Where) -> None:
        self._where = where
        self.problems: list[Problem] = []

    def blame(self, path: JsonPath, message: str, advice: str | None = None) -> None:
        """Note that the value at ``path`` is wrong."""
        self._note(path, message, advice, key=False)

    def convert(self, kind: Kind, value: object, path: JsonPath) -> object:
        """``value`` as the words of the vocabulary of this ``kind`` are read."""
        readers: dict[Kind, Callable[[object, JsonPath], object]] = {
            "text": self.text,
            "flag": self.flag,
            "number": self.number,
            "amount": self.amount,
            "count": self.count,
            "texts": self.texts,
            "media-type": self.media_type,
            "media-types": self.media_types,
            "value": self.value,
            "values": self.values,
            "type": self.type,
            "range": self.range,
            "people": self.people,
            "catalogues": self.catalogues,
            "annotations": self.annotations,
        }
        return readers[kind](value, path)

    def location(self, path: JsonPath) -> Location | None:
        """Where the key at ``path`` stands."""
        return self._where(path, True)  # noqa: FBT003

    def mapping(
        self, value: object, path: JsonPath, known: Mapping[str, Kind] | None
    ) -> dict[str, object]:
        """Return the members of ``value`` (of nothing at all: none) that are ``known``."""
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            self.blame(path, f"expected a mapping (key: value), found {kind_of(value)}")
            return {}
        members = {str(key): member for key, member in value.items()}
        if known is None:
            return members
        for key in [key for key in members if key not in known]:
            meant = did_you_mean(key, known)
            advice = f"Did you mean {meant}?" if meant else f"Known here: {', '.join(known)}."
            self._note((*path, key), "this key is not known", advice, key=True)
        return {key: member for key, member in members.items() if key in known}

    def text(self, value: object, path: JsonPath) -> str | None:
        """``value`` if it is text."""
        if isinstance(value, str):
            return value
        advice = None
        if isinstance(value, bool | int | float):
            advice = "Put it in quotes."
        self.blame(path, f"expected text, found {kind_of(value)}", advice)
        return None

    def flag(self, value: object, path: JsonPath) -> bool | None:
        """``value`` if it is true or false."""
        if isinstance(value, bool):
            return value
        self.blame(path, f"expected true or false, found {kind_of(value)}")
        return None

    def number(self, value: object, path: JsonPath) -> float | int | None:
        """``value`` if it is a finite number."""
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            return value
        self.blame(path, f"expected a number, found {kind_of(value)}")
        return None

    def amount(self, value: object, path: JsonPath) -> float | int | None:
        """``value`` if it is a number that is not negative."""
        number = self.number(value, path)
        if number is not None and number < 0:
            self.blame(path, "this cannot be negative")
            return None
        return number

    def count(self, value: object, path: JsonPath) -> int | None:
        """``value`` if it is a whole number that is not negative."""
        number = self.amount(value, path)
        if number is None or number == int(number):
            return None if number is None else int(number)
        self.blame(path, "expected a whole number", "CWL counts memory and disk in MiB.")
        return None

    def texts(self, value: object, path: JsonPath) -> tuple[str, ...] | None:
        """``value`` if it is a list of texts."""
        items = self._items(value, path)
        texts = [self.text(item, (*path, i)) for i, item in enumerate(items or ())]
        return None if items is None else tuple(text for text in texts if text is not None)

    def media_type(self, value: object, path: JsonPath) -> tuple[str, ...] | None:
        """Return the one media type that ``value`` names (``GeoTIFF``, ``.nc``, ``image/tiff``)."""
        text = self.text(value, path)
        found = None if text is None else media_type(text)
        if text is not None and found is None:
            advice = "For instance: image/tiff, text/csv, GeoTIFF, NetCDF."
            self.blame(path, f"no media type is called {text!r}", advice)
        return None if found is None else (found,)

    def media_types(self, value: object, path: JsonPath) -> tuple[str, ...] | None:
        """``value`` if it is a list of media types."""
        items = self._items(value, path)
        if items is None:
            return None
        found = [self.media_type(item, (*path, i)) for i, item in enumerate(items)]
        return tuple(name for names in found for name in names or ())

    def values(self, value: object, path: JsonPath) -> tuple[Value, ...] | None:
        """``value`` if it is a list of plain values."""
        items = self._items(value, path)
        return (
            None if items is None else tuple(self.value(v, (*path, i)) for i, v in enumerate(items))
        )

    def value(self, value: object, path: JsonPath) -> Value:
        """``value`` with tuples for lists; there is no mapping in it."""
        if isinstance(value, list | tuple) and len(path) < _MAX_DEPTH:
            return tuple(self.value(item, (*path, i)) for i, item in enumerate(value))
        if value is None or isinstance(value, bool | int | str):
            return value
        if isinstance(value, float) and math.isfinite(value):
            return value
        self.blame(
            path, f"expected a text, number, true, false, null or list, found {kind_of(value)}"
        )
        return None

    def type(self, value: object, path: JsonPath) -> TypeWord | None:
        """Return the type that ``value`` names."""
        text = self.text(value, path)
        if text is None:
            return None
        word = parse_type(text)
        if word is None:
            meant = did_you_mean(text.rstrip("?[]"), _TYPE_WORDS)
            advice = f"Did you mean {meant}?" if meant else _TYPE_ADVICE
            self.blame(path, f"no type is called {text!r}", advice)
        return word

    def range(self, value: object, path: JsonPath) -> Range | None:
        """``value`` if it is a range."""
        if value is None:
            self.blame(path, "expected minimum, maximum or spacing, found nothing")
        members = self.mapping(value, path, RANGE)
        return Range(**{key: self.number(v, (*path, key)) for key, v in members.items()})

    def people(self, value: object, path: JsonPath) -> tuple[Person, ...] | None:
        """``value`` if it is a list of people."""
        items = self._items(value, path)
        found = [self._person(item, (*path, i)) for i, item in enumerate(items or ())]
        return None if items is None else tuple(person for person in found if person is not None)

    def catalogues(self, value: object, path: JsonPath) -> tuple[Catalogue, ...] | None:
        """``value`` if it is a list of catalogues."""
        items = self._items(value, path)
        if items is None:
            return None
        found: list[Catalogue] = []
        for i, item in enumerate(items):
            texts = self._texts_of(item, (*path, i), CATALOGUE, needed="href")
            if texts is not None:
                found.append(Catalogue(href=texts["href"], title=texts.get("title", "")))
        return tuple(found)

    def annotations(self, value: object, path: JsonPath) -> tuple[tuple[str, str], ...] | None:
        """``value`` if it is a mapping of texts."""
        members = self.mapping(value, path, None)
        texts = [(name, self.text(text, (*path, name))) for name, text in members.items()]
        return tuple((name, text) for name, text in texts if text is not None)

    def _person(self, value: object, path: JsonPath) -> Person | None:
        if isinstance(value, str):
            person = person_from_text(value)
            if person is None:
                self.blame(path, "an author has a name")
            return person
        texts = self._texts_of(value, path, PERSON, needed="name")
        if texts is None:
            return None
        return Person(
            name=texts["name"],
            email=texts.get("email"),
            affiliation=texts.get("affiliation"),
            identifier=texts.get("orcid"),
        )

    def _texts_of(
        self, value: object, path: JsonPath, known: Mapping[str, Kind], *, needed: str
    ) -> dict[str, str] | None:
        members = self.mapping(value, path, known)
        texts = {key: self.text(text, (*path, key)) for key, text in members.items()}
        if isinstance(value, Mapping | None) and members.get(needed, "") == "":
            self.blame(path, f"{needed} is missing")
        whole = {key: text for key, text in texts.items() if text is not None}
        return whole if whole.get(needed) else None

    def _items(self, value: object, path: JsonPath) -> list[object] | tuple[object, ...] | None:
        if isinstance(value, list | tuple):
            return value
        self.blame(path, f"expected a list, found {kind_of(value)}", "A list is written [a, b].")
        return None

    def _note(self, path: JsonPath, message: str, advice: str | None, *, key: bool) -> None:
        field = ".".join(str(part) for part in path)
        self.problems.append(Problem(printable(field), message, self._where(path, key), advice))


def kind_of(value: object) -> str:
    """Return what a person would call the kind of ``value``."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "text"
    if isinstance(value, int | float):
        return f"the number {value}"
    return "a list" if isinstance(value, list | tuple) else "a mapping (key: value)"
