"""The containers of a run: what the engine can limit, which ran out of memory, and their end."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from apkg import process
from apkg.errors import ToolError
from apkg.runners.interface import EngineName

#: Every container of a run has this label, with the name of the run as its value.
LABEL: Final = "org.apkg.run"
#: The variables that tell the program which starts the containers.
RUN_VARIABLE: Final = "APKG_RUN"
ENGINE_VARIABLE: Final = "APKG_RUN_ENGINE"
#: Engines that are asked about their containers.
_ASKED: Final = ("docker", "podman")
_TIMEOUT: Final = 30.0
#: Seconds for what an engine was asked before its client ended to become a container.
_SETTLING: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineFacts:
    """What an engine has and can limit: processors, memory, swap."""

    cpus: int = 0
    limits_memory: bool = False
    limits_swap: bool = False
    limits_cpu: bool = False

    def text(self) -> str:
        """For :data:`ENGINE_VARIABLE`."""
        return json.dumps(asdict(self))


def engine_facts(engine: EngineName) -> EngineFacts | None:
    """Ask an engine what it can limit; None where there is no answer."""
    if engine not in _ASKED or shutil.which(engine) is None:
        return None
    try:
        answer = json.loads(_answer(engine, "info", "--format", "{{json .}}"))
    except (ToolError, ValueError):
        return None
    return _of_docker(answer) if engine == "docker" else _of_podman(answer)


def _of_docker(answer: Mapping[str, Any]) -> EngineFacts:
    return EngineFacts(
        cpus=int(answer.get("NCPU") or 0),
        limits_memory=answer.get("MemoryLimit") is True,
        limits_swap=answer.get("SwapLimit") is True,
        limits_cpu=answer.get("CpuCfsQuota") is True,
    )


def _of_podman(answer: Mapping[str, Any]) -> EngineFacts:
    host = answer.get("host") or {}
    controllers = host.get("cgroupControllers") or ()
    return EngineFacts(
        cpus=int(host.get("cpus") or 0),
        limits_memory="memory" in controllers,
        limits_cpu="cpu" in controllers,
    )


def out_of_memory(engine: EngineName, run: str, since: float) -> bool:
    """Whether a container of a run has reached its limit; ``since`` in seconds of the epoch."""
    if engine != "docker":
        return False
    span = (f"--since={since:.0f}", f"--until={time.time() + 1:.0f}")
    try:
        found = _answer(
            engine, "events", *span, "--filter=event=oom", f"--filter=label={LABEL}={run}"
        )
    except ToolError:
        return False
    return bool(found.strip())


def engine_has_stopped(engine: EngineName) -> bool:
    """Whether an engine with a daemon no longer answers."""
    return engine == "docker" and engine_facts(engine) is None


def stop_containers(engine: EngineName, run: str) -> None:
    """End and remove all containers of a run; an engine that does not answer is left alone."""
    if engine not in _ASKED or shutil.which(engine) is None:
        return
    for pause in (0.0, _SETTLING):
        time.sleep(pause)
        try:
            names = _answer(
                engine, "ps", "--all", "--quiet", f"--filter=label={LABEL}={run}"
            ).split()
            if names:
                _answer(engine, "rm", "--force", "--volumes", *names)
        except ToolError:
            return


def _answer(engine: EngineName, *words: str) -> str:
    done = process.run([engine, *words], on_line=lambda _line: None, timeout=_TIMEOUT)
    if done.status != 0:
        raise ToolError(f"{engine} does not answer")
    return done.stdout
