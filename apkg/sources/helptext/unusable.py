"""Texts that are no help: nothing at all, a crash, a shell's complaint, a usage error."""

from __future__ import annotations

import re
from collections.abc import Sequence

from apkg.errors import Location, SourceError
from apkg.names import printable
from apkg.sources.helptext.parts import Line

_CRASH = re.compile(
    r"^\s*(?:Traceback \(most recent call last\):|thread '.*' panicked|panic: "
    r"|Exception in thread|Segmentation fault|Killed$|Aborted)"
)
_MISSING = re.compile(
    r"(?:command not found|: not found|No such file or directory|cannot execute"
    r"|[Pp]ermission denied|executable file not found|is not recognized as an internal)"
)
_TRY = re.compile(r"^(?:Try ['\"`].*--?h(?:elp)?['\"`]? for help|For more information,? try )")


def no_help(lines: Sequence[Line], path: str, *, empty: bool) -> SourceError:
    """The error for a text in which nothing was found, with the reason where one can be seen."""
    first = next((line for line in lines if line.text), None)
    if first is None:
        return SourceError(
            f"{printable(path)} is empty.",
            hint="Some tools print their help on standard error: save it with "
            "`TOOL --help > FILE 2>&1`.",
            location=Location(path=path),
        )
    for pattern, what, hint in (
        (
            _CRASH,
            "holds the traceback of a crash",
            "Run the tool in its image, where its libraries are, and save what --help prints.",
        ),
        (
            _MISSING,
            "says that the tool could not be started",
            "Run it in the image that holds the tool, and save what --help prints.",
        ),
    ):
        if found := next((line for line in lines if pattern.search(line.text)), None):
            return _error(
                f"{printable(path)} {what}, not a help text: {_short(found)}", hint, found, path
            )
    found = first
    why = "neither a usage line nor a list of options was found" if empty else "it is an error"
    return _error(
        f"{printable(path)} is not a help text: {why}. It begins: {_short(found)}",
        "Save what the tool prints for --help (or -h), both streams: `TOOL --help > FILE 2>&1`.",
        found,
        path,
    )


def is_usage_error(lines: Sequence[Line]) -> bool:
    """Whether the text only says how help is to be asked for (Click, clap)."""
    return any(_TRY.match(line.words) for line in lines)


def is_crash(lines: Sequence[Line]) -> bool:
    """Whether the text holds the report of a crash."""
    return any(_CRASH.match(line.text) for line in lines)


def _short(line: Line) -> str:
    return f'"{line.words[:80]}"'


def _error(message: str, hint: str, line: Line, path: str) -> SourceError:
    return SourceError(message, hint=hint, location=Location(path=path, line=line.number))
