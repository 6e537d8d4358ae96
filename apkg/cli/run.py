"""``apkg run``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from apkg.cli.errors import OK
from apkg.cli.output import FORMAT, aligned, echo, echo_json
from apkg.errors import ToolError

if TYPE_CHECKING:
    from apkg.pipeline.run import RunnerName
    from apkg.runners.interface import EngineName

_LAST_LINES = 40


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


@click.command(
    "run",
    cls=_WithOptions,
    options_metavar="[OPTIONS]",
    epilog="What follows -- goes to the runner.",
)
@click.argument("package")
@click.argument("values", nargs=-1, metavar="[NAME=VALUE]...")
@click.option(
    "--inputs",
    "inputs_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Job order (YAML or JSON) with the values; NAME=VALUE wins over it.",
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    default=Path("results"),
    show_default=True,
    metavar="DIR",
    help="Folder for the results.",
)
@click.option(
    "--runner",
    type=click.Choice(["cwltool", "toil"]),
    default="cwltool",
    show_default=True,
    help="What executes the package.",
)
@click.option(
    "--engine",
    type=click.Choice(["docker", "podman", "singularity", "apptainer", "udocker", "none"]),
    default="docker",
    show_default=True,
    help="What starts the containers; none: in the environment apkg runs in.",
)
@click.option("--no-container", is_flag=True, help="The same as --engine none.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="End the run, and its containers, after this time.",
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
    engine: str,
    no_container: bool,
    timeout: float | None,
    force: bool,
    quiet: bool,
    output_format: str,
) -> int:
    """Run PACKAGE, and list its results.

    PACKAGE is the CWL of an application package (FILE or FILE#ID), a folder that holds one, or a
    DeployProcess that links to one.

    NAME=VALUE gives one input; repeat it for a list. Files are paths from the current folder.
    Needs the extra "run": pip install "eo-apkg[run]".

    \b
    Examples:
      apkg run water-mask.cwl scene=scene.tif threshold=0.2 --no-container
      apkg run water-mask.cwl --inputs water-mask.inputs.yml -o results
      apkg run series.cwl bands=red bands=nir months='[6, 7, 8]'
      apkg run series.cwl --inputs job.yml --runner toil -- --batchSystem slurm
    """
    from apkg.pipeline.run import run_package

    unseen: list[str] = []
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
            on_log=unseen.append if quiet else _log,
        )
    except ToolError:
        # Quiet is for runs that go well.
        for line in unseen[-_LAST_LINES:]:
            _log(line)
        raise
    if output_format == "json":
        echo_json(dict(result.outputs))
        return OK
    for row in aligned([(name, shown(value)) for name, value in result.outputs.items()]):
        echo(row)
    return OK


def _engine(name: str, *, no_container: bool) -> EngineName:
    if no_container:
        return "none"
    # Apptainer is what Singularity has been called since 2021, with the same commands.
    return "singularity" if name == "apptainer" else cast("EngineName", name)


def shown(value: object) -> str:
    """An output as a person reads it: the path of a file, else its value."""
    if isinstance(value, list):
        return ", ".join(map(shown, value))
    if isinstance(value, dict) and value.get("class") in {"File", "Directory"}:
        return _path(value)
    return "(none)" if value is None else json.dumps(value, ensure_ascii=False)


def _path(value: dict[str, object]) -> str:
    path = Path(str(value.get("path") or value.get("location")))
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _log(line: str) -> None:
    echo(line.rstrip("\n"), err=True)
