"""``apkg graph``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from apkg.cli.complete import complete_files
from apkg.cli.errors import OK
from apkg.cli.output import FORMAT, echo, echo_json, show_findings
from apkg.cli.paths import PLACE


@click.command("graph")
@click.argument("package", shell_complete=complete_files, metavar="PACKAGE")
@click.option(
    "-o",
    "--out",
    type=PLACE,
    metavar="FILE",
    help="Picture to write; its name ends in .svg, .png, .html, .mmd (Mermaid) or .dot.",
)
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
@FORMAT
def command(*, package: str, out: Path | None, force: bool, output_format: str) -> int:
    """Draw an application: its inputs, steps and outputs, and what flows between them.

    PACKAGE is a CWL file, a DeployProcess, a package's folder, a notebook or a tool's folder.
    PACKAGE#ID names one process of several. Without -o, a tree is printed.
    .svg, .png and .html are drawn by Graphviz (its program dot); .mmd and .dot are text.

    \b
    Examples:
      apkg graph flood.cwl
      apkg graph flood.cwl -o flood.svg
      apkg graph flood.cwl --format json
    """
    from apkg.pipeline.graph import graph_data, lines, read_graph, write_graph

    graph = read_graph(package)
    show_findings(finding for finding in graph.findings if finding.severity != "note")
    if out is not None:
        write_graph(graph, out, force=force)
    if output_format == "json":
        echo_json({**graph_data(graph), **({"files": [str(out)]} if out else {})})
    elif out is not None:
        echo(f"wrote {out}")
    else:
        for line in lines(graph, ascii_only=not _is_drawable()):
            echo(line)
    return OK


def _is_drawable() -> bool:
    """Whether what is printed may hold the strokes of a tree."""
    try:
        "├└│─←".encode(sys.stdout.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
