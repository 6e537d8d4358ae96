"""CWL types, as text or as YAML, and the model's types (CWL v1.2, clauses 4.1 and 5.1).

Used by every source that speaks CWL's type language: CWL itself, notebook cells, manifests.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

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
from apkg.names import did_you_mean, printable

MAX_DEPTH = 32
#: The most types that one port may be made of, named ones unfolded.
MAX_TYPES = 5000
NULL = Scalar("null")
ANY = Scalar("Any")
SCALARS = frozenset(
    ["null", "boolean", "int", "long", "float", "double", "string", "File", "Directory", "Any"]
)
#: A tuple, not a set: what is asked may be unhashable.
COMPOUND = ("array", "enum", "record")
#: Shorthands for a File that is a stream (CWL v1.2 clauses 4.1.11 and 4.1.12).
STREAMS = frozenset(["stdin", "stdout", "stderr"])
_SYMBOL_PATH = re.compile(r".*#.*/(.+)", re.DOTALL)
_KNOWN = re.compile(r"(?:^|/)(string_format|ogc)\.ya?ml#(\w+)$")
_STRINGS: Mapping[str, Semantics] = {
    "date": "date",
    "datetime": "dateTime",
    "time": "time",
    "uri": "anyURI",
    "iri": "anyURI",
    "urireference": "anyURI",
    "irireference": "anyURI",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CwlType:
    """A type as it was understood. ``schema`` is the schema name that gave the semantics."""

    type: DataType
    optional: bool = False
    semantics: Semantics | None = None
    schema: str | None = None
    stream: str | None = None
    problems: tuple[str, ...] = ()


@dataclass(slots=True)
class _Parser:
    names: Mapping[str, object]
    problems: list[str] = field(default_factory=list)
    semantics: Semantics | None = None
    schema: str | None = None
    stream: str | None = None
    resolving: tuple[str, ...] = ()
    count: int = 0

    def parse(self, value: object, depth: int = 0) -> DataType:
        self.count += 1
        if self.count > MAX_TYPES or depth > MAX_DEPTH:
            return self._unknown("the type is nested too deep, or made of too many types")
        if isinstance(value, str):
            return self._text(value.strip(), depth)
        if isinstance(value, list | tuple):
            return _union(tuple(self.parse(member, depth + 1) for member in value))
        if isinstance(value, Mapping):
            return self._mapping(value, depth)
        if value is None:  # YAML's own null, where the word "null" was meant
            return NULL
        return self._unknown(f"{value!r} is not a type")

    def _text(self, text: str, depth: int) -> DataType:
        if text.endswith("?"):
            return _union((NULL, self.parse(text[:-1], depth + 1)))
        if text.endswith("[]"):
            return ArrayType(self.parse(text[:-2], depth + 1))
        if text in SCALARS:
            return Scalar(text)
        if text in STREAMS:
            self.stream = text
            return Scalar("File")
        return self._name(text, depth)

    def _name(self, text: str, depth: int) -> DataType:
        known = self._well_known(text)
        if known is not None:
            return known
        found = look_up(self.names, text)
        if found is None:
            guess = did_you_mean(text, [*SCALARS, *self.names])
            hint = f" (is `{guess}` meant?)" if guess else ""
            return self._unknown(f"the type `{text}` is not known here{hint}")
        if text in self.resolving:
            return self._unknown(f"the type `{text}` contains itself")
        outer, self.resolving = self.resolving, (*self.resolving, text)
        try:
            return self.parse(found, depth + 1)
        finally:
            self.resolving = outer

    def _well_known(self, text: str) -> DataType | None:
        match = _KNOWN.search(text)
        if match is None:
            return None
        if match[1] == "string_format":
            self.schema = text
            self.semantics = _STRINGS.get(match[2].lower())
            return Scalar("string")
        if match[2] == "BBox":
            self.schema, self.semantics = text, "bbox"
            return ArrayType(Scalar("double"))
        return None

    def _mapping(self, value: Mapping[str, object], depth: int) -> DataType:
        kind = value.get("type")
        kind = kind.rsplit("#", 1)[-1] if isinstance(kind, str) else kind
        if kind == "array":
            return ArrayType(self.parse(value.get("items"), depth + 1))
        if kind == "enum":
            return EnumType(_symbols(value.get("symbols")))
        if kind == "record":
            return RecordType(self._fields(value.get("fields"), depth))
        if kind is not None:
            return self.parse(kind, depth + 1)
        return self._unknown("a type without `type`")

    def _fields(self, value: object, depth: int) -> tuple[RecordField, ...]:
        pairs: list[tuple[str, object]] = []
        if isinstance(value, Mapping):
            pairs = [(str(name), given) for name, given in value.items()]
        elif isinstance(value, list):
            pairs = [(str(f.get("name", "")), f) for f in value if isinstance(f, Mapping)]
        fields = []
        for name, given in pairs:
            inner = given.get("type") if isinstance(given, Mapping) else given
            # `{type: array, items: …}` in a field: the field's type is the mapping itself.
            whole = isinstance(given, Mapping) and inner in COMPOUND
            kind = self.parse(given if whole else inner, depth + 1)
            fields.append(RecordField(_last(name), kind))
        return tuple(fields)

    def _unknown(self, problem: str) -> DataType:
        self.problems.append(printable(problem))
        return ANY


def parse_type(value: object, names: Mapping[str, object] | None = None) -> CwlType:
    """The type that ``value`` (text such as ``string[]?``, a mapping, or a list) stands for.

    ``names`` are the definitions of a ``SchemaDefRequirement`` by name (:func:`type_names`).
    What is not understood becomes ``Any`` and a sentence in ``problems``; nothing is raised.
    """
    parser = _Parser(names or {})
    parsed = parser.parse(value)
    optional = False
    if isinstance(parsed, UnionType) and NULL in parsed.members:
        optional = True
        parsed = _union(tuple(m for m in parsed.members if m != NULL))
    return CwlType(
        type=parsed,
        optional=optional,
        semantics=parser.semantics,
        schema=parser.schema,
        stream=parser.stream,
        problems=tuple(dict.fromkeys(parser.problems)),
    )


def type_names(definitions: object) -> dict[str, object]:
    """The named types among the ``types`` of a ``SchemaDefRequirement``, nested ones too."""
    names: dict[str, object] = {}
    _collect(definitions, names, 0)
    return names


def _collect(value: object, names: dict[str, object], depth: int) -> None:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, Mapping):
        name = value.get("name")
        if isinstance(name, str) and value.get("type") in COMPOUND:
            names.setdefault(_fragment(name), value)
        for key in ("$graph", "fields", "items", "type"):
            _collect(value.get(key), names, depth + 1)
        if isinstance(value.get("fields"), Mapping):
            _collect(list(value["fields"].values()), names, depth + 1)
    elif isinstance(value, list):
        for member in value:
            _collect(member, names, depth + 1)


def look_up(names: Mapping[str, object], text: str) -> object:
    """The definition that ``text`` (``Name``, ``#Name``, ``file.yml#Name``) means, or ``None``."""
    fragment = _fragment(text)
    if fragment in names:
        return names[fragment]
    return next((names[name] for name in names if _last(name) == _last(fragment)), None)


def _fragment(text: str) -> str:
    return text.rsplit("#", 1)[-1]


def _last(text: str) -> str:
    return _fragment(text).rsplit("/", 1)[-1]


def _symbols(value: object) -> tuple[str, ...]:
    symbols = value if isinstance(value, list) else []
    return tuple(_SYMBOL_PATH.sub(r"\1", _word(symbol)) for symbol in symbols)


def _word(symbol: object) -> str:
    return str(symbol).lower() if isinstance(symbol, bool) else printable(str(symbol))


def _union(members: tuple[DataType, ...]) -> DataType:
    flat: list[DataType] = []
    for member in members:
        flat.extend(member.members if isinstance(member, UnionType) else (member,))
    distinct = tuple(dict.fromkeys(flat))
    if not distinct:
        return ANY
    return distinct[0] if len(distinct) == 1 else UnionType(distinct)
