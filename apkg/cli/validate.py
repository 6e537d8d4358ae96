"""``apkg validate``."""

from __future__ import annotations

from pathlib import Path

import click

from apkg.cli.errors import INVALID, OK, USAGE
from apkg.cli.output import FORMAT, echo, echo_json, show_findings


@click.command("validate")
@click.argument(
    "paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path)
)
@click.option("--strict", is_flag=True, help="Warnings make a document invalid, too.")
@FORMAT
def command(*, paths: tuple[Path, ...], strict: bool, output_format: str) -> int:
    """Check CWL documents, DeployProcess documents and manifests; folders are searched.

    What a file is, is found from its content. Nothing is fetched from the network.

    \b
    Examples:
      apkg validate water-mask.cwl water-mask.deploy.json
      apkg validate package/ --strict
      apkg validate package/ --format json
    """
    from apkg.pipeline.describe import describe_finding
    from apkg.pipeline.validate import ValidateOptions, validate_paths
    from apkg.report import count

    reports = validate_paths(paths, options=ValidateOptions(strict=strict))
    valid = all(report.valid for report in reports)
    if output_format == "json":
        echo_json(
            [
                {
                    "path": report.path,
                    "kind": report.kind,
                    "valid": report.valid,
                    "findings": [describe_finding(finding) for finding in report.findings],
                }
                for report in reports
            ]
        )
    else:
        for report in reports:
            show_findings(report.findings)
            verdict = "valid" if report.valid else f"{count(report.findings, 'error')} errors"
            echo(f"{report.path}: {report.kind}: {verdict}")
    if not reports:
        echo("There is nothing to check: no CWL, JSON or YAML file was found.", err=True)
        return USAGE
    return OK if valid else INVALID
