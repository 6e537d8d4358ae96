"""The words of an R script that have a place: ``commandArgs(trailingOnly = TRUE)[1]``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from apkg.errors import Location
from apkg.model import Default, Value
from apkg.sources.cli.r.calls import value_of
from apkg.sources.cli.r.evidence import learned
from apkg.sources.commandline.model import Argument
from apkg.sources.notebook.foreign.r_tokens import tokens_of
from apkg.sources.notebook.foreign.reading import Refused

_ALL = re.compile(
    r"(?:(?<![\w.])(?P<name>[\w.]+)\s*(?:<-|=)\s*)?commandArgs\(\s*(?:trailingOnly\s*=\s*)?T(?:RUE)?\s*\)"
)
_MOST = 50


@dataclass(slots=True)
class _Place:
    line: int
    name: str = ""
    optional: bool = False
    default: Default | None = None


def place_arguments(code: str, path: str) -> tuple[Argument, ...]:
    """The arguments that the script takes by their number; ``code`` is without comments."""
    match = _ALL.search(code)
    if match is None:
        return ()
    holder = re.escape(match["name"]) if match["name"] else "(?!)"
    found: dict[int, _Place] = {}
    for number, place in _uses(code, holder):
        known = found.setdefault(number, place)
        known.name = known.name or place.name
        known.optional = known.optional or place.optional
        known.default = known.default or place.default
    every = re.search(rf"\bin\s+{holder}\b|\blapply\(\s*{holder}\b", code)
    if not found and every:
        line = code.count("\n", 0, every.start()) + 1
        return (_argument(1, _Place(line, match["name"]), path, many=True),)
    return tuple(
        learned(_argument(number, place, path), _names(place, holder, number), code)
        for number, place in sorted(found.items())
    )


def _uses(code: str, holder: str) -> Iterator[tuple[int, _Place]]:
    word = rf"(?:{holder}|commandArgs\([^)]*\))\[\[?\s*(?P<number>\d{{1,2}})\s*\]"
    pattern = re.compile(
        r"(?:(?<![\w.])(?P<name>[\w.]+)\s*(?:<-|=)(?!=)\s*)?"
        r"(?P<test>(?:if\s*\(|ifelse\s*\()[^\n]*?(?:\)|,)\s*)?"
        r"(?P<wrap>(?:as\.\w+|strsplit|normalizePath|c)\(\s*)?"
        + word
        + r"\]?\)?(?P<other>\s*(?:else|,)\s*(?P<default>[^)\n]+))?"
    )
    for match in pattern.finditer(code):
        number = int(match["number"])
        if not 0 < number <= _MOST:
            continue
        place = _Place(code.count("\n", 0, match.start("number")) + 1, match["name"] or "")
        if match["test"]:
            place.optional = True
            place.default = _default(match["default"] or "")
        yield number, place


def _default(text: str) -> Default | None:
    try:
        found = value_of([t for t in tokens_of(text.strip()) if t.kind != "newline"])
    except Refused:
        return None
    known: Value = found if isinstance(found, str | int | float) else None
    return None if known is None else Default(known)


def _names(place: _Place, holder: str, number: int) -> list[str]:
    plain = holder.replace("\\", "")
    names = [f"{plain}[{number}]", f"{plain}[[{number}]]"] if plain != "(?!)" else []
    return [*names, place.name] if place.name else names


def _argument(number: int, place: _Place, path: str, *, many: bool = False) -> Argument:
    return Argument(
        name=place.name.replace(".", "_") or f"argument_{number}",
        minimum=0 if place.optional else 1,
        maximum=None if many else 1,
        required=not place.optional,
        default=place.default,
        location=Location(path=path, line=place.line),
    )
