"""Everything that speaks of a tool besides its command line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from apkg.errors import Location, SourceError
from apkg.names import did_you_mean
from apkg.report import Finding
from apkg.sources.claims import Claim, Layer, merge
from apkg.sources.commandline.claims import CommandLayer
from apkg.sources.docker.labels import label_layer
from apkg.sources.manifest.reading import ManifestReading, find_manifest
from apkg.sources.surroundings import SIDE_FILES
from apkg.sources.tools.material import Material
from apkg.sources.tools.settle import Said

#: What is said of a whole tool, and would be wrong of each of its sub-commands.
OF_ONE = ("id", "title", "abstract")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """Everything that speaks of the tool besides its command line."""

    options: ManifestReading
    manifest: ManifestReading
    labels: Layer
    files: tuple[Layer, ...]
    image: Layer
    findings: tuple[Finding, ...] = ()
    #: What the manifest says of this very sub-command among :data:`OF_ONE`.
    own: frozenset[str] = frozenset()

    @property
    def said(self) -> Said:
        """What a person said."""
        both = (self.options, self.manifest)
        return Said(
            layer=merge([voice.layer for voice in both]),
            ignored_inputs=frozenset().union(*(voice.ignored_inputs for voice in both)),
            ignored_outputs=frozenset().union(*(voice.ignored_outputs for voice in both)),
        )


def read_voices(
    material: Material,
    options: ManifestReading,
    folder: Path | None,
    part: str | None,
    parts: list[str],
) -> Voices:
    """What is said around a tool; ``part`` is the sub-command (of ``parts``) that it is about.

    Raises:
        SourceError: the manifest is broken.
    """
    dockerfile, image = material.dockerfile, material.image
    labels, own = Layer(), Layer()
    if dockerfile is not None:
        settings = dockerfile.settings
        labels = label_layer(settings.labels, voice="Dockerfile", location=settings.location)
    if image is not None:
        own = label_layer(image.labels, voice="image", location=image.location)
        if image.names:
            claim = Claim(value=image.names[0], source="image", location=image.location)
            own = replace(own, application={**own.application, "image": claim})
    files, findings = _side_files(folder)
    if part is not None:
        labels, own = _without(labels, OF_ONE), _without(own, OF_ONE)
        files = tuple(_without(layer, OF_ONE) for layer in files)
    manifest, block = _manifest(folder, part, parts)
    return Voices(
        options=options, manifest=manifest, labels=labels, files=files, image=own,
        findings=(*manifest.findings, *findings), own=block,
    )  # fmt: skip


def _side_files(folder: Path | None) -> tuple[tuple[Layer, ...], tuple[Finding, ...]]:
    if folder is None or not any((folder / name).is_file() for name in SIDE_FILES):
        return (), ()
    from apkg.sources.sidefiles import side_files

    return side_files(folder)


def _manifest(
    folder: Path | None, part: str | None, parts: list[str]
) -> tuple[ManifestReading, frozenset[str]]:
    """The manifest beside the tool, and what it says of this sub-command alone.

    Its ``applications`` are the sub-commands by name.
    """
    place = find_manifest(folder) if folder is not None else None
    if place is None:
        return ManifestReading(), frozenset()
    from apkg.sources.manifest.reader import read_manifest

    found = read_manifest(place, notebook=part)
    findings = tuple(f for f in found.findings if f.subject not in parts)
    whole = found if part is None else read_manifest(place, notebook=None)
    own, others = found.layer.application, whole.layer.application
    block = frozenset(name for name in OF_ONE if name in own and own[name] != others.get(name))
    return replace(found, findings=findings), block


def _without(layer: Layer, names: Iterable[str]) -> Layer:
    kept = {name: claim for name, claim in layer.application.items() if name not in names}
    return replace(layer, application=kept)


def check_known(voices: Voices, layers: list[CommandLayer]) -> None:
    """Inputs are arguments of the command: another one could not be put on its line."""
    known = {name for layer in layers for name in layer.layer.inputs}
    for name, fields in voices.said.layer.inputs.items():
        if name in known or name in voices.said.ignored_inputs:
            continue
        close = did_you_mean(name, known)
        listed = ", ".join(sorted(known)[:8])
        raise SourceError(
            f"input {name} is described, and the command has no such argument",
            hint=f"Did you mean {close}?" if close else f"Its arguments are: {listed}.",
            location=next((c.location for c in fields.values() if c.location), None),
        )


def image_finding(merged: Layer, place: Location | None) -> Iterable[Finding]:
    """What to say where nobody has named the image."""
    image = merged.application["image"]
    if image.guessed:
        yield Finding(
            rule="tool/image-assumed",
            severity="note",
            message=f"no image is named; {image.value} is assumed",
            location=place,
            advice="Name the image with --image, or in apkg.yaml: image: REGISTRY/NAME:TAG.",
        )
