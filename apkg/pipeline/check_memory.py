"""``apkg validate --resume``: reports that still hold, as nothing that they depend on has changed.

What was found is kept in the user's cache, in a small SQLite file for each folder that the command
is called in, as names are told as they were given there. It is only a memory: whatever is wrong
with it, documents are checked.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from apkg.errors import ApkgError, Location
from apkg.files.write import cannot_write
from apkg.pipeline.batch_fingerprint import FILE, Around, Digests, key_of
from apkg.pipeline.batch_state import NAME, Kept, State
from apkg.pipeline.check import CheckOptions
from apkg.pipeline.validate import ValidateOptions
from apkg.report import Finding, Report

#: Bytes of a memory that is begun anew, and days after which that of a folder is given up.
_MOST, _DAYS = 128 * 1024 * 1024, 90
#: Reports on these depend on what else is in the folder: manifests, modules, other notebooks.
_WITH_SURROUNDINGS = frozenset(["notebook", "manifest"])


def cache_folder() -> Path:
    """Where this system's programs keep what they can make again.

    Raises:
        RuntimeError: nobody knows the home of this user.
    """
    named = os.environ.get("XDG_CACHE_HOME", "")
    # The XDG Base Directory Specification: a relative path is to be ignored.
    if os.path.isabs(named):  # noqa: PTH117
        return Path(named) / "apkg"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "apkg"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "apkg"
    return Path.home() / ".cache" / "apkg"


class CheckMemory:
    """What earlier runs in this folder have found; use it as a context manager.

    ``others`` are files that this run writes. ``on_trouble`` hears, once, why nothing is
    remembered.
    """

    def __init__(
        self,
        options: CheckOptions,
        validating: ValidateOptions,
        *,
        others: Collection[Path] = (),
        on_trouble: Callable[[ApkgError], None],
    ) -> None:
        self._options, self._on_trouble = options, on_trouble
        self._key = key_of(f"{options!r}\n{validating!r}\n{_engine_version(options)}")
        self._around = Around(Path(os.devnull), others)
        self._digests = Digests()
        self._state: State | None = None

    def __enter__(self) -> CheckMemory:
        try:
            self._state = _opened(_folder())
        except ApkgError as error:
            self._give_up(error)
        return self

    def __exit__(self, *_: object) -> None:
        if self._state is not None:
            self._state.close()

    def known(self, path: Path, *, named: bool) -> Report | None:
        """The report on a file, if all that it depends on is as it was."""
        if self._state is None:
            return None
        try:
            kept = self._state.find(_name(path, named=named))
        except ApkgError as error:
            self._give_up(error)
            return None
        if kept is None:
            return None
        data = kept.packages[0]
        if kept.key != self._key_of(path, data["kind"]):
            return None
        same = self._digests.are(kept.reads, once=os.path.abspath(path))  # noqa: PTH100
        return _report(data) if same else None

    def keep(
        self, path: Path, report: Report, reads: Mapping[str, str] | None, *, named: bool
    ) -> None:
        """Note a report, and the hashes of what was read for it, if they are known."""
        if self._state is None or reads is None or not self._may_keep(path, reads):
            return
        key = self._key_of(path, report.kind)
        kept = Kept(key=key, reads=reads, packages=[asdict(report)])
        try:
            self._state.keep(_name(path, named=named), kept, {})
        except ApkgError as error:
            self._give_up(error)

    def _may_keep(self, path: Path, reads: Mapping[str, str]) -> bool:
        if os.path.abspath(path) not in reads:  # noqa: PTH100
            return False
        # cwltool reads for itself what apkg only looked for, or what is on a network.
        engine = self._options.engine != "apkg"
        return not (engine and (self._options.network or FILE in reads.values()))

    def _key_of(self, path: Path, kind: str) -> bytes:
        if kind not in _WITH_SURROUNDINGS:
            return self._key
        return self._key + self._around.key(str(path))

    def _give_up(self, error: ApkgError) -> None:
        if self._state is not None:
            self._state.close()
            self._state = None
        self._on_trouble(error)


def _engine_version(options: CheckOptions) -> str:
    if options.engine == "apkg":
        return ""
    from importlib.metadata import version

    return version("cwltool")


def _name(path: Path, *, named: bool) -> str:
    return f"{'named' if named else 'found'} {path}"


def _folder() -> Path:
    """The folder that holds the memory of the current folder."""
    try:
        top = cache_folder() / "validate"
        folder = top / hashlib.sha256(os.fsencode(Path.cwd())).hexdigest()[:24]
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _tidy(top, folder)
    except RuntimeError as error:
        raise ApkgError(
            f"there is no place for a cache: {error}", hint="Name one in XDG_CACHE_HOME."
        ) from error
    except OSError as error:
        raise cannot_write(error) from error
    return folder


def _opened(folder: Path) -> State:
    try:
        return State(folder)
    except ApkgError as error:
        from sqlite3 import DatabaseError

        # Its base class says that it is damaged; those below, that it is in use or the like.
        if type(error.__cause__) is not DatabaseError:
            raise
    (folder / NAME).unlink()
    return State(folder)


def _tidy(top: Path, folder: Path) -> None:
    with suppress(FileNotFoundError):
        if (folder / NAME).stat().st_size > _MOST:
            (folder / NAME).unlink()
    os.utime(folder)
    oldest = time.time() - _DAYS * 86400
    for other in top.iterdir():
        with suppress(OSError):
            if other.stat().st_mtime < oldest and (other / NAME).is_file():
                shutil.rmtree(other)


def _report(data: Mapping[str, Any]) -> Report:
    findings = tuple(
        Finding(**(found | {"location": _location(found["location"])}))
        for found in data["findings"]
    )
    return Report(path=data["path"], kind=data["kind"], findings=findings)


def _location(data: Mapping[str, Any] | None) -> Location | None:
    return None if data is None else Location(**data)
