"""What stands for the content of a file."""

from __future__ import annotations

import hashlib
from pathlib import Path


def digest_of(content: bytes) -> bytes:
    """The SHA-256 of what is in memory."""
    return hashlib.sha256(content).digest()


def file_digest(path: Path) -> bytes | None:
    """The SHA-256 of a file; None if it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").digest()
    except (OSError, ValueError):
        return None
