"""A hidden folder in the output folder, where packages are made before they get their place.

Whatever ends a batch, the output folder itself only ever holds whole files. What a killed batch
leaves behind is removed by the next one.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path

from apkg.errors import ApkgError, Location
from apkg.files.write import cannot_write

PREFIX = ".apkg-batch-"
_LOCK = "lock"
_TRIES = 20
#: One counter for each process: a name is given once.
_NUMBERS = count()


class Stage:
    """Makes the folder, locked as long as the batch lives; use it as a context manager.

    Raises:
        ApkgError: the output folder cannot be made or written.
    """

    def __init__(self, out: Path) -> None:
        self._out = out
        self._made: list[Path] = []
        self._lock = -1
        self.folder = out

    def __enter__(self) -> Stage:
        self._made = [path for path in (self._out, *self._out.parents) if not path.exists()]
        try:
            self._out.mkdir(parents=True, exist_ok=True)
            self._remove_left()
            self._lock = self._make()
        except OSError as error:
            raise cannot_write(error) from error
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        os.close(self._lock)
        for path in self._made:
            # Where nothing was converted, nothing is left.
            with suppress(OSError):
                path.rmdir()

    def _make(self) -> int:
        for _ in range(_TRIES):
            self.folder = self._out / f"{PREFIX}{os.urandom(6).hex()}"
            self.folder.mkdir()
            with suppress(FileNotFoundError):
                lock = _opened(self.folder / _LOCK, os.O_CREAT)
                _try_lock(lock)
                # Another batch may have taken it for one that was left.
                if (self.folder / _LOCK).exists():
                    return lock
                os.close(lock)
        raise ApkgError(
            "cannot be written: others remove what is made in it",
            location=Location(path=str(self._out)),
        )

    def _remove_left(self) -> None:
        for path in self._out.glob(f"{PREFIX}*"):
            if path.is_symlink() or not path.is_dir():
                continue
            try:
                lock = _opened(path / _LOCK)
            except OSError:
                with suppress(OSError):
                    path.rmdir()
                continue
            if _try_lock(lock):
                shutil.rmtree(path, ignore_errors=True)
            os.close(lock)


def stage_all(folder: Path, files: Mapping[Path, bytes]) -> tuple[tuple[Path, Path], ...]:
    """Write files into the stage; pairs of where each is and where it belongs.

    Raises:
        OSError: the file system is full, or the like.
    """
    pairs = []
    for path, content in files.items():
        staged = folder / f"{os.getpid()}-{next(_NUMBERS)}"
        # 0o666: the user's umask decides.
        handle = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        pairs.append((staged, path))
    return tuple(pairs)


def _opened(path: Path, flags: int = 0) -> int:
    return os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC | flags, 0o600)


def _try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        # Held, or a file system without locks: then it is never taken for one that was left.
        return False
    return True
