"""The options that commands on many sources share, and the names in ``--from-file``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

_Command = TypeVar("_Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--from-file",
        type=click.Path(exists=True, dir_okay=False, allow_dash=True),
        metavar="FILE",
        help="Take names from FILE too, or from standard input (-): one on a line, or ended by NUL "
        "(find -print0).",
    ),
    click.option(
        "-j",
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="Processes to work in. Default: the processors; 1 where there is little to do.",
    ),
    click.option(
        "--fail-fast/--keep-going",
        default=False,
        help="Stop at the first that fails, or go on and tell at the end (default).",
    ),
    click.option(
        "--report",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Write what became of each into FILE, one line of JSON for each.",
    ),
)


def batch_options(command: _Command) -> _Command:
    """Add the options that say how to go through many sources."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def read_names(from_file: str | None) -> tuple[str, ...]:
    """The names in the file that was given, or on standard input.

    Raises:
        ApkgError: it cannot be read, or is far too large.
    """
    if from_file is None:
        return ()
    from apkg.pipeline.sources_listed import LIST_BYTES, names_in

    if from_file == "-":
        return names_in(sys.stdin.buffer.read(LIST_BYTES + 1))
    try:
        with Path(from_file).open("rb") as stream:
            return names_in(stream.read(LIST_BYTES + 1))
    except OSError as error:
        raise click.UsageError(f"Cannot read {from_file!r}: {error.strerror}.") from error
