"""``apkg build``."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from apkg.cli.errors import OK
from apkg.cli.output import FORMAT, aligned, echo, echo_json, show_findings
from apkg.cli.paths import PLACE
from apkg.cli.secrets import ALLOW_SECRETS
from apkg.errors import ToolError

if TYPE_CHECKING:
    from apkg.cli.progress import Progress
    from apkg.pipeline.build_options import BuildOptions, Built, Planned

#: Characters of a step that are shown.
_STEP_LENGTH = 100


@click.command("build")
@click.argument("source", type=PLACE, metavar="FOLDER|NOTEBOOK")
@click.argument("engine_options", nargs=-1, metavar="[-- ENGINE OPTIONS...]")
@click.option(
    "-t",
    "--tag",
    "--image",
    "tag",
    metavar="IMAGE",
    help="Name of the image. Default: the one that the application names, else <id>:<version>.",
)
@click.option(
    "-o",
    "--out",
    type=PLACE,
    default=Path(),
    metavar="DIR",
    help="Folder of the package (made if missing). Default: the current folder.",
)
@click.option("--push", is_flag=True, help="Push the image; the package names it by digest.")
@click.option(
    "--dry-run",
    is_flag=True,
    help="Write the build context and show what it holds; needs no engine.",
)
@click.option(
    "--context",
    type=PLACE,
    metavar="DIR",
    help="Folder that --dry-run writes. Default: <id>.context in DIR of -o.",
)
@click.option(
    "--lean",
    is_flag=True,
    help="For folders that need pip packages alone: a slim image on --base-image.",
)
@click.option("--base-image", metavar="REF", help="Image to start from, instead of repo2docker's.")
@click.option(
    "--pull/--no-pull",
    default=None,
    help="Fetch base images anew, or never. Default: those that are missing.",
)
@click.option("--engine", metavar="NAME", help="docker or podman. Default: the one that answers.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Stop the build after this time.",
)
@click.option(
    "--stac",
    is_flag=True,
    help="Have notebooks describe their results in a STAC catalogue, as convert does.",
)
@ALLOW_SECRETS
@click.option("--force", is_flag=True, help="Build even if nothing has changed.")
@click.option(
    "--log",
    type=PLACE,
    metavar="FILE",
    help="Where the full log goes. Default: <id>.build.log in DIR of -o.",
)
@click.option("-q", "--quiet", is_flag=True, help="Do not show how it goes.")
@FORMAT
def command(
    *,
    source: Path,
    dry_run: bool,
    quiet: bool,
    output_format: str,
    **words: Any,
) -> int:
    """Build the image that a notebook or tool runs in, and write its package.

    The environment is what the folder declares: environment.yml, requirements.txt, apt.txt,
    install.R, Dockerfile and what else repo2docker reads, at the top or in .binder. A notebook gets
    papermill where it is missing, and its launcher, which the image has on PATH. All notebooks of a
    folder share one image. A tool's image is what its Dockerfile says.

    Facet 1, Facet 2 and the job order are written where they are missing; where they exist, the
    image's name in them is all that changes. <id>.lock.txt lists what was installed.

    \b
    Examples:
      apkg build samples/water-mask -o package
      apkg build water-mask.ipynb -t registry.org/eo/water-mask:1.2 --push
      apkg build . --dry-run --context context
      apkg build . --lean --base-image python:3.12-slim
      apkg build stacker/ --engine podman -- --network=host
    """
    from apkg.cli.progress import Progress, mode
    from apkg.pipeline.build_options import BuildOptions, Planned

    options = BuildOptions(**words)
    if options.context is not None and not dry_run:
        raise click.UsageError("--context is for --dry-run: it says where to write.")
    # A dry run takes a second: outside of a terminal there is nothing to say about it.
    progress = Progress(mode(quiet=quiet or (dry_run and not sys.stderr.isatty())))
    done = _planned(source, options, progress) if dry_run else _built(source, options, progress)
    if output_format == "json":
        echo_json(_plan_data(done) if isinstance(done, Planned) else _data(done))
    else:
        _show_plan(done) if isinstance(done, Planned) else _show(done)
    return OK


def _planned(source: Path, options: BuildOptions, progress: Progress) -> Planned:
    from apkg.pipeline.build import plan
    from apkg.pipeline.build_options import Watch

    with progress:
        return plan(source, options, Watch(on_stage=progress.stage, on_log=progress.log))


def _built(source: Path, options: BuildOptions, progress: Progress) -> Built:
    from apkg.pipeline.build import build
    from apkg.pipeline.build_options import Watch

    try:
        with progress:
            return build(source, options, Watch(on_stage=progress.stage, on_log=progress.log))
    except ToolError as error:
        # Engines tell the last lines themselves; who was stopped in between has told nothing.
        for line in progress.last if "\n" not in error.message else ():
            echo(line, err=True)
        raise


def _show(done: Built) -> None:
    """The image, what was written, and what to look at."""
    verb = "is up to date" if done.up_to_date else "is built"
    echo(f"{done.image} {verb}")
    rows: list[tuple[str, ...]] = [
        ("holds", ", ".join(application.id for application in done.applications)),
        ("from", f"{', '.join(done.base_images)} ({done.buildpack})"),
        ("id", done.id),
        ("size", size_text(done.size)),
    ]
    if done.digest is not None:
        rows.append(("pushed", done.reference))
    for row in aligned(rows):
        echo(f"  {row}")
    for path in done.files:
        echo(f"wrote {path}")
    if done.log is not None:
        echo(f"the log is in {done.log}", err=True)
    show_findings(done.findings)


def _show_plan(done: Planned) -> None:
    """What would be built, and how to build it."""
    context = done.context
    echo(f"{done.image} would be built")
    rows: list[tuple[str, ...]] = [
        ("holds", ", ".join(application.id for application in done.applications)),
        ("from", ", ".join(context.base_images)),
        ("buildpack", context.buildpack),
    ]
    for row in aligned(rows):
        echo(f"  {row}")
    for number, step in enumerate(context.steps, 1):
        echo(f"  {number:3} {short_step(step)}")
    echo(f"wrote {context.folder}")
    echo(f"build it: {shlex.join(done.command)}")
    show_findings(done.findings)


def short_step(step: str) -> str:
    """A step on one line that fits a terminal."""
    line = " ".join(step.split())
    return line if len(line) <= _STEP_LENGTH else f"{line[: _STEP_LENGTH - 1]}…"


def size_text(size: int) -> str:
    """Bytes as engines tell them: in powers of ten."""
    return f"{size / 1e9:.2f} GB" if size >= 10**9 else f"{size / 1e6:.1f} MB"


def _data(done: Built) -> dict[str, Any]:
    return {
        "image": done.image,
        "reference": done.reference,
        "digest": done.digest,
        "id": done.id,
        "size": done.size,
        "buildpack": done.buildpack,
        "baseImages": list(done.base_images),
        "contextDigest": done.context_digest,
        "upToDate": done.up_to_date,
        "applications": [application.id for application in done.applications],
        "files": [str(path) for path in done.files],
        "lock": [str(path) for path in done.locks],
        "log": None if done.log is None else str(done.log),
        "findings": _findings(done),
    }


def _plan_data(done: Planned) -> dict[str, Any]:
    context = done.context
    return {
        "image": done.image,
        "buildpack": context.buildpack,
        "baseImages": list(context.base_images),
        "contextDigest": done.context_digest,
        "context": str(context.folder),
        "dockerfile": str(context.folder / context.dockerfile),
        "steps": list(context.steps),
        "labels": dict(context.labels),
        "command": list(done.command),
        "applications": [application.id for application in done.applications],
        "findings": _findings(done),
    }


def _findings(done: Built | Planned) -> list[dict[str, Any]]:
    from apkg.pipeline.describe import describe_finding

    return [describe_finding(finding) for finding in done.findings]
