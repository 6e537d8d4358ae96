"""Where a file of the image stands in the folder that the image is built from."""

from __future__ import annotations

import posixpath
from pathlib import Path, PurePosixPath

from apkg.sources.docker.stages import Copy, Dockerfile, Stage, lineage

_MOST_MATCHES = 200
_DEEPEST = 8


def in_folder(dockerfile: Dockerfile, folder: Path, path: str) -> Path | None:
    """The file or folder below ``folder`` that the image has at the absolute ``path``.

    ``COPY`` and ``ADD`` are followed backwards, through other stages too. A way that leads out of
    the folder (``..``, a symbolic link) is not taken.
    """
    return _of_stage(dockerfile.final, dockerfile, folder, posixpath.normpath(path), 0)


def _of_stage(
    stage: Stage, dockerfile: Dockerfile, folder: Path, path: str, depth: int
) -> Path | None:
    if depth > _DEEPEST:
        return None
    for ancestor in lineage(stage):
        for copy in reversed(ancestor.copies):
            found = _of_copy(copy, dockerfile, folder, path, depth)
            if found is not None:
                return found
    return None


def _of_copy(
    copy: Copy, dockerfile: Dockerfile, folder: Path, path: str, depth: int
) -> Path | None:
    below = _below(path, copy.target)
    if below is None:
        return None
    if copy.stage is not None:
        stage = dockerfile.stages.get(copy.stage)
        origins = _origins(copy, below) if stage else []
        found = (
            _of_stage(stage, dockerfile, folder, posixpath.normpath(origin), depth + 1)
            for origin in origins
            if stage is not None
        )
        return next((place for place in found if place is not None), None)
    for source in copy.sources:
        for start in _matches(folder, source):
            place = _place(start, below, into_folder=copy.into_folder)
            if place is not None and is_within(folder, place):
                return place
    return None


def _origins(copy: Copy, below: str) -> list[str]:
    """What ``below`` the target may have been in the other stage: copied whole, or into it."""
    found: list[str] = []
    for source in copy.sources:
        name = posixpath.basename(source.rstrip("/"))
        first, _, rest = below.partition("/")
        found.append(posixpath.join("/", source, below) if below != "." else source)
        if first == name:
            found.append(posixpath.join(source, rest) if rest else source)
    return found


def _below(path: str, target: str) -> str | None:
    relative = posixpath.relpath(path, target)
    return None if relative.startswith("..") else relative


def _matches(folder: Path, source: str) -> list[Path]:
    plain = PurePosixPath(source.lstrip("/"))
    if ".." in plain.parts or "://" in source:
        return []
    if not any(mark in source for mark in "*?["):
        return [folder / plain]
    try:
        return sorted(folder.glob(str(plain)))[:_MOST_MATCHES]
    except (OSError, ValueError, NotImplementedError):
        return []


def _place(start: Path, below: str, *, into_folder: bool) -> Path | None:
    try:
        if start.is_dir():
            # The content of a folder is copied, not the folder.
            place = start / below
        elif (below == "." and not into_folder) or below == start.name:
            place = start
        else:
            return None
        return place if place.exists() else None
    except (OSError, ValueError):
        return None


def is_within(folder: Path, path: Path) -> bool:
    """Whether ``path`` is below ``folder`` with all links followed."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        return False
