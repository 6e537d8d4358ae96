"""Containers that may use what their package says, and no more.

cwltool's own ``--strict-memory-limit`` takes the least that a tool needs (``ramMin``) for the
most that it may use, and 256 MiB for tools that say nothing. Here ``ramMax`` and ``coresMax`` are
the limits, as CWL v1.2 means them (CommandLineTool, 4.2.1 ``ResourceRequirement``), else
``ramMin`` and ``coresMin``; what a tool does not say is not limited.

Works within the program that starts the containers: cwltool's, or Toil's worker.
"""

from __future__ import annotations

import json
import math
import os
from typing import Any

from apkg.runners.containers import ENGINE_VARIABLE, LABEL, RUN_VARIABLE

_MARK = "apkg_limits"


def install() -> None:
    """Let cwltool's containers have the label of the run and the limits of the package."""
    from cwltool.docker import DockerCommandLineJob

    make = DockerCommandLineJob.create_runtime
    if hasattr(make, _MARK):
        return

    def create_runtime(self: Any, env: Any, context: Any) -> Any:
        words, cidfile = make(self, env, context)
        if context.user_space_docker_cmd:
            return words, cidfile
        return [*_possible(words), *_label(), *_limits(self)], cidfile

    setattr(create_runtime, _MARK, True)
    DockerCommandLineJob.create_runtime = create_runtime  # type: ignore[assignment, method-assign]


def _possible(words: list[str]) -> list[str]:
    # Podman keeps the ids of root as they are, and refuses to be asked for it.
    return [word for word in words if word != "--userns=keep-id" or os.geteuid() != 0]


def _label() -> list[str]:
    run = os.environ.get(RUN_VARIABLE)
    return [f"--label={LABEL}={run}"] if run else []


def _limits(job: Any) -> list[str]:
    facts = json.loads(os.environ.get(ENGINE_VARIABLE) or "{}")
    memory, cores = _figure(job.builder, "ram"), _figure(job.builder, "cores")
    found = []
    if memory and facts.get("limits_memory"):
        found.append(f"--memory={math.ceil(memory)}m")
        if facts.get("limits_swap"):
            found.append(f"--memory-swap={math.ceil(memory)}m")
        _tell(job, memory)
    if cores and facts.get("limits_cpu"):
        found.append(f"--cpus={min(cores, facts.get('cpus') or cores):g}")
    return found


def _figure(builder: Any, name: str) -> float | None:
    asked, _ = builder.get_requirement("ResourceRequirement")
    value = (asked or {}).get(f"{name}Max") or (asked or {}).get(f"{name}Min")
    found = builder.do_eval(value) if isinstance(value, str) else value
    return float(found) if isinstance(found, int | float) and found > 0 else None


def _tell(job: Any, memory: float) -> None:
    from cwltool.loghandler import _logger

    # Read by apkg.runners.failure, and shown to nobody.
    _logger.warning("[job %s] may use %d MiB of memory", job.name, math.ceil(memory))
