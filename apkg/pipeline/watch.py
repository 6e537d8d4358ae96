"""Convert what changes in a folder, and check what was written, until somebody stops it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from apkg.errors import ApkgError, Location, ToolError
from apkg.pipeline.batch import BatchOptions, convert_batch
from apkg.pipeline.batch_outcome import Outcome
from apkg.pipeline.options import ConvertOptions
from apkg.pipeline.sources_listed import list_sources
from apkg.pipeline.validate import ValidateOptions, validate_paths
from apkg.report import Report

#: Milliseconds without a change before work begins, and the longest wait while all changes.
_QUIET, _LONGEST = 250, 3000
#: What apkg writes; a folder is not looked at again for it.
_WRITTEN = (".cwl", ".deploy.json", ".inputs.yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One source that was converted anew, with the reports about its documents."""

    outcome: Outcome
    reports: tuple[Report, ...]


def watch(
    folder: Path,
    options: ConvertOptions,
    *,
    validating: ValidateOptions,
    recursive: bool = False,
    on_ready: Callable[[], None] | None = None,
) -> Iterator[Seen]:
    """What is converted now, and then whatever changes, without end; Ctrl-C raises.

    ``on_ready`` is called when all is done, and changes are waited for.

    Raises:
        ToolError: watchfiles is not installed.
        ApkgError: there is no such folder, or the output folder cannot be written.
    """
    if not folder.is_dir():
        raise ApkgError("there is no such folder", location=Location(path=str(folder)))
    changed = _watcher()
    round_ = _Round(folder, options, validating, recursive=recursive)
    # There may be much to do; the thread of the watcher, beside which no process should be
    # forked, is not there yet.
    yield from round_.go(jobs=None)
    first = True
    for _ in _changes(changed, folder, options.out, recursive=recursive):
        # The first is no change: the watch has begun, so that from here nothing is missed.
        yield from round_.go(jobs=1)
        if first and on_ready is not None:
            on_ready()
        first = False


class _Round:
    """Converts what has changed; remembers who failed."""

    def __init__(
        self,
        folder: Path,
        options: ConvertOptions,
        validating: ValidateOptions,
        *,
        recursive: bool,
    ) -> None:
        self._folder, self._options, self._recursive = folder, options, recursive
        self._validating = validating
        self._known: dict[str, tuple[int, str]] = {}

    def go(self, *, jobs: int | None) -> Iterator[Seen]:
        sources = list_sources([str(self._folder)], recursive=self._recursive)
        if sources == (str(self._folder),) and not _is_tool(self._folder):
            # A folder that is empty as yet is no error to somebody who is going to fill it.
            return
        outcomes = convert_batch(sources, self._options, BatchOptions(resume=True, jobs=jobs))
        with closing(outcomes):
            for outcome in outcomes:
                if outcome.status != "unchanged" and not _is_known(outcome, self._known):
                    yield self._seen(outcome)

    def _seen(self, outcome: Outcome) -> Seen:
        paths = [Path(file) for package in outcome.packages for file in package.files]
        reports = validate_paths(paths, options=self._validating)
        return Seen(outcome=outcome, reports=tuple(r for r in reports if r.kind != "unknown"))


def _is_tool(folder: Path) -> bool:
    from apkg.sources.tool import is_tool

    return is_tool(folder)


def _is_known(outcome: Outcome, known: dict[str, tuple[int, str]]) -> bool:
    """Whether a source fails as it did before, untouched since."""
    said = "\n".join(str(package.error) for package in outcome.packages if package.error)
    if not said:
        known.pop(outcome.source, None)
        return False
    try:
        changed = os.stat(outcome.source).st_mtime_ns  # noqa: PTH116 - only a number is wanted
    except OSError:
        changed = 0
    before = known.get(outcome.source)
    known[outcome.source] = (changed, said)
    return before == (changed, said)


def _watcher() -> Callable[..., Iterator[object]]:
    try:
        from watchfiles import watch as watcher
    except ImportError as error:
        raise ToolError(
            "watchfiles is not installed", hint="Install it: pip install 'eo-apkg[watch]'"
        ) from error
    return watcher


def _changes(
    watcher: Callable[..., Iterator[object]], folder: Path, out: Path, *, recursive: bool
) -> Iterator[object]:
    waiting = watcher(
        folder,
        watch_filter=_Interesting(folder, out),
        step=_QUIET,
        debounce=_LONGEST,
        recursive=recursive,
        # An answer now and then keeps Ctrl-C quick, and the first one says that it has begun.
        rust_timeout=200,
        yield_on_timeout=True,
    )
    first = True
    try:
        for found in waiting:
            if found or first:
                yield found
            first = False
    except OSError as error:
        raise ApkgError(
            f"cannot watch the folder: {error.strerror or error}",
            hint="Where the system watches no more files, WATCHFILES_FORCE_POLLING=1 looks itself.",
            location=Location(path=str(folder)),
        ) from error


class _Interesting:
    """Whether a change is a person's: not what apkg writes, nor what is hidden."""

    def __init__(self, folder: Path, out: Path) -> None:
        self._folder, self._out = os.path.realpath(folder), os.path.realpath(out)

    def __call__(self, _change: object, path: str) -> bool:
        real = os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))  # noqa: PTH118, PTH119, PTH120
        parts = Path(os.path.relpath(real, self._folder)).parts
        if any(part.startswith(".") and part != ".." for part in parts) or "__pycache__" in parts:
            return False
        if self._out == self._folder:
            return not real.endswith(_WRITTEN)
        return not f"{real}{os.sep}".startswith(f"{self._out}{os.sep}")
