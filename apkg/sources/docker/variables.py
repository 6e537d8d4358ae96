"""Words and variables in a Dockerfile: quotes, escapes, ``$X``, ``${X:-y}`` and ``${X:+y}``.

Docker's reference: https://docs.docker.com/reference/dockerfile/#environment-replacement
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Mapping

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_DEEPEST = 20
_LONGEST = 20_000
#: Cutting a pattern off takes the square of the length.
_LONGEST_CUT = 500


def words(text: str, escape: str = "\\") -> list[str]:
    """``text`` split at spaces outside quotes; quotes and variables stay as they are."""
    found: list[str] = []
    current, quote, place = "", "", 0
    while place < len(text):
        char = text[place]
        if char == escape and quote != "'" and place + 1 < len(text):
            current += text[place : place + 2]
            place += 2
            continue
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char.isspace():
            found += [current] if current else []
            current, place = "", place + 1
            continue
        current += char
        place += 1
    return [*found, current] if current else found


def expand(text: str, values: Mapping[str, str], escape: str = "\\", depth: int = 0) -> str:
    """``text`` without quotes, its variables replaced; one that is unknown is empty."""
    result: list[str] = []
    quote, place, size = "", 0, 0
    while place < len(text):
        char = text[place]
        if char == escape and quote != "'" and place + 1 < len(text):
            following = text[place + 1]
            special = not quote or following in f'"${escape}'
            result.append(following if special else char + following)
            place += 2
        elif char == quote or (not quote and char in "\"'"):
            quote = "" if quote else char
            place += 1
        elif char == "$" and quote != "'":
            value, place = _variable(text, place, values, escape, depth)
            result.append(value)
            size += len(value)
        else:
            result.append(char)
            place += 1
        if size > _LONGEST:
            break
    return "".join(result)[:_LONGEST]


def _variable(
    text: str, place: int, values: Mapping[str, str], escape: str, depth: int
) -> tuple[str, int]:
    """The value of the variable at ``place`` and the place behind it."""
    match = _NAME.match(text, place + 1)
    if match:
        return values.get(match[0], ""), match.end()
    if not text.startswith("{", place + 1):
        return "$", place + 1
    end = _closing(text, place + 1)
    inner = text[place + 2 : end]
    match = _NAME.match(inner)
    if match is None or depth >= _DEEPEST:
        return text[place : end + 1], end + 1
    return _modified(values.get(match[0]), inner[match.end() :], values, escape, depth), end + 1


def _modified(
    value: str | None, rest: str, values: Mapping[str, str], escape: str, depth: int
) -> str:
    colon = rest.startswith(":")
    is_set = bool(value) if colon else value is not None
    operator, word = (rest[1:2], rest[2:]) if colon else (rest[:1], rest[1:])
    if operator == "-":
        return value or "" if is_set else expand(word, values, escape, depth + 1)
    if operator == "+":
        return expand(word, values, escape, depth + 1) if is_set else ""
    if operator in {"#", "%"} and not colon:
        return _stripped(value or "", operator, word)
    if operator == "/" and not colon:
        return _replaced(value or "", word)
    return value or ""


def _stripped(value: str, operator: str, pattern: str) -> str:
    """``${X#prefix}`` and ``${X%suffix}``, doubled for the longest match."""
    if len(value) > _LONGEST_CUT or len(pattern) > _LONGEST_CUT:
        return value
    longest = pattern.startswith(operator)
    pattern = pattern.removeprefix(operator)
    cuts = range(len(value) + 1)
    if operator == "#":
        for cut in reversed(cuts) if longest else cuts:
            if fnmatch.fnmatchcase(value[:cut], pattern):
                return value[cut:]
        return value
    for cut in cuts if longest else reversed(cuts):
        if fnmatch.fnmatchcase(value[cut:], pattern):
            return value[:cut]
    return value


def _replaced(value: str, rest: str) -> str:
    """``${X/old/new}``, and ``${X//old/new}`` for all."""
    old, _, new = rest.removeprefix("/").partition("/")
    if not old:
        return value
    return value.replace(old, new) if rest.startswith("/") else value.replace(old, new, 1)


def _closing(text: str, place: int) -> int:
    depth = 0
    for index in range(place, len(text)):
        if text[index] == "{":
            depth += 1
        elif text[index] == "}":
            depth -= 1
            if depth == 0:
                return index
    return len(text)
