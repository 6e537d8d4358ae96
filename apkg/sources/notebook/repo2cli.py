"""Terradue's repo2cli cells (Testbed-16, D171): ``name = dict([('id', ...), ('value', ...)])``."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import TypeAlias

from apkg.model import ArrayType, DataType, Default, EnumType, Scalar, Value
from apkg.names import parameter_id
from apkg.sources.claims import Claim, Fields
from apkg.sources.notebook.declaration import Assignment, Declaration, claims, span
from apkg.sources.notebook.inputs import NotAnInput
from apkg.sources.notebook.literals import Literal, NotLiteral, read_literal
from apkg.sources.typenames import parse_type

CONVENTION = "repo2cli cell"
Entries: TypeAlias = Mapping[str, ast.expr]
_RESOURCES = {
    "coresMin": "cores_min", "coresMax": "cores_max", "ramMin": "ram_min", "ramMax": "ram_max",
    "tmpdirMin": "tmpdir_min", "tmpdirMax": "tmpdir_max", "outdirMin": "outdir_min",
    "outdirMax": "outdir_max",
}  # fmt: skip
_WORKFLOW = {
    "id": "id", "identifier": "id", "label": "title", "title": "title", "doc": "abstract",
    "abstract": "abstract", "version": "version",
}  # fmt: skip


def entries(node: ast.expr | None) -> Entries:
    """The string keys of a ``dict([(key, value), ...])``, ``dict(key=value)`` or ``{...}``."""
    if isinstance(node, ast.Dict):
        keys = [k.value if isinstance(k, ast.Constant) else None for k in node.keys]
        return {k: v for k, v in zip(keys, node.values, strict=True) if isinstance(k, str)}
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        return {}
    if node.func.id != "dict":
        return {}
    found = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
    pairs = (
        node.args[0].elts if node.args and isinstance(node.args[0], ast.List | ast.Tuple) else []
    )
    for pair in pairs:
        if isinstance(pair, ast.Tuple | ast.List) and len(pair.elts) == 2:
            key, value = pair.elts
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                found[key.value] = value
    return found


def is_parameter(assignment: Assignment) -> bool:
    """Whether the assignment is a repo2cli parameter: a dict call with an id and a value."""
    if not isinstance(assignment.value, ast.Call):
        return False
    keys = entries(assignment.value).keys()
    described = bool(
        keys & {"label", "doc", "title", "abstract", "type", "max_occurs", "min_occurs"}
    )
    return "value" in keys and bool(keys & {"id", "identifier"}) and described


def declare_parameter(assignment: Assignment) -> Declaration:
    """Read one parameter cell.

    Raises:
        NotAnInput: its value is not literal, or its type is none.
    """
    found = entries(assignment.value)
    here = assignment.location
    try:
        literal = read_literal(found["value"])
    except NotLiteral as error:
        raise NotAnInput(f"has a value that is {error.what}") from error
    values = {key: _plain(node) for key, node in found.items() if key != "value"}
    kind, optional = _type(values, literal)
    return Declaration(
        name=parameter_id(_text(values, "id", "identifier") or assignment.name),
        variable=assignment.name,
        last_line=assignment.last_line,
        role="input",
        convention=CONVENTION,
        location=here,
        cell=assignment.cell.cell.number,
        claims=claims(
            CONVENTION,
            here,
            type=kind,
            label=_text(values, "label", "title"),
            doc=_text(values, "doc", "abstract"),
            optional=optional,
            default=Default(literal.value),
            scatter=str(values.get("scatter")).lower() == "true",
        ),
        value=literal.value,
        target=span(literal.node),
        template=literal.template,
    )


def application_claims(assignment: Assignment) -> Fields:
    """What ``workflow = dict(...)`` (or ``service``) and ``requirements = dict(...)`` say."""
    found = entries(assignment.value)
    here, claimed = assignment.location, dict[str, Claim]()
    if assignment.name in {"workflow", "service"}:
        for key, field in _WORKFLOW.items():
            text = _plain(found[key]) if key in found else None
            if isinstance(text, str):
                claimed[field] = Claim(value=text, source=CONVENTION, location=here)
    if assignment.name == "requirements":
        nested = entries(found.get("ResourceRequirement")) or found
        for key, field in _RESOURCES.items():
            number = _plain(nested[key]) if key in nested else None
            if isinstance(number, int | float) and not isinstance(number, bool):
                claimed[field] = Claim(value=number, source=CONVENTION, location=here)
    return claimed


def _plain(node: ast.expr) -> Value:
    try:
        return read_literal(node).value
    except NotLiteral:
        return None


def _text(values: Mapping[str, Value], *keys: str) -> str | None:
    found = next((values[key] for key in keys if values.get(key)), None)
    return found if isinstance(found, str) else None


def _type(values: Mapping[str, Value], literal: Literal) -> tuple[DataType, bool]:
    """The declared type, else string; an array where more than one value may be given."""
    optional = str(values.get("min_occurs", 1)) == "0"
    kind: DataType = (
        Scalar("string")
        if isinstance(literal.value, str | tuple)
        else (literal.type or Scalar("string"))
    )
    symbols, named = values.get("symbols"), values.get("type")
    if isinstance(symbols, tuple) and symbols:
        kind = EnumType(tuple(str(symbol) for symbol in symbols))
    elif isinstance(named, str):
        word = parse_type(named)
        if word is None:
            raise NotAnInput(f"has the type {named!r}, which is no type apkg knows")
        kind, optional = word.type, optional or word.optional
    several = str(values.get("max_occurs", 1)) not in {"0", "1"} or isinstance(literal.value, tuple)
    if several and not isinstance(kind, ArrayType) and str(values.get("scatter")).lower() != "true":
        kind = ArrayType(kind)
    return kind, optional
