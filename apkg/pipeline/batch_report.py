"""What became of each source, as plain data: ``--format json``, and the lines of ``--report``."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from apkg.errors import ApkgError, Location, UsageError
from apkg.files.write import cannot_write
from apkg.names import escaped_json
from apkg.pipeline.convert import Conversion
from apkg.pipeline.describe import describe, describe_finding

#: How each line begins: a file that begins otherwise is none of ours.
_BEGINS = (b'{"source": ', b'{"path": ')


def conversion_data(done: Conversion, *, full: bool = True) -> dict[str, Any]:
    """One conversion: the files, what was noticed, or the error; ``full``: the application."""
    data: dict[str, Any] = {"source": str(done.source)}
    if done.application is not None and not full:
        data |= {"id": done.application.id, "title": done.application.title}
    data |= {
        "files": [str(path) for path in done.files],
        "findings": [describe_finding(finding) for finding in done.findings],
        "losses": [{"field": loss.field, "why": loss.why} for loss in done.losses],
    }
    if done.application is not None and full:
        data["application"] = describe(done.application)
    if done.error is not None:
        data["error"] = error_data(done.error)
    return data


def error_data(error: ApkgError) -> dict[str, Any]:
    """What was wrong, where, and what to do."""
    place = str(error.location) if error.location else None
    return {"message": error.message, "hint": error.hint, "location": place}


def json_text(data: object, *, indent: int | None = None) -> str:
    """Plain data as JSON; what no terminal or file should hold is said in escapes."""
    return escaped_json(json.dumps(data, ensure_ascii=False, indent=indent))


class Lines:
    """A file of JSON lines, one for each source; each is written whole, at once.

    Raises:
        UsageError: there is a file that is no such report.
        ApkgError: it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            # Not O_TRUNC: first it is looked at what would be lost.
            regular = path.is_file() or not path.exists()
            mode = os.O_RDWR | os.O_CREAT if regular else os.O_WRONLY
            self._handle = os.open(path, mode | os.O_CLOEXEC, 0o666)
            if regular:
                self._empty()
        except OSError as error:
            raise cannot_write(error) from error

    def _empty(self) -> None:
        begin = os.pread(self._handle, 11, 0)
        if begin and not begin.startswith(_BEGINS):
            os.close(self._handle)
            raise UsageError(
                "not overwritten: this file is no report of apkg",
                hint="Choose another name for the report.",
                location=Location(path=str(self._path)),
            )
        os.ftruncate(self._handle, 0)

    def add(self, data: Mapping[str, Any]) -> None:
        """Write one line."""
        try:
            content = memoryview(f"{json_text(data)}\n".encode())
            while content:
                content = content[os.write(self._handle, content) :]
        except OSError as error:
            error.filename = str(self._path)
            raise cannot_write(error) from error

    def close(self) -> None:
        """Close the file."""
        os.close(self._handle)
