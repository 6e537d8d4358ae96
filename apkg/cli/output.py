"""What commands print: results on stdout, as text for people or JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from apkg.cli.errors import styled
from apkg.names import escaped_json, printable

if TYPE_CHECKING:
    from apkg.errors import Location
    from apkg.model import Application, Origin
    from apkg.pipeline.convert import Conversion
    from apkg.report import Finding

FORMAT = click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the result.",
)
COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}
_LONGEST = 48


def echo_json(data: Any) -> None:
    """Print plain data as JSON on stdout."""
    # Also of a file name that is not UTF-8: JSON can say it, a terminal cannot.
    click.echo(escaped_json(json.dumps(data, indent=2, ensure_ascii=False)))


def echo(text: str = "", *, err: bool = False) -> None:
    """Print text that may hold a stranger's words, without their terminal escapes."""
    click.echo(printable(text), err=err)


def show_findings(findings: Iterable[Finding]) -> None:
    """Findings on stderr, each with its place and advice."""
    for finding in findings:
        place = f"{finding.location}: " if finding.location else ""
        severity = styled(f"{finding.severity}: ", COLOURS[finding.severity], bold=True)
        click.echo(severity + printable(f"{place}{finding.message}"), err=True)
        if finding.advice:
            echo(f"  {finding.advice}", err=True)


def show_conversion(done: Conversion) -> None:
    """One conversion: what was found and where, what was written, what to look at."""
    if done.application is None:
        return
    echo(f"{done.source}: {done.application.id} - {short(done.application.title)}")
    for row in aligned(_rows(done.application)):
        echo(f"  {row}")
    for path in done.files:
        echo(f"wrote {path}")
    show_findings(done.findings)


def _rows(application: Application) -> list[tuple[str, ...]]:
    from apkg.pipeline.describe import describe_input, describe_output

    rows: list[tuple[str, ...]] = []
    for declared in application.inputs:
        row = describe_input(declared)
        default = (
            f"= {short(json.dumps(row['default'], ensure_ascii=False))}" if "default" in row else ""
        )
        came = came_from(application, f"inputs.{declared.id}.type")
        rows.append(("input", declared.id, short(row["type"]), default, came))
    for output in application.outputs:
        row = describe_output(output)
        place = f"named by {row['namedBy']}" if "namedBy" in row else row.get("glob", "")
        came = came_from(application, f"outputs.{output.id}.type", f"outputs.{output.id}.glob")
        rows.append(("output", output.id, short(row["type"]), short(place), came))
    for field, shown in (("image", _image(application)), ("version", application.metadata.version)):
        rows.append((field, shown, "", "", came_from(application, field)))
    return rows


def _image(application: Application) -> str:
    return application.container.image if application.container else "none"


def came_from(application: Application, *fields: str) -> str:
    """The origin of the first of ``fields`` that has one, as a person reads it."""
    for field in fields:
        origin = application.origin(field)
        if origin is not None:
            return origin_text(origin)
    return ""


def origin_text(origin: Origin) -> str:
    """``guessed from value, cell 2, line 5``."""
    told = not origin.guessed or origin.source == "assumed" or "guessed" in origin.source
    return f"{'' if told else 'guessed from '}{origin.source}{place_in(origin.location)}"


def place_in(location: Location | None) -> str:
    """Cell and line without the path, which the reader knows."""
    if location is None:
        return ""
    parts = [(location.cell, "cell"), (location.line, "line")]
    return "".join(f", {name} {number}" for number, name in parts if number is not None)


def aligned(rows: list[tuple[str, ...]]) -> list[str]:
    """Rows of cells as lines with straight columns."""
    if not rows:
        return []
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def short(text: str) -> str:
    """``text`` on one line of bounded length."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
