"""The model's types in CWL's notation (CWL v1.2, Command Line Tool Description, CWLType)."""

from __future__ import annotations

from typing import Any

from apkg.model import ArrayType, DataType, EnumType, Input, RecordType, Scalar, UnionType

_SHORT = frozenset(
    ["boolean", "int", "long", "float", "double", "string", "File", "Directory", "Any", "null"]
)
#: Engines resolve symbols as identifiers, so that these characters break them.
_UNSAFE_IN_SYMBOL = frozenset("/#:")


def cwl_type(kind: DataType, *, optional: bool = False) -> Any:
    """``kind`` as CWL writes it: the type DSL where it can say it, else the long form."""
    plain = _plain(kind)
    if not optional:
        return plain
    if isinstance(plain, str):
        return f"{plain}?"
    members = plain if isinstance(plain, list) else [plain]
    return ["null", *members]


def type_of(declared: Input) -> DataType:
    """The type of an input as CWL can hold it."""
    return held(declared.type)


def held(kind: DataType) -> DataType:
    """``kind`` with enums that engines would stumble over as strings."""
    if isinstance(kind, EnumType) and not is_safe_enum(kind):
        return Scalar("string")
    if isinstance(kind, ArrayType):
        # cwltool names the enum twice in a list of them, and stops at that.
        items = held(kind.items)
        return ArrayType(Scalar("string") if isinstance(items, EnumType) else items)
    return kind


def is_safe_enum(kind: EnumType) -> bool:
    """Whether every engine takes the symbols for what they are."""
    return all(symbol and not _UNSAFE_IN_SYMBOL & set(symbol) for symbol in kind.symbols)


def _plain(kind: DataType) -> Any:
    match kind:
        case Scalar(name=name):
            return name
        case EnumType(symbols=symbols):
            return {"type": "enum", "symbols": list(symbols)}
        case ArrayType(items=items):
            inner = _plain(items)
            # v1.0 and v1.1 know ``T[]`` for plain names only, and not ``T[][]``.
            if isinstance(inner, str) and inner in _SHORT:
                return f"{inner}[]"
            return {"type": "array", "items": _spelt_out(inner)}
        case RecordType(fields=fields):
            members = [{"name": f.name, "type": _spelt_out(_plain(f.type))} for f in fields]
            return {"type": "record", "fields": members}
        case UnionType(members=members):
            return [_spelt_out(_plain(member)) for member in members]


def _spelt_out(plain: Any) -> Any:
    """``T[]`` as an object: inside ``items`` the DSL is not read by v1.0 and v1.1."""
    if isinstance(plain, str) and plain.endswith("[]"):
        return {"type": "array", "items": plain.removesuffix("[]")}
    return plain
