"""The CWL reference runner, as a program of its own."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from apkg.errors import ToolError
from apkg.runners.interface import RunRequest, RunResult
from apkg.runners.job import Job, run_job
from apkg.runners.python_here import with_python

#: How cwltool begins the lines that it writes itself.
_OWN = re.compile(r"(?:INFO|WARNING|ERROR|CRITICAL) ")


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

    def is_shared(self, request: RunRequest) -> bool:  # noqa: ARG002
        """Everything runs on this machine."""
        return False

    def command(self, job: Job) -> list[str]:
        """The words of the command."""
        # -P: no module of the current folder stands in for one of Python's or cwltool's.
        start = [sys.executable, "-P"]
        if job.request.engine != "none":
            # Not -m cwltool: that always ends with status 0.
            start += ["-c", "import sys; from cwltool.main import run; sys.exit(run())"]
        else:
            start += [str(Path(__file__).with_name("without_container.py")), "--no-container"]
        return [
            *start,
            *("--quiet", "--disable-color", "--non-strict", "--skip-schemas"),
            "--relax-path-checks",
            # Failed jobs leave the notebook as far as it ran; the scratch folder goes as a whole.
            "--leave-tmpdir",
            f"--outdir={job.results}",
            f"--tmpdir-prefix={job.scratch / 'work-'}",
            f"--tmp-outdir-prefix={job.scratch / 'out-'}",
            *job.request.options,
            job.target,
            str(job.order),
        ]

    def environment(self, job: Job) -> dict[str, str]:
        """The environment of the command."""
        return with_python(job)

    def of_job(self, line: str) -> str | None:
        """The line, unless cwltool has written it itself."""
        return None if _OWN.match(line) else line

    def left_by(self, job: Job) -> list[Path]:
        """The executed notebooks that a failed job has left."""
        # cwltool collects what a failed job has left, unless a wanted output is missing.
        found = sorted(job.results.glob("*.executed.ipynb"))
        return found or sorted(job.scratch.glob("out-*/*.executed.ipynb"))
