"""What a run leaves: its results where they are wanted, and what a failed one has got as far."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from apkg.errors import ApkgError, ToolError
from apkg.names import printable
from apkg.runners.deliver import keep, move_results, moved_outputs, result_paths
from apkg.runners.interface import Json, RunResult
from apkg.runners.job import Job, Program

#: Of CWL v1.2's File and Directory, what outlasts the run.
_FIELDS = (
    *("class", "basename", "path", "location", "size", "checksum", "format"),
    *("secondaryFiles", "listing"),
)


def outcome(program: Program, job: Job, stdout: str, out: Path) -> RunResult:
    """Move the results of a job to the folder ``out``; ``stdout`` tells which there are.

    Raises:
        ToolError: the program has not said what came out.
        ApkgError: a result would replace a file; they are all in a folder beside ``out``.

    """
    try:
        outputs = json.loads(stdout)
    except ValueError:
        raise ToolError(
            f"{program.name} has not said what came out", hint=printable(stdout[:200])
        ) from None
    try:
        move_results(job.results, out, force=job.request.force)
    except ApkgError as error:
        place = keep(job.results, out.with_name(f"{out.name or 'results'}-new"))
        job.results.mkdir()
        hint = f"The results of this run are in {printable(str(place))}. {error.hint}"
        raise ApkgError(error.message, hint=hint, location=error.location) from None
    moved = same_form(moved_outputs(outputs, job.results, out))
    assert isinstance(moved, dict)  # noqa: S101 - CWL's output object
    return RunResult(
        outputs=moved, paths=tuple(result_paths(moved)), log=tuple(job.lines), status=0
    )


def same_form(value: Json) -> Json:
    """Give an output object its files and folders with the same fields, whoever has made it."""
    if isinstance(value, list):
        return [same_form(item) for item in value]
    if not isinstance(value, dict):
        return value
    whole = {name: same_form(item) for name, item in value.items()}
    if value.get("class") not in ("File", "Directory"):
        return whole
    listing = whole.get("listing")
    if isinstance(listing, list):
        whole["listing"] = sorted(listing, key=_basename)
    return {name: whole[name] for name in _FIELDS if whole.get(name) is not None}


def _basename(value: Json) -> str:
    return str(value.get("basename")) if isinstance(value, dict) else ""


def rescue(left: Iterable[Path], out: Path) -> list[Path]:
    """Keep the notebooks that were executed in part; gives where they are."""
    return [keep(path, out / path.name) for path in left]
