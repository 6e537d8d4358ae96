"""Allowed values that a text lists in words: complete and plain lists only, else none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from apkg.sources.helptext.parts import Line
from apkg.sources.helptext.slots import choices_of

_WORD = r"\w[\w.+-]*"
#: Docker's ``Pull image before running ("always", "missing", "never")``.
_QUOTED = re.compile(
    rf"\((?P<q>[\"'`]){_WORD}(?P=q)(?:(?:, ?| ?\| ?|,? (?:or|and) )(?P=q){_WORD}(?P=q))+\)"
)
#: ``Output format (json, csv or parquet)``.
_NAMED = re.compile(
    r"\b(?:formats?|modes?|methods?|algorithms?|types?|kinds?|levels?|strategy|policy|units?|style"
    r"|order|direction|compression|resampling|polari[sz]ation|interpolation)"
    rf" \(({_WORD}(?:, {_WORD})*,? or {_WORD})\)",
    re.IGNORECASE,
)
_BRACES = re.compile(rf"\{{({_WORD}(?:\|{_WORD})+)\}}")
_EXAMPLE = re.compile(r"(?:\be\.g\.?,?|\bsuch as|\blike|\bfor (?:example|instance),?)\s*$")
#: ``according to WORD: general-numeric -g, month -M``: with or without the flag that says the same.
_DEFINED = re.compile(rf"({_WORD})(?: -\w)?")
#: ``Available resampling methods:`` above, or before, a list.
_HEADING = re.compile(
    r"^\s*(?:Available|Possible|Valid|Supported|Allowed|Accepted) ([A-Za-z][\w -]{2,40}):\s*(.*)$",
    re.IGNORECASE,
)
_LISTED = re.compile(rf"({_WORD})(?: \(default\))?")
_MOST_LINES = 20
_LONGEST = 2000


def told_choices(text: str, metavar: str) -> tuple[str, ...]:
    """The values that a description lists besides the forms of parsers (``[possible values: …]``).

    ``metavar`` stands for the value in the description, too: ``according to WORD: a, b``.
    """
    if (defined := _defined(text, metavar)) or (quoted := _quoted(text)) is None:
        return defined
    if quoted:
        return quoted
    if match := _only(_NAMED, text):
        return _distinct(re.split(r", or |, | or ", match[1]))
    if match := _only(_BRACES, text):
        return choices_of(match[1])
    return ()


def _quoted(text: str) -> tuple[str, ...] | None:
    """``None`` where a list in quotes only gives examples."""
    match = _only(_QUOTED, text)
    if match is None:
        return ()
    if _EXAMPLE.search(text[: match.start()]):
        return None
    items = _distinct(re.findall(rf"[\"'`]({_WORD})[\"'`]", match[0]))
    # (`pyproject.toml` or `ruff.toml`) tells what files are called.
    return () if any("." in item for item in items) else items


def _only(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The match, if there is just one: of two lists nobody knows which is meant."""
    found = list(pattern.finditer(text[:2000]))
    return found[0] if len(found) == 1 else None


def _defined(text: str, metavar: str) -> tuple[str, ...]:
    """``METAVAR: a -x, b -y`` at the end of a description."""
    if not re.fullmatch(r"[A-Z][A-Z_]+", metavar):
        return ()
    _, mark, listed = text[:2000].rpartition(f" {metavar}: ")
    items = [_DEFINED.fullmatch(item) for item in listed.strip(" .").split(", ")]
    found = [item[1] for item in items if item is not None]
    return _distinct(found) if mark and len(items) == len(found) > 2 else ()


def _distinct(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def listed_below(lines: Sequence[Line]) -> Mapping[str, tuple[str, ...]]:
    """Lists under ``Available resampling methods:``, by what they list: ``resampling_method``."""
    found: dict[str, tuple[str, ...]] = {}
    for place, line in enumerate(lines):
        if match := _HEADING.match(line.text):
            items = _items(_paragraph(match[2], lines[place + 1 :]))
            if items:
                found.setdefault(_singular(match[1]), items)
    return found


def _paragraph(first: str, lines: Sequence[Line]) -> str:
    words = [first.strip()]
    for line in lines[:_MOST_LINES]:
        if not line.text or not line.text.startswith(" "):
            break
        words.append(line.words)
    return " ".join(words).strip()[:_LONGEST]


def _items(text: str) -> tuple[str, ...]:
    """Words between commas or slashes, which end with a point or the paragraph."""
    pieces = re.split(r"\s*[,/]\s*|,? or ", text.removesuffix("."))
    matches = [_LISTED.fullmatch(piece) for piece in pieces]
    found = [match[1] for match in matches if match is not None]
    complete = len(found) == len(pieces) > 2 and "etc" not in found
    return _distinct(found) if complete else ()


def _singular(title: str) -> str:
    name = re.sub(r"[\s-]+", "_", title.strip().lower())
    return name.removesuffix("s")
