"""Python annotations as claims on an input: ``list[float]``, ``Literal["a", "b"]`` and so on."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace

from apkg.model import ArrayType, DataType, EnumType, Range, Scalar, Semantics, UnionType, Value
from apkg.sources.notebook.literals import MAX_DEPTH, NotLiteral, read_literal

_SCALARS: dict[str, str] = {
    "str": "string", "int": "int", "float": "double", "bool": "boolean",
    "float64": "double", "float32": "float", "float16": "float",
    "int8": "int", "int16": "int", "int32": "int", "int64": "long",
    "uint8": "int", "uint16": "int", "uint32": "long", "bool_": "boolean",
    "Path": "File", "PurePath": "File", "PosixPath": "File", "PathLike": "File",
    "FilePath": "File", "DirectoryPath": "Directory", "TextIO": "File", "BinaryIO": "File",
    "CWLFilePathInput": "File", "CWLStringInput": "string", "CWLIntInput": "int",
    "CWLBooleanInput": "boolean", "CWLFloatInput": "double", "CWLDirectoryPathInput": "Directory",
}  # fmt: skip
_SEMANTICS: dict[str, Semantics] = {
    "date": "date", "datetime": "dateTime", "Timestamp": "dateTime", "datetime64": "dateTime",
    "time": "time", "AnyUrl": "anyURI", "HttpUrl": "anyURI",
}  # fmt: skip
_LISTS = frozenset(
    ["list", "List", "Sequence", "Iterable", "Collection", "set", "Set", "frozenset", "FrozenSet"]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """What an annotation says. ``type`` is ``None`` where it says nothing CWL could use.

    ``weak`` marks ``str``: true of every path, so that what the code does with it may say more.
    """

    type: DataType | None = None
    optional: bool = False
    weak: bool = False
    semantics: Semantics | None = None
    allowed_values: tuple[Value, ...] = ()
    range: Range | None = None
    doc: str | None = None
    label: str | None = None


def read_annotation(node: ast.expr, depth: int = 0) -> Annotation:
    """Read an annotation's tree, string annotations included; unknown ones say nothing."""
    if depth > MAX_DEPTH:
        return Annotation()
    if isinstance(node, ast.Constant):
        return _constant(node.value, depth)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return _union([node.left, node.right], depth)
    if isinstance(node, ast.Subscript):
        return _generic(node, depth)
    return _named(name_of(node))


def name_of(node: ast.expr) -> str:
    """The last part of a dotted name, or the empty string."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _constant(value: object, depth: int) -> Annotation:
    if value is None:
        return Annotation(optional=True)
    if not isinstance(value, str):
        return Annotation()
    try:
        return read_annotation(ast.parse(value.strip(), mode="eval").body, depth + 1)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Annotation()


def _named(name: str) -> Annotation:
    if name in _SEMANTICS:
        return Annotation(type=Scalar("string"), semantics=_SEMANTICS[name])
    if name in {"None", "NoneType"}:
        return Annotation(optional=True)
    if name in _LISTS or name in {"tuple", "Tuple"}:
        return Annotation()
    scalar = _SCALARS.get(name)
    return Annotation(type=Scalar(scalar) if scalar else None, weak=name == "str")


def _generic(node: ast.Subscript, depth: int) -> Annotation:
    name = name_of(node.value)
    parts = list(node.slice.elts) if isinstance(node.slice, ast.Tuple) else [node.slice]
    if name == "Optional":
        return replace(read_annotation(parts[0], depth + 1), optional=True)
    if name == "Union":
        return _union(parts, depth)
    if name == "Literal":
        return _choices(parts)
    if name == "Annotated" and parts:
        return _annotated(parts, depth)
    if name in _LISTS:
        return _array(parts[0], depth)
    if name in {"tuple", "Tuple"}:
        same = [p for p in parts if not (isinstance(p, ast.Constant) and p.value is ...)]
        kinds = {ast.dump(part) for part in same}
        return _array(same[0], depth) if len(kinds) == 1 else Annotation()
    if name in {"Final", "ClassVar", "PathLike"}:
        return read_annotation(parts[0], depth + 1) if name == "Final" else _named(name)
    return Annotation()


def _array(item: ast.expr, depth: int) -> Annotation:
    inner = read_annotation(item, depth + 1)
    if inner.type is None:
        return Annotation()
    items = UnionType((Scalar("null"), inner.type)) if inner.optional else inner.type
    return Annotation(
        type=ArrayType(items),
        weak=inner.weak,
        semantics=inner.semantics,
        allowed_values=inner.allowed_values,
    )


def _union(parts: list[ast.expr], depth: int) -> Annotation:
    read = [read_annotation(part, depth + 1) for part in parts]
    optional = any(part.optional for part in read)
    typed = [part for part in read if part.type is not None]
    kinds = {part.type for part in typed}
    if len(kinds) == 1:
        return replace(typed[0], optional=optional)
    if kinds == {Scalar("string"), Scalar("File")}:
        # ``str | Path``: either way a path.
        return Annotation(type=Scalar("File"), optional=optional)
    if kinds == {Scalar("int"), Scalar("double")}:
        return Annotation(type=Scalar("double"), optional=optional)
    return Annotation(optional=optional)


def _choices(parts: list[ast.expr]) -> Annotation:
    try:
        values = [read_literal(part).value for part in parts]
    except NotLiteral:
        return Annotation()
    optional = None in values
    values = [value for value in values if value is not None]
    if values and all(isinstance(value, str) for value in values):
        return Annotation(type=EnumType(tuple(map(str, values))), optional=optional)
    if values and all(type(value) is int for value in values):
        return Annotation(type=Scalar("int"), optional=optional, allowed_values=tuple(values))
    return Annotation(optional=optional)


def _annotated(parts: list[ast.expr], depth: int) -> Annotation:
    annotation = read_annotation(parts[0], depth + 1)
    for extra in parts[1:]:
        if isinstance(extra, ast.Constant) and isinstance(extra.value, str):
            annotation = replace(annotation, doc=annotation.doc or extra.value.strip())
        elif isinstance(extra, ast.Call):
            annotation = _constrained(annotation, extra)
    return annotation


_LOW, _HIGH = frozenset(["ge", "gt", "min"]), frozenset(["le", "lt", "max"])


def _constrained(annotation: Annotation, call: ast.Call) -> Annotation:
    """``Field(ge=0, le=1, description=...)`` (pydantic) and ``Ge(0)`` (annotated-types)."""
    named: dict[str, object] = {}
    for keyword in call.keywords:
        if keyword.arg and isinstance(keyword.value, ast.Constant | ast.UnaryOp):
            named[keyword.arg] = _plain(keyword.value)
    if len(call.args) == 1 and isinstance(call.args[0], ast.Constant | ast.UnaryOp):
        named[name_of(call.func).lower()] = _plain(call.args[0])
    low = next((v for k, v in named.items() if k in _LOW and isinstance(v, int | float)), None)
    high = next((v for k, v in named.items() if k in _HIGH and isinstance(v, int | float)), None)
    if low is not None or high is not None:
        known = annotation.range or Range()
        low = known.minimum if low is None else low
        high = known.maximum if high is None else high
        annotation = replace(annotation, range=Range(minimum=low, maximum=high))
    doc, label = named.get("description") or named.get("doc"), named.get("title")
    return replace(
        annotation,
        doc=doc if isinstance(doc, str) else annotation.doc,
        label=label if isinstance(label, str) else annotation.label,
    )


def _plain(node: ast.expr) -> object:
    try:
        return read_literal(node).value
    except NotLiteral:
        return None
