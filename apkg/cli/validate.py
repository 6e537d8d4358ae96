"""``apkg validate``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import click

from apkg.cli.complete import complete_files, complete_profiles, complete_rules
from apkg.cli.errors import FAILED, INVALID, OK, USAGE
from apkg.cli.output import echo, echo_json

if TYPE_CHECKING:
    from apkg.report import Report

#: More is no document; one byte above it shows that there is more.
_LIMIT_BYTES = 16 * 1024 * 1024


@click.command("validate")
@click.argument("paths", nargs=-1, shell_complete=complete_files, required=True, metavar="PATH...")
@click.option(
    "--profile",
    "profiles",
    shell_complete=complete_profiles,
    multiple=True,
    metavar="NAME",
    help="Rules beyond those that hold for all: best-practice (OGC 20-089), documentation, "
    "platform:calrissian. Repeatable.",
)
@click.option(
    "--ignore",
    shell_complete=complete_rules,
    multiple=True,
    metavar="RULE",
    help="Leave out a rule, such as cwl/prefix, or all of a profile: 'cwl/*'. Repeatable.",
)
@click.option("--strict/--no-strict", default=None, help="Warnings make a document invalid, too.")
@click.option(
    "--engine",
    type=click.Choice(["apkg", "cwltool"]),
    default="apkg",
    show_default=True,
    help="cwltool adds the verdict of cwltool --validate.",
)
@click.option(
    "--network",
    is_flag=True,
    help="Let cwltool fetch what a document refers to. apkg's own rules never do.",
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json", "sarif", "github", "junit"]),
    default="text",
    show_default=True,
    help="How to print the findings.",
)
def command(  # noqa: PLR0913 - one parameter for each option
    *,
    paths: tuple[str, ...],
    profiles: tuple[str, ...],
    ignore: tuple[str, ...],
    strict: bool | None,
    engine: Literal["apkg", "cwltool"],
    network: bool,
    output_format: Literal["text", "json", "sarif", "github", "junit"],
) -> int:
    """Check CWL, DeployProcess documents, manifests and notebooks.

    PATH is a file, a folder (searched), a quoted glob, or - for standard input. What a file is, is
    found from its content. Nothing is fetched from the network; what was not looked at is said.
    'apkg rules ID' explains a finding. Options can be set in pyproject.toml under
    [tool.apkg.validate] (profiles, ignore, strict) and in apkg.yaml under 'validate'.

    \b
    Examples:
      apkg validate water-mask.cwl water-mask.deploy.json
      apkg validate package/ --strict --profile best-practice
      apkg validate 'packages/**/*.cwl' --format sarif > apkg.sarif
      apkg validate - < water-mask.cwl
    """
    from apkg.pipeline.check import STDIN, CheckOptions, check

    given: dict[str, bytes] = {}

    def read_stdin() -> bytes:
        given[STDIN] = sys.stdin.buffer.read(_LIMIT_BYTES + 1)
        return given[STDIN]

    options = CheckOptions(
        profiles=profiles, ignore=ignore, strict=strict, engine=engine, network=network
    )
    found = check(paths, options, read_stdin=read_stdin)
    # What a searched folder holds besides packages is no news.
    reports = [report for report in found if report.kind != "unknown" or not report.valid]
    if not reports:
        echo("There is nothing to check: no package, manifest or notebook was found.", err=True)
    if output_format == "text":
        _show(reports, given, others=len(found) - len(reports))
    elif output_format == "json":
        echo_json([_described(report) for report in reports])
    else:
        from apkg.pipeline.reports import render

        click.echo(render(reports, output_format), nl=False)
    return exit_code(reports)


def exit_code(reports: Sequence[Report]) -> int:
    """1 where something is invalid, before 3 where something could not be read."""
    if not reports:
        return USAGE
    wrong = {f.rule for report in reports for f in report.findings if f.severity == "error"}
    if not wrong:
        return OK
    return FAILED if wrong == {"document/unreadable"} else INVALID


def _show(reports: Sequence[Report], given: dict[str, bytes], *, others: int) -> None:
    from apkg.cli.findings import Sources, show_report
    from apkg.report import count

    sources = Sources(given)
    for report in reports:
        show_report(report, sources)
    if not reports:
        return
    findings = [finding for report in reports for finding in report.findings]
    counts = ", ".join(
        f"{number} {word}{'' if number == 1 else 's'}"
        for word in ("error", "warning", "note")
        if (number := count(findings, word))
    )
    valid = sum(report.valid for report in reports)
    text = f"{len(reports)} checked, {valid} valid" + (f": {counts}" if counts else "")
    echo(
        text
        + (f" ({others} other file{'' if others == 1 else 's'} passed over)" if others else ""),
        err=True,
    )


def _described(report: Report) -> dict[str, object]:
    from apkg.pipeline.describe import describe_finding

    return {
        "path": report.path,
        "kind": report.kind,
        "valid": report.valid,
        "findings": [describe_finding(finding) for finding in report.findings],
    }
