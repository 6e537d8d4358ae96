"""Declarations of notebooks in other languages than Python: the tagged cells alone."""

from __future__ import annotations

from apkg.errors import SourceError
from apkg.model import Scalar
from apkg.names import parameter_id
from apkg.sources.notebook.cells import Cell, Notebook
from apkg.sources.notebook.declaration import Declaration, claims
from apkg.sources.notebook.foreign import ForeignParameter, parse_cell
from apkg.sources.notebook.literals import semantics_of
from apkg.sources.notebook.python import PAPERMILL
from apkg.sources.typenames import parse_type


def read_foreign(notebook: Notebook) -> tuple[Declaration, ...]:
    """The parameters and outputs cells of an R, Julia or Bash notebook.

    Raises:
        SourceError: such a cell cannot be read.
    """
    found: dict[tuple[str, str], Declaration] = {}
    for cell in notebook.cells:
        if not cell.is_code or not cell.tags & {"parameters", "outputs"}:
            continue
        parameters = parse_cell(
            cell.source, language=notebook.language, path=str(notebook.path), cell=cell.number
        )
        read = _input if "parameters" in cell.tags else _output
        for parameter in parameters:
            declaration = read(notebook, cell, parameter)
            found[declaration.role, declaration.name] = declaration
    return tuple(found.values())


def _input(notebook: Notebook, cell: Cell, parameter: ForeignParameter) -> Declaration:
    place = notebook.location(cell.number, parameter.line)
    word = parse_type(parameter.hint) if parameter.hint else None
    if parameter.hint and word is None:
        raise SourceError(
            f"{parameter.name} has the type hint {parameter.hint!r}, which is no type apkg knows",
            hint="Use one of CWL's types, such as int, double[], string?, File or Directory.",
            location=place,
        )
    staged = word is not None and word.role == "stage-in"
    declared = claims(
        "type comment",
        place,
        type=Scalar("Directory") if staged else word.type if word else None,
        semantics=word.semantics if word else None,
        optional=word.optional if word else None,
    )
    declared |= claims("comment", place, doc=parameter.doc)
    declared |= claims(PAPERMILL, place, default=parameter.default, optional=parameter.optional)
    value = parameter.default.value if parameter.default else None
    kind = None if parameter.type == Scalar("null") else parameter.type
    guessed = claims("value", place, guessed=True, type=kind, semantics=semantics_of(value))
    return Declaration(
        name=parameter_id(parameter.name),
        variable=parameter.name,
        role="folder" if word and word.role == "stage-out" else "input",
        convention=PAPERMILL,
        location=place,
        cell=cell.number,
        claims=declared,
        guesses=guessed,
        value=value,
        in_parameter_cell=True,
    )


def _output(notebook: Notebook, cell: Cell, parameter: ForeignParameter) -> Declaration:
    place = notebook.location(cell.number, parameter.line)
    value = parameter.default.value if parameter.default else None
    if not isinstance(value, str) or not value:
        raise SourceError(
            f"output {parameter.name} names no file",
            hint="Write the file's name as a string.",
            location=place,
        )
    word = parse_type(parameter.hint) if parameter.hint else None
    return Declaration(
        name=parameter_id(parameter.name),
        variable=parameter.name,
        role="output",
        convention="outputs cell",
        location=place,
        cell=cell.number,
        claims=claims(
            "outputs cell", place, glob=value, doc=parameter.doc, type=word.type if word else None
        ),
    )
