"""The CWL reference runner, as a program of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from apkg.errors import ToolError
from apkg.runners.cwltool_folders import folders, notebooks_left
from apkg.runners.cwltool_program import MARK
from apkg.runners.interface import EngineName, RunRequest, RunResult
from apkg.runners.job import Job, run_job
from apkg.runners.python_here import start, with_python

_OWN: Final = re.compile(rf"{MARK}(?P<level>[A-Z]+) ?")
_ENGINES: Final[dict[EngineName, tuple[str, ...]]] = {
    "docker": (),
    "podman": ("--podman",),
    "singularity": ("--singularity",),
    "udocker": ("--udocker",),
    "none": ("--no-container",),
}


class CwltoolRunner:
    """Runs packages with cwltool, in containers or with what is installed here."""

    name = "cwltool"

    def run(self, request: RunRequest) -> RunResult:
        """Execute one job to its end.

        Raises:
            ToolError: cwltool is missing, or the job has failed.
            ApkgError: a result would replace a file.

        """
        return run_job(self, request)

    def check(self, request: RunRequest) -> None:  # noqa: ARG002
        """See that cwltool is installed.

        Raises:
            ToolError: it is not.

        """
        from importlib.util import find_spec

        if find_spec("cwltool") is None:
            raise ToolError(
                "cwltool is not installed", hint="Install it: pip install 'eo-apkg[run]'"
            )

    def runs_elsewhere(self, request: RunRequest) -> bool:  # noqa: ARG002
        """No: everything runs on this machine."""
        return False

    def command(self, job: Job) -> list[str]:
        """The words of the command."""
        return [
            *start("cwltool_program"),
            *("--quiet", "--non-strict", "--skip-schemas", "--relax-path-checks"),
            *folders(job),
            *_ENGINES[job.request.engine],
            *job.request.options,
            # A flag ends an option of many values.
            "--disable-color",
            job.target,
            str(job.order),
        ]

    def environment(self, job: Job) -> dict[str, str]:
        """The environment of the command."""
        return with_python(job)

    def of_job(self, line: str) -> str | None:
        """The line, unless cwltool has written it itself."""
        return None if _OWN.match(line) else line

    def errors(self, log: Sequence[str]) -> list[str]:
        """What cwltool gives as errors."""
        owned = [(match, line) for line in log if (match := _OWN.match(line))]
        return [
            line[match.end() :]
            for match, line in owned
            if match["level"] in ("ERROR", "CRITICAL") and "--debug" not in line
        ]

    def left_by(self, job: Job) -> list[Path]:
        """The executed notebooks that a failed job has left."""
        return notebooks_left(job)
