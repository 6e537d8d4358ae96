"""Julia's literals, in the shapes that papermill writes, and the types declared with ``::``."""

from __future__ import annotations

import math
import re

from apkg.model import ArrayType, DataType
from apkg.sources.fits import fits
from apkg.sources.notebook.foreign.julia_types import ARRAYS, type_of
from apkg.sources.notebook.foreign.reading import MAX_DEPTH, Refused, Token, is_group, split_at
from apkg.sources.notebook.foreign.values import (
    BOOLEAN,
    DOUBLE,
    FLOAT,
    NULL,
    STRING,
    Literal,
    array,
    integer,
)

_WORDS = {
    "true": Literal(value=True, type=BOOLEAN),
    "false": Literal(value=False, type=BOOLEAN),
    "nothing": Literal(None, NULL),
}
_NO_NUMBERS = frozenset(["Inf", "Inf32", "Inf64", "NaN", "NaN32", "NaN64"])
_BEYOND = "write a number; where none is meant, write nothing"
_PREFIXED = re.compile(r"0[xbo]")
_BASES = {"0x": 16, "0b": 2, "0o": 8}
_ARRAY_ADVICE = "write a vector with commas: [1, 2, 3], or [[1, 2], [3, 4]]"


def read_value(tokens: list[Token], depth: int = 0) -> Literal:
    """The literal that ``tokens`` are.

    Raises:
        Refused: they are a call, a variable or anything else that would need running.
    """
    if not tokens:
        raise Refused("an assignment without a value", "write the value, or nothing")
    if depth > MAX_DEPTH:
        raise Refused("a value nested too deeply")
    first = tokens[0]
    if first.op("+", "-"):
        return _signed(tokens, depth)
    if len(tokens) == 1:
        return _single(first)
    if first.op("[") and is_group(tokens, 0):
        return _array(tokens[1:-1], depth)
    if first.op("(") and is_group(tokens, 0):
        return _tuple(tokens[1:-1], depth)
    return _typed_array(tokens, depth)


def _signed(tokens: list[Token], depth: int) -> Literal:
    if tokens[0].op("-") and len(tokens) == 2 and tokens[1].kind == "number":
        return _number(tokens[1].text, "-")
    literal = read_value(tokens[1:], depth + 1)
    value = literal.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused("an expression", "write its result")
    return Literal(-value, literal.type) if tokens[0].op("-") else literal


def _single(token: Token) -> Literal:
    if token.refused is not None:
        raise Refused(token.refused.what, token.refused.advice)
    if token.kind == "string":
        return Literal(token.value, STRING)
    if token.kind == "number":
        return _number(token.text)
    if token.text in _WORDS:
        return _WORDS[token.text]
    if token.text == "missing":
        raise Refused("a missing value, which papermill cannot set", "write nothing")
    if token.text in _NO_NUMBERS:
        raise Refused(f"{token.text}, which no job can pass as a value", _BEYOND)
    raise _described([token])


def _number(text: str, sign: str = "") -> Literal:
    digits = text.replace("_", "")
    if digits.isdigit() or _PREFIXED.match(digits):
        base = _BASES.get(digits[:2], 10)
        whole = integer(sign + (digits[2:] if base != 10 else digits), base)
        if whole is None:
            raise Refused("an integer of more than 64 bits, which CWL has no type for")
        return whole
    value = float(sign + digits.replace("f", "e"))
    if not math.isfinite(value):
        raise Refused("a number too large to be one", _BEYOND)
    return Literal(value, FLOAT if "f" in digits else DOUBLE)


def _array(inner: list[Token], depth: int, items: DataType | None = None) -> Literal:
    if any(part for part in split_at(inner, ";")[1:]):
        raise Refused("a matrix", _ARRAY_ADVICE)
    parts = split_at(inner, ",")
    if not parts[-1]:
        parts.pop()
    values = [_item(part, depth) for part in parts]
    return _checked(values, items)


