"""JSON Schema of OGC API - Processes inputs and outputs, as the model's types."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from apkg.media import GEOJSON
from apkg.model import (
    ArrayType,
    DataType,
    Default,
    EnumType,
    Range,
    RecordField,
    RecordType,
    Scalar,
    Semantics,
    UnionType,
    Value,
)
from apkg.sources.cwl.node import Node
from apkg.sources.cwl.ports import literal
from apkg.sources.deploy.kept import not_kept
from apkg.sources.deploy.literals import closed, wide

MAX_DEPTH = 20
_FORMATS: dict[str, Semantics] = {
    "date": "date",
    "date-time": "dateTime",
    "time": "time",
    "uri": "anyURI",
    "url": "anyURI",
    "iri": "anyURI",
    "uri-reference": "anyURI",
}
_NUMBERS = {
    **dict.fromkeys(("int32", "int16", "int8", "uint16", "uint8"), "int"),
    **dict.fromkeys(("int64", "long", "uint32", "uint64"), "long"),
    "float": "float",
    "double": "double",
}
DIRECTORY = ("application/directory", "text/directory", "inode/directory")
#: Formats by which a text is a file or a folder (OpenAPI 3.0, OGC 20-044 ``inputBinding``).
_FILES = {"binary": "File", "file": "File", "directory": "Directory"}
_NULL = Scalar("null")
#: Schemas that cwl2ogc and others refer to: what holds many files is a folder to CWL.
_STAC = re.compile(r"stac.*\b(?:(?P<item>item)|collection|catalog)\b", re.IGNORECASE)
_FEATURES = re.compile(r"geojson.*FeatureCollection", re.IGNORECASE)
#: GeoJSON by its schema, or by a format of OGC API - Processes (``geojson-geometry``).
_GEOJSON = re.compile(r"geojson", re.IGNORECASE)
_BBOX = re.compile(r"\bbbox\.(?:json|ya?ml)$", re.IGNORECASE)
_LINK = re.compile(r"\blink\.(?:json|ya?ml)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a schema says of a value."""

    type: DataType = field(default_factory=lambda: Scalar("Any"))
    nullable: bool = False
    semantics: Semantics | None = None
    media_types: tuple[str, ...] = ()
    default: Default | None = None
    allowed: tuple[Value, ...] = ()
    range: Range | None = None
    crs: tuple[str, ...] = ()
    #: Exact numbers of values of an array, where they are told.
    counts: tuple[int | None, int | None] = (None, None)


def read_schema(node: Node, depth: int = 0) -> Shape:
    """The shape of the values that the JSON schema at ``node`` allows."""
    if depth > MAX_DEPTH or not node.mapping:
        return Shape()
    shape = _shape(node, depth)
    if "default" in node.mapping:
        default = _default(node.child("default", node.mapping["default"]))
        shape = replace(shape, default=default)
    nullable = shape.nullable or node.get("nullable").value is True
    kind = _wide(shape)
    if kind == Scalar("Any") and node.get("$ref").text():
        not_kept(node.get("$ref"), "nothing is fetched, so anything is taken for the value")
    return replace(shape, type=kind, nullable=nullable and shape.type != _NULL)


def _wide(shape: Shape) -> DataType:
    default = None if shape.default is None else shape.default.value
    many = isinstance(shape.type, ArrayType)
    bare = shape.type.items if isinstance(shape.type, ArrayType) else shape.type
    kind = wide(bare, (default, *shape.allowed), shape.range)
    return ArrayType(kind) if many else kind


def _shape(node: Node, depth: int) -> Shape:
    if _is_bbox(node):
        return Shape(type=ArrayType(Scalar("double")), semantics="bbox", crs=_crs(node))
    referred = _referred(node)
    if referred is not None:
        return referred
    for key in ("oneOf", "anyOf", "allOf"):
        if isinstance(node.get(key).value, list):
            return _alternatives(_members(node.get(key), depth))
    media = node.get("contentMediaType").text()
    if media:
        kind = "Directory" if media in DIRECTORY else "File"
        return Shape(type=Scalar(kind), media_types=(media,))
    if "const" in node.mapping:
        return _enum(node.with_value({**node.mapping, "enum": [node.mapping["const"]]}))
    if "enum" in node.mapping:
        return _enum(node)
    return _typed(node, depth)


