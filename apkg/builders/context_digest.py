"""What a build context is known by: the same content has the same digest, wherever it lies."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

_CHUNK = 1 << 20


def context_digest(folder: Path, *settings: tuple[tuple[str, str], ...]) -> str:
    """``sha256:…`` over every file's path, mode and bytes, and ``settings`` (arguments, labels)."""
    whole = hashlib.sha256(repr(settings).encode("utf-8", "surrogatepass"))
    for path in walk(folder):
        whole.update(_entry(path, path.relative_to(folder)))
    return f"sha256:{whole.hexdigest()}"


def walk(folder: Path) -> Iterator[Path]:
    """Everything below a folder, sorted by the bytes of its path; links are not followed."""
    for path in sorted(folder.iterdir(), key=os.fsencode):
        yield path
        if path.is_dir() and not path.is_symlink():
            yield from walk(path)


def _entry(path: Path, name: Path) -> bytes:
    """A digest of one entry: fixed in length, so that no two folders read the same."""
    mode = path.lstat().st_mode
    entry = hashlib.sha256(os.fsencode(name) + b"\0")
    if stat.S_ISLNK(mode):
        entry.update(b"link\0" + os.fsencode(path.readlink()))
    elif stat.S_ISREG(mode):
        entry.update(f"file {stat.S_IMODE(mode):o}\0".encode())
        with path.open("rb") as stream:
            while data := stream.read(_CHUNK):
                entry.update(data)
    else:
        entry.update(f"folder {stat.S_IMODE(mode):o}".encode())
    return entry.digest()
