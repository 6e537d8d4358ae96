"""``apkg inspect``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from apkg.cli.complete import complete_files
from apkg.cli.errors import OK
from apkg.cli.output import FORMAT, came_from, echo_json, show_findings
from apkg.names import printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from apkg.model import Application

_WIDE = 160
#: Columns of text fold to this width, and what stands between two columns.
_LEAST, _BETWEEN = 16, 3
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
    """Show the application in FILE: a notebook, CWL, a DeployProcess, or the folder of one.

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
    from apkg.pipeline.subject import find_source
    from apkg.pipeline.trust import notebook_trust

    reading = inspect(file)
    trust = notebook_trust(Path(find_source(file)))
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
    here = sys.stdout.isatty()
    console = Console(highlight=False, width=None if here else _WIDE)
    tables = (_facts(application, trust), _inputs(application), _outputs(application))
    if here:
        for one in tables:
            one.print(console)
        return
    with console.capture() as drawn:
        for one in tables:
            one.print(console)
    click.echo("\n".join(line.rstrip() for line in drawn.get().rstrip().split("\n")))


class _Rows:
    """Rows with a title; the first cell of a row is its name."""

    def __init__(self, title: str, *columns: str) -> None:
        self._title, self._columns = title, columns
        self._rows: list[list[Text]] = []

    def add(self, *cells: str) -> None:
        from rich.text import Text

        # As Text, so that brackets in a stranger's words are no markup.
        self._rows.append([Text(printable(cell)) for cell in cells])

    def print(self, console: Console) -> None:
        """As a table or, where that would be all folds, one row below the other."""
        if self._rows:
            self._print_table(console) if self._fits(console) else self._print_blocks(console)

    def _fits(self, console: Console) -> bool:
        widths: list[int] = [
            min(widest, _LEAST) if column in _WRAPPED else widest
            for column, *cells in zip(self._columns, *self._rows, strict=True)
            for widest in [max(len(column), *(cell.cell_len for cell in cells))]
        ]
        return sum(widths) + _BETWEEN * len(widths) <= console.width

    def _print_table(self, console: Console) -> None:
        from rich import box
        from rich.table import Table
        from rich.text import Text

        table = Table(
            title=Text(printable(self._title), style="italic"),
            title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False,
        )  # fmt: skip
        for column in self._columns:
            wraps = column in _WRAPPED
            ratio = 1 if wraps else None
            table.add_column(column, overflow="fold", no_wrap=not wraps, ratio=ratio)
        for row in self._rows:
            table.add_row(*row)
        console.print(table)

    def _print_blocks(self, console: Console) -> None:
        from rich.table import Table
        from rich.text import Text

        console.print(Text(printable(self._title), style="italic"), "", sep="\n")
        for name, *cells in self._rows:
            block = Table.grid(padding=(0, 1))
            block.add_column(no_wrap=True)
            block.add_column(overflow="fold")
            for column, cell in zip(self._columns[1:], cells, strict=True):
                if cell.plain:
                    block.add_row(f"  {column}", cell)
            console.print(Text(name.plain, style="bold", overflow="fold"), block)
        console.print()


def _facts(application: Application, trust: str | None) -> _Rows:
    from apkg.pipeline.describe import describe

    table = _Rows(application.id, "Field", "Value", "Origin")
    known = describe(application)
    fields = ("title", "abstract", "version", "license", "image", "network")
    for field in fields:
        value = known[field]
        shown = {True: "yes", False: "no", None: ""}.get(value, value)
        if shown != "":
            table.add(field, str(shown), came_from(application, field))
    if known["keywords"]:
        table.add("keywords", ", ".join(known["keywords"]), came_from(application, "keywords"))
    if known["authors"]:
        names = ", ".join(author["name"] for author in known["authors"])
        table.add("authors", names, came_from(application, "authors"))
    for name, value in known["resources"].items():
        snake = "".join(f"_{c.lower()}" if c.isupper() else c for c in name)
        table.add(name, str(value), came_from(application, snake))
    for catalogue in known["catalogues"]:
        table.add("catalogue", catalogue["href"], came_from(application, "catalogues"))
    if trust is not None:
        table.add("trust", _TRUST[trust], "Jupyter's signatures on this machine")
    return table


def _inputs(application: Application) -> _Rows:
    import json

    from apkg.pipeline.describe import describe_input

    table = _Rows("Inputs", "Input", "Type", "Occurs", "Default", "Description", "Origin")
    for declared in application.inputs:
        row = describe_input(declared)
        default = json.dumps(row["default"], ensure_ascii=False) if "default" in row else ""
        origin = came_from(application, f"inputs.{declared.id}.type")
        table.add(declared.id, row["type"], row["occurrences"], default, row["doc"], origin)
    return table


def _outputs(application: Application) -> _Rows:
    from apkg.pipeline.describe import describe_output

    table = _Rows("Outputs", "Output", "Type", "File", "Media type", "Description", "Origin")
    for output in application.outputs:
        row = describe_output(output)
        place = f"named by {row['namedBy']}" if "namedBy" in row else row.get("glob", "")
        fields = (f"outputs.{output.id}.glob", f"outputs.{output.id}.type")
        origin = came_from(application, *fields)
        table.add(output.id, row["type"], place, ", ".join(row["mediaTypes"]), row["doc"], origin)
    return table
