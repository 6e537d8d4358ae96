"""Literals and their CWL types, the same for all languages (and as Python's reader has them)."""

from __future__ import annotations

from dataclasses import dataclass

from apkg.model import ArrayType, DataType, Scalar, UnionType, Value

NULL = Scalar("null")
STRING = Scalar("string")
BOOLEAN = Scalar("boolean")
DOUBLE = Scalar("double")
FLOAT = Scalar("float")
_INT32 = range(-(2**31), 2**31)
_INT64 = range(-(2**63), 2**63)
#: Digits that a 64-bit integer may have; longer ones are not even converted.
_MAX_DIGITS = 20
#: Each holds the values of those before it.
_NUMBERS = ("int", "long", "float", "double")


@dataclass(frozen=True, slots=True)
class Literal:
    """A value and its CWL type; the type of a null is ``null``, which says nothing."""

    value: Value
    type: DataType


def integer(digits: str, base: int = 10) -> Literal | None:
    """The ``int`` or ``long`` that ``digits`` (maybe signed) name; ``None`` beyond 64 bits."""
    if len(digits) > _MAX_DIGITS and base == 10:
        digits = digits[:1] + digits[1:].lstrip("0")
    if len(digits) > _MAX_DIGITS * 4:
        return None
    value = int(digits, base)
    if value in _INT32:
        return Literal(value, Scalar("int"))
    return Literal(value, Scalar("long")) if value in _INT64 else None


def array(items: list[Literal]) -> Literal | None:
    """The array of ``items``; of strings where it is empty; ``None`` if they do not go together."""
    value = tuple(item.value for item in items)
    known = [item.type for item in items if item.type != NULL]
    if not known:
        return Literal(value, ArrayType(STRING)) if not items else None
    merged: DataType | None = known[0]
    for other in known[1:]:
        merged = None if merged is None else _widen(merged, other)
    if merged is None:
        return None
    if len(known) < len(items):
        merged = UnionType((NULL, merged))
    return Literal(value, ArrayType(merged))


def _widen(one: DataType, two: DataType) -> DataType | None:
    if one == two:
        return one
    if isinstance(one, ArrayType) and isinstance(two, ArrayType):
        items = _widen(one.items, two.items)
        return None if items is None else ArrayType(items)
    if isinstance(one, Scalar) and isinstance(two, Scalar):
        names = (one.name, two.name)
        if all(name in _NUMBERS for name in names):
            return Scalar(max(names, key=_NUMBERS.index))
    return None
