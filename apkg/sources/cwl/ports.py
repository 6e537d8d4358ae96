"""Inputs and outputs of a CWL process."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from apkg.model import DataType, Default, Input, Output, Scalar, UnionType, Value
from apkg.sources.cwl.formats import expand, media_types
from apkg.sources.cwl.node import Node, short_id
from apkg.sources.cwl_types import COMPOUND, CwlType, parse_type

FILES = (Scalar("File"), Scalar("Directory"))
MAX_PORTS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What ports of one process need to be understood."""

    types: Mapping[str, object]
    namespaces: Mapping[str, str]


def port_nodes(node: Node) -> dict[str, Node]:
    """Inputs or outputs by their plain ids, whether they are a list or a map."""
    found: dict[str, Node] = {}
    for name, port in node.named("id", "type"):
        key = short_id(name)
        if not key:
            port.warn("This parameter has an empty id and is passed over.")
        elif key in found:
            port.warn(f"The id `{key}` is used twice; the first one counts.", subject=key)
        elif len(found) < MAX_PORTS:
            found[key] = port
    return found


def read_input(name: str, node: Node, context: Context) -> Input:
    """One input. Values that the model cannot hold become notes."""
    field = f"inputs.{name}"
    given = port_type(node, context, field)
    _origins(node, field, ("label", "doc", "default", "format"))
    default, example = _default(node, given)
    return Input(
        id=name,
        type=given.type,
        label=node.get("label").text(),
        doc=node.get("doc").text(),
        optional=given.optional,
        default=default,
        semantics=given.semantics,
        media_types=media_types(_format_node(node, context), context.namespaces),
        example=example,
        annotations=() if given.schema is None else (("cwl:type", given.schema),),
    )


def read_output(name: str, node: Node, context: Context, glob: str, named_by: str | None) -> Output:
    """One output, whose files are found with ``glob``."""
    field = f"outputs.{name}"
    given = port_type(node, context, field)
    _origins(node, field, ("label", "doc", "format"))
    return Output(
        id=name,
        type=given.type,
        label=node.get("label").text(),
        doc=node.get("doc").text(),
        glob=glob,
        named_by=named_by,
        optional=given.optional,
        media_types=media_types(node.get("format"), context.namespaces),
        annotations=() if given.schema is None else (("cwl:type", given.schema),),
    )


def port_type(node: Node, context: Context, field: str | None = None) -> CwlType:
    """The type of a port; what is not understood in it becomes a warning."""
    stated = node.get("type")
    # `x: {type: array, items: File}` in a map: the mapping is the type, and the port as well.
    whole = isinstance(stated.value, str) and stated.value in COMPOUND
    given = parse_type(node.value if whole else stated.value, context.types)
    if stated.value is None:
        node.warn("This parameter has no type.", advice="Give it a `type`.")
        given = parse_type("Any")
    for problem in given.problems:
        stated.warn(f"Read as `Any`: {problem}.")
    if field is not None:
        stated.origin(f"{field}.type")
    return given


def _format_node(node: Node, context: Context) -> Node:
    """``format``, else schema.org's ``encodingFormat``, which asks nothing of the job's files."""
    if "format" not in node.mapping:
        for key in node.mapping:
            if expand(str(key), context.namespaces).endswith("//schema.org/encodingFormat"):
                return node.child(str(key), node.mapping[key])
    return node.get("format")


def _origins(node: Node, field: str, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in node.mapping:
            name = "media_types" if key == "format" else key
            node.child(key, node.mapping[key]).origin(f"{field}.{name}")


def _default(node: Node, kind: CwlType) -> tuple[Default | None, str | None]:
    if "default" not in node.mapping:
        return None, None
    stated = node.child("default", node.mapping["default"])
    path = file_path(stated)
    if path is not None:
        return None, path
    if _holds(kind.type, FILES) and isinstance(stated.value, str):
        return None, stated.text()
    if stated.value is None and not kind.optional and not _holds(kind.type, (Scalar("Any"),)):
        stated.note("A default of null is no value of this type; the input has no default.")
        return None, None
    try:
        return Default(literal(stated.value)), None
    except TypeError:
        stated.note("This default is not a plain value, and is left to the CWL itself.")
        return None, None


def file_path(node: Node) -> str | None:
    """The path or location of a CWL File or Directory, or of the first of a list of them."""
    for item in node.elements():
        if item.mapping.get("class") in ("File", "Directory"):
            return item.get("path", "location", "basename").text() or None
        break
    return None


def literal(value: object) -> Value:
    """Plain data as the model holds it.

    Raises:
        TypeError: for what is no literal or list of literals.
    """
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple):
        return tuple(literal(item) for item in value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _holds(kind: DataType, wanted: tuple[DataType, ...]) -> bool:
    members = kind.members if isinstance(kind, UnionType) else (kind,)
    return any(member in wanted for member in members)
