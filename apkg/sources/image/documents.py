"""Bounded JSON documents of images."""

from __future__ import annotations

import json
from pathlib import Path

from apkg.errors import Location, SourceError
from apkg.files.read_bytes import decode, read_bytes

#: The OCI distribution specification asks registries for manifests of at least 4 MiB.
LIMIT_BYTES = 4 * 1024 * 1024


def read_json_bytes(path: Path) -> bytes:
    """The content of a JSON file of at most :data:`LIMIT_BYTES`.

    Raises:
        SourceError: it cannot be read, or is larger.
    """
    return read_bytes(path, limit=LIMIT_BYTES)


def parse_json(data: bytes, name: str) -> object:
    """``data`` as plain data; ``name`` is its file in messages.

    Raises:
        SourceError: it is no JSON.
    """
    text = decode(data, name=name)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise SourceError(
            f"not JSON: {error.msg}", location=Location(path=name, line=error.lineno)
        ) from error
    except (RecursionError, ValueError) as error:
        raise SourceError(
            "this JSON cannot be read: it is nested too deeply, or holds too long a number",
            location=Location(path=name),
        ) from error