def _members(node: Node, depth: int) -> list[Shape]:
    """The alternatives; beside a STAC item or collection, features are many items: a folder."""
    nodes = list(node.elements())
    stac = any(_STAC.search(n.get("$ref", "$id").text()) for n in nodes)
    many = [stac and _FEATURES.search(n.get("$ref", "$id").text()) is not None for n in nodes]
    return [
        Shape(type=Scalar("Directory")) if folder else read_schema(n, depth + 1)
        for n, folder in zip(nodes, many, strict=True)
    ]


def _referred(node: Node) -> Shape | None:
    """What a reference to a schema of STAC or GeoJSON means; nothing is fetched."""
    text = node.get("$ref", "$id").text()
    if node.get("type").text() not in ("", "object"):
        return None
    stac = _STAC.search(text)
    if stac is not None:
        return Shape(type=Scalar("File" if stac["item"] else "Directory"))
    if _GEOJSON.search(text) or _GEOJSON.match(node.get("format").text()):
        return Shape(type=Scalar("File"), media_types=(GEOJSON,))
    return Shape(type=Scalar("File")) if _LINK.search(text) else None


def _typed(node: Node, depth: int) -> Shape:
    stated = node.get("type")
    kinds = [kind for kind in stated.texts() if kind != "null"]
    nullable = len(kinds) < len(stated.texts())
    if len(kinds) > 1:
        each = [_typed(node.with_value({**node.mapping, "type": k}), depth + 1) for k in kinds]
        return replace(_alternatives(each), nullable=nullable)
    kind = kinds[0] if kinds else ""
    shape = Shape()
    if kind == "array":
        shape = _array(node, depth)
    elif kind == "object":
        shape = Shape(type=_record(node, depth))
    elif kind == "string":
        form = node.get("format").text().lower()
        shape = Shape(type=Scalar(_FILES.get(form, "string")), semantics=_FORMATS.get(form))
    elif kind in ("number", "integer"):
        usual = "int" if kind == "integer" else "double"
        number = Scalar(_NUMBERS.get(node.get("format").text(), usual))
        span = _range(node, whole=kind == "integer")
        if node.get("format").text().startswith("uint"):
            span = replace(span or Range(), minimum=max(0, (span and span.minimum) or 0))
        shape = Shape(type=number, range=span)
    elif kind == "boolean":
        shape = Shape(type=Scalar("boolean"))
    return replace(shape, nullable=nullable)


def _array(node: Node, depth: int) -> Shape:
    items = read_schema(node.get("items"), depth + 1)
    kind = _or_null(items.type) if items.nullable else items.type
    least, most = (_count(node.get(key)) for key in ("minItems", "maxItems"))
    return replace(items, type=ArrayType(kind), default=None, nullable=False, counts=(least, most))


def _or_null(kind: DataType) -> DataType:
    members = kind.members if isinstance(kind, UnionType) else (kind,)
    return kind if _NULL in members else UnionType((_NULL, *members))


def _count(node: Node) -> int | None:
    value = node.value
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _enum(node: Node) -> Shape:
    stated = node.mapping["enum"]
    members = [m for m in stated if m is not None] if isinstance(stated, list) else []
    nullable = isinstance(stated, list) and len(members) < len(stated)
    if members and all(isinstance(member, str) for member in members):
        semantics = _FORMATS.get(node.get("format").text().lower())
        symbols = tuple(dict.fromkeys(str(m) for m in members))
        return Shape(type=EnumType(symbols), nullable=nullable, semantics=semantics)
    if nullable and not members:
        return Shape(type=_NULL)
    plain = _typed(node, MAX_DEPTH)
    if plain.type == Scalar("Any") and members:
        plain = replace(plain, type=_type_of(members))
    if plain.type == Scalar("Any") and members:
        not_kept(node.get("enum", "const"), "its values are of several types")
        return replace(plain, nullable=nullable or plain.nullable)
    allowed = tuple(dict.fromkeys(m for m in members if isinstance(m, int | float | str)))
    return replace(plain, allowed=allowed, nullable=nullable or plain.nullable)


