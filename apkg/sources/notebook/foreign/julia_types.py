"""The types that Julia code declares: ``Float64``, ``Vector{Int}``, ``Union{Nothing, Int}``."""

from __future__ import annotations

from apkg.model import ArrayType, DataType, Scalar, UnionType
from apkg.sources.fits import fits
from apkg.sources.notebook.foreign.reading import MAX_DEPTH, Refused, Token, is_group, split_at
from apkg.sources.notebook.foreign.values import BOOLEAN, DOUBLE, FLOAT, NULL, STRING, Literal

_INT, _LONG = Scalar("int"), Scalar("long")
_TYPES: dict[str, DataType] = {
    **dict.fromkeys(("Int8", "Int16", "Int32", "UInt8", "UInt16"), _INT),
    **dict.fromkeys(("Int64", "UInt32", "UInt64"), _LONG),
    **dict.fromkeys(("Float64", "Real", "Number", "AbstractFloat", "BigFloat"), DOUBLE),
    **dict.fromkeys(("Float32", "Float16"), FLOAT),
    **dict.fromkeys(("String", "AbstractString"), STRING),
    "Bool": BOOLEAN,
    "Nothing": NULL,
}
#: Integers of the width that the value asks for.
_INTEGERS = frozenset(["Int", "Integer", "Signed", "UInt", "Unsigned"])
ARRAYS = frozenset(["Vector", "Array", "AbstractVector", "AbstractArray"])


def declared_type(tokens: list[Token], literal: Literal) -> tuple[DataType, bool]:
    """The type that ``::`` declares, and whether ``nothing`` is allowed.

    A type that CWL has no word for leaves the literal's own.

    Raises:
        Refused: the literal is not of the type.
    """
    declared = type_of(tokens, literal)
    if declared is None:
        return literal.type, literal.value is None
    optional = False
    if isinstance(declared, UnionType):
        members = tuple(m for m in declared.members if m != NULL)
        optional = len(members) < len(declared.members)
        declared = members[0] if len(members) == 1 else UnionType(members)
    if literal.value is None and (optional or declared == NULL):
        return declared, True
    if not fits(literal.value, declared):
        raise Refused("a value that is not of the declared type", "make the two agree")
    return declared, optional


def type_of(tokens: list[Token], literal: Literal, depth: int = 0) -> DataType | None:
    """The type that ``tokens`` spell; ``None`` for what CWL has no word for."""
    if not tokens or depth > MAX_DEPTH or tokens[0].kind != "name":
        return None
    name, rest = tokens[0].text, tokens[1:]
    if not rest:
        integer = _LONG if literal.type == _LONG else _INT
        return integer if name in _INTEGERS else _TYPES.get(name)
    if not rest[0].op("{") or not rest[-1].op("}") or not is_group(tokens, 1):
        return None
    parts = [part[1:] if part and part[0].op("<:") else part for part in split_at(rest[1:-1], ",")]
    if name in ARRAYS:
        return _array_type(parts, literal, depth + 1)
    return _union(parts, literal, depth + 1) if name == "Union" else None


def _array_type(parts: list[list[Token]], literal: Literal, depth: int) -> DataType | None:
    """``Vector{T}`` or ``Array{T, 1}``."""
    dimensions = "".join(token.text for part in parts[1:] for token in part) or "1"
    items = type_of(parts[0], literal, depth)
    return ArrayType(items) if items is not None and dimensions == "1" else None


def _union(parts: list[list[Token]], literal: Literal, depth: int) -> DataType | None:
    members = [type_of(part, literal, depth) for part in parts]
    known = tuple(dict.fromkeys(member for member in members if member is not None))
    if None in members:
        return None
    return known[0] if len(known) == 1 else UnionType(known)
