"""Descriptions and type hints from the comments around an assignment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from apkg.sources.notebook.foreign.reading import Comment
from apkg.sources.typenames import parse_type

#: ``type:`` and what follows it up to a space that is in no brackets, as papermill reads it.
_HINT = re.compile(r"type:\s*((?:[^\s\[({]|[\[({][^\])}]*[\])}])+)\s*(.*)", re.DOTALL)
_RULE = re.compile(r"[\W_]*")


@dataclass(frozen=True, slots=True)
class Words:
    """What the comments say of a parameter."""

    doc: str
    hint: str | None


class Comments:
    """The comments of one cell, by line."""

    __slots__ = ("_by_line",)

    def __init__(self, comments: tuple[Comment, ...]) -> None:
        self._by_line: Mapping[int, Comment] = {c.line: c for c in comments}

    def of(self, first: int, last: int, *, starts: bool, ends: bool) -> Words:
        """The trailing comment of lines ``first`` to ``last``, else the lines right above.

        ``starts`` and ``ends`` tell whether the assignment is the first and the last of its
        line: only then do the lines above and the comment at the end belong to it.
        """
        trailing = self._trailing(first, last) if ends else ""
        above = self._above(first) if starts else ()
        doc, hint = _without_hint(trailing)
        spoken: list[str] = []
        for text in above:
            rest, found = _without_hint(text)
            hint = hint or found
            spoken.append(rest)
        return Words(doc or " ".join(filter(None, spoken)), hint)

    def _trailing(self, first: int, last: int) -> str:
        for line in (last, first):
            comment = self._by_line.get(line)
            if comment is not None and not comment.alone:
                return comment.text.strip()
        return ""

    def _above(self, first: int) -> tuple[str, ...]:
        lines: list[str] = []
        line = first - 1
        while (comment := self._by_line.get(line)) is not None and comment.alone:
            text = comment.text.strip()
            if text.startswith("!"):
                break
            lines.append("" if _RULE.fullmatch(text) else text.lstrip("#' "))
            line -= 1
        return tuple(reversed(lines))


def _without_hint(text: str) -> tuple[str, str | None]:
    match = _HINT.match(text)
    if match is None:
        return text, None
    whole = text.partition(":")[2].strip()
    if match[2] and parse_type(whole) is not None:
        return "", whole
    return match[2].lstrip("-:; ").strip(), match[1].rstrip(",;")
