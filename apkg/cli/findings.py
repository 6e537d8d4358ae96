"""Findings as text: the place, what is wrong, the line of source with a caret, what to do."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path

import click

from apkg.cli.errors import styled
from apkg.cli.output import COLOURS, echo
from apkg.errors import ApkgError, Location
from apkg.names import printable
from apkg.report import Finding, Report, count

_LIMIT_BYTES = 16 * 1024 * 1024
#: Characters of a line of source that are shown, and those of them before the caret.
_SHOWN, _BEFORE = 100, 60


def show_report(report: Report, sources: Sources) -> None:
    """All findings of one document on stdout, then its verdict on a line."""
    for finding in report.findings:
        _show(finding, report, sources)
    echo(f"{report.path}: {report.kind}: {verdict(report)}")


def verdict(report: Report) -> str:
    """``valid``, or how much is wrong."""
    said = [_counted(report, word) for word in ("error", "warning")]
    text = ", ".join(part for part in said if part)
    return f"valid ({text})" if report.valid and text else text or "valid"


def _counted(report: Report, word: str) -> str:
    number = count(report.findings, "error" if word == "error" else "warning")
    return f"{number} {word}{'' if number == 1 else 's'}" if number else ""


def _show(finding: Finding, report: Report, sources: Sources) -> None:
    place = finding.location or Location(path=report.path)
    first, *rest = printable(finding.message).split("\n")
    severity = styled(finding.severity, COLOURS[finding.severity], bold=True)
    click.echo(f"{printable(str(place))}: {severity}: {first} [{finding.rule}]")
    for line in rest:
        echo(f"  {line}")
    # A line that holds a secret is not for the logs of build servers.
    source = None if finding.rule.startswith("secrets/") else sources.line(place)
    if source is not None:
        _show_source(source, place)
    for line in (finding.advice or "").splitlines():
        echo(f"  {line}")


def _show_source(line: str, place: Location) -> None:
    # Never at the start of a line: "::" there would be a command to some build servers.
    number = str(place.line)
    text, column = _window(printable(line).replace("\t", " ").replace("\n", " "), place.column)
    echo(f"  {number} | {text}")
    if column is not None:
        pad = " " * sum(_width(char) for char in text[: column - 1])
        click.echo(f"  {' ' * len(number)} | {pad}" + styled("^", "green", bold=True))


def _window(line: str, column: int | None) -> tuple[str, int | None]:
    """The part of a long line around ``column``, and where ``column`` is in it."""
    line = line.rstrip()
    if column is None or column > len(line) + 1:
        return line[:_SHOWN] + ("…" if len(line) > _SHOWN else ""), None
    start = max(0, column - _BEFORE) if len(line) > _SHOWN and column > _SHOWN - 20 else 0
    text = line[start : start + _SHOWN]
    head = "…" if start else ""
    tail = "…" if start + _SHOWN < len(line) else ""
    return f"{head}{text}{tail}", column - start + len(head)


def _width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


class Sources:
    """The lines of the files that findings are about, read when they are shown.

    ``given`` are texts that are in no file, by name.
    """

    def __init__(self, given: Mapping[str, bytes]) -> None:
        self._given = given
        self._path = ""
        self._lines: list[str] = []

    def line(self, place: Location) -> str | None:
        """The line at ``place``, if it is still there."""
        if place.line is None:
            return None
        if place.path != self._path:
            self._path, self._lines = place.path, self._read(place.path)
        lines = self._lines if place.cell is None else self._cell(place.cell)
        line = lines[place.line - 1] if 0 < place.line <= len(lines) else ""
        # An empty line shows nothing, and what is no text does not, either.
        return line if line.strip() and "\0" not in line else None

    def _read(self, path: str) -> list[str]:
        from apkg.files.read_bytes import read_bytes

        try:
            data = self._given.get(path)
            data = read_bytes(Path(path), limit=_LIMIT_BYTES) if data is None else data
        except ApkgError:
            return []
        text = data.decode("utf-8-sig", "replace")
        return text.replace("\r\n", "\n").split("\n")

    def _cell(self, number: int) -> list[str]:
        import json

        try:
            cell = json.loads("\n".join(self._lines))["cells"][number - 1]
            source = cell["source"]
            return ("".join(source) if isinstance(source, list) else str(source)).split("\n")
        except (ValueError, LookupError, TypeError, RecursionError):
            return []
