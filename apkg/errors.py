"""What stops apkg: one family of exceptions, caught once, in :mod:`apkg.cli.errors`.

A problem *inside* a document is a :class:`apkg.report.Finding`, collected with all the others;
an :class:`ApkgError` is for what makes going on impossible.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place in a file a person can go to. Lines, columns and cells count from 1."""

    path: str
    line: int | None = None
    column: int | None = None
    cell: int | None = None

    def __str__(self) -> str:
        if self.cell is None:
            numbers = [str(n) for n in (self.line, self.column) if n is not None]
            return ":".join([self.path, *numbers])
        line = "" if self.line is None else f", line {self.line}"
        return f"{self.path}, cell {self.cell}{line}"


class ApkgError(Exception):
    """apkg cannot go on. ``hint`` says what to do about it, ``location`` where it is."""

    def __init__(
        self, message: str, *, hint: str | None = None, location: Location | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.location = location


class UsageError(ApkgError):
    """What was asked for makes no sense as asked (exit code 2)."""


class SourceError(ApkgError):
    """A source (notebook, manifest, CWL, ...) cannot be read or understood."""


class ConversionError(ApkgError):
    """An application was understood, and cannot be said in the document asked for."""


class SchemaError(ApkgError):
    """A JSON schema of ours is missing or broken."""


class ToolError(ApkgError):
    """Another program (cwltool, an engine) is missing or has failed."""
