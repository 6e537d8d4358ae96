"""What one declaration in a notebook says, whichever convention it is written in."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from apkg.errors import Location
from apkg.model import Value
from apkg.sources.claims import Claim
from apkg.sources.notebook.code import PythonCell

Role: TypeAlias = Literal["input", "output", "folder"]
#: Two places of a cell: lines from 1, columns from 0 in UTF-8 bytes, as ``ast`` counts.
Span: TypeAlias = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """``name = value`` at the top level of a cell; ``value`` is ``None`` for ``name: type``."""

    name: str
    value: ast.expr | None
    annotation: ast.expr | None
    statement: ast.stmt
    cell: PythonCell

    @property
    def location(self) -> Location:
        """Where the statement starts."""
        return self.cell.location(self.line)

    @property
    def line(self) -> int:
        """The statement's first line in its cell."""
        return self.statement.lineno

    @property
    def last_line(self) -> int:
        """The statement's last line in its cell."""
        return self.statement.end_lineno or self.statement.lineno


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Replace the source between two places of a cell."""

    cell: int
    span: Span
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One declared input or output.

    ``template`` rebuilds the Python object around the injected value; ``target`` is the source
    that it replaces where papermill's own injected cell would not do.
    """

    #: The id of the input or output; ``variable`` is the notebook's own name for it.
    name: str
    variable: str
    role: Role
    convention: str
    location: Location
    cell: int
    claims: Mapping[str, Claim] = field(default_factory=dict)
    #: Claims that what the code does with the variable may overrule.
    guesses: Mapping[str, Claim] = field(default_factory=dict)
    value: Value = None
    target: Span | None = None
    #: ``x: int`` without a value: the whole statement is the target.
    bare: bool = False
    #: The last line of the statement in its cell.
    last_line: int = 0
    template: str = "{}"
    in_parameter_cell: bool = False
    #: Edits that the notebook needs in any case.
    edits: tuple[Edit, ...] = ()
    #: Source lines to add behind the statement (``after``) or at the end of the notebook.
    after: str | None = None
    at_end: str | None = None

    @property
    def needs_edit(self) -> bool:
        """Whether papermill's own injected cell would not do."""
        return self.role == "input" and (not self.in_parameter_cell or self.template != "{}")


def claims(
    source: str, location: Location, *, guessed: bool = False, **values: object
) -> dict[str, Claim]:
    """Claims of one voice, leaving out what is ``None`` or empty."""
    return {
        name: Claim(value=value, source=source, guessed=guessed, location=location)
        for name, value in values.items()
        if value is not None and value is not False and value not in ("", ())
    }


def span(node: ast.AST) -> Span:
    """Start and end of a node, as an :class:`Edit` wants them."""
    line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
    return (line, column), (
        getattr(node, "end_lineno", None) or line,
        getattr(node, "end_col_offset", None) or column,
    )


def assignments(cell: PythonCell) -> tuple[Assignment, ...]:
    """The assignments to plain names at the top level of a cell, in order."""
    found: list[Assignment] = []
    for statement in cell.tree.body if cell.tree else ():
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            found.append(
                Assignment(
                    name=statement.target.id,
                    value=statement.value,
                    annotation=statement.annotation,
                    statement=statement,
                    cell=cell,
                )
            )
        elif isinstance(statement, ast.Assign):
            found += [
                Assignment(name=name, value=value, annotation=None, statement=statement, cell=cell)
                for name, value in _targets(statement)
            ]
    return tuple(found)


def mentions(cell: PythonCell) -> tuple[Assignment, ...]:
    """The names that stand alone at the top level of a cell, as nb2workflow returns results."""
    return tuple(
        Assignment(
            name=statement.value.id,
            value=statement.value,
            annotation=None,
            statement=statement,
            cell=cell,
        )
        for statement in (cell.tree.body if cell.tree else ())
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Name)
    )


def _targets(statement: ast.Assign) -> list[tuple[str, ast.expr]]:
    return [pair for target in statement.targets for pair in _unpacked(target, statement.value)]


def _unpacked(target: ast.expr, value: ast.expr) -> list[tuple[str, ast.expr]]:
    """The names in ``target`` and what each is given, as far as the source itself shows it."""
    if isinstance(target, ast.Name):
        return [(target.id, value)]
    if isinstance(target, ast.Starred):
        return _unpacked(target.value, value)
    if not isinstance(target, ast.Tuple | ast.List):
        return []
    parts = _parts(target.elts, value)
    return [
        pair for one, part in zip(target.elts, parts, strict=True) for pair in _unpacked(one, part)
    ]


def _parts(targets: list[ast.expr], value: ast.expr) -> list[ast.expr]:
    listed = list(value.elts) if isinstance(value, ast.Tuple | ast.List) else []
    starred = any(isinstance(node, ast.Starred) for node in [*targets, *listed])
    if len(listed) == len(targets) and not starred:
        return listed
    if isinstance(value, ast.Call):
        return [value] * len(targets)
    part = ast.copy_location(ast.Subscript(value=value, slice=ast.Constant(0)), value)
    return [part] * len(targets)
