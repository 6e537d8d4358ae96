"""Which container engine there is, and which client of it builds best."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from apkg import process
from apkg.builders.engine_docker import Builder, DockerEngine
from apkg.builders.engine_podman import PodmanEngine
from apkg.builders.engine_trouble import no_engine
from apkg.builders.interface import no_log
from apkg.errors import ToolError, UsageError
from apkg.names import did_you_mean

#: In the order in which they are asked.
ENGINES = ("docker", "podman")
#: Seconds for a client to tell its version.
_TIMEOUT = 60.0
_VERSION = re.compile(r"Docker version (\d+)\.")
#: From this version on, a client without the plug-in buildx has the classic builder alone.
_NO_BUILDKIT_INSIDE = 23
_BEST_FIRST: tuple[Builder, ...] = ("buildx", "buildkit", "classic")


def find_engine(name: str | None = None) -> DockerEngine | PodmanEngine:
    """Find the engine of this name, or the first one that answers.

    Of all clients of Docker on ``PATH`` it is the one that builds best: with the plug-in buildx,
    else with BuildKit inside, else with the classic builder. ``DOCKER_BUILDKIT=0`` asks for that.

    Raises:
        UsageError: there is no engine of this name.
        ToolError: none is installed, or none answers; the hint says what to do, and what can be
            done without one.

    """
    if name is not None and name not in ENGINES:
        close = did_you_mean(name, ENGINES)
        meant = f"Did you mean {close}?" if close else f"There are: {', '.join(ENGINES)}."
        raise UsageError(f"there is no container engine {name!r}", hint=meant)
    asked = ENGINES if name is None else (name,)
    troubles: list[ToolError] = []
    for engine in (found for one in asked if (found := _installed(one)) is not None):
        try:
            engine.check()
        except ToolError as error:
            troubles.append(error)
        else:
            return engine
    raise troubles[0] if troubles else no_engine(asked)


def _installed(name: str) -> DockerEngine | PodmanEngine | None:
    if name == "podman":
        program = shutil.which("podman")
        return None if program is None else PodmanEngine(program)
    clients = [(builder, program) for program in _clients() if (builder := _builder(program))]
    if not clients:
        return None
    builder, program = min(clients, key=lambda client: _BEST_FIRST.index(client[0]))
    return DockerEngine(program, builder=builder)


def _clients() -> Iterator[str]:
    """Give every ``docker`` on ``PATH`` once."""
    seen: set[Path] = set()
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        program = shutil.which("docker", path=folder or os.curdir)
        if program is not None and (real := Path(program).resolve()) not in seen:
            seen.add(real)
            yield str(Path(program).absolute())


def _builder(program: str) -> Builder | None:
    """Tell with what a client builds; ``None`` where it is none of Docker's.

    Podman may call itself docker (Debian's package podman-docker).
    """
    version = _VERSION.match(_answer(program, "--version"))
    if version is None:
        return None
    if os.environ.get("DOCKER_BUILDKIT") == "0":
        return "classic"
    if _answer(program, "buildx", "version"):
        return "buildx"
    return "buildkit" if int(version[1]) < _NO_BUILDKIT_INSIDE else "classic"


def _answer(program: str, *words: str) -> str:
    try:
        done = process.run([program, *words], on_line=no_log, timeout=_TIMEOUT)
    except ToolError:
        return ""
    return done.stdout if done.status == 0 else ""
