"""Example data of parts, as the job order of the whole finds it: relative to its own folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from apkg.model import Application
from apkg.sources.claims import Claim, Layer
from apkg.sources.manifest.reading import ManifestReading


def with_placed_examples(application: Application, folder: Path, out: Path) -> Application:
    """``application``, whose examples stand below ``folder``, as seen from ``out``.

    An example that is not there helps nobody, and is left out.
    """
    inputs = [
        replace(declared, example=_placed(declared.example, folder, out))
        for declared in application.inputs
    ]
    return replace(application, inputs=tuple(inputs))


def placed(said: ManifestReading, folder: Path, out: Path) -> ManifestReading:
    """What a manifest says, its examples seen from ``out``."""
    inputs = {name: _claims(claims, folder, out) for name, claims in said.layer.inputs.items()}
    layer = Layer(application=said.layer.application, inputs=inputs, outputs=said.layer.outputs)
    return replace(said, layer=layer)


def _claims(claims: Mapping[str, Claim], folder: Path, out: Path) -> dict[str, Claim]:
    found = dict(claims)
    example = found.pop("example", None)
    if example is not None and isinstance(example.value, str):
        place = _placed(example.value, folder, out)
        if place is not None:
            found["example"] = replace(example, value=place)
    return found


def _placed(example: str | None, folder: Path, out: Path) -> str | None:
    if example is None:
        return None
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
