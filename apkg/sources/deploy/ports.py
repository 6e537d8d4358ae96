"""Inputs and outputs of a process description, in any of the dialects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from apkg.media import media_type
from apkg.model import ArrayType, Binding, DataType, Default, Input, Output, Scalar, UnionType
from apkg.sources.cwl.node import Node, short_id
from apkg.sources.deploy.bindings import binding
from apkg.sources.deploy.kept import not_kept
from apkg.sources.deploy.literals import (
    Literal,
    data_type,
    domain_node,
    read_domain,
    to_number,
)
from apkg.sources.deploy.parameters import discovery, output_path, parameters, unit_of_measure
from apkg.sources.deploy.schemas import DIRECTORY, Shape, read_schema
from apkg.sources.deploy.words import words

MAX_PORTS = 2000
#: What media types say nothing but that there is a file, or a folder.
_ANY_FILE = ("application/octet-stream",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """An input, and how often it has to occur at least, where the description says it."""

    input: Input
    minimum: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Data:
    """What a port's data are."""

    shape: Shape = field(default_factory=Shape)
    uom: str | None = None


def port_nodes(node: Node) -> Iterator[tuple[str, Node]]:
    """Inputs or outputs by id, from a list or a map."""
    seen: set[str] = set()
    for name, port in _entries(node):
        key = short_id(name)
        if not key or key in seen:
            not_kept(port, f"its id `{key}` is empty or used twice", severity="warning")
        elif len(seen) < MAX_PORTS:
            seen.add(key)
            yield key, port
        else:
            not_kept(node, f"it has more than {MAX_PORTS} entries; the rest is passed over")
            return


def _entries(node: Node) -> Iterator[tuple[str, Node]]:
    if not isinstance(node.value, list):
        yield from node.named("id")
        return
    for item in node.elements():
        name = item.get("id", "identifier").text()
        if name:
            yield name, item
        else:
            not_kept(item, "it has no `id`", severity="warning")


def read_input(name: str, node: Node, bound: Binding | None = None) -> Stated:
    """One input of a process description; ``bound`` is what the execution unit says of it."""
    least, most = _occurs(node.get("minOccurs")), _occurs(node.get("maxOccurs"))
    data = _data(node, many=_is_many(least, most))
    shape = data.shape
    if _is_list_itself(shape):
        most, least = None, min(least, 1) if least is not None else None
    more = parameters(node)
    _origins(node, f"inputs.{name}")
    found = Input(
        id=name,
        type=_repeated(shape.type, least, most),
        label=words(node.get("title")),
        doc=words(node.get("abstract", "description")),
        # What may be left out because it has a default is never null.
        optional=shape.nullable or (least == 0 and shape.default is None),
        default=_list_default(shape, least, most),
        semantics=shape.semantics,
        media_types=shape.media_types,
        allowed_values=shape.allowed,
        range=shape.range,
        uom=data.uom or unit_of_measure(more),
        supported_crs=shape.crs,
        discovery=discovery(more),
        binding=bound or binding(more),
        annotations=_counts(*(shape.counts if shape.counts != (None, None) else (least, most))),
    )
    if least is None and most is not None:
        least = 1
    return Stated(input=found, minimum=least)


def read_output(name: str, node: Node, glob: str | None = None) -> Output:
    """One output of a process description; ``glob`` is where the unit says that it is found."""
    data = _data(node)
    least, most = _occurs(node.get("minOccurs")), _occurs(node.get("maxOccurs"))
    path = glob or output_path(parameters(node))
    _origins(node, f"outputs.{name}")
    return Output(
        id=name,
        type=_repeated(data.shape.type, least, most),
        label=words(node.get("title")),
        doc=words(node.get("abstract", "description")),
        glob=path or ".",
        optional=least == 0 or data.shape.nullable,
        media_types=data.shape.media_types,
        semantics=data.shape.semantics,
        supported_crs=data.shape.crs,
    )


def _is_list_itself(shape: Shape) -> bool:
    """Whether a default shows that an array is the whole input, however often it may occur.

    ``maxOccurs: unbounded`` beside a schema of an array is a list of lists by the letter; those
    who write it for one list have a default that is one.
    """
    value = None if shape.default is None else shape.default.value
    if shape.semantics == "bbox" or not isinstance(shape.type, ArrayType):
        return False
    if isinstance(shape.type.items, ArrayType) or not isinstance(value, tuple):
        return False
    return bool(value) and not any(isinstance(one, tuple) for one in value)


def _list_default(shape: Shape, least: int | None, most: int | None) -> Default | None:
    """A default of one occurrence is, of an input with several, a list of one."""
    default = shape.default
    if default is None or not _is_many(least, most) or isinstance(default.value, tuple):
        return default
    return None if default.value is None else Default((default.value,))


def _origins(node: Node, field_name: str) -> None:
    named = {
        "type": ("schema", "literalDataDomains", "LiteralDataDomain", "supportedCRS", "formats"),
        "label": ("title",),
        "doc": ("abstract", "description"),
        "media_types": ("formats",),
        "optional": ("minOccurs",),
        "discovery": ("additionalParameters",),
    }
    for name, keys in named.items():
        if node.get(*keys).value not in (None, []):
            node.get(*keys).origin(f"{field_name}.{name}")


def _data(port: Node, *, many: bool = False) -> _Data:
    """The type of a port: bounding box, JSON schema, literal, else files of some formats."""
    crs = _crs(port)
    if crs:
        box = Shape(type=ArrayType(Scalar("double")), semantics="bbox", crs=crs)
        return _Data(shape=box)
    if port.get("schema").mapping:
        return _with_formats(read_schema(port.get("schema")), port)
    domain = domain_node(port)
    if domain is not None:
        literal = read_domain(domain, many=many)
        shape = _literal_shape(literal)
        return replace(_with_formats(shape, port), uom=literal.uom)
    return _complex(port)


