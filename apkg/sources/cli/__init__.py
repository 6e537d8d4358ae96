"""The source of a command-line tool: Python, shell and R, read and never run.

The door is :func:`read_cli`; :func:`read_cli_source` also tells what could not be known.
"""

from __future__ import annotations

from pathlib import Path

from apkg.errors import Location, SourceError
from apkg.files.read_bytes import read_bytes
from apkg.names import printable
from apkg.sources.cli.finish import finished
from apkg.sources.cli.languages import MARKS, Language, command_name, language_of
from apkg.sources.cli.notes import Notes
from apkg.sources.cli.reading import CliReading
from apkg.sources.commandline.model import Command

__all__ = ["CliReading", "read_cli", "read_cli_source", "sniff"]

_LIMIT_BYTES = 2 * 1024 * 1024
_HINT = (
    "apkg reads argparse, Click, Typer, docopt, Fire and sys.argv in Python, getopts and $1 in "
    "shell scripts, optparse, argparse and commandArgs in R. Name the file that defines the "
    "command line with --cli FILE, or give what the tool prints for --help with --help-text FILE."
)


def read_cli(path: Path, *, function: str | None = None) -> tuple[Command, ...]:
    """The commands that a source file defines; several where it starts several tools.

    Args:
        path: The file. Modules of its own package or folder that it imports are followed.
        function: What starts the tool, as an entry point names it (``main``, ``pkg.cli:app``).

    Raises:
        SourceError: it cannot be read, is in no language that apkg knows, or defines no command
            line.

    """
    return read_cli_source(path, function=function).commands


def read_cli_source(path: Path, *, function: str | None = None) -> CliReading:
    """The commands of a source file, with notes on what only running it would tell.

    Raises:
        SourceError: as :func:`read_cli`.

    """
    name = printable(str(path))
    notes = Notes()
    try:
        commands = _read(path, function, notes)
    except RecursionError as error:
        raise SourceError(
            "the code is nested too deeply to be followed", location=Location(path=name)
        ) from error
    if not commands:
        raise SourceError(
            "no command line was found in this file", hint=_HINT, location=Location(path=name)
        )
    return CliReading(
        commands=tuple(finished(command) for command in commands),
        findings=tuple(notes.findings),
        about={finding: frozenset(words) for finding, words in notes.about.items()},
    )


def sniff(path: Path) -> bool:
    """Whether a file looks like the source of a command line; it is not taken apart for that."""
    try:
        data = read_bytes(path, limit=_LIMIT_BYTES)
    except SourceError:
        return False
    language = language_of(path, data[:200])
    if language is None or b"\0" in data:
        return False
    # What starts a package often only imports the module that reads the words.
    starts = path.name == "__main__.py" and b"import" in data
    return starts or bool(MARKS[language].search(data))


def _read(path: Path, function: str | None, notes: Notes) -> tuple[Command, ...]:
    language = _language(path)
    name = printable(command_name(path))
    if language == "python":
        from apkg.sources.cli.python_reader import read_python

        return read_python(path, name, notes, function)
    if language == "shell":
        from apkg.sources.cli.shell.reader import read_shell

        return read_shell(path, name, notes)
    from apkg.sources.cli.r.reader import read_r

    return read_r(path, name, notes)


def _language(path: Path) -> Language:
    found = language_of(path, read_bytes(path, limit=_LIMIT_BYTES)[:200])
    if found is None:
        raise SourceError(
            "this file is in no language whose command lines apkg reads",
            hint=_HINT,
            location=Location(path=printable(str(path))),
        )
    return found
