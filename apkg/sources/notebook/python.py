"""The declarations of a Python notebook: every convention, cell by cell."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, replace

from apkg.errors import Location, SourceError
from apkg.names import parameter_id, unique
from apkg.sources.claims import Claim
from apkg.sources.notebook import declared_outputs, ipython2cwl, repo2cli
from apkg.sources.notebook.cells import Notebook
from apkg.sources.notebook.code import PythonCell, foreign_magic, parse_cell
from apkg.sources.notebook.colab import CONVENTION as COLAB
from apkg.sources.notebook.colab import read_form
from apkg.sources.notebook.declaration import (
    Assignment,
    Declaration,
    Edit,
    assignments,
    mentions,
)
from apkg.sources.notebook.hints import IGNORE, read_hint
from apkg.sources.notebook.inputs import NotAnInput, declare_input
from apkg.sources.notebook.literals import NotLiteral, read_literal

PAPERMILL = "parameters cell"
PROMOTED = "apkg.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a notebook's code declares. ``candidates`` are literal assignments nobody declared."""

    declarations: tuple[Declaration, ...] = ()
    application: dict[str, Claim]
    edits: tuple[Edit, ...] = ()
    cells: tuple[PythonCell, ...] = ()
    candidates: tuple[Assignment, ...] = ()

    @property
    def trees(self) -> list[tuple[int, ast.Module]]:
        """The cells that are Python, by number."""
        return [(cell.cell.number, cell.tree) for cell in self.cells if cell.tree]


def read_python(notebook: Notebook, *, promoted: frozenset[str]) -> Found:
    """Read every code cell. ``promoted`` are variables that the manifest makes inputs.

    Raises:
        SourceError: an assignment of a parameter cell is neither literal nor ignored, or a
            parameter cell is no Python; all such lines are named in the one message.
    """
    cells = tuple(
        parse_cell(cell, path=str(notebook.path)) for cell in notebook.cells if cell.is_code
    )
    return _Reader(cells, promoted).read()


