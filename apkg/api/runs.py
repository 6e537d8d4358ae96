"""``apkg.run``: a package and its values in, results as paths out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from apkg.api.boundary import at_the_boundary
from apkg.api.given import Place, plain, words_of
from apkg.display import html
from apkg.errors import UsageError
from apkg.pipeline.run import RunnerName, run_package
from apkg.runners.interface import EngineName, Json, RunResult

_Engine: TypeAlias = EngineName | Literal["apptainer"]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Run:
    """What a run has left. ``done["mask"]`` is short for ``done.outputs["mask"]``.

    ``outputs`` are by name, as the package lists them: files and folders are paths, arrays are
    lists, what is missing is None. ``files`` are all paths in them, ``answer`` is the same as CWL
    v1.2 has it (with sizes and checksums), ``log`` the last lines that the job has written.
    """

    outputs: Mapping[str, Any]
    files: tuple[Path, ...]
    answer: Mapping[str, Json]
    log: tuple[str, ...]

    def __getitem__(self, name: str) -> Any:
        if name not in self.outputs:
            raise KeyError(f"{name} (the outputs are: {', '.join(self.outputs) or 'none'})")
        return self.outputs[name]

    def _ipython_key_completions_(self) -> list[str]:
        return list(self.outputs)

    def __repr__(self) -> str:
        rows = [f"\n  {name}: {value}" for name, value in self.outputs.items()]
        return f"<Run:{''.join(rows) or ' no outputs'}>"

    def _repr_html_(self) -> str | None:
        return html(self)


@at_the_boundary
def run(  # noqa: PLR0913 - each is an option of the command
    package: Place,
    *,
    inputs: Mapping[str, object] | Place | None = None,
    out: Place = "results",
    container: bool = True,
    engine: _Engine | None = None,
    runner: RunnerName = "cwltool",
    options: Iterable[str] = (),
    timeout: float | None = None,
    check_media: bool = True,
    force: bool = False,
    on_log: Callable[[str], None] | None = None,
    **values: object,
) -> Run:
    """Run a package and wait for its end, as ``apkg run``. Interrupting the kernel ends the run.

    Args:
        package: A package, its CWL file (``FILE`` or ``FILE#ID``), a folder that holds one, or a
            DeployProcess that links to one.
        inputs: A job order file, or the values by name: for names that are options here, too.
        out: Folder for the results.
        container: False runs the programs of this machine, without a container.
        engine: ``docker``, ``podman``, ``singularity``, ``apptainer`` or ``udocker``. Default: the
            first that answers.
        runner: ``cwltool``, ``toil`` or ``calrissian``.
        options: Further options for the runner, as they are.
        timeout: In seconds.
        check_media: Look into files whether they are what the inputs take.
        force: Replace files in ``out``.
        on_log: Called with each line that the job writes, at once: ``on_log=print``.
        values: The inputs by name; they win over ``inputs``. Paths are relative to the current
            folder.

    Raises:
        SourceError: the package cannot be read.
        UsageError: a value does not fit, is unknown or missing.
        ToolError: the runner is missing, or the job has failed or was not done in time.
        ApkgError: a result would replace a file, and ``force`` is not given.
    """
    given = {**inputs, **values} if isinstance(inputs, Mapping) else values
    result = run_package(
        os.fspath(package),
        inputs_file=None if inputs is None or isinstance(inputs, Mapping) else Path(inputs),
        values={name: plain(value) for name, value in given.items()},
        out=Path(out),
        runner=runner,
        engine=_engine(engine, container=container),
        options=words_of(options),
        timeout=timeout,
        force=force,
        media=check_media,
        on_log=on_log or _silent,
    )
    return _run(result)


def _engine(name: _Engine | None, *, container: bool) -> EngineName | None:
    if not container:
        if name not in (None, "none"):
            raise UsageError(f"container=False and engine={name!r} exclude each other")
        return "none"
    return "singularity" if name == "apptainer" else name


def _silent(_line: str) -> None:
    pass


def _run(result: RunResult) -> Run:
    return Run(
        outputs={name: _value(value) for name, value in result.outputs.items()},
        files=result.paths,
        answer=result.outputs,
        log=result.log,
    )


def _value(value: Json) -> Any:
    """Files and folders as their paths, wherever they stand."""
    if isinstance(value, list):
        return [_value(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("class") in {"File", "Directory"} and isinstance(value.get("path"), str):
        return Path(str(value["path"]))
    return {name: _value(item) for name, item in value.items()}
