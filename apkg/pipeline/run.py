"""Running a package: from the words of a user to results in a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from apkg.pipeline.package import find_cwl
from apkg.runners.interface import EngineName, RunRequest, RunResult


def run_package(  # noqa: PLR0913 - each is an option of the command
    package: Path | str,
    *,
    words: Sequence[str] = (),
    inputs_file: Path | None = None,
    out: Path,
    engine: EngineName = "docker",
    force: bool = False,
    on_log: Callable[[str], None] = lambda _line: None,
) -> RunResult:
    """Execute ``package`` with cwltool: ``FILE`` or ``FILE#process``, a folder, or a DeployProcess.

    ``words`` are ``name=value``; they win over ``inputs_file``. Results go to ``out``.

    Raises:
        SourceError: the package cannot be read.
        UsageError: a value does not fit, is unknown or missing.
        ToolError: cwltool is missing, or the job has failed.
        ApkgError: a result would replace a file, and ``force`` is not given.

    """
    from apkg.runners.cwltool import CwltoolRunner
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
        force=force,
        on_log=on_log,
    )
    return CwltoolRunner().run(request)
