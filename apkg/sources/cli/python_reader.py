"""A Python file's command line: whichever library reads it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from apkg.errors import Location, SourceError
from apkg.names import did_you_mean, printable
from apkg.sources.cli.argparse_reader import read_argparse
from apkg.sources.cli.argv_reader import read_argv
from apkg.sources.cli.click_reader import read_click
from apkg.sources.cli.docopt_reader import read_docopt
from apkg.sources.cli.function_reader import read_functions
from apkg.sources.cli.notes import Notes
from apkg.sources.cli.python.modules import Program
from apkg.sources.cli.python.values import Function, Unknown, Value, innermost
from apkg.sources.cli.typer_reader import read_typer
from apkg.sources.cli.usage import learn_commands
from apkg.sources.commandline.model import Command

Reader: TypeAlias = Callable[[Program, str, Notes, Value], tuple[Command, ...]]
#: What people call the function that starts a program.
_STARTS = ("main", "cli", "run", "entry_point", "_main", "parse_args", "get_args")


def _argparse(program: Program, name: str, notes: Notes, _: Value) -> tuple[Command, ...]:
    return learn_commands(program, read_argparse(program, name, notes))


_READERS: tuple[Reader, ...] = (
    read_click,
    read_typer,
    _argparse,
    read_docopt,
    read_functions,
    read_argv,
)


def read_python(path: Path, name: str, notes: Notes, function: str | None) -> tuple[Command, ...]:
    """The commands of a Python file; ``function`` is the one that an entry point names.

    Raises:
        SourceError: it cannot be read, is no Python 3, or has no such function.

    """
    program = Program(path, guarded=function is None)
    chosen = _chosen(program, function) if function is not None else None
    found = _read(program, name, notes, chosen)
    for start in _waiting(program) if not found else ():
        program.start(start)
        found = _read(program, name, notes, chosen)
        if found:
            break
    if program.interpreter.exhausted:
        notes.add(
            "size",
            "there is more code than is followed: arguments declared far down may be missing",
            Location(path=program.name),
            advice="Name the file that defines the command line itself.",
        )
    return found


def _read(program: Program, name: str, notes: Notes, chosen: Value) -> tuple[Command, ...]:
    for reader in _READERS:
        found = reader(program, name, notes, chosen)
        if found:
            return found
    return ()


def _chosen(program: Program, function: str) -> Value:
    """What the entry point names, started where it is a function."""
    name = function.rpartition(":")[2]
    value = program.get(name)
    if isinstance(value, Unknown):
        close = did_you_mean(name, [n for n in program.scope.values if not n.startswith("__")])
        raise SourceError(
            f"there is no {printable(name)!r} in {program.name}",
            hint=f"Did you mean {close!r}?" if close else "Name the function that starts the tool.",
            location=Location(path=program.name),
        )
    target = innermost(value)
    if isinstance(target, Function):
        program.start(target)
    return value


def _waiting(program: Program) -> list[Function]:
    """The functions that nothing has called, those first that are likely to start it all."""
    found = [function for function in program.functions() if not function.runs]
    return sorted(found, key=lambda f: _STARTS.index(f.name) if f.name in _STARTS else 99)
