"""Calrissian: CWL on Kubernetes, from within a pod of the cluster.

It is a program of its own, whose dependencies are pinned to versions that apkg's are not: it is
found on ``PATH``, not in apkg's environment. What it needs (its documentation, "Cluster
Configuration"): a volume that many pods can write to, which holds the inputs and the results
folder; the name of its own pod in ``CALRISSIAN_POD_NAME``; the right to make pods.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from apkg.errors import ToolError
from apkg.runners.cwltool_folders import folders, notebooks_left
from apkg.runners.interface import RunRequest, RunResult
from apkg.runners.job import Job, run_job

_PROGRAM: Final = "calrissian"
#: What it may use at once; without these two it does nothing.
_LIMITS: Final = ("--max-ram", "--max-cores")
_POD: Final = "CALRISSIAN_POD_NAME"
#: A line that a tool has written in its pod, which is shown with --debug alone.
_OF_POD: Final = re.compile(r"\[(?P<pod>[a-z0-9][a-z0-9.-]*)\] (?!follow_logs (?:start|end)$)")
_OF_JOB: Final = re.compile(r"\[(?:job|step|workflow)\b")
_OWN: Final = re.compile(r"(?P<level>INFO|WARNING|ERROR|CRITICAL|DEBUG) ")


class CalrissianRunner:
    """Runs packages with Calrissian, each step in a pod."""

    name = "Calrissian"

    def run(self, request: RunRequest) -> RunResult:
        """Execute one job to its end.

        Raises:
            ToolError: Calrissian or its cluster is missing, or the job has failed.
            ApkgError: a result would replace a file.

        """
        return run_job(self, request)

    def check(self, request: RunRequest) -> None:
        """See that Calrissian is there, in a cluster, and knows what it may use.

        Raises:
            ToolError: it is not, or does not.

        """
        if shutil.which(_PROGRAM) is None:
            raise ToolError(
                "calrissian is not on PATH",
                hint="It runs inside a Kubernetes cluster: use the image "
                "ghcr.io/duke-gcb/calrissian/calrissian, or install it in an environment of its "
                "own (pip install calrissian). On one machine: --runner cwltool.",
            )
        missing = [name for name in _LIMITS if not _is_given(name, request.options)]
        if missing:
            raise ToolError(
                f"Calrissian has to be told how much it may use at once: {' and '.join(missing)}",
                hint="Give both behind --, for example: -- --max-ram 16G --max-cores 8",
            )
        if not os.environ.get(_POD):
            raise ToolError(
                f"Calrissian runs in a pod of a Kubernetes cluster, and {_POD} does not name it",
                hint="Start apkg in a pod that sets it from metadata.name (valueFrom: fieldRef), "
                "or take --runner cwltool or toil.",
            )

    def runs_elsewhere(self, request: RunRequest) -> bool:  # noqa: ARG002
        """Yes: in pods, which share the volume of the results folder."""
        return True

    def command(self, job: Job) -> list[str]:
        """The words of the command; the user's options win."""
        return [
            _PROGRAM,
            # It tells what a tool writes in this way alone.
            *("--debug", "--disable-color", "--non-strict", "--skip-schemas"),
            "--relax-path-checks",
            *folders(job),
            *job.request.options,
            # A flag ends an option of many values.
            "--disable-color",
            job.target,
            str(job.order),
        ]

    def environment(self, job: Job) -> dict[str, str]:  # noqa: ARG002
        """The environment of the command: that of its pod."""
        return dict(os.environ)

    def of_job(self, line: str) -> str | None:
        """The line as a tool wrote it, without the name of its pod."""
        match = _OF_POD.match(line)
        return None if match is None or _OF_JOB.match(line) else line[match.end() :]

    def errors(self, log: Sequence[str]) -> list[str]:
        """What Calrissian gives as errors, each with the lines below it."""
        found: list[str] = []
        is_error = False
        for line in log:
            match = _OWN.match(line)
            is_error = match["level"] in ("ERROR", "CRITICAL") if match else is_error
            if is_error:
                found.append(line[match.end() :] if match else line)
        return found

    def left_by(self, job: Job) -> list[Path]:
        """The executed notebooks that a failed job has left."""
        return notebooks_left(job)


def _is_given(name: str, options: Sequence[str]) -> bool:
    # Settings may stand in a file of Calrissian's own.
    return any(word.partition("=")[0] in (name, "--conf") for word in options)
