"""``apkg init``."""

from __future__ import annotations

from pathlib import Path

import click

from apkg.cli.errors import OK
from apkg.cli.output import echo
from apkg.cli.paths import PLACE


@click.command("init")
@click.argument("folder", type=PLACE, default=Path())
@click.option("--force", is_flag=True, help="Overwrite an existing apkg.yaml.")
def command(*, folder: Path, force: bool) -> int:
    """Write a commented apkg.yaml from what is found in FOLDER (or in a notebook).

    The manifest says what the code cannot: image, authors, licence, resources, media types. What
    it says wins over what apkg finds in the notebook; delete the lines you agree with.

    \b
    Examples:
      apkg init .
      apkg init notebooks/water-mask.ipynb
    """
    from apkg.pipeline.init import init

    echo(f"wrote {init(folder, force=force)}")
    return OK
