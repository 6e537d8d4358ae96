"""Reports as workflow commands of GitHub Actions, which become annotations of a pull request."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath

from apkg.errors import Location
from apkg.names import printable
from apkg.report import Finding, Report

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def github(reports: Sequence[Report]) -> str:
    """One command on one line for each finding; nothing where nothing was found."""
    lines = [_command(finding, report) for report in reports for finding in report.findings]
    return "".join(f"{line}\n" for line in lines)


def _command(finding: Finding, report: Report) -> str:
    place = finding.location or Location(path=report.path)
    parts = {"file": _relative(place.path)}
    text = f"{finding.message}\n{finding.advice}" if finding.advice else finding.message
    if place.cell is not None:
        # Lines count inside the cell; the file has other lines.
        text = (
            f"cell {place.cell}"
            + ("" if place.line is None else f", line {place.line}")
            + (f": {text}")
        )
    elif place.line:
        parts["line"] = str(place.line)
        if place.column:
            parts["col"] = str(place.column)
    parts["title"] = finding.rule
    said = ",".join(f"{name}={_property(value)}" for name, value in parts.items())
    return f"::{_COMMANDS[finding.severity]} {said}::{_data(text)}"


def _relative(path: str) -> str:
    pure = PurePath(path)
    here = Path.cwd()
    return (pure.relative_to(here) if pure.is_relative_to(here) else pure).as_posix()


def _data(text: str) -> str:
    return printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
