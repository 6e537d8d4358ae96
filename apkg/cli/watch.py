"""``apkg watch``."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from apkg.cli.batch_progress import shown
from apkg.cli.complete import complete_profiles
from apkg.cli.errors import OK, error_text
from apkg.cli.output import echo
from apkg.cli.paths import PLACE
from apkg.cli.secrets import ALLOW_SECRETS

if TYPE_CHECKING:
    from apkg.pipeline.watch import Seen


@click.command("watch")
@click.argument("folder", type=PLACE)
@click.option(
    "-o",
    "--out",
    type=PLACE,
    default=Path(),
    metavar="DIR",
    help="Folder to write to (made if missing). Default: the current folder.",
)
@click.option("-r", "--recursive", is_flag=True, help="Watch the folders below FOLDER, too.")
@click.option("--image", metavar="REF", help="Docker image that the applications run in.")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help="Metadata, as in apkg.yaml: version=..., license=.... Repeatable.",
)
@click.option(
    "--profile",
    "profiles",
    shell_complete=complete_profiles,
    multiple=True,
    metavar="NAME",
    help="Rules to check beyond those that hold for all, as for apkg validate. Repeatable.",
)
@ALLOW_SECRETS
@click.option(
    "--force", is_flag=True, help="Overwrite files that apkg has not written, or you have edited."
)
def command(  # noqa: PLR0913 - one parameter for each option
    *,
    folder: Path,
    out: Path,
    recursive: bool,
    image: str | None,
    settings: tuple[str, ...],
    profiles: tuple[str, ...],
    allow_secrets: bool,
    force: bool,
) -> int:
    """Convert the notebooks and tools in FOLDER, and again whenever one of them changes.

    The documents are checked as soon as they are written. A change of what belongs to a source
    counts, too: its manifest, the modules that it imports. Files that you have edited are not
    overwritten. Ctrl-C ends it. Needs the extra 'watch'.

    \b
    Examples:
      apkg watch notebooks/ -o packages
      apkg watch -r projects/ -o packages --profile best-practice
    """
    from apkg.pipeline.check import CheckOptions, chosen
    from apkg.pipeline.options import ConvertOptions
    from apkg.pipeline.watch import watch

    options = ConvertOptions(
        out=out, image=image, settings=settings, allow_secrets=allow_secrets, force=force
    )
    validating = chosen(CheckOptions(profiles=profiles))

    def ready() -> None:
        echo(f"Watching {folder} (Ctrl-C ends)", err=True)

    for seen in watch(folder, options, validating=validating, recursive=recursive, on_ready=ready):
        _show(seen)
    return OK


def _show(seen: Seen) -> None:
    from apkg.cli.findings import Sources, show_report

    now = time.strftime("%H:%M:%S")
    for package in seen.outcome.packages:
        if package.error is not None:
            click.echo(error_text(package.error), err=True)
            echo(shown(f"{now} {seen.outcome.source}: failed"))
        else:
            echo(shown(f"{now} {seen.outcome.source}: {package.id}"))
    for report in seen.reports:
        show_report(report, Sources({}))
