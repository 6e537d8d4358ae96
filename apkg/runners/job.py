"""One run, whichever program executes it: its folders, its log, and its end."""

from __future__ import annotations

import os
import re
import tempfile
import time
import uuid
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from apkg import process
from apkg.errors import ApkgError, ToolError
from apkg.names import printable
from apkg.runners.containers import (
    ENGINE_VARIABLE,
    RUN_VARIABLE,
    engine_facts,
    stop_containers,
)
from apkg.runners.entry import entry
from apkg.runners.interface import RunRequest, RunResult
from apkg.runners.job_text import job_text

_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|.)")
_LOG_LINES = 2000
#: Seconds that a program has to cancel its jobs on other machines.
_GRACE = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One run under way.

    ``results`` is a folder within ``request.out``, where the runner puts what came out.
    ``scratch`` is for everything else. Both go at the end. ``target`` is the process to run, as a
    path or URI. ``lines`` are the last that the job has written, ``log`` those and the runner's.
    ``name`` is like no other run's, ``started`` in seconds of the epoch.
    """

    request: RunRequest
    results: Path
    scratch: Path
    target: str
    name: str = field(default_factory=lambda: f"apkg-{uuid.uuid4().hex[:16]}")
    started: float = field(default_factory=time.time)
    lines: deque[str] = field(default_factory=lambda: deque(maxlen=_LOG_LINES))
    log: deque[str] = field(default_factory=lambda: deque(maxlen=_LOG_LINES))

    @property
    def order(self) -> Path:
        """The file that holds the job order."""
        return self.scratch / "job.yml"


class Program(Protocol):
    """What one program that runs CWL has of its own."""

    #: Its name, as its users write it.
    name: str

    def check(self, request: RunRequest) -> None:
        """See that what the run needs is there, before anything is made.

        Raises:
            ToolError: it is not.

        """

    def runs_elsewhere(self, request: RunRequest) -> bool:
        """Whether jobs run on other machines, which need the scratch folder as well."""

    def command(self, job: Job) -> Sequence[str]:
        """The words of the command. It prints the CWL output object."""

    def environment(self, job: Job) -> Mapping[str, str]:
        """The environment of the command."""

    def of_job(self, line: str) -> str | None:
        """The line as the job wrote it, or None for one that the program has written itself."""

    def errors(self, log: Sequence[str]) -> list[str]:
        """What the program itself gives as errors, of all that it and the job have written."""

    def left_by(self, job: Job) -> Sequence[Path]:
        """The executed notebooks that a failed job has left."""


def run_job(program: Program, request: RunRequest) -> RunResult:
    """Execute one job to its end.

    Raises:
        ToolError: the program is missing, or the job has failed, or was not done in time.
        ApkgError: a result would replace a file.

    """
    from apkg.runners.failure import failure, too_long
    from apkg.runners.outcome import outcome, rescue

    program.check(request)
    target, out = _target(request), _place(request.out)
    with (
        _folder(out) as results,
        _scratch(out if program.runs_elsewhere(request) else None) as scratch,
    ):
        job = Job(request=request, results=results, scratch=scratch, target=target)
        job.order.write_text(job_text(request.job_order), encoding="utf-8")
        finished = _execute(program, job)
        if finished is None:
            raise too_long(job, rescue(program.left_by(job), out))
        if finished.status != 0:
            raise failure(program, job, finished.status, rescue(program.left_by(job), out))
        return outcome(program, job, finished.stdout, out)


def _execute(program: Program, job: Job) -> process.Finished | None:
    """Run the program to its end, and no container of it any longer; None: out of time."""
    request = job.request
    is_here = not program.runs_elsewhere(request)
    facts = engine_facts(request.engine) if request.image and is_here else None
    environment = {**program.environment(job), RUN_VARIABLE: job.name}
    if facts is not None:
        environment[ENGINE_VARIABLE] = facts.text()
    try:
        return process.run(
            program.command(job),
            on_line=lambda line: _log(program, job, line),
            environment=environment,
            timeout=request.timeout,
            # What it has started elsewhere nobody else would end.
            grace=0.0 if is_here else _GRACE,
        )
    except BaseException as error:
        if is_here:
            stop_containers(request.engine, job.name)
        limit = request.timeout
        if isinstance(error, ToolError) and limit and time.time() - job.started >= limit:
            return None
        raise


def _log(program: Program, job: Job, line: str) -> None:
    text = printable(_ESCAPE.sub("", line))
    said = program.of_job(text)
    job.log.append(text if said is None else said)
    if said is not None:
        job.lines.append(said)
        job.request.on_log(said)


def _place(out: Path) -> Path:
    """The folder without ``..``, which runners leave out of the paths that they answer with."""
    path = out.absolute()
    # Path.resolve raises where links lead in a circle.
    return Path(os.path.realpath(path)) if ".." in path.parts else path


def _target(request: RunRequest) -> str:
    name = entry(request.package, request.process)
    path = request.package.absolute()
    # As a URI where an id follows, so that a # in the name of a folder is not taken for one.
    return str(path) if name is None else f"{path.as_uri()}#{name}"


@contextmanager
def _scratch(place: Path | None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(
        prefix="apkg-" if place is None else ".apkg-", dir=place
    ) as name:
        yield Path(name)


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
