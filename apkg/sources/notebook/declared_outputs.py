"""The cell tagged ``outputs``: our own convention, and nb2workflow's."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from apkg.media import media_type_of
from apkg.model import ArrayType, DataType, Scalar
from apkg.names import parameter_id
from apkg.sources.notebook.annotations import read_annotation
from apkg.sources.notebook.declaration import Assignment, Declaration, claims
from apkg.sources.notebook.hints import read_hint
from apkg.sources.notebook.inputs import NotAnInput
from apkg.sources.notebook.literals import NotLiteral, read_literal

CONVENTION = "outputs cell"
_VALUE = "__import__('json').dump({name}, open({file!r}, 'w', encoding='utf-8'), default=str)"


def declare_output(
    assignment: Assignment, *, inputs: Mapping[str, str], before: Mapping[str, ast.expr]
) -> Declaration:
    """Read ``mask = "mask.tif"  # The mask`` as an output.

    A string names the file; the name of an input (``inputs``: variable to id) says that its value
    does; any other variable is nb2workflow's way of returning a value, which is written to
    ``<name>.json``. So is a name that stands alone, unless what the notebook gave it (``before``)
    names a file.

    Raises:
        NotAnInput: the value is something else.
    """
    hint = read_hint(assignment)
    if hint.problem:
        raise NotAnInput(f"has the type hint {hint.problem!r}, which is no type apkg knows")
    value, here = assignment.value, assignment.location
    glob, named_by, at_end = None, None, None
    media: tuple[str, ...] | None = None
    if _stands_alone(assignment):
        value = before.get(assignment.name)
        file = None if value is None else _file_name(value)
        if file is None:
            glob, at_end, media = _returned(assignment.name)
        elif assignment.name in inputs:
            named_by = inputs[assignment.name]
        else:
            glob = file
    elif isinstance(value, ast.Name):
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


def _stands_alone(assignment: Assignment) -> bool:
    return isinstance(assignment.statement, ast.Expr)


def _file_name(value: ast.expr) -> str | None:
    """The text that ``value`` is, if it is clearly the name of a file."""
    try:
        text = read_literal(value).value
    except NotLiteral:
        return None
    return text if isinstance(text, str) and media_type_of(text) and not _is_prose(text) else None


def _is_prose(text: str) -> bool:
    """A text that is a result itself: of several lines, or of words without a file's ending."""
    return "\n" in text or (len(text.split()) > 1 and media_type_of(text) is None)


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
        if _is_prose(literal.value):
            return _returned(assignment.name)
        return literal.value, None, None
    raise NotAnInput("names no file: write its name as a string")
