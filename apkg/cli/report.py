"""``apkg report``."""

from __future__ import annotations

from pathlib import Path

import click

from apkg.cli.complete import complete_files
from apkg.cli.errors import OK
from apkg.cli.output import FORMAT, echo, echo_json, show_findings
from apkg.cli.paths import PLACE


@click.command("report")
@click.argument("package", shell_complete=complete_files, metavar="PACKAGE")
@click.option(
    "-o",
    "--out",
    type=PLACE,
    default=Path("report.html"),
    show_default=True,
    metavar="FILE",
    help="Page to write.",
)
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
@FORMAT
def command(*, package: str, out: Path, force: bool, output_format: str) -> int:
    """Write one page of HTML about an application, for a person to send to another.

    It shows what the application does, a picture, inputs and outputs, how to run it, its documents
    and what checking them has found. The page needs no network and runs no scripts.

    PACKAGE is a CWL file, a DeployProcess, a package's folder, a notebook or a tool's folder.
    PACKAGE#ID names one process of several. The picture is drawn by Graphviz (its program dot);
    without it, the page tells the same in words.

    \b
    Examples:
      apkg report package/water-mask.cwl -o water-mask.html
      apkg report flood.deploy.json
    """
    from apkg.pipeline.describe import describe_finding
    from apkg.pipeline.report import write_report

    done = write_report(package, out, force=force)
    show_findings(finding for finding in done.findings if finding.severity != "note")
    if output_format == "json":
        echo_json(
            {
                "id": done.application.id,
                "files": [str(done.out)],
                "valid": all(report.valid for report in done.reports),
                "documents": [
                    {
                        "path": report.path,
                        "kind": report.kind,
                        "valid": report.valid,
                        "findings": [describe_finding(finding) for finding in report.findings],
                    }
                    for report in done.reports
                ],
            }
        )
    else:
        echo(f"wrote {done.out}")
    return OK
