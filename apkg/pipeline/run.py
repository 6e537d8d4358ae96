"""Running a package: from the words of a user to results in a folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args

from apkg.model import Output
from apkg.pipeline.package import find_cwl
from apkg.runners.interface import EngineName, Json, Runner, RunRequest, RunResult

RunnerName: TypeAlias = Literal["cwltool", "toil", "calrissian"]
RUNNERS: Final[tuple[RunnerName, ...]] = get_args(RunnerName)


def run_package(  # noqa: PLR0913 - each is an option of the command
    package: Path | str,
    *,
    words: Sequence[str] = (),
    inputs_file: Path | None = None,
    values: Mapping[str, object] | None = None,
    out: Path,
    runner: RunnerName = "cwltool",
    engine: EngineName | None = None,
    options: Sequence[str] = (),
    timeout: float | None = None,
    force: bool = False,
    media: bool = True,
    on_log: Callable[[str], None] = lambda _line: None,
) -> RunResult:
    """Execute ``package``: ``FILE`` or ``FILE#process``, a folder, or a DeployProcess.

    ``words`` are ``name=value``; they win over ``values``, as JSON has them, and both over
    ``inputs_file``. Results go to ``out``. ``options`` are passed on to the runner. ``timeout`` is
    in seconds. Without ``engine`` it is the first that answers. ``media`` looks into files whether
    they are what the inputs take.

    Raises:
        SourceError: the package cannot be read.
        UsageError: a value does not fit, is unknown or missing.
        ToolError: the runner is missing, or the job has failed.
        ApkgError: a result would replace a file, and ``force`` is not given.

    """
    from apkg.runners.entry import entry
    from apkg.runners.job_files import check_media, check_secondary
    from apkg.runners.job_formats import with_formats
    from apkg.runners.job_order import job_order
    from apkg.sources.read import read_application, split_process

    cwl = find_cwl(str(package))
    file, process = split_process(cwl)
    application = read_application(cwl).application
    order = job_order(application.inputs, words=words, values=values, file=inputs_file)
    main = entry(file, process)
    check_secondary(file, main, order)
    if media:
        check_media(application.inputs, order)
    request = RunRequest(
        package=file,
        process=process,
        job_order=with_formats(file, main, order),
        out=out,
        engine=engine or "docker",
        image=application.container.image if application.container else None,
        timeout=timeout,
        options=tuple(options),
        force=force,
        on_log=on_log,
    )
    result = _run(_runner(runner), request, engine)
    return replace(result, outputs=_in_order(result.outputs, application.outputs))


def _run(runner: Runner, request: RunRequest, engine: EngineName | None) -> RunResult:
    if not runner.runs_elsewhere(request):
        from apkg.pipeline.run_engine import ready_engine

        request = replace(request, engine=ready_engine(engine, request.image))
    return runner.run(request)


def _in_order(found: Mapping[str, Json], outputs: Sequence[Output]) -> dict[str, Json]:
    """The results as the package lists them, whoever has run it."""
    first = [output.id for output in outputs if output.id in found]
    return {name: found[name] for name in dict.fromkeys([*first, *found])}


def _runner(name: RunnerName) -> Runner:
    match name:
        case "cwltool":
            from apkg.runners.cwltool import CwltoolRunner

            return CwltoolRunner()
        case "calrissian":
            from apkg.runners.calrissian import CalrissianRunner

            return CalrissianRunner()
        case "toil":
            from apkg.runners.toil import ToilRunner

            return ToilRunner()
