"""``apkg validate``."""

from __future__ import annotations

import sys
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Literal

import click

from apkg.cli.batch_options import batch_options, read_names
from apkg.cli.complete import complete_files, complete_profiles, complete_rules

#: More is no document; one byte above it shows that there is more.
_LIMIT_BYTES = 16 * 1024 * 1024


@click.command("validate")
@click.argument("paths", nargs=-1, shell_complete=complete_files, metavar="PATH...")
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
@click.option(
    "--resume",
    is_flag=True,
    help="Do not read again what has not changed since it was last checked with --resume in this "
    "folder; it is told as before. Kept in the user's cache (XDG_CACHE_HOME).",
)
@batch_options
def command(  # noqa: PLR0913 - one parameter for each option
    *,
    paths: tuple[str, ...],
    profiles: tuple[str, ...],
    ignore: tuple[str, ...],
    strict: bool | None,
    engine: Literal["apkg", "cwltool"],
    network: bool,
    output_format: Literal["text", "json", "sarif", "github", "junit"],
    resume: bool,
    from_file: str | None,
    jobs: int | None,
    fail_fast: bool,
    report: Path | None,
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
      apkg validate packages/ --resume --report packages.jsonl
      apkg validate - < water-mask.cwl
    """
    from apkg.cli.batch_validate import Shower, described
    from apkg.pipeline.check import STDIN, CheckOptions
    from apkg.pipeline.check_batch import check_batch, find_documents

    given: dict[str, bytes] = {}

    def read_stdin() -> bytes:
        given[STDIN] = sys.stdin.buffer.read(_LIMIT_BYTES + 1)
        return given[STDIN]

    options = CheckOptions(
        profiles=profiles, ignore=ignore, strict=strict, engine=engine, network=network
    )
    if not paths and from_file is None:
        raise click.UsageError("Missing argument 'PATH...'.", click.get_current_context())
    batch = find_documents(paths, read_names(from_file), options)
    with ExitStack() as stack:
        lines = None
        if report is not None:
            from apkg.pipeline.batch_report import Lines

            lines = stack.enter_context(closing(Lines(report)))
        shower = stack.enter_context(Shower(len(batch.files) + batch.stdin, output_format, given))
        memory = None
        if resume:
            from apkg.pipeline.check_memory import CheckMemory

            checker, others = batch.checker, (report,) if report else ()
            memory = stack.enter_context(
                CheckMemory(
                    checker.options, checker.validating, others=others, on_trouble=shower.forgets
                )
            )
        found = check_batch(
            batch, read_stdin=read_stdin, jobs=jobs, memory=memory, on_wait=shower.bar.tick
        )
        for checked in stack.enter_context(closing(found)):
            seen = shower.show(checked)
            if lines is not None and seen:
                lines.add(described(checked.report))
            if fail_fast and not checked.report.valid:
                break
    return shower.end()
