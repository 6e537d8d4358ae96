"""The range that remains when a check such as ``if x < 0 or x > 1: raise`` has passed."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator
from typing import TypeAlias

from apkg.model import Range

_Number: TypeAlias = "int | float"
#: A bound: ``>=``, ``>``, ``<=`` or ``<``, and the number.
_Bound: TypeAlias = tuple[str, _Number]
_SIGNS: dict[type[ast.cmpop], str] = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
_NEGATED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def allowed_range(tests: Iterable[ast.expr], names: Collection[str], *, whole: bool) -> Range:
    """The range in which none of ``tests`` (which refuse) is true; open ends are left out."""
    lower: list[_Number] = []
    upper: list[_Number] = []
    for test in tests:
        for sign, number in _refused(test, names):
            if sign == ">=" or (sign == ">" and whole and isinstance(number, int)):
                lower.append(number + (sign == ">"))
            elif sign == "<=" or (sign == "<" and whole and isinstance(number, int)):
                upper.append(number - (sign == "<"))
    return Range(minimum=max(lower) if lower else None, maximum=min(upper) if upper else None)


def _refused(test: ast.expr, names: Collection[str]) -> Iterator[_Bound]:
    """What must hold so that ``test`` is false."""
    match test:
        case ast.BoolOp(op=ast.Or()):
            for part in test.values:
                yield from _refused(part, names)
        case ast.UnaryOp(op=ast.Not()):
            yield from _required(test.operand, names)
        case ast.Compare(ops=[_]):
            yield from ((_NEGATED[sign], number) for sign, number in _bounds(test, names))


def _required(test: ast.expr, names: Collection[str]) -> Iterator[_Bound]:
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        for part in test.values:
            yield from _required(part, names)
    elif isinstance(test, ast.Compare):
        yield from _bounds(test, names)


def _bounds(node: ast.Compare, names: Collection[str]) -> Iterator[_Bound]:
    sides = [node.left, *node.comparators]
    for left, kind, right in zip(sides, node.ops, sides[1:], strict=False):
        sign = _SIGNS.get(type(kind))
        if sign is None:
            continue
        number = _number(right)
        if _is_named(left, names) and number is not None:
            yield sign, number
        number = _number(left)
        if _is_named(right, names) and number is not None:
            yield _TURNED[sign], number


def _is_named(node: ast.expr, names: Collection[str]) -> bool:
    return isinstance(node, ast.Name) and node.id in names


def _number(node: ast.expr) -> _Number | None:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _number(node.operand)
        return None if inner is None else -inner
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return node.value  # type: ignore[return-value]
    return None
