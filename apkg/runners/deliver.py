"""Bringing results to where they are wanted, without harm to what is there already."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from apkg.errors import ApkgError, Location
from apkg.names import printable
from apkg.runners.interface import Json


def move_results(source: Path, target: Path, *, force: bool) -> None:
    """Move all that lies below the folder ``source`` to below ``target``, or nothing.

    A folder that exists on both sides is merged. Both are on one file system.

    Raises:
        ApkgError: a file exists and ``force`` is not given, or a folder is in its place.

    """
    files = sorted(_files(source))
    taken = [file for file in files if _is_taken(target / file, force=force)]
    if taken:
        raise ApkgError(
            f"not overwritten: {', '.join(printable(str(target / file)) for file in taken)}",
            hint="--force overwrites; -o names another folder.",
            location=Location(path=printable(str(target / taken[0]))),
        )
    for folder in sorted(p for p in source.rglob("*") if p.is_dir() and not p.is_symlink()):
        (target / folder.relative_to(source)).mkdir(parents=True, exist_ok=True)
    for file in files:
        (source / file).replace(target / file)


def _files(source: Path) -> list[Path]:
    found = []
    for folder, folders, names in os.walk(source):
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        found += [(Path(folder) / name).relative_to(source) for name in [*names, *links]]
    return found


def _is_taken(path: Path, *, force: bool) -> bool:
    if any(parent.exists() and not parent.is_dir() for parent in path.parents):
        return True
    if path.is_dir() and not path.is_symlink():
        return True
    return not force and (path.is_symlink() or path.exists())


def free_name(path: Path) -> Path:
    """Return ``path``, or the first of ``path-2``, ``path-3`` … that does not exist."""
    number, candidate = 2, path
    while candidate.exists() or candidate.is_symlink():
        candidate, number = path.with_name(f"{path.stem}-{number}{path.suffix}"), number + 1
    return candidate


def keep(source: Path, wanted: Path) -> Path:
    """Move a file or folder to ``wanted`` or, where that exists, to a free name beside it."""
    place = free_name(wanted)
    shutil.move(source, place)
    return place


def moved_outputs(value: Json, source: Path, target: Path) -> Json:
    """Rewrite the paths and locations in an output object from below ``source`` to ``target``."""
    if isinstance(value, list):
        return [moved_outputs(item, source, target) for item in value]
    if not isinstance(value, Mapping):
        return value
    moved = {name: moved_outputs(item, source, target) for name, item in value.items()}
    path = _path(value)
    if path is not None and path.is_relative_to(source):
        place = target / path.relative_to(source)
        moved.update(path=str(place), location=place.as_uri())
    return moved


def result_paths(value: Json) -> list[Path]:
    """List the files and folders that an output object names, in its order, on top only."""
    if isinstance(value, list):
        return [path for item in value for path in result_paths(item)]
    if not isinstance(value, Mapping):
        return []
    path = _path(value)
    if path is not None:
        return [path]
    return [path for item in value.values() for path in result_paths(item)]


def _path(value: Mapping[str, Json]) -> Path | None:
    path = value.get("path")
    is_place = value.get("class") in ("File", "Directory") and isinstance(path, str)
    return Path(str(path)) if is_place else None
