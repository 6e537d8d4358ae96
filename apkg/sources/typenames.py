"""Type words: what people write for a type, in a comment, a manifest or an option.

CWL's type DSL (``double[]?``), Python's spellings (``Optional[list[float]]``), XML Schema's and
the ODA ontology's names (nb2workflow) and everyday words (``text``, ``folder``) are all read;
:func:`apkg.typetext.type_text` writes the one form that people are shown.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Literal, TypeAlias, cast

from apkg.model import (
    ArrayType,
    DataType,
    EnumType,
    RecordField,
    RecordType,
    Scalar,
    Semantics,
    UnionType,
)
from apkg.typetext import type_text

__all__ = ["Role", "TypeWord", "parse_type", "type_text"]

Role: TypeAlias = Literal["input", "stage-in", "stage-out"]
_Meaning: TypeAlias = tuple[DataType, Semantics | None]

_MAX_LENGTH = 10_000
_MAX_DEPTH = 20
_NULL = Scalar("null")
_DOUBLE = Scalar("double")
_BBOX: _Meaning = (ArrayType(_DOUBLE), "bbox")

#: CWL's own names, and what people write for them (all lower case here).
_SCALARS = {
    "null": "null none nonetype",
    "boolean": "boolean bool logical",
    "int": "int integer int8 int16 int32 uint8 uint16 short byte positiveinteger "
    "nonnegativeinteger",
    "long": "long int64 uint32 bigint",
    "float": "float float16 float32 single",
    "double": "double float64 number numeric real decimal",
    "string": "string str text character char longstring normalizedstring token",
    "File": "file path posixpath filepath purepath filereference",
    "Directory": "directory dir folder",
    "Any": "any",
}
_SEMANTIC: dict[str, tuple[str, Semantics]] = {
    "date": ("string", "date"),
    "datetime": ("string", "dateTime"),
    "timestamp": ("string", "dateTime"),
    "time": ("string", "time"),
    "url": ("string", "anyURI"),
    "uri": ("string", "anyURI"),
    "anyuri": ("string", "anyURI"),
    "fileurl": ("string", "anyURI"),
}
_WORDS: dict[str, _Meaning] = {
    **{alias: (Scalar(n), None) for n, text in _SCALARS.items() for alias in text.split()},
    **{word: (Scalar(name), meaning) for word, (name, meaning) in _SEMANTIC.items()},
    **dict.fromkeys(("bbox", "boundingbox"), _BBOX),
}
#: Python's ``float`` is a C double; CWL's ``float`` has 32 bits.
_PYTHON_WORDS: dict[str, _Meaning] = {**_WORDS, "float": (_DOUBLE, None)}
_ARRAYS = frozenset(["list", "tuple", "sequence", "array", "iterable", "set"])
_ODA = re.compile(r"(?:oda:|https?://(?:www\.)?odahub\.io/ontology/?#)(?=\w)", re.IGNORECASE)
_XSD = re.compile(r"(?:xsd?:|https?://www\.w3\.org/2001/XMLSchema#)(?=\w)", re.IGNORECASE)
_STAGE = re.compile(r"stage[-_ ]?(in|out)(\??)", re.IGNORECASE)
_WORD = re.compile(r"(?:https?://[\w./-]+#|[A-Za-z]+:(?=[A-Za-z]))?[A-Za-z_][\w.]*")
_FIELD = re.compile(r"[A-Za-z_]\w*")
_SYMBOL = re.compile(r"[\w.+\-/]+")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^'\\]*'")
_SPACE = re.compile(r"\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeWord:
    """What a type word says. ``role`` is app-pack-generator's ``stage-in`` and ``stage-out``."""

    type: DataType
    optional: bool = False
    semantics: Semantics | None = None
    role: Role = "input"


def parse_type(text: str) -> TypeWord | None:
    """Return the type that ``text`` names, or ``None`` where it names none that we know.

    ``float`` is CWL's; inside Python's brackets (``list[float]``) it is Python's, a double.
    ``stage-in`` is the File of a STAC catalogue, ``stage-out`` a Directory for results.
    """
    text = text.strip()
    if not text or len(text) > _MAX_LENGTH:
        return None
    if stage := _STAGE.fullmatch(text):
        return _staged(stage)
    meaning = _Parser(text).whole() or _bare_enum(text)
    return None if meaning is None else _top(meaning)


def _staged(match: re.Match[str]) -> TypeWord:
    optional = bool(match[2])
    if match[1].lower() == "in":
        return TypeWord(type=Scalar("File"), optional=optional, role="stage-in")
    return TypeWord(type=Scalar("Directory"), optional=optional, role="stage-out")


def _top(meaning: _Meaning) -> TypeWord:
    kind, semantics = meaning
    if isinstance(kind, UnionType) and _NULL in kind.members:
        members = tuple(member for member in kind.members if member != _NULL)
        inner: DataType = members[0] if len(members) == 1 else UnionType(members)
        return TypeWord(type=inner if members else _NULL, optional=True, semantics=semantics)
    return TypeWord(type=kind, semantics=semantics)


