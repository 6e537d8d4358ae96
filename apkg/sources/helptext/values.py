"""Literals and type words of help texts: ``INTEGER``, ``<int>``, ``5``, ``'a'``, ``[1, 2]``."""

from __future__ import annotations

import re

from apkg.model import DataType, Scalar, Value

_INT = re.compile(r"[+-]?\d{1,18}")
_FLOAT = re.compile(
    r"[+-]?(?:\d{1,300}\.\d{0,300}|\.\d{1,300}|\d{1,300}(?=[eE]))(?:[eE][+-]?\d{1,3})?"
)
_LIST = re.compile(r"[\[(](.*)[\])]")
_LONGEST = 1000
_TYPES = {
    "int": "int integer int8 int16 int32 uint8 uint16 uint num count nmerge",
    "long": "long int64 uint32 uint64",
    "double": "float double decimal real number float32 float64",
    "boolean": "bool boolean",
    "string": "string str text",
}
_WORDS = {word: Scalar(name) for name, text in _TYPES.items() for word in text.split()}
#: Kinds of text that other words than ``string`` stand for are left to those who read claims.
_TEXT = Scalar("string")
#: A value of these kinds means the same in quotes.
_PARSED = (Scalar("int"), Scalar("long"), Scalar("double"), Scalar("boolean"))


def type_of_word(metavar: str) -> DataType | None:
    """The type that a metavar names without doubt; ``None`` for text and for everything else."""
    words = metavar.lower().removesuffix("...").strip().removesuffix(" range").split()
    found = {_WORDS.get(word) for word in words}
    kind = found.pop() if len(found) == 1 else None
    kind = Scalar("int") if metavar == "N" else kind
    return None if kind == _TEXT else kind


def literal(text: str, kind: DataType | None = None) -> Value:
    """What ``text`` says as a value: a number, true or false, a list, or text."""
    text = text.strip()
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "'\"`":
        return literal(text[1:-1], kind) if kind in _PARSED else text[1:-1]
    if kind == Scalar("string"):
        return text
    if text.lower() in {"true", "false"}:
        return text.lower() == "true"
    if _INT.fullmatch(text) and not re.match(r"[+-]?0\d", text):
        return float(text) if kind == Scalar("double") else int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if (match := _LIST.fullmatch(text)) and len(text) < _LONGEST:
        return tuple(literal(item) for item in match[1].split(",") if item.strip())
    return text


def fits(value: Value, kind: DataType | None) -> bool:
    """Whether a default may be one of that type; a word such as ``forever`` is no number."""
    if kind == Scalar("boolean"):
        return isinstance(value, bool)
    if kind in {Scalar("int"), Scalar("long")}:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == Scalar("double"):
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return True


def number(text: str) -> int | float:
    """The number that ``text``, digits and at most one point, is."""
    return int(text) if _INT.fullmatch(text) else float(text)
