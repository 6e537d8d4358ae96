"""What Python gives, as the use cases take it: words, pairs and plain data."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from enum import Enum
from pathlib import Path
from typing import Any, Final, TypeAlias

from apkg.errors import UsageError
from apkg.sources.manifest.vocabulary import APPLICATION, INPUT, OUTPUT, RANGE, Kind

#: A path, as text or as an object.
Place: TypeAlias = "str | os.PathLike[str]"
_REPEATED: Final = frozenset({"people", "catalogues", "annotations"})
_GROUPS: Final[Mapping[str, Mapping[str, Kind]]] = {"inputs": INPUT, "outputs": OUTPUT}


def path_of(place: Place | None) -> Path | None:
    """``place`` as a path, where one is given."""
    return None if place is None else Path(place)


def words_of(words: str | Iterable[str]) -> tuple[str, ...]:
    """Several words, or the one that somebody has given alone."""
    return (words,) if isinstance(words, str) else tuple(words)


def plain(value: object) -> Any:
    """``value`` as JSON has it: paths and dates as text, arrays and numbers of numpy as Python's.

    Raises:
        UsageError: there is no such thing in JSON.

    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    for kind in (int, float, str):
        # Some numbers and texts of numpy are of a kind of their own, derived from these.
        if isinstance(value, kind):
            return kind(value)
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, bytes):
        return [plain(item) for item in value]
    raise UsageError(
        f"a value of type {type(value).__name__} cannot be given to an application",
        hint="Give text, a number, a truth value, None, a path, a date, or lists and dicts.",
    )


def settings_of(settings: Mapping[str, object] | None) -> tuple[str, ...]:
    """``{"title": …, "inputs.x.type": …}``, also nested, as the pairs that ``--set`` takes.

    Raises:
        UsageError: a value cannot be said as such a pair.

    """
    return tuple(pair for key, value in (settings or {}).items() for pair in _pairs(key, value))


def _pairs(key: str, value: object) -> Iterator[str]:
    kind = _kind(key)
    if isinstance(value, Mapping) and kind == "annotations":
        yield from (f"{key}={name}={item}" for name, item in value.items())
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _pairs(f"{key}.{name}", item)
    elif kind in _REPEATED and not isinstance(value, str) and isinstance(value, Iterable):
        for item in value:
            yield f"{key}={item}"
    else:
        yield f"{key}={_text(key, kind, plain(value))}"


def _kind(key: str) -> Kind | None:
    group, _, field = key.partition(".")
    last = field.rpartition(".")[2]
    if group in _GROUPS and last:
        return RANGE.get(last) if ".range." in field else _GROUPS[group].get(last)
    return APPLICATION.get(key)


def _text(key: str, kind: Kind | None, value: Any) -> str:
    if kind in {"value", "values"}:
        # As JSON, so that the text "7" does not become a number.
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        words = [str(item) for item in value]
        if any("," in word for word in words):
            raise UsageError(f"settings: an item of {key} has a comma in it")
        return ",".join(words)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
