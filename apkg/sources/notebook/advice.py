"""What a person should look at after a notebook was read."""

from __future__ import annotations

from collections.abc import Iterable

from apkg.errors import Location
from apkg.report import Finding
from apkg.sources.claims import Layer
from apkg.sources.notebook.cells import Notebook
from apkg.sources.notebook.code import PythonCell, foreign_magic
from apkg.sources.notebook.parsers import OwnParser, own_parser
from apkg.sources.notebook.python import Found


def advice(notebook: Notebook, found: Found, merged: Layer) -> Iterable[Finding]:
    """What a person should look at after a conversion."""
    parser = own_parser(found.trees)
    if not merged.inputs:
        yield _no_inputs(notebook, found, parser)
    if parser is not None and parser.parses is not None:
        yield _parses(notebook, parser, parser.parses)
    yield from (_no_python(cell) for cell in found.cells if _is_broken(cell))
    for name, fields in merged.inputs.items():
        if "type" in fields and fields["type"].source == "assumed":
            yield Finding(
                rule="notebook/type-unknown",
                severity="warning",
                message=f"input {name} has no value to tell its type by; a string is assumed",
                location=fields["type"].location,
                advice=f"Say it in a comment (# type: File) or by --set inputs.{name}.type=File.",
                subject=name,
            )
    image = merged.application["image"]
    if image.guessed:
        yield Finding(
            rule="notebook/image-assumed",
            severity="note",
            message=f"no image is named; {image.value} is assumed",
            location=Location(path=str(notebook.path)),
            advice="Name the image that holds the notebook's environment with --image.",
        )


def _no_inputs(notebook: Notebook, found: Found, parser: OwnParser | None) -> Finding:
    names = [assignment.name for assignment in found.candidates][:8]
    looks = f"; these look like parameters: {', '.join(names)}" if names else ""
    advice = (
        "Tag the cell that assigns them 'parameters', or list them in apkg.yaml "
        "(apkg init writes one)."
    )
    location = Location(path=str(notebook.path))
    if parser is not None:
        looks = f"; its parser has the arguments {', '.join(parser.names[:8])}"
        advice = "Write them as variables with their defaults in a cell tagged 'parameters'."
        location = notebook.location(parser.cell, parser.line)
    return Finding(
        rule="notebook/no-inputs",
        severity="warning",
        message=f"the notebook declares no parameters, so the application has no inputs{looks}",
        location=location,
        advice=advice,
    )


def _parses(notebook: Notebook, parser: OwnParser, place: tuple[int, int]) -> Finding:
    return Finding(
        rule="notebook/own-arguments",
        severity="warning",
        message="parse_args() reads the words that started the notebook's kernel, and stops there",
        location=notebook.location(*place),
        advice="Write parse_args([]) to take the defaults, or variables of a cell tagged "
        f"'parameters' instead of {', '.join(parser.names[:8])}.",
    )


def _is_broken(cell: PythonCell) -> bool:
    return cell.tree is None and bool(cell.problem) and foreign_magic(cell.cell.source) is None


def _no_python(cell: PythonCell) -> Finding:
    return Finding(
        rule="notebook/not-python",
        severity="warning",
        message=f"the cell is not Python 3 ({cell.problem}): it will stop a run, and what it "
        "reads and writes is not known",
        location=cell.location(cell.problem_line),
        advice="Correct it, or tell what it writes in a cell tagged 'outputs'.",
    )
