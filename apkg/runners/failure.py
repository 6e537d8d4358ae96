"""Why a job has failed, as far as its log tells, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from apkg.errors import ToolError
from apkg.names import printable
from apkg.runners.job import Job, Program

_CELL = re.compile(r"^\S+ failed in (?:cell \d+|the cell that)")
_SHOWN_LINES = 25


def failure(program: Program, job: Job, status: int, kept: Sequence[Path]) -> ToolError:
    """The error for a job that has ended with ``status`` and left the notebooks ``kept``."""
    written = [line for line in job.lines if line.strip()]
    lines = _the_cell(written) or [line for line in job.notes if line.strip()]
    text = "\n".join(lines[-_SHOWN_LINES:]) or f"{program.name} ended with status {status}"
    hints = [f"The notebook as far as it ran: {printable(str(path))}" for path in kept]
    if any("--no-container" in line for line in job.notes) and job.request.engine != "none":
        hints.append("Without a container engine: --no-container.")
    return ToolError(
        f"{printable(job.request.package.name)} has failed:\n{text}", hint="\n".join(hints) or None
    )


def _the_cell(lines: list[str]) -> list[str]:
    """The launcher's own last word, cell and error, where there is one: the log has the rest."""
    last = max((n for n, line in enumerate(lines) if _CELL.search(line)), default=None)
    return lines if last is None else lines[last : last + 2]
