"""Toil: one machine, Slurm, Kubernetes, and whatever else it knows."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from apkg.errors import ToolError
from apkg.runners.interface import EngineName, RunRequest, RunResult
from apkg.runners.job import Job, run_job
from apkg.runners.python_here import before_path, start, with_python
from apkg.runners.toil_program import MARK

_ENGINES: Final[dict[EngineName, tuple[str, ...]]] = {
    "docker": (),
    "podman": ("--podman",),
    "singularity": ("--singularity",),
    "udocker": ("--user-space-docker-cmd=udocker",),
    "none": ("--no-container",),
}
#: How Toil begins the lines that it writes itself, and what surrounds the log of a worker.
_OWN: Final = re.compile(r"\[\d{4}-[^]]+\] \[[^]]*\] \[(?P<level>[A-Z])\] \[[^]]*\] ")
_EDGE: Final = re.compile(r"=+>$|<=+$|Log from job |Exit reason: ")
#: Traceback of Toil's own code, and what follows from the error that was before.
_NOISE: Final = re.compile(
    r"$|\s|Traceback |The above exception|During handling|\[.*(?:Worker crashed|Exiting the worker"
    r"|The job store|Your workflow uses a CWL requirement|Got exit code)"
)
_WORKER: Final = "_toil_worker"
_ONE_MACHINE: Final = "single_machine"
#: Their workers are other images, on machines without a common folder.
_APART: Final = frozenset({"kubernetes", "mesos"})


class ToilRunner:
    """Runs packages with Toil; its options say on which machines."""

    name = "toil"

    def run(self, request: RunRequest) -> RunResult:
        """Execute one job to its end.

        Raises:
            ToolError: Toil is missing, or the job has failed.
            ApkgError: a result would replace a file.

        """
        return run_job(self, request)

    def check(self, request: RunRequest) -> None:  # noqa: ARG002
        """See that Toil is installed.

        Raises:
            ToolError: it is not.

        """
        from importlib.util import find_spec

        if find_spec("toil") is None or find_spec("cwltool") is None or _worker() is None:
            raise ToolError(
                "Toil is not installed with what it needs for CWL",
                hint="Install it: pip install 'eo-apkg[toil]'",
            )

    def runs_elsewhere(self, request: RunRequest) -> bool:
        """Whether a cluster is asked for, whose nodes need the job store."""
        return _batch_system(request.options) != _ONE_MACHINE

    def command(self, job: Job) -> list[str]:
        """The words of the command; the user's options win."""
        return [
            *start("toil_program"),
            f"--batchSystem={_ONE_MACHINE}",
            *("--logLevel=WARNING", "--retryCount=0", "--not-strict", "--relax-path-checks"),
            # Toil would fetch every image from a registry first, also one that is there.
            "--no-prepull",
            f"--jobStore={job.scratch / 'jobs'}",
            *_folders(job),
            *_ENGINES[job.request.engine],
            *job.request.options,
            f"--outdir={job.results}",
            # A flag ends an option of many values.
            "--disableProgress",
            job.target,
            str(job.order),
        ]

    def environment(self, job: Job) -> dict[str, str]:
        """The environment of the command, in which Toil finds its worker."""
        from apkg.runners.toil_context import FOLDER

        environment = with_python(job)
        worker = _worker()
        if worker is not None and shutil.which(_WORKER, path=environment.get("PATH")) is None:
            environment = before_path(environment, worker.parent)
        environment.setdefault("TOIL_HISTORY", "False")
        # Toil leaves folders there.
        temporary = job.scratch / "tmp"
        temporary.mkdir()
        environment["TMPDIR"] = str(temporary)
        if not _can_write(Path.home()):
            environment["HOME"] = str(job.scratch)
        if _batch_system(job.request.options) not in _APART:
            logs = job.scratch / "logs"
            logs.mkdir()
            environment[FOLDER] = str(logs)
        return environment

    def of_job(self, line: str) -> str | None:
        """The line as a job wrote it, without Toil's mark."""
        return line.removeprefix(MARK) if line.startswith(MARK) else None

    def errors(self, log: Sequence[str]) -> list[str]:
        """What Toil and its workers give as errors, each with the lines below it, once."""
        found: dict[str, None] = {}
        is_error = False
        for line in (line.removeprefix("\t") for line in log):
            match = _OWN.match(line)
            is_error = match["level"] in "EC" if match else is_error and not _EDGE.match(line)
            if is_error and not _NOISE.match(line):
                found[line[match.end() :] if match else line] = None
        return list(found)

    def left_by(self, job: Job) -> list[Path]:
        """The executed notebooks that a failed job has left."""
        return sorted((job.scratch / "work").rglob("*.executed.ipynb"))


def _folders(job: Job) -> list[str]:
    if _batch_system(job.request.options) in _APART:
        return []
    work = job.scratch / "work"
    work.mkdir()
    # A failed job leaves the notebook as far as it ran; the scratch folder goes as a whole.
    keep = [f"--workDir={work}", "--cleanWorkDir=never", "--leave-tmpdir"]
    if _batch_system(job.request.options) != _ONE_MACHINE:
        return keep
    coordination = job.scratch / "coordination"
    coordination.mkdir()
    return [*keep, f"--coordinationDir={coordination}"]


def _batch_system(options: tuple[str, ...]) -> str:
    """The batch system that Toil's options name; the last wins."""
    found = _ONE_MACHINE
    for number, word in enumerate(options):
        name, mark, value = word.partition("=")
        if name == "--batchSystem":
            found = value if mark else "".join(options[number + 1 : number + 2])
    return found


def _worker() -> Path | None:
    beside = Path(sys.executable).with_name(_WORKER)
    found = str(beside) if beside.exists() else shutil.which(_WORKER)
    return Path(found) if found else None


def _can_write(home: Path) -> bool:
    # Toil makes a folder there for its settings, and does not run without.
    return os.access(home / ".toil", os.W_OK) or os.access(home, os.W_OK)
