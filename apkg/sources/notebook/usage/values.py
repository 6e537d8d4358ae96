"""Texts known in part: what a path expression is made of, without running it.

A path is a tuple of pieces: fixed text, the value of a notebook variable, or something unknown.
A :class:`Value` holds the paths an expression may stand for. All sizes are bounded.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

MAX_PIECES = 32
MAX_TEXT = 1024
MAX_PATHS = 16


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text. ``text`` is what it is, where known without running the notebook."""

    text: str | None = None
    #: The notebook variable that the part comes from.
    name: str | None = None
    #: It is the variable's (or parameter's) value itself, not something made of it.
    whole: bool = False
    #: One of several: an element of a list, or the variable of a loop.
    many: bool = False
    #: The parameter of the function it stands in.
    parameter: str | None = None


Pieces: TypeAlias = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """What an expression may be: one of ``paths``; a list of them if ``sequence``."""

    paths: tuple[Pieces, ...]
    sequence: bool = False

    @property
    def known(self) -> bool:
        """Whether anything at all is known of it."""
        return any(piece != Piece(many=piece.many) for path in self.paths for piece in path)


UNKNOWN = Value(((Piece(),),))
UNKNOWN_MANY = Value(((Piece(many=True),),))


def text(value: str) -> Value:
    """A constant text."""
    return Value(((Piece(value),),)) if len(value) <= MAX_TEXT else UNKNOWN


def variable(name: str, value: str | None = None, *, sequence: bool = False) -> Value:
    """The value of a notebook variable; for a list, that of its elements."""
    piece = Piece(value, name, whole=True, many=sequence)
    return Value(((piece,),), sequence)


def parameter(name: str) -> Value:
    """The value of a function's parameter, to be put in by :func:`substitute`."""
    return Value(((Piece(parameter=name, whole=True),),))


def concat(values: Iterable[Value]) -> Value:
    """The texts one after the other, in every combination (up to a bound)."""
    parts = [value.paths for value in values]
    total = 1
    for part in parts:
        total *= len(part)
        if total > MAX_PATHS:
            return UNKNOWN_MANY
    return _value(tuple(_merged(itertools.chain(*paths)) for paths in itertools.product(*parts)))


def join(values: Iterable[Value]) -> Value:
    """The paths joined as ``os.path.join`` does: an absolute part starts anew."""
    result: list[Value] = []
    for value in values:
        start = value.paths[0][0].text or ""
        if result and start.startswith("/") and not value.paths[0][0].name:
            result = [value]
        elif result:
            end = result[-1].paths[0][-1].text or ""
            result += [value] if end.endswith("/") else [text("/"), value]
        else:
            result = [value]
    return concat(result) if result else UNKNOWN


def union(values: Iterable[Value]) -> Value:
    """One of several values; nothing is known as soon as one of them is unknown."""
    found = list(values)
    if not found or any(not value.known for value in found):
        return UNKNOWN
    paths = tuple(dict.fromkeys(path for value in found for path in value.paths))
    return _value(paths, sequence=all(value.sequence for value in found))


def element(value: Value) -> Value:
    """One element of a list (of paths)."""
    if value.sequence:
        return Value(value.paths)
    if all(len(p) == 1 and p[0].whole and p[0].text is None for p in value.paths):
        return Value(tuple((replace(p[0], many=True),) for p in value.paths))
    return UNKNOWN_MANY


def derived(value: Value, make: Callable[[str], str] | None = None) -> Value:
    """Something made of the value, such as its base name; ``make`` where that can be folded."""
    return Value(tuple((_derive(path, make),) for path in value.paths), value.sequence)


def substitute(value: Value, arguments: Mapping[str, Value]) -> Value:
    """The value with the parameters replaced by what the call gives for them.

    Those that ``arguments`` does not name belong to a function around it, and stay.
    """
    results = [_substitute(path, arguments) for path in value.paths]
    return replace(union(results), sequence=value.sequence)


def has_parameter(value: Value) -> bool:
    """Whether a part of it waits for the arguments of a call."""
    return any(piece.parameter for path in value.paths for piece in path)


def render(pieces: Pieces, inputs: Collection[str] = ()) -> str:
    """The path as a glob pattern, ``*`` for what is unknown or decided by ``inputs``."""
    parts = ["*" if p.text is None or p.name in inputs else _escaped(p) for p in pieces]
    return tidy(re.sub(r"\*(?:\*)+", "*", "".join(parts)))


def literal(pieces: Pieces) -> str | None:
    """The path where all of it is known."""
    if any(piece.text is None for piece in pieces):
        return None
    return tidy("".join(piece.text or "" for piece in pieces))


def tidy(path: str) -> str:
    """The path without ``./`` and doubled slashes (a scheme such as ``s3://`` is left alone)."""
    if "://" in path or path.startswith("/vsi"):
        return path
    path = re.sub(r"(?:^|(?<=/))(?:\./+)+", "", re.sub(r"//+", "/", path))
    return path or "."


def _escaped(piece: Piece) -> str:
    # A piece that is one of many has its wildcards from the code's own glob call.
    raw = piece.text or ""
    return raw if piece.many else re.sub(r"([*?[])", r"[\1]", raw)


def _derive(path: Pieces, make: Callable[[str], str] | None) -> Piece:
    known = literal(path)
    return Piece(
        make(known) if make and known is not None else None,
        next((piece.name for piece in path if piece.name), None),
        many=any(piece.many for piece in path),
        parameter=next((piece.parameter for piece in path if piece.parameter), None),
    )


def _substitute(path: Pieces, arguments: Mapping[str, Value]) -> Value:
    parts = []
    for piece in path:
        if piece.parameter is None or piece.parameter not in arguments:
            parts.append(Value(((piece,),)))
            continue
        given = arguments[piece.parameter]
        given = element(given) if piece.many else given
        parts.append(given if piece.whole else derived(given))
    return concat(parts)


def _merged(pieces: Iterable[Piece]) -> Pieces:
    result: list[Piece] = []
    for piece in pieces:
        last = result[-1] if result else None
        if last and _fixed(last) and _fixed(piece):
            result[-1] = Piece(f"{last.text}{piece.text}")
        elif piece != Piece(""):
            result.append(piece)
    return tuple(result) or (Piece(""),)


def _fixed(piece: Piece) -> bool:
    return piece.text is not None and piece == Piece(piece.text)


def _value(paths: tuple[Pieces, ...], *, sequence: bool = False) -> Value:
    size = max((sum(len(p.text or "") for p in path) for path in paths), default=0)
    if len(paths) > MAX_PATHS or size > MAX_TEXT or any(len(p) > MAX_PIECES for p in paths):
        return Value(UNKNOWN_MANY.paths, sequence)
    return Value(paths, sequence)
