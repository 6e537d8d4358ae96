"""What a batch has done, in a small SQLite file in the output folder: ``--resume``.

Before a package gets its place, the hashes of its files are noted; so that a batch that is killed
between two of them knows both as its own afterwards. A file that is not exactly what was noted is
somebody else's work, and is not replaced.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

from apkg.errors import ApkgError, Location
from apkg.pipeline.batch_digest import file_digest

NAME = ".apkg-state.sqlite"
_VERSION = 1
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS sources (name BLOB PRIMARY KEY, key BLOB, reads TEXT, packages TEXT)
    WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS made (path TEXT, digest BLOB, source BLOB, PRIMARY KEY (path, digest))
    WITHOUT ROWID;
PRAGMA user_version = {_VERSION};
"""
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is known of a source that was converted.

    ``key`` stands for options and version, ``reads`` are the hashes of what was read, by path
    from the output folder; ``packages`` is plain data, whatever the batch wants to know again.
    """

    key: bytes
    reads: Mapping[str, str]
    packages: Sequence[Mapping[str, Any]]


def _said(call: Callable[..., _Result]) -> Callable[..., _Result]:
    @wraps(call)
    def wrapper(state: State, *arguments: Any) -> _Result:
        try:
            return call(state, *arguments)
        except sqlite3.Error as error:
            raise _trouble(state.path, error) from error

    return wrapper


class State:
    """The file, open and locked until :meth:`close`.

    Raises:
        ApkgError: it is in use, damaged, of another version, or cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self._open()

    @_said
    def _open(self) -> None:
        if self.path.is_symlink():
            raise ApkgError(
                "the state of the batch is a link, and is not followed",
                hint="Remove it.",
                location=Location(path=str(self.path)),
            )
        self._db = sqlite3.connect(self.path, timeout=0.5, isolation_level=None)
        try:
            self._prepare()
        except sqlite3.Error:
            self._db.close()
            raise

    def _prepare(self) -> None:
        # Locked to us; then the journal needs no shared memory, which network drives lack.
        self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._db.execute("PRAGMA journal_mode = WAL")
        # No wait for the disk: a killed process loses nothing, a power cut the newest entries.
        self._db.execute("PRAGMA synchronous = NORMAL")
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version not in (0, _VERSION):
            raise sqlite3.DatabaseError(f"version {version}")
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the file; one file is left of it."""
        self._db.close()

    @_said
    def find(self, source: str) -> Kept | None:
        """What is known of a source, by its path from the output folder."""
        row = self._db.execute(
            "SELECT key, reads, packages FROM sources WHERE name = ?", (os.fsencode(source),)
        ).fetchone()
        if row is None or row[0] is None:
            return None
        return Kept(key=row[0], reads=json.loads(row[1]), packages=json.loads(row[2]))

    @_said
    def intend(self, source: str, files: Mapping[str, bytes]) -> None:
        """Note what is about to get its place: digests by file name."""
        name = os.fsencode(source)
        with _transaction(self._db):
            self._db.execute("UPDATE sources SET key = NULL WHERE name = ?", (name,))
            self._db.executemany(
                "INSERT OR REPLACE INTO made VALUES (?, ?, ?)",
                [(path, digest, name) for path, digest in files.items()],
            )

    @_said
    def keep(self, source: str, kept: Kept, files: Mapping[str, bytes]) -> None:
        """Note that the files are in their places."""
        with _transaction(self._db):
            self._db.executemany(
                "DELETE FROM made WHERE path = ? AND digest <> ?", list(files.items())
            )
            self._db.execute(
                "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?)",
                (
                    os.fsencode(source),
                    kept.key,
                    json.dumps(dict(kept.reads)),
                    json.dumps(list(kept.packages)),
                ),
            )

    @_said
    def owner(self, path: Path) -> str | None:
        """The source whose file this is, if it is exactly as a batch has left it."""
        rows = self._db.execute(
            "SELECT digest, source FROM made WHERE path = ?", (path.name,)
        ).fetchall()
        if not rows or path.is_symlink() or not path.is_file():
            return None
        digest = file_digest(path)
        return next((os.fsdecode(source) for kept, source in rows if kept == digest), None)


class _transaction:  # noqa: N801 - used as a function
    """All of the block's changes, or none."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, *_: object) -> None:
        self._db.execute("COMMIT" if kind is None else "ROLLBACK")


def _trouble(path: Path, error: sqlite3.Error) -> ApkgError:
    place, text = Location(path=str(path)), str(error)
    if "locked" in text:
        return ApkgError(
            "another batch is writing to this folder",
            hint="Wait for its end, or choose another folder with -o.",
            location=place,
        )
    if isinstance(error, sqlite3.OperationalError):
        return ApkgError(
            f"cannot keep the state of the batch: {text}",
            hint="Make room, or choose a folder that you may write to with -o.",
            location=place,
        )
    return ApkgError(
        f"cannot read the state of an earlier batch: {text}",
        hint="Remove this file; what is there is then overwritten with --force only.",
        location=place,
    )
