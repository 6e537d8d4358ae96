"""Types as people are shown them: CWL's type DSL, with enums, unions and records spelled out.

The inverse, for what people write, is :func:`apkg.sources.typenames.parse_type`.
"""

from __future__ import annotations

import json
import re

from apkg.model import ArrayType, DataType, EnumType, RecordType, Scalar, Semantics, UnionType

_PLAIN_SYMBOL = re.compile(r"[A-Za-z0-9_.+\-/]+")


def type_text(type: DataType, optional: bool, semantics: Semantics | None = None) -> str:  # noqa: A002, FBT001
    """``type`` as people write it, in the manner of CWL's DSL: ``double[]?``, ``enum [a, b]``."""
    text = _semantic_text(type, semantics) or _text(type)
    if not optional:
        return text
    return f"({text})?" if _needs_parentheses(type) else f"{text}?"


def _semantic_text(kind: DataType, semantics: Semantics | None) -> str | None:
    """``bbox``, ``date[]`` … where the type is the one that the word stands for."""
    if semantics is None:
        return None
    base = ArrayType(Scalar("double")) if semantics == "bbox" else Scalar("string")
    suffix = ""
    while kind != base:
        if not isinstance(kind, ArrayType):
            return None
        kind, suffix = kind.items, f"{suffix}[]"
    return f"{semantics}{suffix}"


def _text(kind: DataType) -> str:
    match kind:
        case Scalar(name=name):
            return name
        case EnumType(symbols=symbols):
            return f"enum [{', '.join(_symbol_text(symbol) for symbol in symbols)}]"
        case ArrayType(items=items):
            inner = _text(items)
            return f"({inner})[]" if _needs_parentheses(items) else f"{inner}[]"
        case RecordType(fields=fields):
            return f"record {{{', '.join(f'{f.name}: {_text(f.type)}' for f in fields)}}}"
        case UnionType(members=members):
            return " | ".join(
                f"({_text(member)})" if _needs_parentheses(member) else _text(member)
                for member in members
            )


def _needs_parentheses(kind: DataType) -> bool:
    return isinstance(kind, UnionType)


def _symbol_text(symbol: str) -> str:
    plain = _PLAIN_SYMBOL.fullmatch(symbol) is not None
    return symbol if plain else json.dumps(symbol, ensure_ascii=False)
