"""R's literals, in the shapes that papermill writes: numbers, strings, TRUE, NULL, c(), list()."""

from __future__ import annotations

import math

from apkg.model import ArrayType, Scalar
from apkg.sources.notebook.foreign.reading import MAX_DEPTH, Refused, Token, is_group, split_at
from apkg.sources.notebook.foreign.values import (
    BOOLEAN,
    DOUBLE,
    NULL,
    STRING,
    Literal,
    array,
    integer,
)

_WORDS = {
    **dict.fromkeys(("TRUE", "T"), Literal(value=True, type=BOOLEAN)),
    **dict.fromkeys(("FALSE", "F"), Literal(value=False, type=BOOLEAN)),
    "NULL": Literal(None, NULL),
}
_MISSING = frozenset(["NA", "NA_integer_", "NA_real_", "NA_character_", "NA_complex_"])
_EMPTY = {
    "character": STRING,
    "numeric": DOUBLE,
    "double": DOUBLE,
    "integer": Scalar("int"),
    "logical": BOOLEAN,
}
_DATES = frozenset(["as.Date", "as.POSIXct", "as.POSIXlt", "ymd", "ymd_hms", "ISOdate"])
_BEYOND = "write a number; where none is meant, write NULL and test it with is.null()"
_KEYWORDS = {"function": "a function", "if": "a condition", "for": "a loop", "while": "a loop"}
_INT32_MAX = 2**31 - 1
#: Up to here a double holds every integer, so that ``5`` may stay an integer in JSON.
_EXACT_DIGITS = 15


def read_value(tokens: list[Token], depth: int = 0) -> Literal:
    """The literal that ``tokens`` are.

    Raises:
        Refused: they are a call, a variable or anything else that would need running.
    """
    if not tokens:
        raise Refused("an assignment without a value", "write the value, or NULL")
    if depth > MAX_DEPTH:
        raise Refused("a value nested too deeply")
    first, last = tokens[0], tokens[-1]
    if first.op("(") and is_group(tokens, 0):
        return read_value(tokens[1:-1], depth + 1)
    if first.op("+", "-"):
        return _signed(tokens, depth)
    if len(tokens) == 1:
        return _single(first)
    if first.kind == "name" and tokens[1].op("(") and last.op(")") and is_group(tokens, 1):
        return _call(first.text, tokens[2:-1], depth)
    raise _described(tokens)


def _signed(tokens: list[Token], depth: int) -> Literal:
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
    if token.text in _MISSING:
        raise Refused("a missing value, which papermill cannot set", "write NULL")
    if token.text in {"Inf", "NaN"}:
        raise Refused(f"{token.text}, which no job can pass as a value", _BEYOND)
    raise _described([token])


def _number(text: str) -> Literal:
    if text.endswith("i"):
        raise Refused("a complex number", "write its parts as two parameters")
    digits = text.rstrip("L")
    value = _float(digits)
    if not math.isfinite(value):
        raise Refused("a number too large to be one", _BEYOND)
    whole = value.is_integer() and abs(value) < 10**_EXACT_DIGITS
    # R itself makes a double of 1.5L and of what has more than 32 bits.
    if text != digits and whole and value <= _INT32_MAX:
        return integer(str(int(value))) or Literal(value, DOUBLE)
    plain = digits.isdigit() or digits[:2] in {"0x", "0X"}
    return Literal(int(value) if whole and plain else value, DOUBLE)


def _float(digits: str) -> float:
    try:
        return float.fromhex(digits) if digits[:2] in {"0x", "0X"} else float(digits)
    except OverflowError:
        return math.inf


def _call(function: str, inner: list[Token], depth: int) -> Literal:
    if function not in {"c", "list"}:
        if function in _EMPTY and [token.text for token in inner] in ([], ["0"], ["0L"]):
            return Literal((), ArrayType(_EMPTY[function]))
        raise _called(function)
    parts = split_at(inner, ",") if inner else []
    items = [_item(part, depth) for part in parts]
    if function == "c":
        return _combined(parts, items)
    found = array(items)
    if found is None:
        raise Refused("a list of values of different types", "write one parameter for each")
    return found


def _item(part: list[Token], depth: int) -> Literal:
    if len(part) > 1 and part[1].op("="):
        raise Refused("a list with names", "write one parameter for each of its values")
    return read_value(part, depth + 1)


def _combined(parts: list[list[Token]], items: list[Literal]) -> Literal:
    """``c(…)``: one flat vector, without the NULLs; ``c()`` is NULL itself."""
    if any(part[0].name("list") for part in parts):
        raise Refused("a list put together from lists", "write one list(…)")
    flat: list[Literal] = []
    for item in items:
        if isinstance(item.value, tuple) and isinstance(item.type, ArrayType):
            flat.extend(Literal(value, item.type.items) for value in item.value)
        elif item.value is not None:
            flat.append(item)
    if not flat:
        return next((i for i in items if i.value is not None), Literal(None, NULL))
    found = array(flat)
    if found is None:
        raise Refused(
            "a c() of values of different types, which R would change into one",
            "write them all alike",
        )
    return found


def _called(function: str) -> Refused:
    if function in _DATES:
        return Refused(
            f"a call of {function}()",
            'write the date as a string, such as "2024-05-01", and convert it in a later cell',
        )
    return Refused(f"a call of {function}()", "write its result")


def _described(tokens: list[Token]) -> Refused:
    """Why an expression is refused, in the words of an error message."""
    first = tokens[0]
    if first.name(*_KEYWORDS):
        return Refused(_KEYWORDS[first.text], "write a plain value")
    if first.op("\\"):
        return Refused("a function", "write a plain value")
    if any(token.op(":") for token in tokens):
        return Refused("a range", "write the numbers out: c(1L, 2L, 3L)")
    texts = [token.text for token in tokens]
    call = texts.index("(") if "(" in texts else 0
    if call and all(t.kind == "name" or t.op("::", ":::") for t in tokens[:call]):
        return _called("".join(texts[:call]))
    if len(tokens) == 1 and first.kind == "name":
        return Refused("the value of another variable", "write the value itself")
    return Refused("an expression", "write its result")