def _bare_enum(text: str) -> _Meaning | None:
    """``a|b|c``: an enum, unless one of the words is a type (then it is a union gone wrong)."""
    optional = text.endswith("?")
    words = [word.strip() for word in text.removesuffix("?").split("|")]
    symbols = [_unquoted(word) for word in words if word.lower() not in {"null", "none"}]
    if len(symbols) < 2 or any(s is None or s.lower() in _WORDS for s in symbols):
        return None
    kind = EnumType(tuple(dict.fromkeys(cast("list[str]", symbols))))
    return (UnionType((_NULL, kind)) if optional or len(symbols) < len(words) else kind), None


def _unquoted(text: str) -> str | None:
    if _SYMBOL.fullmatch(text):
        return text
    if not _QUOTED.fullmatch(text):
        return None
    if text[0] == "'":
        return text[1:-1]
    try:
        return cast("str", json.loads(text, strict=False))
    except ValueError:
        return None


class _UnknownTypeError(Exception):
    """The text is no type."""


class _Parser:
    """Recursive descent over one type word; :meth:`whole` is its only door."""

    __slots__ = ("_depth", "_place", "_python", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._depth = 0
        self._python = False

    def whole(self) -> _Meaning | None:
        """Return the meaning of the whole text, ``None`` if it has none."""
        try:
            meaning = self._union()
        except _UnknownTypeError:
            return None
        return meaning if self._place == len(self._text) else None

    def _union(self) -> _Meaning:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise _UnknownTypeError
        members = [self._postfix()]
        while self._take("|"):
            members.append(self._postfix())
        self._depth -= 1
        return _joined(members)

    def _postfix(self) -> _Meaning:
        kind, semantics = self._atom()
        for _ in range(_MAX_DEPTH):
            if self._take("[]"):
                kind = ArrayType(kind)
            elif self._take("?"):
                kind = _nullable(kind)
            else:
                return kind, semantics
        raise _UnknownTypeError

    def _atom(self) -> _Meaning:
        if self._take("("):
            meaning = self._union()
            self._need(")")
            return meaning
        word = self._match(_WORD)
        name = word.rpartition(".")[2].lower()
        if name in {"enum", "literal"} and self._take("["):
            return EnumType(self._symbols()), None
        if name == "record" and self._take("{"):
            return RecordType(self._fields()), None
        if not self._text.startswith("[]", self._place) and self._take("["):
            return self._generic(name)
        return self._named(word)

    def _named(self, word: str) -> _Meaning:
        plain, of_oda = _ODA.subn("", word, count=1)
        plain = _XSD.sub("", plain, count=1)
        words = _PYTHON_WORDS if self._python or of_oda else _WORDS
        name = plain if ":" in plain else plain.rpartition(".")[2]
        meaning = words.get(name.lower())
        if meaning is None:
            raise _UnknownTypeError
        return meaning

    def _generic(self, name: str) -> _Meaning:
        outer, self._python = self._python, True
        arguments = [self._union()]
        while self._take(","):
            if not self._take("..."):
                arguments.append(self._union())
        self._need("]")
        self._python = outer
        if name in {"optional", "union"}:
            return _joined([*arguments, (_NULL, None)] if name == "optional" else arguments)
        if name not in _ARRAYS or len(set(arguments)) > 1:
            raise _UnknownTypeError
        return ArrayType(arguments[0][0]), arguments[0][1]

    def _symbols(self) -> tuple[str, ...]:
        symbols = [self._symbol()]
        while self._take(","):
            symbols.append(self._symbol())
        self._need("]")
        return tuple(dict.fromkeys(symbols))

    def _symbol(self) -> str:
        quoted = self._text[self._place : self._place + 1] in {'"', "'"}
        symbol = _unquoted(self._match(_QUOTED if quoted else _SYMBOL))
        if symbol is None:
            raise _UnknownTypeError
        return symbol

    def _fields(self) -> tuple[RecordField, ...]:
        fields: list[RecordField] = []
        while not fields or self._take(","):
            name = self._match(_FIELD)
            self._need(":")
            fields.append(RecordField(name, self._union()[0]))
        self._need("}")
        return tuple(fields)

    def _match(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._place)
        if match is None:
            raise _UnknownTypeError
        self._skip_to(match.end())
        return match[0]

    def _take(self, text: str) -> bool:
        if not self._text.startswith(text, self._place):
            return False
        self._skip_to(self._place + len(text))
        return True

    def _need(self, text: str) -> None:
        if not self._take(text):
            raise _UnknownTypeError

    def _skip_to(self, place: int) -> None:
        space = _SPACE.match(self._text, place)
        self._place = space.end() if space else place


def _joined(members: list[_Meaning]) -> _Meaning:
    if len(members) == 1:
        return members[0]
    kinds = tuple(dict.fromkeys(kind for kind, _ in members))
    meanings = {semantics for kind, semantics in members if kind != _NULL}
    semantics = meanings.pop() if len(meanings) == 1 else None
    return (kinds[0] if len(kinds) == 1 else UnionType(kinds)), semantics


def _nullable(kind: DataType) -> DataType:
    if kind == _NULL:
        return kind
    members = kind.members if isinstance(kind, UnionType) else (kind,)
    return kind if _NULL in members else UnionType((_NULL, *members))
