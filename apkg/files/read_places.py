"""Where every value of a document stands in its text: line and column, found by JSON path."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

#: Line and column, both counting from 1.
Spot: TypeAlias = tuple[int, int]
#: Keys and list indexes from the top of a document to a value.
JsonPath: TypeAlias = tuple[str | int, ...]


@dataclass(slots=True)
class Place:
    """The spot of one value, the spots of its keys, and the places of its members."""

    spot: Spot
    keys: dict[str | int, Spot] = field(default_factory=dict)
    members: dict[str | int, Place] = field(default_factory=dict)

    def find(self, path: JsonPath, *, key: bool) -> Spot:
        """The spot of the value (or of its key) at ``path``, else of its nearest ancestor."""
        place, name = self, None
        spot = self.spot
        for name in path:
            member = place.members.get(name)
            if member is None:
                return place.keys.get(name, spot)
            spot = place.keys.get(name, member.spot)
            place = member
        return spot if key else place.spot


class LazyPlace:
    """A :class:`Place` that is only made when somebody asks: most documents have no findings."""

    __slots__ = ("_make", "_place")

    def __init__(self, make: Callable[[], Place]) -> None:
        self._make = make
        self._place: Place | None = None

    def find(self, path: JsonPath, *, key: bool) -> Spot:
        """As :meth:`Place.find`."""
        if not path:
            return 1, 1
        if self._place is None:
            self._place = self._make()
        return self._place.find(path, key=key)


class PartPlace:
    """The places of one part of a document, which is looked at as a document of its own."""

    __slots__ = ("_base", "_whole")

    def __init__(self, whole: Place | LazyPlace | PartPlace, base: JsonPath) -> None:
        self._whole = whole
        self._base = base

    def find(self, path: JsonPath, *, key: bool) -> Spot:
        """As :meth:`Place.find`, from the part on."""
        return self._whole.find((*self._base, *path), key=key)
