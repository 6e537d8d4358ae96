"""The commands with which the subject of a report is run, with its own files and ids."""

from __future__ import annotations

import shlex

from apkg.emitters.report_html.interface import Command
from apkg.errors import ApkgError
from apkg.model import Application, ArrayType, DataType, EnumType, Input, Scalar
from apkg.names import printable
from apkg.pipeline.subject import Subject

_FOLDER = "package"
_MEANINGS = {
    "date": "YYYY-MM-DD",
    "dateTime": "YYYY-MM-DDTHH:MM:SSZ",
    "time": "HH:MM:SS",
    "anyURI": "URL",
}


def commands(subject: Subject, values: str) -> tuple[Command, ...]:
    """How to run it with apkg and with cwltool; first how to make a package, where it is none."""
    application = subject.application
    found = []
    if subject.cwl is not None:
        file, process = subject.cwl.name, _entry(subject)
    else:
        file, process = f"{_FOLDER}/{application.id}.cwl", application.id
        source = printable(subject.path.name)
        line = f"apkg convert {shlex.quote(source)} -o {_FOLDER}"
        found.append(Command(text=line, does="Make the package"))
    target = shlex.quote(file if subject.process is None else f"{file}#{subject.process}")
    given = f" --inputs {shlex.quote(values)}" if application.inputs else ""
    found.append(Command(text=f"apkg run {target}{given}", does="With apkg"))
    words = _words(application)
    if words:
        line = f"apkg run {target} {' '.join(words)}"
        found.append(Command(text=line, does="With apkg, values on the command line"))
    place = shlex.quote(f"{file}#{process}" if process else file)
    order = f" {shlex.quote(values)}" if application.inputs else ""
    found.append(Command(text=f"cwltool {place}{order}", does="With cwltool"))
    return tuple(found)


def _entry(subject: Subject) -> str | None:
    """The id of the process that is meant, where the CWL holds several."""
    from apkg.runners.entry import entry

    assert subject.cwl is not None  # noqa: S101 - its caller has looked
    try:
        return entry(subject.cwl, subject.process if subject.kind == "cwl" else None)
    except ApkgError:
        return subject.process


def _words(application: Application) -> list[str]:
    """``name=VALUE`` for each input that must be given."""
    needed = [i for i in application.inputs if not i.optional and i.default is None]
    return [shlex.quote(f"{one.id}={value}") for one in needed for value in _values(one)]


def _values(declared: Input) -> tuple[str, ...]:
    """What stands for the values; a list is given by naming the input again."""
    if declared.example is not None:
        return tuple(printable(part) for part in declared.example.split("\n"))
    if declared.semantics == "bbox":
        return ("WEST", "SOUTH", "EAST", "NORTH")
    if declared.semantics is not None:
        return (_MEANINGS[declared.semantics],)
    return (_placeholder(declared.type),)


def _placeholder(kind: DataType) -> str:
    match kind:
        case EnumType(symbols=(first, *_)):
            return first
        case ArrayType(items=items):
            return _placeholder(items)
        case Scalar(name="boolean"):
            return "true"
        case Scalar(name=name):
            return name.upper()
        case _:
            return "VALUE"
