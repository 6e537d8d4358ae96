"""``apkg launch``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from apkg.cli.complete import complete_files
from apkg.cli.errors import OK
from apkg.cli.output import FORMAT, echo, echo_json

if TYPE_CHECKING:
    from apkg.pipeline.launch import Launched


@click.command("launch")
@click.argument("target", shell_complete=complete_files, metavar="FOLDER|NOTEBOOK|IMAGE")
@click.argument("engine_options", nargs=-1, metavar="[-- ENGINE OPTIONS...]")
@click.option(
    "-t",
    "--image",
    metavar="IMAGE",
    help="Default: the one that the package names, else the one that apkg build makes.",
)
@click.option("--voila", is_flag=True, help="Show the notebook as an application: Voilà, no code.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="PORT",
    help="Port of 127.0.0.1. Default: a free one.",
)
@click.option("--read-only", is_flag=True, help="Nothing in the folder can be changed.")
@click.option(
    "--container/--no-container",
    default=True,
    help="In the image (default), or in the environment apkg runs in.",
)
@click.option("--engine", metavar="NAME", help="docker or podman. Default: the one that answers.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=120,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for the server to answer.",
)
@click.option("-v", "--verbose", is_flag=True, help="Show the server's log.")
@FORMAT
def command(*, target: str, verbose: bool, output_format: str, **words: Any) -> int:
    """Open a folder or a notebook in JupyterLab or Voilà, in its image.

    The server listens on 127.0.0.1 alone and asks for a token, which is part of the address that is
    printed once the server answers. The folder is the server's working folder, and files made there
    belong to you. Ctrl-C stops the server and removes its container. For an IMAGE the folder is the
    current one.

    \b
    Examples:
      apkg launch samples/water-mask
      apkg launch water-mask.ipynb --voila --read-only
      apkg launch registry.org/eo/water-mask:1.2 --port 8888
      apkg launch . --no-container
      apkg launch . --engine podman -- --memory=4g
    """
    from apkg.pipeline.launch import LaunchOptions, LaunchWatch, launch

    def on_ready(launched: Launched) -> None:
        if output_format == "json":
            echo_json(_data(launched))
        else:
            echo(launched.url)
        echo(f"{launched.server} works in {launched.folder}; Ctrl-C stops it.", err=True)

    watch = LaunchWatch(on_ready=on_ready, on_log=_log if verbose else _nothing)
    launch(target, LaunchOptions(**words), watch)
    return OK


def _data(launched: Launched) -> dict[str, Any]:
    return {
        "url": launched.url,
        "port": launched.port,
        "server": launched.server,
        "folder": str(launched.folder),
        "image": launched.image,
        "container": launched.container,
    }


def _log(line: str) -> None:
    echo(line, err=True)


def _nothing(_line: str) -> None:
    pass
