"""``docker save`` and OCI archives: the few small files in them that describe the image.

The archive is read once from front to end and nothing is unpacked: members are kept in memory
under their names, never used as paths. Links, devices and everything large are passed over.
"""

from __future__ import annotations

import gzip
import io
import re
import tarfile
import zlib
from pathlib import Path
from typing import IO, cast

from apkg.errors import Location, SourceError
from apkg.sources.image.documents import LIMIT_BYTES

_MOST_MEMBERS = 100_000
_MOST_KEPT = 64 * 1024 * 1024
#: Compressed archives unpack to several times their size; a thousand times is an attack.
_MOST_UNPACKED = 16 * 1024**3
_KEPT = re.compile(
    r"(?:manifest|index|repositories|[0-9a-f]{64})(?:\.json)?|blobs/sha256/[0-9a-f]{64}"
)
_MAGIC = 512


class ArchiveStore:
    """The small files of an archive by name."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._files = files

    def read(self, name: str) -> bytes | None:
        """The file called ``name``, if it was there."""
        return self._files.get(name)


def is_archive(path: Path) -> bool:
    """Whether a file is a tar archive, compressed or not, by its first bytes."""
    try:
        with path.open("rb") as stream:
            start = stream.read(_MAGIC)
    except OSError:
        return False
    return start[257:262] == b"ustar" or start[:2] == b"\x1f\x8b" or start[:4] == b"(\xb5/\xfd"


def read_archive(path: Path) -> ArchiveStore:
    """The files of the archive at ``path`` that may describe its image.

    Raises:
        SourceError: it is broken, has too many members, or unpacks to an absurd size.
    """
    try:
        with path.open("rb") as raw:
            start = raw.read(4)
            raw.seek(0)
            if start == b"(\xb5/\xfd":
                raise _error(path, "is compressed with zstd, which apkg does not read")
            unpacked = (
                cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if start[:2] == b"\x1f\x8b" else raw
            )
            with tarfile.open(
                fileobj=cast("IO[bytes]", _Bounded(unpacked, path)), mode="r|"
            ) as tar:
                return ArchiveStore(_kept(tar, path))
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile, ValueError) as error:
        raise _error(path, f"is broken: {error}") from error
    except OSError as error:
        raise _error(path, f"cannot be read: {error.strerror or error}") from error


def _kept(tar: tarfile.TarFile, path: Path) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    total = 0
    for number, member in enumerate(tar):
        if number > _MOST_MEMBERS:
            raise _error(path, f"has more than {_MOST_MEMBERS} members")
        name = member.name.removeprefix("./")
        if not member.isreg() or member.size > LIMIT_BYTES or not _KEPT.fullmatch(name):
            continue
        total += member.size
        if total > _MOST_KEPT:
            raise _error(path, "holds more descriptions than any image has")
        stream = tar.extractfile(member)
        if stream is not None:
            files.setdefault(name, stream.read(LIMIT_BYTES))
    return files


class _Bounded(io.RawIOBase):
    """A stream that refuses to give more than any image has."""

    def __init__(self, stream: IO[bytes], path: Path) -> None:
        self._stream = stream
        self._path = path
        self._left = _MOST_UNPACKED

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes."""
        data = self._stream.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise _error(self._path, "unpacks to more than any image holds")
        return data


def _error(path: Path, what: str) -> SourceError:
    return SourceError(
        f"the archive {what}",
        hint="Write it again with docker save, or give what docker image inspect prints.",
        location=Location(path=str(path)),
    )
