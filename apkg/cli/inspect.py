"""``apkg inspect``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from apkg.cli.complete import complete_files
from apkg.cli.errors import OK
from apkg.cli.output import FORMAT, came_from, echo_json, show_findings

if TYPE_CHECKING:
    from rich.table import Table

    from apkg.model import Application

_WIDE = 160
_TRUST = {
    "trusted": "trusted: Jupyter on this machine has signed it",
    "not trusted": "not trusted: Jupyter on this machine has not signed it as it is",
    "unknown": "unknown: its signature cannot be checked",
}
_WRAPPED = frozenset(["Value", "Default", "Description", "Origin", "Media type"])


@click.command("inspect")
@click.argument("file", shell_complete=complete_files, metavar="FILE")
@FORMAT
def command(*, file: str, output_format: str) -> int:
    """Show the application in FILE: a notebook, a CWL document or a DeployProcess.

    Shows inputs, outputs, types, defaults, occurrences, image, resources, and where each fact
    came from; of a notebook also whether Jupyter trusts it here. FILE#ID names one process of a
    CWL document that holds several.

    \b
    Examples:
      apkg inspect water-mask.ipynb
      apkg inspect package/water-mask.cwl
      apkg inspect package/water-mask.deploy.json --format json
    """
    from apkg.pipeline.describe import describe, describe_finding
    from apkg.pipeline.inspect import inspect
    from apkg.pipeline.trust import notebook_trust

    reading = inspect(file)
    trust = notebook_trust(Path(file))
    if output_format == "json":
        findings = [describe_finding(finding) for finding in reading.findings]
        data = {**describe(reading.application), "findings": findings}
        echo_json(data if trust is None else {**data, "trust": trust})
        return OK
    _show(reading.application, trust)
    show_findings(reading.findings)
    return OK


def _show(application: Application, trust: str | None) -> None:
    from rich.console import Console

    # Into a pipe or a file there is no width to fit into; names must not be folded there.
    console = Console(highlight=False, width=None if sys.stdout.isatty() else _WIDE)
    console.print(_facts(application, trust))
    if application.inputs:
        console.print(_inputs(application))
    if application.outputs:
        console.print(_outputs(application))


def _table(*columns: str, title: str) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        wraps = column in _WRAPPED
        table.add_column(column, overflow="fold", no_wrap=not wraps, ratio=1 if wraps else None)
    return table


def _add(table: Table, *cells: str) -> None:
    from rich.text import Text

    from apkg.names import printable

    # As Text, so that brackets in a stranger's words are no markup.
    table.add_row(*(Text(printable(cell)) for cell in cells))


def _facts(application: Application, trust: str | None) -> Table:
    from apkg.pipeline.describe import describe

    table = _table("Field", "Value", "Origin", title=application.id)
    known = describe(application)
    fields = ("title", "abstract", "version", "license", "image", "network")
    for field in fields:
        value = known[field]
        shown = {True: "yes", False: "no", None: ""}.get(value, value)
        if shown != "":
            _add(table, field, str(shown), came_from(application, field))
    if known["keywords"]:
        _add(table, "keywords", ", ".join(known["keywords"]), came_from(application, "keywords"))
    if known["authors"]:
        names = ", ".join(author["name"] for author in known["authors"])
        _add(table, "authors", names, came_from(application, "authors"))
    for name, value in known["resources"].items():
        snake = "".join(f"_{c.lower()}" if c.isupper() else c for c in name)
        _add(table, name, str(value), came_from(application, snake))
    for catalogue in known["catalogues"]:
        _add(table, "catalogue", catalogue["href"], came_from(application, "catalogues"))
    if trust is not None:
        _add(table, "trust", _TRUST[trust], "Jupyter's signatures on this machine")
    return table


def _inputs(application: Application) -> Table:
    import json

    from apkg.pipeline.describe import describe_input

    table = _table("Input", "Type", "Occurs", "Default", "Description", "Origin", title="Inputs")
    for declared in application.inputs:
        row = describe_input(declared)
        default = json.dumps(row["default"], ensure_ascii=False) if "default" in row else ""
        origin = came_from(application, f"inputs.{declared.id}.type")
        _add(table, declared.id, row["type"], row["occurrences"], default, row["doc"], origin)
    return table


def _outputs(application: Application) -> Table:
    from apkg.pipeline.describe import describe_output

    table = _table("Output", "Type", "File", "Media type", "Description", "Origin", title="Outputs")
    for output in application.outputs:
        row = describe_output(output)
        place = f"named by {row['namedBy']}" if "namedBy" in row else row.get("glob", "")
        fields = (f"outputs.{output.id}.glob", f"outputs.{output.id}.type")
        origin = came_from(application, *fields)
        _add(table, output.id, row["type"], place, ", ".join(row["mediaTypes"]), row["doc"], origin)
    return table