def _checked(values: list[Literal], items: DataType | None) -> Literal:
    found = array(values)
    if found is None:
        raise Refused("an array of values of different types", "write one parameter for each")
    if items is None:
        return found
    if not fits(found.value, ArrayType(items)):
        raise Refused("an array of values that are not of its type", "make the two agree")
    return Literal(found.value, ArrayType(items))


def _item(part: list[Token], depth: int) -> Literal:
    if len(part) > 1 and not part[0].op("[", "(", "+", "-") and part[1].kind != "op":
        raise Refused("a matrix", _ARRAY_ADVICE)
    return read_value(part, depth + 1)


def _tuple(inner: list[Token], depth: int) -> Literal:
    """``(1)`` is 1; ``(1,)`` and ``(1, 2)`` are tuples, which come back as vectors."""
    parts = split_at(inner, ",")
    if len(parts) == 1:
        if not inner:
            raise Refused("an empty tuple", "write []")
        if any(token.op(";", "=") for token in inner):
            raise Refused("a block or a named tuple", "write one parameter for each value")
        return read_value(inner, depth + 1)
    if not parts[-1]:
        parts.pop()
    if any(len(part) > 1 and part[1].op("=") for part in parts):
        raise Refused("a named tuple", "write one parameter for each value")
    return _checked([read_value(part, depth + 1) for part in parts], None)


def _typed_array(tokens: list[Token], depth: int) -> Literal:
    """``Float64[1, 2]``, ``String[]`` and ``Vector{Int}()``."""
    texts = [token.text for token in tokens]
    if tokens[0].kind == "name" and tokens[-1].op("]"):
        opener = _last_group(tokens)
        kind = type_of(tokens[:opener], Literal((), STRING))
        if kind is not None:
            return _array(tokens[opener + 1 : -1], depth, kind)
    if texts[-2:] == ["(", ")"] and texts[0] in ARRAYS:
        declared = type_of(tokens[:-2], Literal((), STRING))
        if isinstance(declared, ArrayType):
            return Literal((), declared)
    raise _described(tokens)


def _last_group(tokens: list[Token]) -> int:
    """The place of the bracket that the last token closes."""
    depth = 0
    for place in range(len(tokens) - 1, 0, -1):
        depth += tokens[place].op(")", "]", "}") - tokens[place].op("(", "[", "{")
        if depth == 0:
            return place
    return 0


#: First tokens that tell what an expression is.
_KEYWORDS = {
    "function": Refused("a function", "write a plain value"),
    "Dict": Refused("a dictionary", "write one parameter for each value"),
    ":": Refused("a Symbol", 'write "name", and Symbol(name) in a later cell'),
    **dict.fromkeys(("if", "begin", "let", "try"), Refused("a block", "write a plain value")),
}


def _described(tokens: list[Token]) -> Refused:
    """Why an expression is refused, in the words of an error message."""
    known = _KEYWORDS.get(tokens[0].text)
    if known is not None:
        return Refused(known.what, known.advice)
    texts = [token.text for token in tokens]
    if "->" in texts:
        return Refused("a function", "write a plain value")
    call = texts.index("(") if "(" in texts else 0
    if call and all(t.kind == "name" or t.op(".") for t in tokens[:call]):
        return _called("".join(texts[:call]))
    if any(token.op(":") for token in tokens):
        return Refused("a range", "write the numbers out: [1, 2, 3]")
    if len(tokens) == 1 and tokens[0].kind == "name":
        return Refused("the value of another variable", "write the value itself")
    return Refused("an expression", "write its result")


def _called(function: str) -> Refused:
    if function in {"Date", "DateTime", "Dates.Date", "Dates.DateTime"}:
        return Refused(
            f"a call of {function}()",
            'write the date as a string, such as "2024-05-01", and convert it in a later cell',
        )
    return Refused(f"a call of {function}()", "write its result")
