"""Running a package: from the words of a user to results in a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args

from apkg.pipeline.package import find_cwl
from apkg.runners.interface import EngineName, Runner, RunRequest, RunResult

RunnerName: TypeAlias = Literal["cwltool", "toil"]
RUNNERS: Final[tuple[RunnerName, ...]] = get_args(RunnerName)


def run_package(  # noqa: PLR0913 - each is an option of the command
    package: Path | str,
    *,
    words: Sequence[str] = (),
    inputs_file: Path | None = None,
    out: Path,
    runner: RunnerName = "cwltool",
    engine: EngineName = "docker",
    options: Sequence[str] = (),
    timeout: float | None = None,
    force: bool = False,
    on_log: Callable[[str], None] = lambda _line: None,
) -> RunResult:
    """Execute ``package``: ``FILE`` or ``FILE#process``, a folder, or a DeployProcess.

    ``words`` are ``name=value``; they win over ``inputs_file``. Results go to ``out``. ``options``
    are passed on to the runner. ``timeout`` is in seconds.

    Raises:
        SourceError: the package cannot be read.
        UsageError: a value does not fit, is unknown or missing.
        ToolError: the runner is missing, or the job has failed.
        ApkgError: a result would replace a file, and ``force`` is not given.

    """
    from apkg.runners.job_order import job_order
    from apkg.sources.read import read_application, split_process

    cwl = find_cwl(str(package))
    file, process = split_process(cwl)
    application = read_application(cwl).application
    order = job_order(application.inputs, words=words, file=inputs_file)
    request = RunRequest(
        package=file,
        process=process,
        job_order=order,
        out=out,
        engine=engine,
        image=application.container.image if application.container else None,
        timeout=timeout,
        options=tuple(options),
        force=force,
        on_log=on_log,
    )
    return _runner(runner).run(request)


def _runner(name: RunnerName) -> Runner:
    match name:
        case "cwltool":
            from apkg.runners.cwltool import CwltoolRunner

            return CwltoolRunner()
        case "toil":
            from apkg.runners.toil import ToilRunner

            return ToilRunner()
