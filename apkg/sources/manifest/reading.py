"""What a manifest says, and where manifests are found: light, as most folders have none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from apkg.files.there import is_file, is_folder
from apkg.report import Finding
from apkg.sources.claims import Layer, merge

if TYPE_CHECKING:
    from apkg.sources.manifest.said import Said

NAMES = ("apkg.yaml", "apkg.yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestReading:
    """What a manifest says of one notebook (or of the one application of its folder).

    ``declared`` are the ids of the inputs that it describes, ``ignored_inputs`` and
    ``ignored_outputs`` those that it asks to leave out.
    """

    layer: Layer = field(default_factory=Layer)
    ignored_inputs: frozenset[str] = frozenset()
    ignored_outputs: frozenset[str] = frozenset()
    declared: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()


def find_manifest(source: Path) -> Path | None:
    """Return the manifest in the folder ``source``, or beside the file ``source``."""
    folder = source if is_folder(source) else source.parent
    return next((folder / name for name in NAMES if is_file(folder / name)), None)


def reading_of(said: Sequence[Said], findings: tuple[Finding, ...] = ()) -> ManifestReading:
    """``said`` as one reading, in which the first that speaks wins."""
    layer = merge(part.layer for part in said)
    return ManifestReading(
        layer=layer,
        ignored_inputs=frozenset().union(*(part.ignored_inputs for part in said)),
        ignored_outputs=frozenset().union(*(part.ignored_outputs for part in said)),
        declared=frozenset(layer.inputs),
        findings=findings,
    )
