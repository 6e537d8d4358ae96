"""Bytes from disk as text: bounded, regular files only, UTF-8 only."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from apkg.errors import Location, SourceError
from apkg.files.there import looked
from apkg.names import printable

#: Far above any package; what is larger is data that happens to be YAML or JSON. Notebooks, which
#: carry the pictures that they made, have a limit of their own.
LIMIT_BYTES = 16 * 1024 * 1024


def read_bytes(path: Path, *, limit: int = LIMIT_BYTES) -> bytes:
    """The content of ``path``, read once.

    Raises:
        SourceError: missing, unreadable, not a regular file, or more than ``limit`` bytes.

    """
    name = printable(str(path))
    try:
        return _read(path, name, limit)
    except (FileNotFoundError, NotADirectoryError) as error:
        here = Location(path=name)
        raise SourceError("there is no such file or folder", location=here) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceError(
            f"cannot be read: {reason}",
            hint="Check the name, and that you may read the file.",
            location=Location(path=name),
        ) from error


def _read(path: Path, name: str, limit: int) -> bytes:
    looked(path)
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise SourceError(
            "this is a folder, not a document",
            hint="Name a file inside it.",
            location=Location(path=name),
        )
    # Opening a named pipe that nobody writes to would wait for ever; a shell's <(...) is safe.
    if not stat.S_ISREG(mode) and not str(path).startswith("/dev/fd/"):
        raise SourceError(
            "this is not a regular file", hint="Name a file.", location=Location(path=name)
        )
    with path.open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        data = b"" if size > limit else stream.read(limit + 1)
    if size > limit or len(data) > limit:
        raise too_large(name, max(size, len(data)), limit)
    return data


def too_large(name: str, size: int, limit: int) -> SourceError:
    """What is said of a document of ``size`` bytes where ``limit`` are allowed."""
    return SourceError(
        f"this is too large to be a document: {size / 2**20:.0f} MiB or more",
        hint=f"At most {limit / 2**20:.0f} MiB are read; keep data in files of its own.",
        location=Location(path=name),
    )


def decode(data: bytes, *, name: str) -> str:
    """UTF-8 (with or without byte order mark) as text.

    Raises:
        SourceError: another encoding, or NUL bytes.

    """
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        raise _not_utf8(name, 1, "it begins with the byte order mark of UTF-32")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _not_utf8(name, 1, "it begins with the byte order mark of UTF-16")
    even, odd = data[:40:2], data[1:40:2]
    if odd and ((not any(odd) and all(even)) or (not any(even) and all(odd))):
        raise _not_utf8(name, 1, "every other byte is NUL, as in UTF-16")
    nul = data.find(b"\0")
    if nul >= 0:
        raise SourceError(
            "not a text file: it holds NUL bytes",
            hint="Name the document itself, not a binary file.",
            location=Location(path=name, line=data.count(b"\n", 0, nul) + 1),
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _not_utf8(name, line, f"byte 0x{data[error.start]:02x}") from error


def _not_utf8(name: str, line: int, why: str) -> SourceError:
    return SourceError(
        f"not UTF-8 text: {why}",
        hint="Save the file with the encoding UTF-8.",
        location=Location(path=name, line=line),
    )
