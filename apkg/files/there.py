"""Is there such a file? A name that no file system can hold, or a loop of links, is no file.

``pathlib`` itself (before Python 3.14) raises for names that are too long, which strangers write.
"""

from __future__ import annotations

from pathlib import Path


def is_file(path: Path) -> bool:
    """Whether ``path`` is a regular file, or a link to one."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Whether ``path`` is a folder, or a link to one."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def is_there(path: Path) -> bool:
    """Whether there is anything at ``path``."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
