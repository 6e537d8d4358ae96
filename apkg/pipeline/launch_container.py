"""A Jupyter server in a container: as the user who calls, in the folder, gone when it ends."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from apkg import process
from apkg.builders.command_engine import ANSWER_TIMEOUT, CommandEngine
from apkg.builders.engine_failure import failure
from apkg.builders.interface import no_log
from apkg.errors import ToolError
from apkg.names import printable
from apkg.pipeline.launch_server import LOOPBACK, Server
from apkg.pipeline.launch_target import Target

#: Where the folder is in the container, and the port there.
FOLDER, PORT = "/work", 8888
_SECONDS_TO_GO = 20.0


def check_image(engine: CommandEngine, target: Target, server: Server, name: str) -> None:
    """See that the engine has the image, and the image the server.

    Raises:
        ToolError: one of them is missing; the hint says what to add.

    """
    assert target.image is not None  # noqa: S101 - the target of a container
    image = printable(target.image)
    if engine.inspect(target.image) is None:
        raise ToolError(f"{engine.name} does not have the image {image}", hint=target.advice)
    lines: list[str] = []
    asked = ["--network=none", "--entrypoint=sh", "--", target.image]
    try:
        done = process.run(
            [*_start(engine, name), *asked, "-c", f"command -v {server.program} || true"],
            on_line=lines.append,
            environment=engine.environment,
            timeout=ANSWER_TIMEOUT,
        )
    except BaseException:
        remove(engine, name)
        raise
    if done.status != 0:
        raise failure(f"{engine.name} does not start {image}", lines)
    if not done.stdout.strip():
        raise ToolError(f"the image {image} has no {server.name}", hint=_add(target, server))


def _add(target: Target, server: Server) -> str:
    if Path(target.folder, "environment.yml").is_file():
        return f"Add {server.package} to environment.yml. {target.advice}"
    if Path(target.folder, "Dockerfile").is_file():
        return f"Add to the Dockerfile: RUN pip install {server.package}. {target.advice}"
    return f"Add a line {server.package} to requirements.txt. {target.advice}"


def container_words(
    engine: CommandEngine, target: Target, name: str, *, read_only: bool
) -> list[str]:
    """The words up to the engine's further options: user, home, and the folder."""
    return [
        *_start(engine, name),
        # Any folder will do; the user's own is not in the container.
        "--env=HOME=/tmp/apkg-home",
        "--env=JUPYTER_TOKEN",
        f"--mount={_mount(target.folder.resolve(), read_only=read_only)}",
        f"--workdir={FOLDER}",
    ]


def _start(engine: CommandEngine, name: str) -> list[str]:
    limits = ["--security-opt=no-new-privileges", "--security-opt=label=disable"]
    return [
        engine.program,
        "run",
        "--rm",
        f"--name={name}",
        "--pull=never",
        *_user(engine),
        *limits,
    ]


def _user(engine: CommandEngine) -> list[str]:
    """The options with which files that are made in the folder belong to who calls."""
    user = f"--user={os.getuid()}:{os.getgid()}"
    if engine.name == "podman" and os.getuid() != 0:
        return ["--userns=keep-id", user]
    # In a Docker without root, who calls is root inside.
    return ["--user=0:0"] if engine.name == "docker" and _is_rootless(engine) else [user]


def _is_rootless(engine: CommandEngine) -> bool:
    done = process.run(
        [engine.program, "info", "--format={{json .SecurityOptions}}"],
        on_line=no_log,
        environment=engine.environment,
        timeout=ANSWER_TIMEOUT,
    )
    return "name=rootless" in done.stdout


def _mount(folder: Path, *, read_only: bool) -> str:
    """A bind mount as CSV, so that a comma in a name is none of its commas."""
    source = f"source={folder}".replace('"', '""')
    return f'type=bind,"{source}",target={FOLDER}' + (",readonly" if read_only else "")


def on_host_network(options: Sequence[str]) -> bool:
    """Whether the engine's options give the container the network of the machine."""
    joined = [f"{one}={two}" for one, two in pairwise(options)]
    return not {"--network=host", "--net=host"}.isdisjoint([*options, *joined])


def network(options: Sequence[str], port: int) -> tuple[list[str], str, int]:
    """The engine's words, and where the server listens: loopback of the machine in the end."""
    if on_host_network(options):
        return [], LOOPBACK, port
    return [f"--publish={LOOPBACK}:{port}:{PORT}"], "0.0.0.0", PORT  # noqa: S104 - published there


def remove(engine: CommandEngine, name: str) -> None:
    """Take the container away, and see that it has gone."""
    limit = time.monotonic() + _SECONDS_TO_GO
    while True:
        _ask(engine, "rm", "--force", "--volumes", name)
        left = _ask(engine, "ps", "--all", "--quiet", f"--filter=name=^{name}$")
        if not left.strip() or time.monotonic() > limit:
            return
        time.sleep(0.2)


def _ask(engine: CommandEngine, *words: str) -> str:
    done = process.run(
        [engine.program, *words],
        on_line=no_log,
        environment=engine.environment,
        timeout=ANSWER_TIMEOUT,
    )
    return done.stdout
