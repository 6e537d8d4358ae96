"""The types and defaults of plain values: what the code states, else what the default shows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from apkg.model import (
    ArrayType,
    DataType,
    Default,
    EnumType,
    Scalar,
    Semantics,
    Value,
)
from apkg.sources.commandline.model import Argument
from apkg.sources.commandline.words import tokens
from apkg.sources.fits import fits

_TRUE, _FALSE = frozenset(["true", "yes", "on", "1"]), frozenset(["false", "no", "off", "0"])
_INT = re.compile(r"[+-]?[0-9]{1,18}")
_FLOAT = re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)(?:[eE][+-]?[0-9]+)?")
_METAVARS: dict[str, str] = {
    **dict.fromkeys(("int", "integer", "n", "num", "count", "int32", "uint"), "int"),
    **dict.fromkeys(("float", "double", "number", "real", "fraction", "float64"), "double"),
    "int64": "long",
}
#: Only with dashes is it a date as XML Schema and JSON Schema write one.
_DATE = re.compile(r"\bYYYY-MM-DD\b|%Y-%m-%d(?![T %])", re.IGNORECASE)
_DATE_TIME = re.compile(
    r"YYYY-MM-DD[T ]hh|%Y-%m-%d[T ]%H|\bISO[- ]?8601\b.*\btime|\bRFC[- ]?3339\b", re.IGNORECASE
)
_INT_WORD = re.compile(
    r"width|height|[xy]size|.*_(?:width|height|count|iterations|workers|threads|jobs|epochs|seed)|"
    r"seed|iterations|epochs|workers|threads|jobs|(?:n|num|max|min)_(?:iter|iterations|workers|"
    r"threads|jobs|epochs|clusters|classes|components|trees|features|samples|pixels|cores)|"
    r"year|.*_year|year_.*|month|day|overlap_pixels"
)
_DOUBLE_WORD = re.compile(
    r"[xyz](?:min|max|res|off)|(?:min|max)[xyz]|[ul][lr][xyz]|lon|lat|longitude|latitude|"
    r"(?:min|max)_?(?:lon|lat)|west|south|east|north|left|bottom|right|top|"
    r"(?:src|dst|in|out)_(?:min|max)|\w+_in_(?:mb|mib|gb|pixels|met(?:er|re)s|degrees|km|seconds|m)|"
    r"met(?:er|re)s|kilomet(?:er|re)s|degrees|seconds|percent|"
    r"epoch|(?:.*_)?(?:threshold|tolerance|ratio|percent|percentage|fraction|sigma|alpha|beta|gamma|"
    r"latitude|longitude)"
)
_MEASURED = re.compile(
    r"(?:\w+ ){0,4}(?:size|resolution|distance|width|height|length|radius|buffer|spacing|interval"
    r"|tolerance|depth|duration)\b[^.;:]*\bin (?:the )?(?:(?:\w+ )?units?\b|met(?:er|re)s|degrees"
    r"|kilomet(?:er|re)s|km|MB|MiB|GB|seconds|minutes|hours|days)",
    re.IGNORECASE,
)
#: More than one number, or another form than a number's.
_SEVERAL = re.compile(
    r"\d ?x ?\d|\b(?:and|or|list|pair|comma|separated|suffix)\b|,\s?[xy]\b", re.IGNORECASE
)
#: Options whose ``value`` is a factor or a shift, whatever their metavariable.
_FACTORS = frozenset(["scale", "offset", "exponent"])
_ANY_VALUE = re.compile(r"(?:\w+_)?val(?:ue)?")
_BOX = frozenset(["bbox", "bounds", "aoi", "extent", "projwin", "te"])


@dataclass(frozen=True, slots=True)
class Guess:
    """A value's type, and what it was guessed from (nothing: the code states it)."""

    type: DataType
    because: str = ""


def value_type(argument: Argument) -> Guess:
    """The type of one value of an argument that is no file."""
    stated = argument.type.items if isinstance(argument.type, ArrayType) else argument.type
    if argument.choices:
        return Guess(_type_of_choices(argument.choices))
    if stated is not None and stated != Scalar("string"):
        return Guess(_wide(stated, argument))
    if stated is not None:
        return Guess(stated)
    metavar = argument.metavar.strip("<>").lower()
    if metavar in _METAVARS:
        return Guess(_wide(Scalar(_METAVARS[metavar]), argument), "its metavariable")
    default = _default_type(argument)
    if default is not None:
        kind = _wide(default, argument)
        if kind == Scalar("int") and _DOUBLE_WORD.fullmatch("_".join(tokens(argument.name))):
            # A threshold of 40 is a whole number by chance: nothing here says that it must be.
            return Guess(Scalar("double"), "its name")
        return Guess(kind, "its default")
    number = _number_by_words(argument)
    if number is not None:
        return Guess(Scalar(number), "its name")
    measured = _is_measured(argument)
    return Guess(Scalar("double"), "its help") if measured else Guess(Scalar("string"))


def _is_measured(argument: Argument) -> bool:
    """Whether the help tells of one quantity and its unit: ``pixel size in metres``."""
    repeats = tokens(argument.metavar) in ((), tokens(argument.name), ("value",))
    if not argument.flags or not repeats or _has_default(argument):
        return False
    text = argument.help.split(". ", 1)[0][:300]
    return _MEASURED.match(text) is not None and not _SEVERAL.search(text)


