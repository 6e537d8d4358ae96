"""A Jupyter server: how it is called, whether it answers, and its life until it is stopped.

The token reaches the server through ``JUPYTER_TOKEN``, so that no list of processes shows it.
"""

from __future__ import annotations

import http.client
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote

from apkg import process
from apkg.builders.engine_failure import failure
from apkg.errors import ToolError
from apkg.names import printable

#: What JupyterLab and Voilà both answer to who has the token alone: there is no such kernel.
_PROBE = "/api/kernels/00000000-0000-0000-0000-000000000000"
#: Seconds between two questions, and for an answer.
_PAUSE, _ANSWER = 0.2, 2.0
_LAST_LINES = 25
#: Only this machine reaches the server.
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server: its ``name`` for people, its ``program``, and the Python ``package`` of it."""

    name: str
    program: str
    package: str

    def words(self, place: Place) -> list[str]:
        """The options for serving ``place``."""
        if self is VOILA:
            page = [f"{place.folder}/{place.notebook}"] if place.notebook else []
            options = ["--Voila.auto_token=True", "--strip_sources=True"]
            return ["--no-browser", *_traits("Voila", place), *options, *page]
        root = ["--ServerApp.allow_root=True"] if place.as_root else []
        return ["--no-browser", *_traits("ServerApp", place), *root]

    def url(self, port: int, token: str, notebook: str | None) -> str:
        """The address with the token, of the notebook where one is named."""
        page = "" if self is VOILA else "lab" if notebook is None else f"lab/tree/{quote(notebook)}"
        return f"http://{LOOPBACK}:{port}/{page}?token={token}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What is served, as the server sees it: a folder, and where it listens."""

    folder: str
    notebook: str | None
    ip: str
    port: int
    as_root: bool


LAB = Server(name="JupyterLab", program="jupyter-lab", package="jupyterlab")
VOILA = Server(name="Voilà", program="voila", package="voila")


def _traits(application: str, place: Place) -> list[str]:
    settings = {"ip": place.ip, "port": place.port, "port_retries": 0, "root_dir": place.folder}
    return [f"--{application}.{name}={value}" for name, value in settings.items()]


def answer(port: int, token: str) -> Literal["silent", "open", "ready"]:
    """Ask the server whether it is there: ``open`` is one that wants no token."""
    try:
        without = _status(port, _PROBE)
        if without in {200, 404}:
            return "open"
        refuses = without in {302, 401, 403}
        return "ready" if refuses and _status(port, f"{_PROBE}?token={token}") == 404 else "silent"
    except (OSError, http.client.HTTPException):
        return "silent"


def _status(port: int, path: str) -> int:
    with closing(http.client.HTTPConnection(LOOPBACK, port, timeout=_ANSWER)) as connection:
        connection.request("GET", path)
        # One that ends with its connection is no longer closed by it.
        with connection.getresponse() as response:
            return response.status


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A server to start: ``command`` does it, and it is to answer at ``port`` within ``timeout``.

    ``problem`` is what to say where it does not run.
    """

    server: Server
    command: Sequence[str]
    environment: Mapping[str, str]
    port: int
    token: str
    timeout: float
    problem: str
    on_ready: Callable[[], None]
    on_log: Callable[[str], None]
    lines: deque[str] = field(default_factory=lambda: deque(maxlen=_LAST_LINES))

    def log(self, line: str) -> None:
        """Hand a line on, without the token, and without our own questions."""
        if _PROBE in line or "Kernel does not exist: 00000000-" in line:
            return
        text = printable(line.replace(self.token, "…"))
        self.lines.append(text)
        self.on_log(text)


def serve(service: Service) -> None:
    """Run the server until it ends: by itself, or by what is raised here (Ctrl-C, SIGTERM).

    Raises:
        ToolError: it does not start, does not answer in time, wants no token, or fails.

    """
    watch = _Watch(service)
    watch.start()
    try:
        status = process.follow(
            service.command,
            on_line=service.log,
            environment={**service.environment, "JUPYTER_TOKEN": service.token},
            stop=watch.stop,
        )
    except ToolError:
        if watch.error is not None:
            raise watch.error from None
        raise
    finally:
        watch.ended.set()
        watch.join()
    if status != 0:
        raise failure(f"{service.problem} (status {status})", service.lines)


class _Watch(threading.Thread):
    """Asks the server until it answers; ``stop`` is set where it has to be stopped."""

    def __init__(self, service: Service) -> None:
        super().__init__(daemon=True)
        self._service = service
        self.stop, self.ended = threading.Event(), threading.Event()
        self.error: BaseException | None = None

    def run(self) -> None:
        """See what comes of it."""
        try:
            self._wait()
        except BaseException as error:  # noqa: BLE001 - raised again where the server runs
            self.error = error
            self.stop.set()

    def _wait(self) -> None:
        service, limit = self._service, time.monotonic() + self._service.timeout
        while not self.ended.wait(_PAUSE):
            match answer(service.port, service.token):
                case "ready":
                    service.on_ready()
                    return
                case "open":
                    raise ToolError(
                        f"this {service.server.name} lets everybody in, and is stopped",
                        hint="Its version knows no tokens, or its configuration has turned them "
                        f"off. Install a newer one: pip install -U {service.server.package}",
                    )
                case _ if time.monotonic() > limit:
                    raise self._late()

    def _late(self) -> ToolError:
        said = "\n".join(self._service.lines)
        return ToolError(
            f"{self._service.server.name} has not answered in {self._service.timeout:g} seconds"
            + (f"\n{said}" if said else ""),
            hint="--timeout SECONDS waits longer.",
        )
