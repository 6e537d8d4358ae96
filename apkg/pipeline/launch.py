"""The interactive mode of a notebook: JupyterLab, or Voilà with the code hidden.

OGC 20-035, 6.1: interactive applications "can be provided as either a classical Notebook enabling
code editions or a rich interactive application hiding source code".
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from apkg.errors import ToolError, UsageError
from apkg.names import printable
from apkg.pipeline.launch_server import LAB, LOOPBACK, VOILA, Place, Server, Service, serve
from apkg.pipeline.launch_target import Target, find_target

#: Seconds for a server to answer; the first start of a large image reads it from the disk.
TIMEOUT = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchOptions:
    """How to launch. ``port`` is a free one where it is ``None``; ``timeout`` is in seconds.

    ``engine_options`` go to the engine's ``run`` as they are.
    """

    image: str | None = None
    voila: bool = False
    port: int | None = None
    read_only: bool = False
    container: bool = True
    engine: str | None = None
    timeout: float = TIMEOUT
    engine_options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Launched:
    """A server that answers at ``url``; ``container`` is its name at the engine."""

    url: str
    port: int
    server: str
    folder: Path
    image: str | None = None
    container: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchWatch:
    """Who is told: ``on_ready`` once, when the server answers; ``on_log`` each line of its log."""

    on_ready: Callable[[Launched], None]
    on_log: Callable[[str], None] = lambda _line: None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Launch:
    """One launch: what was asked for, and what was found."""

    target: Target
    server: Server
    port: int
    options: LaunchOptions
    watch: LaunchWatch

    def serve(
        self, command: list[str], environment: Mapping[str, str], container: str | None = None
    ) -> None:
        """Run the server to its end, and tell when it answers."""
        token, target = secrets.token_hex(24), self.target
        launched = Launched(
            url=self.server.url(self.port, token, target.notebook),
            port=self.port,
            server=self.server.name,
            folder=target.folder.resolve(),
            image=target.image,
            container=container,
        )
        where = "" if container is None else f" in {printable(str(target.image))}"
        service = Service(
            server=self.server,
            command=command,
            environment=environment,
            port=self.port,
            token=token,
            timeout=self.options.timeout,
            problem=f"{self.server.name} does not run{where}",
            on_ready=partial(self.watch.on_ready, launched),
            on_log=self.watch.on_log,
        )
        serve(service)


def launch(text: str, options: LaunchOptions, watch: LaunchWatch) -> None:
    """Serve the folder, notebook or image ``text`` until the server ends or is interrupted.

    Raises:
        UsageError: options exclude each other.
        SourceError: there is nothing to launch.
        ToolError: engine, image or server is missing, or the server does not run.

    """
    if not options.container and (options.read_only or options.engine_options or options.engine):
        raise UsageError("--read-only, --engine and the engine's options are for containers")
    if options.engine_options and not options.engine_options[0].startswith("-"):
        # The engine would take it for an image.
        given = printable(options.engine_options[0])
        raise UsageError(f"{given!r} is no option of the engine", hint="Name one thing to launch.")
    target = find_target(text, image=options.image, container=options.container)
    server = VOILA if options.voila else LAB
    port = _port(options.port)
    one = _Launch(target=target, server=server, port=port, options=options, watch=watch)
    _in_container(one) if options.container else _here(one)


def _port(wanted: int | None) -> int:
    with socket.socket() as one:
        # As servers do: what a connection has left behind does not count.
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((LOOPBACK, wanted or 0))
        except OSError as error:
            raise ToolError(
                f"port {wanted} of {LOOPBACK} cannot be had: {error.strerror}",
                hint="Without --port a free one is taken.",
            ) from error
        return int(one.getsockname()[1])


def _here(one: _Launch) -> None:
    server, folder = one.server, Path(sys.executable).parent
    path = os.pathsep.join([str(folder), os.environ.get("PATH", os.defpath)])
    program = shutil.which(server.program, path=path)
    if program is None:
        raise ToolError(
            f"{server.name} is not installed", hint=f"Install it: pip install {server.package}"
        )
    place = Place(
        folder=str(one.target.folder.resolve()),
        notebook=one.target.notebook,
        ip=LOOPBACK,
        port=one.port,
        as_root=os.getuid() == 0,
    )
    one.serve([program, *server.words(place)], {**os.environ, "PATH": path})


def _in_container(one: _Launch) -> None:
    from apkg.builders.engines import find_engine
    from apkg.pipeline import launch_container as container

    engine, options = find_engine(one.options.engine), one.options
    # Who finds it left behind, after a kill -9, knows whose it was.
    name = f"apkg-launch-{os.getpid()}-{secrets.token_hex(4)}"
    container.check_image(engine, one.target, one.server, name)
    network, ip, port = container.network(options.engine_options, one.port)
    place = Place(
        folder=container.FOLDER, notebook=one.target.notebook, ip=ip, port=port, as_root=True
    )
    command = [
        *container.container_words(engine, one.target, name, read_only=options.read_only),
        *network,
        *options.engine_options,
        f"--entrypoint={one.server.program}",
        "--",
        str(one.target.image),
        *one.server.words(place),
    ]
    try:
        one.serve(command, engine.environment or os.environ, name)
    finally:
        container.remove(engine, name)