def _has_default(argument: Argument) -> bool:
    return argument.default is not None and argument.default.value is not None


def _number_by_words(argument: Argument) -> str | None:
    """The kind of number that all words of a metavariable, or the name, are used for.

    ``xmin ymin xmax ymax``, ``width height``, ``--threshold``. A default of text says otherwise.
    """
    if _has_default(argument):
        return None
    shown = argument.metavar.strip("<>").lower()
    if "%" in shown:
        return None
    if _ANY_VALUE.fullmatch(shown) and argument.flags:
        return "double" if tokens(argument.name)[-1:] in {(word,) for word in _FACTORS} else None
    if {"xoff", "yoff", "xsize", "ysize"} == set(shown.split()):
        return "int"  # A window, counted in pixels.
    repeats = tokens(argument.metavar) in ((), tokens(argument.name))
    found = {_kind_of_word(word) for word in re.split(r"[^a-z_]+", shown) if word}
    if repeats and argument.flags:
        found = {_kind_of_word("_".join(tokens(argument.name)))}
    if not found or None in found:
        return None
    return "double" if "double" in found else "int"


def _kind_of_word(word: str) -> str | None:
    if _INT_WORD.fullmatch(word):
        return "int"
    return "double" if _DOUBLE_WORD.fullmatch(word) else None


def _type_of_choices(choices: tuple[str | int | float, ...]) -> DataType:
    if all(isinstance(choice, int) for choice in choices):
        return Scalar("int")
    if not any(isinstance(choice, str) for choice in choices):
        return Scalar("double")
    return EnumType(tuple(dict.fromkeys(str(choice) for choice in choices)))


def _wide(kind: DataType, argument: Argument) -> DataType:
    """An int whose default has more than 32 bits is a long."""
    if kind != Scalar("int") or argument.default is None:
        return kind
    values = _leaves(argument.default.value)
    big = any(isinstance(v, int) and not fits(v, kind) and fits(v, Scalar("long")) for v in values)
    return Scalar("long") if big else kind


def _default_type(argument: Argument) -> DataType | None:
    """The type that all values of the default share, if they are numbers."""
    if argument.default is None:
        return None
    kinds = {_number_kind(value) for value in _leaves(argument.default.value)}
    if not kinds or not kinds <= {"int", "double"}:
        return None
    return Scalar("double" if "double" in kinds else "int")


def _number_kind(value: Value) -> str | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return "int"
    if isinstance(value, float):
        return "double"
    if not isinstance(value, str) or (len(value) > 1 and value.startswith("0") and value.isdigit()):
        return None
    return "int" if _INT.fullmatch(value) else "double" if _FLOAT.fullmatch(value) else None


def _leaves(value: Value) -> tuple[Value, ...]:
    return value if isinstance(value, tuple) else (value,)


def default_for(argument: Argument, kind: DataType) -> Default | None:
    """The default as a value of ``kind``; ``None`` where there is none, or it is of another."""
    if argument.default is None or argument.default.value in (None, "", ()):
        return None
    found = _fitted(argument.default.value, kind, argument.separator)
    return None if found is None else Default(found)


def _fitted(value: Value, kind: DataType, separator: str | None = None) -> Value:
    if isinstance(kind, ArrayType):
        return _fitted_list(value, kind, separator)
    if isinstance(value, tuple):
        return None
    if fits(value, kind):
        return value
    if isinstance(kind, EnumType):
        symbols = {symbol.lower(): symbol for symbol in kind.symbols}
        return symbols.get(str(value).lower())
    if kind == Scalar("string"):
        return str(value)
    return _parsed(value, kind) if isinstance(value, str) else None


def _fitted_list(value: Value, kind: ArrayType, separator: str | None) -> Value:
    if isinstance(value, str) and separator is not None:
        value = tuple(value.split(separator))
    elif isinstance(value, str):
        value = tuple(value.split())
    items = tuple(_fitted(item, kind.items) for item in _leaves(value))
    return None if any(item is None for item in items) else items


def _parsed(text: str, kind: DataType) -> Value:
    name, plain = kind.name if isinstance(kind, Scalar) else "", text.strip()
    if name == "boolean":
        return True if plain.lower() in _TRUE else False if plain.lower() in _FALSE else None
    if name in {"int", "long"}:
        value: Value = int(plain) if _INT.fullmatch(plain) else None
    elif name in {"float", "double"}:
        value = float(plain) if _FLOAT.fullmatch(plain) else None
    else:
        return None
    return value if value is not None and fits(value, kind) else None


def is_box(name: str) -> bool:
    """Whether a name is that of a bounding box or an area."""
    return bool(_BOX & set(tokens(name)))


def meaning_of(argument: Argument, kind: DataType, name: str) -> Semantics | None:
    """What the characters of a string, or four numbers, stand for: a date, a bounding box."""
    if argument.semantics is not None:
        return argument.semantics
    words = tokens(name)
    if isinstance(kind, ArrayType):
        four = argument.minimum == argument.maximum and argument.maximum in {4, 6}
        numbers = kind.items in (Scalar("double"), Scalar("float"), Scalar("int"))
        return "bbox" if four and numbers and _BOX & set(words) else None
    if kind != Scalar("string"):
        return None
    text = f"{argument.metavar} {argument.help}"
    if _DATE_TIME.search(text):
        return "dateTime"
    return "date" if _DATE.search(text) and "/" not in text else None
