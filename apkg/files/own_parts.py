"""Imports of a document from itself: ``{$import: "#id"}``, as packed CWL holds them.

Source: SALAD v1.2 clause 2.3, "Import"; ``cwltool --pack`` writes a part once and imports it where
it is needed again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

_Path: TypeAlias = tuple[str | int, ...]
#: Most values that imports may add to a document.
MAX_VALUES = 200_000


def with_own_parts(value: object) -> tuple[object, dict[_Path, _Path]]:
    """``value`` with its own parts where it imports them, and for each place where it was written.

    What imports itself, or what there is not, stays an import.
    """
    filler = _Filler(value, left=MAX_VALUES)
    filled = filler.filled(value, (), ())
    return (filled, filler.moved) if filler.moved else (value, {})


@dataclass(slots=True)
class _Filler:
    root: object
    left: int
    moved: dict[_Path, _Path] = field(default_factory=dict)
    _parts: dict[str, tuple[_Path, object]] | None = None

    def filled(self, value: object, path: _Path, trail: tuple[str, ...]) -> object:
        self.left -= bool(trail)
        if self.left < 0:
            return value
        if isinstance(value, list):
            return [self.filled(one, (*path, n), trail) for n, one in enumerate(value)]
        if not isinstance(value, dict):
            return value
        name = own_part(value)
        if name is None or name in trail:
            return {
                key: one if key == "default" else self.filled(one, (*path, key), trail)
                for key, one in value.items()
            }
        if self._parts is None:
            self._parts = {}
            _collect(self.root, (), self._parts)
        place, part = self._parts.get(name, ((), None))
        if part is None:
            return value
        self.moved[path] = place
        return self.filled(part, path, (*trail, name))


def own_part(value: object) -> str | None:
    """The id in ``{$import: "#id"}``."""
    reference = value.get("$import") if isinstance(value, dict) and len(value) == 1 else None
    return reference[1:] if isinstance(reference, str) and reference[:1] == "#" else None


def _collect(value: object, path: _Path, found: dict[str, tuple[_Path, object]]) -> None:
    if isinstance(value, dict):
        for key in ("id", "name"):
            known = value.get(key)
            if isinstance(known, str) and (known[:1] == "#" or path[:-1] == ("$graph",)):
                found.setdefault(known.removeprefix("#"), (path, value))
    members = value.items() if isinstance(value, dict) else enumerate(value)  # type: ignore[arg-type]
    for key, member in members:
        if isinstance(member, dict | list) and key != "default":
            _collect(member, (*path, key), found)
