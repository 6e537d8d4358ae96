"""Types as JSON Schema, in the words of OpenAPI 3.0 that OGC API - Processes Part 1 allows.

The inverse is :mod:`apkg.sources.deploy.schemas`. CWL types map as cwl2ogc and Weaver map them;
files are text of a media type, a bounding box is an object of the format ``ogc-bbox``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final

from apkg.emitters.dialects.ports import BOX, FILES, is_plain, media_types, occurrences, plain
from apkg.model import (
    ArrayType,
    DataType,
    EnumType,
    Input,
    Output,
    Range,
    RecordType,
    Scalar,
    Semantics,
    UnionType,
    Value,
)

NULL: Final = Scalar("null")
FORMATS: Final[dict[str, str]] = {
    "date": "date", "dateTime": "date-time", "time": "time", "anyURI": "uri",
}  # fmt: skip
_SCALARS: Final[dict[str, dict[str, Any]]] = {
    "boolean": {"type": "boolean"},
    "int": {"type": "integer", "format": "int32"},
    "long": {"type": "integer", "format": "int64"},
    "float": {"type": "number", "format": "float"},
    "double": {"type": "number", "format": "double"},
    "string": {"type": "string"},
    "null": {"nullable": True, "enum": [None]},
}
NUMBERS: Final = ("int", "long", "float", "double")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """What is known of the values beside their type."""

    semantics: Semantics | None = None
    media: tuple[str, ...] = ()
    allowed: tuple[Value, ...] = ()
    range: Range | None = None
    crs: tuple[str, ...] = ()


def input_schema(declared: Input) -> dict[str, Any]:
    """``schema``, ``minOccurs`` and ``maxOccurs`` of an input.

    A list without a default is told by its occurrences, each with the schema of one value; one
    with a default (or with gaps in it) is a value of its own: an array.
    """
    facets = Facets(
        semantics=declared.semantics,
        media=declared.media_types,
        allowed=declared.allowed_values,
        range=declared.range,
        crs=declared.supported_crs,
    )
    least, most = occurrences(declared)
    if by_occurrences(declared):
        kind = declared.type.items if isinstance(declared.type, ArrayType) else declared.type
        return {"schema": schema(kind, facets), **_occurs(least, most)}
    found = schema(declared.type, facets)
    if "items" in found:
        found |= _items(declared, most)
    if declared.optional:
        found["nullable"] = True
    if declared.default is not None and is_plain(declared.default.value):
        found["default"] = _default(declared)
    return {"schema": found, **_occurs(min(least, 1), 1)}


def by_occurrences(declared: Input) -> bool:
    """Whether an input is a list whose values are given one by one.

    A list that may be left out, and has two values at least where it is given, is one value.
    """
    if declared.type == BOX and declared.semantics == "bbox":
        return False
    if declared.optional and "wps:minOccurs" in dict(declared.annotations):
        return False
    if not isinstance(declared.type, ArrayType) or declared.default is not None:
        return False
    return not may_be_null(declared.type.items)


def output_schema(output: Output) -> dict[str, Any]:
    """The schema of an output."""
    facets = Facets(semantics=output.semantics, media=output.media_types, crs=output.supported_crs)
    found = schema(output.type, facets)
    return {**found, "nullable": True} if output.optional else found


def schema(kind: DataType, facets: Facets) -> dict[str, Any]:
    """The schema of values of ``kind``; facets belong to its literals and files."""
    if facets.semantics == "bbox" and (kind == BOX or not isinstance(kind, ArrayType)):
        # A client is asked for a box, whatever the CWL makes of it (a list, a record, a text).
        return _box(facets.crs)
    match kind:
        case ArrayType(items=items):
            return {"type": "array", "items": schema(items, facets)}
        case EnumType(symbols=symbols):
            return {**_text(facets.semantics), "enum": list(symbols)}
        case RecordType():
            return _record(kind)
        case UnionType(members=members):
            return _union(members, facets)
        case Scalar(name="File" | "Directory"):
            return _file(kind, facets.media)
        case Scalar(name=name):
            return _scalar(name, facets)


def may_be_null(kind: DataType) -> bool:
    """Whether null is one of its values."""
    return kind == NULL or (isinstance(kind, UnionType) and NULL in kind.members)


def spacing_is_multiple(bounds: Range) -> bool:
    """Whether steps from the least value are the multiples of the step, as ``multipleOf`` has."""
    if bounds.spacing is None:
        return True
    if bounds.spacing <= 0:
        return False
    return Fraction(str(bounds.minimum or 0)) % Fraction(str(bounds.spacing)) == 0


def _scalar(name: str, facets: Facets) -> dict[str, Any]:
    found = dict(_SCALARS.get(name, {}))
    if name == "string":
        found = _text(facets.semantics)
    if facets.range is not None and name in NUMBERS:
        found |= _range(facets.range)
    allowed = [plain(value) for value in facets.allowed if is_plain(value)]
    if allowed and name not in ("Any", "null"):
        found["enum"] = allowed
    return found


def _text(semantics: Semantics | None) -> dict[str, Any]:
    form = FORMATS.get(semantics or "")
    return {"type": "string", "format": form} if form else {"type": "string"}


def _range(bounds: Range) -> dict[str, Any]:
    named: list[tuple[str, Value]] = [("minimum", bounds.minimum), ("maximum", bounds.maximum)]
    if spacing_is_multiple(bounds):
        named.append(("multipleOf", bounds.spacing))
    return {name: value for name, value in named if value is not None and is_plain(value)}


def _file(kind: DataType, stated: tuple[str, ...]) -> dict[str, Any]:
    if kind == Scalar("File") and not stated:
        return {"type": "string", "format": "binary"}
    each = [{"type": "string", "contentMediaType": name} for name in media_types(kind, stated)]
    return each[0] if len(each) == 1 else {"oneOf": each}


def _record(kind: RecordType) -> dict[str, Any]:
    each = {field.name: schema(field.type, Facets()) for field in kind.fields}
    required = [field.name for field in kind.fields if not may_be_null(field.type)]
    found: dict[str, Any] = {"type": "object", "properties": each}
    # OpenAPI 3.0 allows no empty list here.
    return {**found, "required": required} if required else found


def _union(members: tuple[DataType, ...], facets: Facets) -> dict[str, Any]:
    rest = [schema(member, facets) for member in members if member != NULL]
    # A whole number is a number, too: of ``oneOf`` exactly one must fit.
    found = rest[0] if len(rest) == 1 else {"anyOf": rest}
    return {**found, "nullable": True} if NULL in members else found


def _box(crs: tuple[str, ...]) -> dict[str, Any]:
    system: dict[str, Any] = {"type": "string", "format": "uri"}
    if crs:
        system |= {"enum": list(crs), "default": crs[0]}
    corners = {
        "type": "array",
        "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
        "items": {"type": "number"},
    }
    properties = {"bbox": corners, "crs": system}
    return {"type": "object", "format": "ogc-bbox", "required": ["bbox"], "properties": properties}


def _items(declared: Input, most: int | None) -> dict[str, int]:
    """Exact numbers of values, where they were told."""
    least, _ = occurrences(replace(declared, optional=False, default=None))
    found = {"minItems": least} if least > 1 else {}
    return {**found, "maxItems": most} if most is not None and most > 1 else found


def _occurs(least: int, most: int | None) -> dict[str, Any]:
    return {"minOccurs": least, "maxOccurs": "unbounded" if most is None else most}


def _default(declared: Input) -> object:
    value = plain(None if declared.default is None else declared.default.value)
    if declared.semantics == "bbox" and isinstance(value, list):
        boxes = declared.type == ArrayType(BOX)
        return [{"bbox": one} for one in value] if boxes else {"bbox": value}
    return value


def is_file(kind: DataType) -> bool:
    """Whether values are files or folders."""
    return kind in FILES
