"""Julia's strings: where one ends, and what it stands for (Julia manual, "Strings")."""

from __future__ import annotations

import re

from apkg.sources.notebook.foreign import escapes
from apkg.sources.notebook.foreign.reading import MAX_DEPTH, Lines, Refused, Token, token

_STOP = re.compile(r'[\\"$]')
_STOP_IN_CODE = re.compile(r'[()"]')
_RAW_QUOTE = re.compile(r'(?<!\\)(\\*+)(?:"|\Z)')
_INTERPOLATED = Refused("a string that holds the value of another variable (`$`)",
                        "write the whole text; a plain `$` is `\\$`")  # fmt: skip


def plain_string(source: str, place: int, lines: Lines) -> Token:
    """The ``"…"`` or triple-quoted string that begins at ``place``.

    Raises:
        Refused: it never ends.
    """
    quote = '"""' if source.startswith('"""', place) else '"'
    start = place + len(quote)
    end, interpolated = _end(source, start, quote, 0)
    if end < 0:
        raise Refused("a string that never ends", f"close it with `{quote}`", line=lines.at(place))
    span = (place, end + len(quote))
    if interpolated:
        return token("string", source, span, lines, refused=_INTERPOLATED)
    content = source[start:end]
    try:
        value = escapes.unescape(_dedented(content) if quote == '"""' else content, escapes.JULIA)
    except Refused as refused:
        return token("string", source, span, lines, refused=refused)
    return token("string", source, span, lines, value)


def prefixed_string(source: str, place: int, prefix: str, lines: Lines) -> Token:
    """``raw"…"``, or another string macro, whose value only Julia knows.

    Raises:
        Refused: it never ends.
    """
    start = place + len(prefix)
    quote = '"""' if source.startswith('"""', start) else '"'
    start += len(quote)
    end = _raw_end(source, start, quote)
    if end < 0:
        raise Refused("a string that never ends", f"close it with `{quote}`", line=lines.at(place))
    span = (place, end + len(quote))
    if prefix != "raw":
        refused = Refused(f'a call of {prefix}"…"', "write a plain string")
        return token("string", source, span, lines, refused=refused)
    content = source[start:end]
    content = _dedented(content) if quote == '"""' else content
    return token("string", source, span, lines, _RAW_QUOTE.sub(_raw_quote, content))


def _end(source: str, place: int, quote: str, depth: int) -> tuple[int, bool]:
    """Where the closing quote is (-1: nowhere), and whether a ``$`` comes before it."""
    if depth > MAX_DEPTH:
        raise Refused("a string nested too deeply")
    interpolated = False
    while match := _STOP.search(source, place):
        place = match.start()
        if source[place] == "\\":
            place += 2
        elif source[place] == "$":
            interpolated = True
            place += 1
            if source.startswith("(", place):
                place = _code_end(source, place, depth)
                if place < 0:
                    break
        elif source.startswith(quote, place):
            return place, interpolated
        else:
            place += 1
    return -1, interpolated


def _code_end(source: str, place: int, depth: int) -> int:
    """The place after the ``)`` of an interpolation that begins at ``place``."""
    open_brackets = 0
    while match := _STOP_IN_CODE.search(source, place):
        place = match.end()
        if match[0] == '"':
            quote = '"""' if source.startswith('"""', match.start()) else '"'
            end, _ = _end(source, match.start() + len(quote), quote, depth + 1)
            if end < 0:
                return -1
            place = end + len(quote)
        else:
            open_brackets += 1 if match[0] == "(" else -1
            if open_brackets == 0:
                return place
    return -1


def _raw_end(source: str, place: int, quote: str) -> int:
    while (place := source.find(quote[0], place)) >= 0:
        before = place
        while source[before - 1] == "\\":
            before -= 1
        if (place - before) % 2 == 0 and source.startswith(quote, place):
            return place
        place += 1
    return -1


def _raw_quote(match: re.Match[str]) -> str:
    """Backslashes count by twos in front of a quote, and at the end, and nowhere else."""
    return "\\" * (len(match[1]) // 2) + match[0][len(match[1]) :]


def _dedented(content: str) -> str:
    """Triple-quoted text without the indentation that all lines share, nor the first newline."""
    first, *rest = content.split("\n")
    indents = [
        line[: len(line) - len(line.lstrip(" \t"))]
        for place, line in enumerate(rest, 1)
        if line.strip(" \t") or place == len(rest)
    ]
    width = _common_width(indents)
    lines = [line[width:] for line in rest]
    return "\n".join([first, *lines] if first or not rest else lines)


def _common_width(indents: list[str]) -> int:
    """How many characters all of ``indents`` begin with."""
    if not indents:
        return 0
    # What the first and the last in order share, all between them share too.
    low, high = min(indents), max(indents)
    different = (n for n, (one, two) in enumerate(zip(low, high, strict=False)) if one != two)
    return next(different, min(len(low), len(high)))
