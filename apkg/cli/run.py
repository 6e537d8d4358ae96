"""``apkg run``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from apkg.cli.complete import complete_files
from apkg.cli.errors import OK
from apkg.cli.output import FORMAT, echo_json
from apkg.cli.paths import PLACE
from apkg.cli.run_output import RunLog, show_results
from apkg.errors import ToolError

if TYPE_CHECKING:
    from apkg.pipeline.run import RunnerName
    from apkg.runners.interface import EngineName


class _WithOptions(click.Command):
    """A command that keeps apart what follows ``--``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take what follows ``--`` for the runner, as it is."""
        own, options = args, []
        if "--" in args:
            place = args.index("--")
            own, options = args[:place], args[place + 1 :]
        ctx.meta["apkg.options"] = tuple(options)
        return super().parse_args(ctx, own)


@click.command("run", cls=_WithOptions)
@click.argument("package", shell_complete=complete_files)
@click.argument(
    "values",
    nargs=-1,
    shell_complete=complete_files,
    metavar="[NAME=VALUE]... [-- RUNNER-OPTION...]",
)
@click.option(
    "--inputs",
    "inputs_file",
    type=PLACE,
    metavar="FILE",
    help="Job order (YAML or JSON) with the values; NAME=VALUE wins over it.",
)
@click.option(
    "-o",
    "--out",
    type=PLACE,
    default=Path("results"),
    show_default=True,
    metavar="DIR",
    help="Folder for the results.",
)
@click.option(
    "--runner",
    type=click.Choice(["cwltool", "toil", "calrissian"]),
    default="cwltool",
    show_default=True,
    help="What executes the package.",
)
@click.option(
    "--engine",
    type=click.Choice(["docker", "podman", "singularity", "apptainer", "udocker", "none"]),
    help="What starts the containers (docker, else podman, if not given); none runs the package "
    "in the environment that apkg runs in.",
)
@click.option("--no-container", is_flag=True, help="The same as --engine none.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="End the run, and its containers, after this time.",
)
@click.option(
    "--check-media/--no-check-media",
    default=True,
    help="Look into input files whether they are what the package takes (default).",
)
@click.option("--force", is_flag=True, help="Overwrite existing results.")
@click.option("-q", "--quiet", is_flag=True, help="Do not show the log of the run.")
@FORMAT
def command(  # noqa: PLR0913 - one parameter for each option
    *,
    package: str,
    values: tuple[str, ...],
    inputs_file: Path | None,
    out: Path,
    runner: RunnerName,
    engine: str | None,
    no_container: bool,
    timeout: float | None,
    check_media: bool,
    force: bool,
    quiet: bool,
    output_format: str,
) -> int:
    """Run PACKAGE, and list its results.

    PACKAGE is the CWL of an application package (FILE or FILE#ID), a folder that holds one, or a
    DeployProcess that links to one.

    NAME=VALUE gives one input; repeat it for a list. Files are paths from the current folder.
    What follows -- goes to the runner as it is. Needs the extra "run" (cwltool) or "toil":
    pip install "eo-apkg[run]". Calrissian is found on PATH.

    \b
    Examples:
      apkg run water-mask.cwl scene=scene.tif threshold=0.2 --no-container
      apkg run water-mask.cwl --inputs water-mask.inputs.yml -o results
      apkg run series.cwl bands=red bands=nir months='[6, 7, 8]'
      apkg run series.cwl --inputs job.yml --runner toil -- --batchSystem slurm
    """
    from apkg.pipeline.run import run_package

    with RunLog(f"running {Path(package).name}", quiet=quiet) as log:
        try:
            result = run_package(
                package,
                words=values,
                inputs_file=inputs_file,
                out=out,
                runner=runner,
                engine=_engine(engine, no_container=no_container),
                options=click.get_current_context().meta["apkg.options"],
                timeout=timeout,
                force=force,
                media=check_media,
                on_log=log.line,
            )
        except ToolError:
            # Quiet is for runs that go well.
            log.tell()
            raise
    if output_format == "json":
        echo_json(dict(result.outputs))
    else:
        show_results(result.outputs)
    return OK


def _engine(name: str | None, *, no_container: bool) -> EngineName | None:
    if no_container:
        if name not in (None, "none"):
            raise click.UsageError(f"--no-container and --engine {name} exclude each other.")
        return "none"
    # Apptainer is what Singularity has been called since 2021, with the same commands.
    return "singularity" if name == "apptainer" else cast("EngineName | None", name)
