"""Everything that speaks about a notebook besides its code."""

from __future__ import annotations

from dataclasses import dataclass

from apkg.errors import SourceError
from apkg.names import did_you_mean
from apkg.report import Finding
from apkg.sources.manifest.reading import ManifestReading, find_manifest, reading_of
from apkg.sources.notebook.cells import Cell, Notebook
from apkg.sources.notebook.python import Found
from apkg.sources.problems import stop
from apkg.sources.surroundings import Surroundings, read_surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """Everything that speaks about one notebook besides its code."""

    options: ManifestReading
    manifest: ManifestReading
    surroundings: Surroundings
    cells: ManifestReading

    @property
    def declared(self) -> tuple[ManifestReading, ...]:
        """The voices that use the manifest's vocabulary, the first to win first."""
        return (self.options, self.manifest, self.surroundings.declared, self.cells)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the side files made us note."""
        return (*self.manifest.findings, *self.surroundings.findings)

    @property
    def promoted(self) -> frozenset[str]:
        """The inputs that they describe, declared in the code or not."""
        return frozenset().union(*(voice.declared for voice in self.declared))

    @property
    def ignored_inputs(self) -> frozenset[str]:
        """The inputs that they leave out."""
        return frozenset().union(*(voice.ignored_inputs for voice in self.declared))

    @property
    def ignored_outputs(self) -> frozenset[str]:
        """The outputs that they leave out."""
        return frozenset().union(*(voice.ignored_outputs for voice in self.declared))


def read_voices(notebook: Notebook, options: ManifestReading) -> Voices:
    """Hear them all.

    Raises:
        SourceError: the manifest or our own metadata in the notebook is wrong.
    """
    return Voices(
        options=options,
        manifest=_manifest(notebook),
        surroundings=read_surroundings(
            notebook.path.parent, notebook.metadata, notebook=str(notebook.path)
        ),
        cells=_cell_metadata(notebook),
    )


def _manifest(notebook: Notebook) -> ManifestReading:
    place = find_manifest(notebook.path)
    if place is None:
        return ManifestReading()
    from apkg.sources.manifest.reader import read_manifest

    return read_manifest(place, notebook=notebook.name)


def _cell_metadata(notebook: Notebook) -> ManifestReading:
    """``metadata.apkg`` of the cells: the manifest's vocabulary again."""
    described = [cell for cell in notebook.cells if "apkg" in cell.metadata]
    if not described:
        return ManifestReading()
    from apkg.sources.manifest.said import Said, said_in

    def said_by(cell: Cell) -> Said:
        place = notebook.location(cell.number)
        return said_in(
            cell.metadata["apkg"],
            path=("cells", cell.number - 1, "metadata", "apkg"),
            where=lambda _path, _key: place,
            source="the cell's metadata (apkg)",
        )

    said = [said_by(cell) for cell in described]
    stop([problem for part in said for problem in part.problems])
    return reading_of(said)


def check_described(voices: Voices, found: Found) -> None:
    """Every input that somebody describes is a variable of the notebook.

    Raises:
        SourceError: one is not.
    """
    known = {d.name for d in found.declarations} | voices.ignored_inputs
    for voice in voices.declared:
        for name, fields in voice.layer.inputs.items():
            if name in known:
                continue
            variables = [*known, *(a.name for a in found.candidates)]
            close = did_you_mean(name, variables)
            raise SourceError(
                f"input {name} is described, and the notebook assigns no such variable",
                hint=f"Did you mean {close}?"
                if close
                else "Inputs are variables of the notebook: "
                f"assign {name} a plain value at the top level of a cell.",
                location=next((c.location for c in fields.values() if c.location), None),
            )