def _type_of(values: list[object]) -> DataType:
    """The one type of some values that are not texts; ``Any`` of several."""
    kinds = {type(value) for value in values}
    if kinds == {bool}:
        return Scalar("boolean")
    if kinds == {int}:
        return Scalar("int")
    return Scalar("double") if kinds <= {int, float} else Scalar("Any")


def _alternatives(shapes: list[Shape]) -> Shape:
    """One shape for several: files of several formats are one File with all of them."""
    nullable = any(shape.nullable or shape.type == _NULL for shape in shapes)
    known = [shape for shape in shapes if shape.type not in (Scalar("Any"), _NULL)]
    if not known:
        return Shape(nullable=nullable)
    media = tuple(dict.fromkeys(m for shape in known for m in shape.media_types))
    types = tuple(dict.fromkeys(shape.type for shape in known))
    files = [kind for kind in types if kind in (Scalar("File"), Scalar("Directory"))]
    # A value by reference or inline is one thing: beside a file, text and objects are its content.
    if files:
        types = (Scalar("Directory") if Scalar("Directory") in files else files[0],)
    semantics = next((shape.semantics for shape in known if shape.semantics), None)
    first = known[0]
    return replace(
        first,
        type=types[0] if len(types) == 1 else UnionType(types),
        media_types=media,
        semantics=None if files else semantics,
        nullable=nullable,
        range=next((shape.range for shape in known if shape.range), None),
        default=None,
    )


def _is_bbox(node: Node) -> bool:
    if node.get("format").text() == "ogc-bbox":
        return True
    if any(n.get("format").text() == "ogc-bbox" for n in node.get("allOf").elements()):
        return True
    if _BBOX.search(node.get("$ref").text()):
        return True
    return {"bbox", "crs"} <= set(node.get("properties").mapping)


def _crs(node: Node) -> tuple[str, ...]:
    stated = node.get("properties").get("crs")
    return tuple(dict.fromkeys([*stated.get("default").texts(), *stated.get("enum").texts()]))


def _range(node: Node, *, whole: bool) -> Range | None:
    """Bounds; ``exclusiveMinimum`` is true (OpenAPI 3.0), or the bound (JSON Schema 2020-12)."""
    least, most, step = (_number(node.get(k)) for k in ("minimum", "maximum", "multipleOf"))
    above, below = node.get("exclusiveMinimum"), node.get("exclusiveMaximum")
    low, high = _number(above), _number(below)
    out_low = above.value is True or (low is not None and (least is None or low >= least))
    out_high = below.value is True or (high is not None and (most is None or high <= most))
    known = Range(
        minimum=low if out_low and low is not None else least,
        maximum=high if out_high and high is not None else most,
        spacing=step,
    )
    if known == Range():
        return None
    return closed(node, known, low=out_low, high=out_high, whole=whole)


def _number(node: Node) -> float | int | None:
    value = node.value
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _record(node: Node, depth: int) -> DataType:
    required = set(node.get("required").texts())
    fields = []
    for name, member in node.get("properties").members():
        shape = read_schema(member, depth + 1)
        kind = shape.type
        if name not in required or shape.nullable:
            kind = _or_null(kind) if kind != _NULL else kind
        fields.append(RecordField(name, kind))
    return RecordType(tuple(fields)) if fields else Scalar("Any")


def _default(node: Node) -> Default | None:
    try:
        return Default(literal(_without_boxes(node.value)))
    except TypeError:
        not_kept(node, "a default is a plain value, or a list of these")
        return None


def _without_boxes(value: object) -> object:
    """The numbers of a bounding box that is an object, and of a list of these."""
    if isinstance(value, Mapping) and isinstance(value.get("bbox"), list):
        return value["bbox"]
    return [_without_boxes(one) for one in value] if isinstance(value, list) else value
