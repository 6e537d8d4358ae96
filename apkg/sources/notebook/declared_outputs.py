"""The cell tagged ``outputs``: our own convention, and nb2workflow's."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from apkg.model import ArrayType, DataType, Scalar
from apkg.names import parameter_id
from apkg.sources.notebook.annotations import read_annotation
from apkg.sources.notebook.declaration import Assignment, Declaration, claims
from apkg.sources.notebook.hints import read_hint
from apkg.sources.notebook.inputs import NotAnInput
from apkg.sources.notebook.literals import NotLiteral, read_literal

CONVENTION = "outputs cell"
_VALUE = "__import__('json').dump({name}, open({file!r}, 'w', encoding='utf-8'), default=str)"


def declare_output(assignment: Assignment, *, inputs: Mapping[str, str]) -> Declaration:
    """Read ``mask = "mask.tif"  # The mask`` as an output.

    A string names the file; the name of an input (``inputs``: variable to id) says that its value
    does; any other variable
    is nb2workflow's way of returning a value, which is written to ``<name>.json``.

    Raises:
        NotAnInput: the value is something else.
    """
    hint = read_hint(assignment)
    if hint.problem:
        raise NotAnInput(f"has the type hint {hint.problem!r}, which is no type apkg knows")
    value, here = assignment.value, assignment.location
    glob, named_by, at_end = None, None, None
    media: tuple[str, ...] | None = None
    if isinstance(value, ast.Name):
        if value.id in inputs:
            named_by = inputs[value.id]
        else:
            glob, at_end, media = _returned(assignment.name)
    elif value is not None:
        glob, at_end, media = _named_file(assignment, value)
    annotated = read_annotation(assignment.annotation).type if assignment.annotation else None
    kind: DataType | None = hint.word.type if hint.word else annotated
    if isinstance(kind, Scalar | ArrayType) and not _is_path(kind):
        kind = None
    return Declaration(
        name=parameter_id(assignment.name),
        variable=assignment.name,
        last_line=assignment.last_line,
        role="output",
        convention=CONVENTION,
        location=here,
        cell=assignment.cell.cell.number,
        claims=claims(
            CONVENTION,
            here,
            type=kind,
            doc=hint.doc,
            label=hint.label,
            optional=hint.word.optional if hint.word else None,
            glob=glob,
            named_by=named_by,
            media_types=media,
            annotations=hint.annotations,
        ),
        at_end=at_end,
    )


def _is_path(kind: DataType) -> bool:
    inner = kind.items if isinstance(kind, ArrayType) else kind
    return isinstance(inner, Scalar) and inner.name in {"File", "Directory"}


def _returned(name: str) -> tuple[str, str, tuple[str, ...]]:
    file = f"{name}.json"
    return file, _VALUE.format(name=name, file=file), ("application/json",)


def _named_file(
    assignment: Assignment, value: ast.expr
) -> tuple[str, str | None, tuple[str, ...] | None]:
    try:
        literal = read_literal(value)
    except NotLiteral:
        return _returned(assignment.name)
    if isinstance(literal.value, str) and literal.value:
        return literal.value, None, None
    raise NotAnInput("names no file: write its name as a string")
