"""What the headings of a help text announce."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from apkg.sources.helptext.parts import Line

Kind: TypeAlias = Literal["options", "places", "commands", "aside", "other"]

_ASIDE = re.compile(
    r"\b(?:examples?|see also|notes?|environment|env|exit (?:status|codes?|values?)|authors?"
    r"|bugs|limitations|xml format|aliases|description|about|copyright|license)\b",
    re.IGNORECASE,
)
_COMMANDS = re.compile(r"\b(?:sub)?-?commands?\b", re.IGNORECASE)
_PLACES = re.compile(
    r"^(?:positional |required |optional )?(?:arguments|args|parameters|positionals|operands"
    r"|inputs?|outputs?)\b(?!.*option)",
    re.IGNORECASE,
)
_OPTIONS = re.compile(
    r"\b(?:options?|flags?|switches|settings|parameters|arguments|args|tests|actions)\b",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"[A-Z][A-Z /&-]{2,}")


def is_heading(line: Line, after: Line | None, *, alone: bool) -> bool:
    """Whether ``line`` announces what follows: a colon, capitals, or rows deeper than it."""
    words = line.words
    if not words or words.startswith("-") or len(words) > 100:
        return False
    if words.endswith(":"):
        return True
    if line.indent == 0 and _CAPITALS.fullmatch(words):
        return True
    start = words.partition("(")[0]
    if alone and _COMMANDS.search(start) and len(start.split()) < 5:
        return not re.search(r"\S\s{2,}\S|[.,;!]$", words)
    if alone and after is not None and after.words.startswith("-") and _OPTIONS.search(start):
        return len(start.split()) < 5
    deeper = after is not None and bool(after.text) and after.indent > line.indent
    plain = not re.search(r"\S\s{2,}\S|[.,;!]$", words)
    return alone and deeper and plain and line.indent < 4


def kind_of(heading: str) -> Kind:
    """What a section with this heading holds."""
    if not heading:
        return "other"
    text = heading.partition("(")[0].strip().rstrip(":") or heading
    if _COMMANDS.search(text) and not re.search(r"\boptions?\b|\bflags?\b", text, re.IGNORECASE):
        return "commands"
    if _PLACES.match(text):
        return "places"
    if _OPTIONS.search(text) and not re.match(r"examples?\b", text, re.IGNORECASE):
        return "options"
    return "aside" if _ASIDE.search(text) else "other"
