"""Is there such a file? A name that no file system can hold, or a loop of links, is no file.

``pathlib`` itself (before Python 3.14) raises for names that are too long, which strangers write.
Who remembers what a document's verdict depends on hears of each look by the audit event ``LOOKED``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from apkg.errors import Location, SourceError
from apkg.names import printable

#: The audit event of a look at a path, its one argument.
LOOKED = "apkg.looked"


def looked(path: str | os.PathLike[str]) -> None:
    """Say that something depends on whether ``path`` is there."""
    sys.audit(LOOKED, os.fspath(path))


def is_file(path: Path) -> bool:
    """Whether ``path`` is a regular file, or a link to one."""
    looked(path)
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Whether ``path`` is a folder, or a link to one."""
    looked(path)
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def is_there(path: Path) -> bool:
    """Whether there is anything at ``path``."""
    looked(path)
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def files_in(folder: Path, ending: str) -> tuple[Path, ...]:
    """What lies directly in ``folder`` and is called ``*ending``, in any case, sorted.

    Raises:
        SourceError: it may not be read.
    """
    try:
        return tuple(sorted(p for p in folder.iterdir() if p.name.lower().endswith(ending)))
    except OSError as error:
        raise SourceError(
            f"cannot be read: {error.strerror}",
            hint="Check that you may read this folder.",
            location=Location(path=printable(str(folder))),
        ) from error
