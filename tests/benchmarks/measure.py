"""CPU time and memory of a child process, as the kernel counted them."""

from __future__ import annotations

import os
import platform
import statistics
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# ru_maxrss is in bytes on macOS and in KiB elsewhere (getrusage(2)).
_PER_MIB = 1024 * 1024 if sys.platform == "darwin" else 1024


class CommandError(Exception):
    """The measured command did not end well, so its cost means nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Medians over the runs: CPU time (user and system) in seconds, peak memory in MiB."""

    cpu: float
    memory: float


def measure(commands: Mapping[str, Sequence[str | Path]], runs: int) -> dict[str, Cost]:
    """The cost of each of ``commands``, by its name.

    The commands take turns, so that a busy minute of the machine spoils no single one.

    Raises:
        CommandError: one of them did not end well.
    """
    words = {name: [str(word) for word in command] for name, command in commands.items()}
    costs: dict[str, list[tuple[float, float]]] = {name: [] for name in words}
    for _ in range(runs):
        for name, command in words.items():
            costs[name].append(run(command))
    return {
        name: Cost(
            cpu=statistics.median(cpu for cpu, _ in those),
            memory=statistics.median(memory for _, memory in those),
        )
        for name, those in costs.items()
    }


def run(command: Sequence[str | Path]) -> tuple[float, float]:
    """Run ``command`` once: its CPU time in seconds and its peak memory in MiB.

    Raises:
        CommandError: with the last line that the command wrote.
    """
    words = [str(word) for word in command]
    # Without bytecode each run would compile the whole package, as no user's machine does.
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    read_end, write_end = os.pipe()
    files = [(os.POSIX_SPAWN_DUP2, write_end, stream) for stream in (1, 2)]
    child = os.posix_spawn(words[0], words, kept, file_actions=files)
    os.close(write_end)
    with os.fdopen(read_end, errors="replace") as output:
        said = output.read()
    _, status, usage = os.wait4(child, 0)
    if status:
        lines = said.strip().splitlines() or ["(nothing was written)"]
        raise CommandError(lines[-1])
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / _PER_MIB


def table(costs: Mapping[str, Cost], bare: str) -> str:
    """The costs as a Markdown table; the CPU time of ``bare`` is the measure of the others."""
    lines = [
        f"Python {platform.python_version()}, medians.",
        "",
        "| Command | CPU | Times bare Python | Peak memory |",
        "| --- | ---: | ---: | ---: |",
    ]
    for name, cost in costs.items():
        ratio = cost.cpu / costs[bare].cpu
        lines.append(f"| {name} | {cost.cpu:.3f} s | {ratio:.1f} | {cost.memory:.0f} MiB |")
    return "\n".join([*lines, ""])
