"""Writing that is whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from apkg.errors import ApkgError, Location


def write_all(files: Mapping[Path, str] | Mapping[Path, str | bytes], *, force: bool) -> None:
    """Write every file of ``files``, or none.

    Each is written beside its place and renamed into it, so that no reader ever sees half a
    file. Without ``force`` an existing file stops the whole set before anything is written.

    Raises:
        ApkgError: a file exists, or the folder cannot be written.
    """
    pending: list[tuple[Path, Path]] = []
    try:
        if not force:
            _refuse_existing(files)
        _refuse_folders(files)
        for path, content in files.items():
            pending.append((_write_beside(path, content), path))
        place_all(pending, force=force)
    except OSError as error:
        raise cannot_write(error) from error
    finally:
        for temporary, _ in pending:
            with suppress(FileNotFoundError):
                temporary.unlink()


def place_all(
    files: Sequence[tuple[Path, Path]], *, force: bool, ours: Collection[Path] = ()
) -> None:
    """Bring whole files to their places: pairs of a file and where, on one file system.

    Without ``force`` no file is replaced except ``ours``, not even one that another process
    makes at this very moment. If one cannot be placed, those before it are taken back where they
    replaced nothing. What was placed is gone from where it was.

    Raises:
        ApkgError: a file exists, or a place cannot be written.
    """
    places = [path for _, path in files]
    if not force:
        _refuse_existing([path for path in places if path not in ours])
    _refuse_folders(places)
    new: list[Path] = []
    try:
        for temporary, path in files:
            if force or path in ours:
                temporary.replace(path)
            else:
                _link(temporary, path)
                new.append(path)
    except OSError as error:
        for path in new:
            path.unlink(missing_ok=True)
        if isinstance(error, FileExistsError):
            _refuse_existing(places)
        raise cannot_write(error) from error


def _link(temporary: Path, path: Path) -> None:
    """Rename, unless there is a file already: rename(2) itself would replace it."""
    try:
        os.link(temporary, path, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems (FAT, some that are mounted over a network) have no links.
        _refuse_existing([path])
        temporary.replace(path)
    else:
        temporary.unlink()


def _refuse_existing(files: Iterable[Path]) -> None:
    existing = [str(path) for path in files if path.is_symlink() or path.exists()]
    if existing:
        raise ApkgError(
            f"not overwritten: {', '.join(existing)}",
            hint="--force overwrites; -o names another folder.",
            location=Location(path=existing[0]),
        )


def _refuse_folders(files: Iterable[Path]) -> None:
    """A folder cannot be replaced: found out before the first file is in its place."""
    for path in files:
        if path.is_dir() and not path.is_symlink():
            raise ApkgError(
                "cannot write: there is a folder of this name",
                hint="Remove it, or choose another folder with -o.",
                location=Location(path=str(path)),
            )


def _write_beside(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name[:40]}.{os.getpid()}.{os.urandom(4).hex()}.tmp")
    # O_EXCL: never through somebody else's file or link. 0o666: the user's umask decides.
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content.encode() if isinstance(content, str) else content)
    except UnicodeEncodeError as error:
        temporary.unlink()
        raise ApkgError(
            f"cannot be written: it would hold {error.object[error.start]!a}, half a character",
            hint="Take that character out of the names, descriptions and values.",
            location=Location(path=str(path)),
        ) from error
    except BaseException:
        temporary.unlink()
        raise
    return temporary


def cannot_write(error: OSError) -> ApkgError:
    """What is said of a place that cannot be written."""
    place = str(error.filename or "")
    if place.endswith(".tmp"):
        # Our own name for the unfinished file means nothing to a person.
        place = str(Path(place).parent)
    return ApkgError(
        f"cannot be written: {error.strerror or error}",
        hint="Choose a folder that you may write to with -o.",
        location=Location(path=place) if place else None,
    )