def _literal_shape(literal: Literal) -> Shape:
    return Shape(
        type=literal.type,
        semantics=literal.semantics,
        default=literal.default,
        allowed=literal.allowed,
        range=literal.range,
    )


def _with_formats(shape: Shape, port: Node) -> _Data:
    """Formats say what is in files; those of a literal (``text/plain``) say nothing."""
    media = tuple(dict.fromkeys([*shape.media_types, *_formats(port)]))
    kind = _bare(shape.type)
    if kind == Scalar("Any") and media:
        kind = _file(media)
        whole = ArrayType(kind) if isinstance(shape.type, ArrayType) else kind
        return _Data(shape=replace(shape, type=whole, media_types=_telling(kind, media)))
    return _Data(shape=replace(shape, media_types=_telling(kind, media)))


def _bare(kind: DataType) -> DataType:
    """The type of what is in lists (of lists), without null."""
    if isinstance(kind, ArrayType):
        return _bare(kind.items)
    if isinstance(kind, UnionType):
        members = [member for member in kind.members if member != Scalar("null")]
        return _bare(members[0]) if len(members) == 1 else kind
    return kind


def _telling(kind: DataType, media: tuple[str, ...]) -> tuple[str, ...]:
    """The media types of files that tell more than that there is a file, or a folder."""
    if kind == Scalar("Directory"):
        return tuple(name for name in media if name not in DIRECTORY)
    return media if kind == Scalar("File") and media != _ANY_FILE else ()


def _complex(port: Node) -> _Data:
    formats = _formats(port)
    kind = port.get("dataType", "data_type", "type")
    if kind.text().lower() in ("complex", "literal", "bbox", "boundingbox"):
        kind = port.get("dataType", "data_type")
    if kind.value is not None and not formats:
        scalar, semantics, _ = data_type(kind)
        return _Data(shape=Shape(type=scalar, semantics=semantics))
    first = next(port.get("formats").elements(), None)
    # Unity writes "text" where it means a string; it is no media type.
    if first is not None and first.get("mimeType", "mediaType").text() == "text":
        return _Data(shape=Shape(type=Scalar("string")))
    if not (formats or _has_formats(port)) and port.get("type").text() != "complex":
        return _Data(shape=Shape(type=Scalar("Any")))
    file = _file(formats)
    return _Data(shape=Shape(type=file, media_types=_telling(file, formats)))


def _file(media: tuple[str, ...]) -> DataType:
    """A folder of some format (Zarr, SAFE) names it beside the media type of folders."""
    return Scalar("Directory" if any(name in DIRECTORY for name in media) else "File")


def _has_formats(port: Node) -> bool:
    """Whether data have a format, be it one that is no media type (``OGC-WKT``)."""
    holders = (port, port.get("input"), port.get("output"))
    nodes = [node for holder in holders for node in holder.get("formats", "format").elements()]
    return any(n.get("mimeType", "mediaType", "mime_type").text() for n in nodes)


def _formats(port: Node) -> tuple[str, ...]:
    """The media types of a port, the default one first."""
    holders = (port, port.get("input"), port.get("output"))
    nodes = [node for holder in holders for node in holder.get("formats", "format").elements()]
    nodes = [n for n in nodes if n.mapping]
    nodes.sort(key=lambda node: node.get("default").text().lower() != "true")
    found = (_media(node.get("mimeType", "mediaType", "mime_type")) for node in nodes)
    return tuple(dict.fromkeys(media for media in found if media))


def _media(node: Node) -> str | None:
    text = node.text()
    if not text or text == "text":
        return None
    media = media_type(text)
    if media is None:
        not_kept(node, "it is no media type that apkg knows", words=text)
    return media


def _crs(port: Node) -> tuple[str, ...]:
    """Coordinate reference systems; an empty list means that there is no bounding box."""
    holders = (port, port.get("boundingBoxData"), port.get("input"))
    nodes = [n for h in holders for n in h.get("supportedCRS", "supportedCrs").elements()]
    nodes.sort(key=lambda node: node.get("default").text().lower() != "true")
    found = (node.text() or node.get("crs", "href").text() for node in nodes)
    return tuple(dict.fromkeys(text for text in found if text))


def _occurs(node: Node) -> int | None:
    """A number of occurrences: int, digits, or -1 for ``unbounded``; ``None`` where unsaid."""
    text = node.text()
    if not text:
        return None
    if text.lower() == "unbounded":
        return -1
    number = to_number(text)
    if isinstance(number, int) and number >= 0:
        return number
    node.warn(f"`{text}` is no number of occurrences.", advice="Write 0, 1, … or unbounded.")
    return None


def _is_many(least: int | None, most: int | None) -> bool:
    return (most is not None and (most == -1 or most > 1)) or (least is not None and least > 1)


def _repeated(kind: DataType, least: int | None, most: int | None) -> DataType:
    return ArrayType(kind) if _is_many(least, most) else kind


def _counts(least: int | None, most: int | None) -> tuple[tuple[str, str], ...]:
    """Exact numbers that a CWL type cannot say, kept as annotations."""
    pairs = []
    if least is not None and least > 1:
        pairs.append(("wps:minOccurs", str(least)))
    if most is not None and most > 1:
        pairs.append(("wps:maxOccurs", str(most)))
    return tuple(pairs)
