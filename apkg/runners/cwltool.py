"""The CWL reference runner, as a program of its own."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from apkg import process
from apkg.errors import ApkgError, ToolError
from apkg.names import printable
from apkg.runners.deliver import keep, move_results, moved_outputs, result_paths
from apkg.runners.entry import entry
from apkg.runners.interface import RunRequest, RunResult
from apkg.runners.job_text import job_text

_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|.)")
#: How cwltool begins the lines that it writes itself.
_OWN = re.compile(r"(?:INFO|WARNING|ERROR|CRITICAL) ")
_CELL = re.compile(r"^\S+ failed in (?:cell \d+|the cell that)")
_LOG_LINES, _SHOWN_LINES = 500, 25
_MISSING = "cwltool is not installed"


class CwltoolRunner:
    """Runs packages with cwltool, in containers or with what is installed here."""

    def run(self, request: RunRequest) -> RunResult:
        """Execute one job to its end.

        Raises:
            ToolError: cwltool is missing, or the job has failed.
            ApkgError: a result would replace a file.

        """
        _check_installed()
        target = _target(request)
        out = request.out.absolute()
        with _folder(out) as results, tempfile.TemporaryDirectory(prefix="apkg-") as scratch:
            job = _Job(request=request, results=results, scratch=Path(scratch))
            (job.scratch / "job.yml").write_text(job_text(request.job_order), encoding="utf-8")
            finished = process.run(
                [*_command(job), target, str(job.scratch / "job.yml")],
                on_line=job.log,
                environment=_environment(job),
                timeout=request.timeout,
            )
            if finished.status != 0:
                raise _failure(job, finished.status, _rescue(job, out))
            return _result(job, finished.stdout, out)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    request: RunRequest
    results: Path
    scratch: Path
    lines: deque[str] = field(default_factory=lambda: deque(maxlen=_LOG_LINES))

    def log(self, line: str) -> None:
        text = printable(_ESCAPE.sub("", line))
        self.lines.append(text)
        self.request.on_log(text)


def _check_installed() -> None:
    from importlib.util import find_spec

    if find_spec("cwltool") is None:
        raise ToolError(_MISSING, hint="Install it: pip install 'eo-apkg[run]'")


def _target(request: RunRequest) -> str:
    name = entry(request.package, request.process)
    path = request.package.absolute()
    # As a URI where an id follows, so that a # in the name of a folder is not taken for one.
    return str(path) if name is None else f"{path.as_uri()}#{name}"


def _command(job: _Job) -> list[str]:
    # -P: no module of the current folder stands in for one of Python's or cwltool's.
    start = [sys.executable, "-P"]
    if job.request.container:
        # Not -m cwltool: that always ends with status 0.
        start += ["-c", "import sys; from cwltool.main import run; sys.exit(run())"]
    else:
        start += [str(Path(__file__).with_name("without_container.py")), "--no-container"]
    return [
        *start,
        *("--quiet", "--disable-color", "--non-strict", "--skip-schemas", "--relax-path-checks"),
        # Failed jobs leave the notebook as far as it ran; the scratch folder goes as a whole.
        "--leave-tmpdir",
        f"--outdir={job.results}",
        f"--tmpdir-prefix={job.scratch / 'work-'}",
        f"--tmp-outdir-prefix={job.scratch / 'out-'}",
    ]


def _environment(job: _Job) -> dict[str, str]:
    """Let ``python3`` be the interpreter that apkg runs in, where there is no container."""
    environment = dict(os.environ)
    if job.request.container:
        return environment
    folder = Path(sys.executable).parent
    if not (folder / "python3").exists():
        folder = job.scratch / "bin"
        folder.mkdir()
        script = folder / "python3"
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
        script.chmod(0o755)
    environment["PATH"] = os.pathsep.join([str(folder), environment.get("PATH", os.defpath)])
    return environment


@contextmanager
def _folder(out: Path) -> Iterator[Path]:
    """Make a folder inside ``out`` for the results to arrive in, and leave nothing of it."""
    made = [folder for folder in (out, *out.parents) if not folder.exists()]
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".apkg-", dir=out) as results:
            yield Path(results)
    except OSError as error:
        raise ApkgError(
            f"cannot write {printable(str(error.filename or out))}: {error.strerror or error}",
            hint="Choose a folder that you may write to with -o.",
        ) from error
    finally:
        with suppress(OSError):
            for folder in made:
                folder.rmdir()


def _result(job: _Job, stdout: str, out: Path) -> RunResult:
    try:
        outputs = json.loads(stdout)
    except ValueError:
        raise ToolError(
            "cwltool has not said what came out", hint=printable(stdout[:200])
        ) from None
    try:
        move_results(job.results, out, force=job.request.force)
    except ApkgError as error:
        place = keep(job.results, out.with_name(f"{out.name or 'results'}-new"))
        job.results.mkdir()
        hint = f"The results of this run are in {printable(str(place))}. {error.hint}"
        raise ApkgError(error.message, hint=hint, location=error.location) from None
    moved = moved_outputs(outputs, job.results, out)
    assert isinstance(moved, dict)  # noqa: S101 - cwltool prints an object
    return RunResult(
        outputs=moved, paths=tuple(result_paths(moved)), log=tuple(job.lines), status=0
    )


def _rescue(job: _Job, out: Path) -> list[Path]:
    """Keep the notebooks that were executed in part."""
    # cwltool collects what a failed job has left, unless a wanted output is missing.
    found = sorted(job.results.glob("*.executed.ipynb"))
    found = found or sorted(job.scratch.glob("out-*/*.executed.ipynb"))
    return [keep(path, out / path.name) for path in found]


def _the_cell(lines: list[str]) -> list[str]:
    """The launcher's own last word, cell and error, where there is one: the log has the rest."""
    last = max((n for n, line in enumerate(lines) if _CELL.search(line)), default=None)
    return lines if last is None else lines[last : last + 2]


def _failure(job: _Job, status: int, kept: list[Path]) -> ToolError:
    written = [line for line in job.lines if line.strip() and not _OWN.match(line)]
    lines = _the_cell(written) or [line for line in job.lines if line.strip()]
    text = "\n".join(lines[-_SHOWN_LINES:]) or f"cwltool ended with status {status}"
    hints = [f"The notebook as far as it ran: {printable(str(path))}" for path in kept]
    if any("--no-container" in line for line in job.lines) and job.request.container:
        hints.append("Without a container engine: --no-container.")
    return ToolError(
        f"{printable(job.request.package.name)} has failed:\n{text}", hint="\n".join(hints) or None
    )
