"""``apkg run``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from apkg.cli.errors import OK
from apkg.cli.output import FORMAT, aligned, echo, echo_json
from apkg.errors import ToolError

_LAST_LINES = 40


@click.command("run")
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
    "--container/--no-container",
    default=True,
    help="Run in the package's image (default), or in the environment apkg runs in.",
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
    container: bool,
    force: bool,
    quiet: bool,
    output_format: str,
) -> int:
    """Run PACKAGE with cwltool, and list its results.

    PACKAGE is the CWL of an application package (FILE or FILE#ID), a folder that holds one, or a
    DeployProcess that links to one.

    NAME=VALUE gives one input; repeat it for a list. Files are paths from the current folder.
    Needs the extra "run": pip install "eo-apkg[run]".

    \b
    Examples:
      apkg run water-mask.cwl scene=scene.tif threshold=0.2 --no-container
      apkg run water-mask.cwl --inputs water-mask.inputs.yml -o results
      apkg run series.cwl bands=red bands=nir months='[6, 7, 8]'
    """
    from apkg.pipeline.run import run_package

    unseen: list[str] = []
    try:
        result = run_package(
            package,
            words=values,
            inputs_file=inputs_file,
            out=out,
            engine="docker" if container else "none",
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
