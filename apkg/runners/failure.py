"""Why a job has failed, as far as its log tells, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from apkg.errors import ToolError
from apkg.names import printable
from apkg.runners.containers import engine_has_stopped, out_of_memory
from apkg.runners.job import Job, Program
from apkg.runners.reasons import STOPPED, Reason, reason_of

_CELL: Final = re.compile(r"^\S+ failed in (?:cell \d+|the cell that)")
_STATUS: Final = re.compile(r"\] exited with status: (\d+)")
_ALLOWED: Final = re.compile(r"may use (\d+) MiB of memory")
_DEAD_KERNEL: Final = "the kernel died"
_SHOWN_LINES: Final = 25
#: 128 and the number of SIGKILL: nothing else ends a container like this.
_KILLED: Final = 137
_MORE_MEMORY: Final = (
    "Raise ramMax of ResourceRequirement (apkg.yaml: resources: ram), or give it less to do."
)


def failure(program: Program, job: Job, status: int, kept: Sequence[Path]) -> ToolError:
    """The error for a job that has ended with ``status`` and left the notebooks ``kept``."""
    ended = [int(match[1]) for line in job.log if (match := _STATUS.search(line))]
    written = [line for line in job.lines if line.strip()]
    errors = [line for line in program.errors(job.log) if line.strip()]
    cell = _the_cell(written)
    reason = _memory(job, ended) or (None if cell else reason_of(job.log, job.request.image))
    lines = cell or (written if ended and written else errors or written)
    lines = lines or [line for line in job.log if line.strip()]
    text = "\n".join(lines[-_SHOWN_LINES:])
    if not text and reason is None:
        text = f"{program.name} ended with status {status}"
    return _error(job, "has failed", reason or (_disk(lines) if cell else None), kept, text)


def too_long(job: Job, kept: Sequence[Path]) -> ToolError:
    """The error for a job that was not done in time."""
    told = f"was not done in {job.request.timeout:g} seconds"
    hint = "Give it more time: --timeout SECONDS."
    last = "\n".join([line for line in job.lines if line.strip()][-3:])
    return _error(job, told, Reason(message="its containers are stopped", hint=hint), kept, last)


def _error(
    job: Job, what: str, reason: Reason | None, kept: Sequence[Path], text: str
) -> ToolError:
    told = "" if reason is None else f": {printable(reason.message)}"
    hints = [f"The notebook as far as it ran: {printable(str(path))}" for path in kept]
    if reason is not None:
        hints.insert(0, printable(reason.hint))
    elif any("--no-container" in line for line in job.log) and job.request.engine != "none":
        hints.append("Without a container engine: --no-container.")
    colon = ":" if text and reason is None else ""
    return ToolError(
        f"{printable(job.request.package.name)} {what}{told}{colon}"
        + (f"\n{text}" if text else ""),
        hint="\n".join(hints) or None,
    )


def _the_cell(lines: list[str]) -> list[str]:
    """The launcher's own last word, cell and error, where there is one: the log has the rest."""
    last = max((n for n, line in enumerate(lines) if _CELL.search(line)), default=None)
    return [] if last is None else lines[last : last + 2]


def _memory(job: Job, ended: Sequence[int]) -> Reason | None:
    """Whether memory was short: the engine knows, a killed container or kernel lets guess."""
    allowed = next((match[1] for line in job.log if (match := _ALLOWED.search(line))), None)
    request = job.request
    if allowed and out_of_memory(request.engine, job.name, job.started):
        return Reason(message=f"out of memory: it may use {allowed} MiB", hint=_MORE_MEMORY)
    was_killed = _KILLED in ended
    if not was_killed and not any(_DEAD_KERNEL in line for line in job.lines):
        return None
    if was_killed and request.image and engine_has_stopped(request.engine):
        return STOPPED
    what = "its container was killed" if was_killed else "its kernel was killed"
    if allowed and request.engine != "docker":
        return Reason(
            message=f"{what}, most likely out of memory: it may use {allowed} MiB",
            hint=_MORE_MEMORY,
        )
    return Reason(
        message=f"{what}, from outside or as this machine has run out of memory",
        hint="Run it again where there is more memory; ramMin of ResourceRequirement says how "
        "much it needs.",
    )


def _disk(lines: Sequence[str]) -> Reason | None:
    found = reason_of(lines)
    return found if found is not None and "disk" in found.message else None
