"""Operators, conversions and methods on plain values, with a bound on every result."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from typing import Any

from apkg.sources.cli.python.values import (
    MAX_ITEMS,
    MAX_WEIGHT,
    UNKNOWN,
    Class,
    Member,
    PathText,
    Unknown,
    Value,
    is_plain,
    range_fits,
)

_MAX_BITS = 256
_MAX_POWER = 64
#: What wrong operands make Python raise.
FAILURES = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError)
#: A width in a format that could make a text of any length.
_WIDE = re.compile(r"\d{4}|\*")

_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.BitOr: operator.or_,
    ast.BitAnd: operator.and_,
}
_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda one, two: one in two,
    ast.NotIn: lambda one, two: one not in two,
}


def bounded(value: Value) -> Value:
    """``value``, or unknown where it is too large to go on with, or no finite number."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return value if value.bit_length() <= _MAX_BITS else UNKNOWN
    if isinstance(value, float):
        return value if math.isfinite(value) else UNKNOWN
    if isinstance(value, str):
        return value if len(value) <= MAX_WEIGHT else UNKNOWN
    if isinstance(value, list | tuple | set | dict | frozenset):
        return value if len(value) <= MAX_ITEMS else UNKNOWN
    return value


def binary(kind: ast.operator, left: Value, right: Value) -> Value:
    """``left kind right``; unknown where either is, or where it fails."""
    if isinstance(left, str) and isinstance(kind, ast.Mod):
        return _percent(left, right)
    if isinstance(left, PathText) and isinstance(kind, ast.Div) and isinstance(right, str):
        return PathText(PurePosixPath(left) / right)
    if isinstance(left, list | tuple | dict) and type(left) is type(right):
        return _safely(_BINARY.get(type(kind)), left, right)
    if isinstance(kind, ast.Mult) and isinstance(left, list | tuple) and type(right) is int:
        return bounded(left * right) if 0 <= right * len(left) <= MAX_ITEMS else UNKNOWN
    if not (is_plain(left) and is_plain(right)):
        return (
            left if isinstance(left, Unknown) else right if isinstance(right, Unknown) else UNKNOWN
        )
    if isinstance(kind, ast.Mult):
        return _times(left, right)
    if isinstance(kind, ast.Pow | ast.Mod):
        return _power(kind, left, right)
    return _safely(_BINARY.get(type(kind)), left, right)


def _safely(function: Callable[..., Any] | None, *values: Value) -> Value:
    if function is None:
        return UNKNOWN
    try:
        return bounded(function(*values))
    except FAILURES:
        return UNKNOWN


def _times(left: Value, right: Value) -> Value:
    for sequence, count in ((left, right), (right, left)):
        if not isinstance(sequence, str | list | tuple):
            continue
        if not isinstance(count, int) or len(sequence) * max(count, 0) > MAX_ITEMS:
            return UNKNOWN
    return _safely(operator.mul, left, right)


def _power(kind: ast.operator, left: Value, right: Value) -> Value:
    if isinstance(kind, ast.Mod):
        return _safely(operator.mod, left, right)
    small = isinstance(right, int | float) and abs(right) <= _MAX_POWER
    return _safely(operator.pow, left, right) if small else UNKNOWN


def _percent(pattern: str, right: Value) -> Value:
    if not is_plain(right) or _WIDE.search(pattern):
        return UNKNOWN
    return _safely(operator.mod, pattern, tuple(right) if isinstance(right, tuple) else right)


def unary(kind: ast.unaryop, value: Value) -> Value:
    """``-value``, ``+value``, ``~value`` or ``not value``."""
    if isinstance(kind, ast.Not):
        known = truth(value)
        return UNKNOWN if known is None else not known
    if isinstance(kind, ast.Invert) or not isinstance(value, int | float):
        return UNKNOWN
    return -value if isinstance(kind, ast.USub) else value


def compare(kind: ast.cmpop, left: Value, right: Value) -> Value:
    """The result of one comparison, where both sides are known."""
    if isinstance(left, Member) and isinstance(right, Member):
        same = left.of is right.of and left.name == right.name
        return same if isinstance(kind, ast.Is | ast.Eq) else not same
    if not (is_plain(left) and is_plain(right)):
        return UNKNOWN
    return _safely(_COMPARE.get(type(kind)), left, right)


def truth(value: Value) -> bool | None:
    """Whether a value counts as true; ``None`` where that is not known."""
    if value is None or isinstance(value, bool | int | float | str | list | tuple | dict | set):
        return bool(value)
    return None


def formatted(value: Value, spec: str = "", conversion: int = -1) -> str | None:
    """The text of a plain value in an f-string; ``None`` where it is not known."""
    if isinstance(value, Member) and not spec:
        return formatted(value.value) if isinstance(value.value, str) else None
    if not is_plain(value) or _WIDE.search(spec):
        return None
    try:
        text = {ord("r"): repr, ord("a"): ascii}.get(conversion, str)
        result = format(value if conversion < 0 else text(value), spec)
    except FAILURES:
        return None
    return result if len(result) <= MAX_WEIGHT else None


def items(value: Value) -> list[Value] | None:
    """What a loop over a value goes through; ``None`` where that is not known, or too much."""
    if isinstance(value, Class) and value.is_enum:
        return list(value.members())
    if isinstance(value, range):
        return list(value) if range_fits(value) else None
    if isinstance(value, str | list | tuple | set | frozenset | dict):
        ordered: Iterable[Value] = value
        if isinstance(value, set | frozenset):
            # A set has no order that could be relied on: at least it is always the same.
            ordered = sorted(value, key=repr)
        return list(ordered) if len(value) <= MAX_ITEMS else None
    return None