class _Reader:
    """One pass over the cells; collects, and complains once."""

    def __init__(self, cells: tuple[PythonCell, ...], promoted: frozenset[str]) -> None:
        self._cells = cells
        self._promoted = promoted
        self._declared: dict[tuple[str, str], Declaration] = {}
        self._application: dict[str, Claim] = {}
        self._edits: list[Edit] = []
        self._candidates: dict[str, Assignment] = {}
        self._problems: list[tuple[str, Location]] = []
        self._assigned: dict[str, ast.expr] = {}

    def read(self) -> Found:
        for cell in self._cells:
            self._read_cell(cell)
        if self._problems:
            raise _complaint(self._problems)
        known = {declaration.variable for declaration in self._declared.values()}
        return Found(
            declarations=tuple(self._declared.values()),
            application=self._application,
            edits=tuple(self._edits),
            cells=self._cells,
            candidates=tuple(a for a in self._candidates.values() if a.name not in known),
        )

    def _read_cell(self, cell: PythonCell) -> None:
        self._edits += ipython2cwl.import_edits(cell)
        tagged = "parameters" in cell.cell.tags
        if tagged:
            self._check_parameter_cell(cell)
        returns = "outputs" in cell.cell.tags and not tagged
        found = [*assignments(cell), *(mentions(cell) if returns else ())]
        for assignment in sorted(found, key=lambda one: one.line):
            if returns:
                self._try(assignment, self._output)
            else:
                self._read_assignment(assignment, tagged=tagged)
            if assignment.value is not None:
                self._assigned[assignment.name] = assignment.value

    def _read_assignment(self, assignment: Assignment, *, tagged: bool) -> None:
        kind = ipython2cwl.annotation_kind(assignment)
        if kind == "output":
            self._try(assignment, ipython2cwl.declare_output)
        elif repo2cli.is_parameter(assignment):
            self._try(assignment, repo2cli.declare_parameter)
        elif kind == "input":
            self._edits += ipython2cwl.without_annotation(assignment)
            self._input(assignment, ipython2cwl.CONVENTION)
        elif tagged:
            self._input(assignment, PAPERMILL)
        elif read_form(assignment) is not None:
            self._input(assignment, COLAB)
        elif assignment.name in self._promoted and not self._knows(assignment.name):
            self._input(assignment, PROMOTED)
        else:
            self._application = {**repo2cli.application_claims(assignment), **self._application}
            self._consider(assignment)

    def _output(self, assignment: Assignment) -> Declaration:
        inputs = {d.variable: d.name for d in self._declared.values() if d.role == "input"}
        return declared_outputs.declare_output(assignment, inputs=inputs, before=self._assigned)

    def _knows(self, name: str) -> bool:
        return any(d.variable == name for d in self._declared.values())

    def _input(self, assignment: Assignment, convention: str) -> None:
        hint = read_hint(assignment)
        if not hint.ignore:
            form = read_form(assignment)
            self._try(
                assignment,
                lambda a: declare_input(a, convention=convention, hint=hint, form=form),
            )

    def _try(self, assignment: Assignment, read: Callable[[Assignment], Declaration]) -> None:
        try:
            declaration = read(assignment)
        except NotAnInput as problem:
            self._problems.append((f"{assignment.name} {problem}", assignment.location))
        else:
            # Python's own rule: the last assignment to a name is the one that counts.
            self._add(declaration)

    def _add(self, declaration: Declaration) -> None:
        role = "output" if declaration.role == "output" else "input"
        key, plain = (role, declaration.name), parameter_id(declaration.variable)
        other = self._declared.get(key)
        if other is not None and other.variable != declaration.variable:
            if declaration.name != plain:
                what = f"{declaration.variable} has the id of {other.variable}: {declaration.name}"
                self._problems.append((what, declaration.location))
                return
            # ``é`` and ``e`` are two variables, and one id.
            same = [d.name for d in self._declared.values() if d.variable == declaration.variable]
            name = same[0] if same else unique(plain, [name for _, name in self._declared])
            declaration = replace(declaration, name=name)
            key = (role, name)
        self._declared[key] = declaration

    def _consider(self, assignment: Assignment) -> None:
        if assignment.value is None or assignment.name.startswith("_"):
            return
        try:
            value = read_literal(assignment.value).value
        except NotLiteral:
            return
        if value not in (None, "", (), 0):
            self._candidates.setdefault(assignment.name, assignment)

    def _check_parameter_cell(self, cell: PythonCell) -> None:
        magic = foreign_magic(cell.cell.source)
        if magic is not None:
            self._problems.append((f"the parameters cell is a %%{magic} cell", cell.location(1)))
            return
        if cell.tree is None:
            what = f"the parameters cell is not Python 3: {cell.problem}"
            self._problems.append((what, cell.location(cell.problem_line)))
            return
        for statement in cell.tree.body:
            for node in ast.walk(statement):
                name = _hidden_assignment(node, statement)
                if name and not _ignored(cell, node):
                    line = getattr(node, "lineno", None)
                    self._problems.append((name, cell.location(line)))


def _hidden_assignment(node: ast.AST, statement: ast.stmt) -> str | None:
    """An assignment that no input can stand for: inside a block, to a part, or ``+=``."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return None
    if isinstance(node, ast.NamedExpr):
        return f"{node.target.id} is assigned inside an expression"
    if isinstance(node, ast.AugAssign):
        return f"{ast.unparse(node.target)} is changed in place"
    if not isinstance(node, ast.Assign | ast.AnnAssign):
        return None
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    nested = [part for target in targets for part in ast.walk(target)]
    for part in nested:
        if isinstance(part, ast.Subscript | ast.Attribute):
            return f"{ast.unparse(part)} is part of another object"
    named = [part.id for part in nested if isinstance(part, ast.Name)]
    return f"{named[0]} is assigned inside a block" if named and node is not statement else None


def _ignored(cell: PythonCell, node: ast.AST) -> bool:
    first = getattr(node, "lineno", 1)
    lines = range(first, (getattr(node, "end_lineno", None) or first) + 1)
    return any(IGNORE.search(cell.comments.get(line, "")) for line in lines)


def _complaint(problems: list[tuple[str, Location]]) -> SourceError:
    problems = sorted(problems, key=lambda p: (p[1].cell or 0, p[1].line or 0))
    what, first = problems[0]
    message = what
    if len(problems) > 1:
        lines = [f"  cell {where.cell}, line {where.line}: {text}" for text, where in problems]
        message = "\n".join([f"{len(problems)} assignments cannot become inputs", *lines])
    return SourceError(
        message,
        hint="Notebooks are read and never executed. Write a plain value (a number, string, True, "
        "False, None or a list of these), move the line to another cell, or end it with the "
        "comment '# apkg: ignore' to keep it as a constant.",
        location=first,
    )
