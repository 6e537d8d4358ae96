"""The calls of an R script, with their arguments as far as they are literals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from apkg.errors import Location, SourceError
from apkg.sources.cli.python.values import Unknown, Value
from apkg.sources.notebook.foreign.r_tokens import tokens_of
from apkg.sources.notebook.foreign.r_values import read_value
from apkg.sources.notebook.foreign.reading import Refused, Token, split_at

_MOST_CALLS = 2000


@dataclass(frozen=True, slots=True)
class Call:
    """``holder$name(…)``: plain arguments in order, those with a name apart."""

    name: str
    holder: str
    line: int
    args: list[Value] = field(default_factory=list)
    keywords: dict[str, Value] = field(default_factory=dict)
    target: str = ""


def r_tokens(source: str, name: str) -> list[Token]:
    """The tokens of a script, without comments and line ends.

    Raises:
        SourceError: a string never ends, or R does not know a character.

    """
    try:
        found = tokens_of(source)
    except Refused as refused:
        raise SourceError(
            f"the R script cannot be read: {refused.what}",
            hint="Give what the script prints for --help with --help-text FILE.",
            location=Location(path=name, line=refused.line),
        ) from refused
    return [token for token in found if token.kind not in ("comment", "newline")]


def calls_of(tokens: list[Token], wanted: frozenset[str]) -> Iterator[Call]:
    """The calls of functions with the names in ``wanted``, in order."""
    ends = _closers(tokens)
    count = 0
    for place, token in enumerate(tokens[:-1]):
        if token.kind != "name" or token.text not in wanted or not tokens[place + 1].op("("):
            continue
        count += 1
        if count > _MOST_CALLS:
            return
        inner = tokens[place + 2 : ends.get(place + 1, place + 2)]
        args, keywords = _arguments(inner)
        start = place
        holder = ""
        if place > 1 and tokens[place - 1].op("$", "::"):
            start = place - 2
            holder = tokens[start].text if tokens[place - 1].op("$") else ""
        yield Call(token.text, holder, token.line, args, keywords, _target(tokens, start))


def _target(tokens: list[Token], start: int) -> str:
    """The variable that the call's result is assigned to."""
    if start > 1 and tokens[start - 1].op("<-", "=") and tokens[start - 2].kind == "name":
        return tokens[start - 2].text
    return ""


def _closers(tokens: list[Token]) -> dict[int, int]:
    stack: list[int] = []
    found: dict[int, int] = {}
    for place, token in enumerate(tokens):
        if token.op("(", "[", "{"):
            stack.append(place)
        elif token.op(")", "]", "}") and stack:
            found[stack.pop()] = place
    return found


def _arguments(tokens: list[Token]) -> tuple[list[Value], dict[str, Value]]:
    args: list[Value] = []
    keywords: dict[str, Value] = {}
    try:
        parts = split_at(tokens, ",") if tokens else []
    except Refused:
        return args, keywords
    for part in parts:
        if len(part) > 1 and part[0].kind in ("name", "string") and part[1].op("="):
            keywords[part[0].value or part[0].text] = value_of(part[2:])
        elif part:
            args.append(value_of(part))
    return args, keywords


def value_of(tokens: list[Token]) -> Value:
    """A literal, or a list of texts; else unknown, with the words that stand there."""
    if len(tokens) == 1 and tokens[0].text in ("NA", "NULL", "NA_character_", "NA_integer_"):
        return None
    try:
        found = read_value(tokens).value
    except Refused as refused:
        if len(tokens) == 1 and tokens[0].kind == "name":
            return Unknown(f"the value of {tokens[0].text}")
        joined = _pasted(tokens)
        return Unknown(refused.what) if joined is None else joined
    return list(found) if isinstance(found, tuple) else found


def _pasted(tokens: list[Token]) -> str | None:
    """``paste("a", "b")`` and ``paste0(…)`` of texts."""
    if len(tokens) < 3 or tokens[0].text not in ("paste", "paste0") or not tokens[1].op("("):
        return None
    parts, _ = _arguments(tokens[2:-1])
    if not all(isinstance(part, str) for part in parts):
        return None
    return (" " if tokens[0].text == "paste" else "").join(str(part) for part in parts)
