"""Example data of parts, as the job order of the whole finds it: relative to its own folder."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from apkg.model import Application


def with_placed_examples(application: Application, folder: Path, out: Path) -> Application:
    """``application``, whose examples stand below ``folder``, as seen from ``out``.

    An example that is not there helps nobody, and is left out.
    """
    inputs = [
        replace(declared, example=place_from(declared.example, folder, out))
        if declared.example is not None
        else declared
        for declared in application.inputs
    ]
    return replace(application, inputs=tuple(inputs))


def place_from(example: str, folder: Path, out: Path) -> str | None:
    """Paths below ``folder``, one a line, as seen from ``out``; ``None`` if one is not there."""
    found = [_one(path, folder, out) for path in example.split("\n") if path]
    return "\n".join(path for path in found if path is not None) if all(found) else None


def _one(path: str, folder: Path, out: Path) -> str | None:
    if "://" in path:
        return path
    try:
        place = folder / path
        known = not Path(path).is_absolute() and place.exists()
        return Path(os.path.relpath(place, out)).as_posix() if known else None
    except (OSError, ValueError):  # too long for a name, a NUL in it, another drive
        return None


def way(folder: Path, out: Path) -> str:
    """How to get from the folder ``out`` to ``folder``, with ``/`` between the steps."""
    try:
        return Path(os.path.relpath(folder, out)).as_posix()
    except ValueError:  # two drives: there is no relative way between them
        return folder.absolute().as_posix()
