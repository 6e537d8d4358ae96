"""What stands around the code: the notebook's metadata, and files that describe its folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from apkg.errors import Location
from apkg.report import Finding
from apkg.sources.claims import Claim, Layer
from apkg.sources.manifest.reading import ManifestReading, reading_of
from apkg.sources.people import people, texts
from apkg.sources.problems import stop

SIDE_FILES = ("CITATION.cff", "codemeta.json", "pyproject.toml")
_APKG = "the notebook's metadata (apkg)"
_METADATA = "the notebook's metadata"


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The claims around a notebook, from the most to the least particular.

    ``declared`` is ``metadata.apkg``, written for us. ``metadata`` is what other tools keep in a
    notebook. ``files`` (``CITATION.cff``, ``pyproject.toml``, ``codemeta.json``) are about the
    whole work: the notebook's own heading is better than their title and abstract.
    """

    declared: ManifestReading = field(default_factory=ManifestReading)
    metadata: Layer = field(default_factory=Layer)
    files: tuple[Layer, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def layers(self) -> list[Layer]:
        """All layers, the first to win first."""
        return [self.declared.layer, self.metadata, *self.files]


def read_surroundings(
    folder: Path, notebook_metadata: Mapping[str, object], *, notebook: str | None = None
) -> Surroundings:
    """Read what stands around a notebook in ``folder``; ``notebook`` names it in messages.

    Raises:
        SourceError: ``metadata.apkg`` has unknown keys or wrong values.

    """
    location = None if notebook is None else Location(path=notebook)
    layers, findings = _of_files(folder)
    return Surroundings(
        declared=_declared(notebook_metadata.get("apkg"), location),
        metadata=Layer(application=_of_notebook(notebook_metadata, location)),
        files=layers,
        findings=findings,
    )


def _of_files(folder: Path) -> tuple[tuple[Layer, ...], tuple[Finding, ...]]:
    if not any((folder / name).is_file() for name in SIDE_FILES):
        # Most folders have none; those need not pay for the readers.
        return (), ()
    from apkg.sources.sidefiles import side_files

    return side_files(folder)


def _declared(data: object, location: Location | None) -> ManifestReading:
    if data is None:
        return ManifestReading()
    from apkg.sources.manifest.said import said_in

    path = ("metadata", "apkg")
    said = said_in(data, path=path, where=lambda _path, _key: location, source=_APKG)
    stop(said.problems)
    return reading_of([said])


def _of_notebook(metadata: Mapping[str, object], location: Location | None) -> dict[str, Claim]:
    """Jupyter's own ``title`` and ``authors`` (nbformat 4), and what Jupyter Book adds to them."""
    found: dict[str, object] = {}
    for name in ("title", "license"):
        value = metadata.get(name)
        if isinstance(value, Mapping):
            value = value.get("id") or value.get("name")
        if isinstance(value, str) and value.strip():
            found[name] = " ".join(value.split())
    if authors := people(metadata.get("authors") or metadata.get("author")):
        found["authors"] = authors
    if keywords := texts(metadata.get("keywords") or metadata.get("tags")):
        found["keywords"] = keywords
    return {
        name: Claim(value=value, source=_METADATA, location=location)
        for name, value in found.items()
    }
