"""Where ``$x``, ``${…}``, ``$(…)``, ``$((…))`` and backticks end; what they hold is not read."""

from __future__ import annotations

import re

_NAME = re.compile(r"\$(?:[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])")
_MARK = re.compile(r"\\|'|\"|`|\$[({\[]|[()}\]]")
_BACKTICKS = re.compile(r"`(?:[^`\\]|\\.)*+`", re.DOTALL)
_CLOSERS = {"(": ")", "$(": ")", "${": "}", "$[": "]", '"': '"'}


def expansion_end(source: str, place: int) -> int:
    """The place after the expansion that begins at ``place``; -1 where it never ends."""
    if source[place] == "`":
        return _after_backtick(source, place)
    if match := _NAME.match(source, place):
        return match.end()
    return _balanced_end(source, place)


def _balanced_end(source: str, place: int) -> int:
    stack: list[str] = []
    while match := _MARK.search(source, place):
        mark, place = match[0], match.end()
        quoted = bool(stack) and stack[-1] == '"'
        if mark == "\\":
            place += 1
        elif mark == "`":
            place = _after_backtick(source, match.start())
        elif mark == "'" and not quoted:
            place = source.find("'", place) + 1 or -1
        elif stack and mark == stack[-1]:
            stack.pop()
            if not stack:
                return place
        elif mark in _CLOSERS and not (quoted and mark == "("):
            stack.append(_CLOSERS[mark])
        if place < 0:
            return -1
    return -1


def _after_backtick(source: str, place: int) -> int:
    match = _BACKTICKS.match(source, place)
    return match.end() if match else -1
