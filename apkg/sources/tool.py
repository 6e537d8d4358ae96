"""A command-line tool as applications: every voice heard, in the order of the design.

Options of the command line, the manifest, the image's labels, declarations in the code, the help
text, files that describe the work, the image's own configuration, and guesses last. A tool with
sub-commands becomes one application for each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from apkg.errors import Location, SourceError
from apkg.model import Argument, CommandProgram
from apkg.names import did_you_mean, process_id
from apkg.report import Finding
from apkg.sources.assemble import assemble
from apkg.sources.claims import Claim, Layer, in_order_of, merge
from apkg.sources.commandline.claims import CommandLayer, command_layer, split
from apkg.sources.commandline.tree import Leaf
from apkg.sources.docker.labels import label_layer
from apkg.sources.fallback import fallback_layer
from apkg.sources.interface import Reading
from apkg.sources.manifest.reading import ManifestReading, find_manifest
from apkg.sources.surroundings import SIDE_FILES
from apkg.sources.tools.command import (
    Started,
    chosen_leaves,
    own_words,
    spoken,
    started,
    tool_name,
)
from apkg.sources.tools.material import Material, gather, is_tool
from apkg.sources.tools.settle import Said, repeated, settled

__all__ = ["is_tool", "read_tool"]
#: What is said of a whole tool, and would be wrong of each of its sub-commands.
_OF_ONE = ("id", "title", "abstract")
#: The claim by which a manifest gives the words that start the tool.
BASE_COMMAND = "base_command"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Voices:
    """Everything that speaks of the tool besides its command line."""

    options: ManifestReading
    manifest: ManifestReading
    labels: Layer
    files: tuple[Layer, ...]
    image: Layer
    findings: tuple[Finding, ...] = ()
    #: What the manifest says of this very sub-command among :data:`_OF_ONE`.
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


def read_tool(  # noqa: PLR0913
    source: Path | None,
    *,
    options: ManifestReading | None = None,
    cli: Path | None = None,
    help_text: Path | None = None,
    image_config: Path | None = None,
    image: str | None = None,
    command: str | None = None,
) -> tuple[Reading, ...]:
    """Read a tool from whatever is given of it; each of its sub-commands is a reading.

    Args:
        source: a folder, a Dockerfile, a script, a SNAP graph, an image's configuration or archive.
        options: what the command line says, in the manifest's vocabulary.
        cli: the file that reads the tool's command line.
        help_text: what the tool prints for ``--help``.
        image_config: ``docker inspect`` JSON, an OCI layout or a ``docker save`` archive.
        image: the image's name, where ``options`` does not hold it.
        command: the one sub-command to read.

    Raises:
        SourceError: something cannot be read, or the fact that is missing, and how to give it.
    """
    material = gather(source, cli=cli, image_config=image_config)
    given = _with_image(options or ManifestReading(), image)
    if material.graph is not None:
        return (_read_graph(material, given),)
    return _read_commands(material, given, help_text, command)


def _with_image(options: ManifestReading, image: str | None) -> ManifestReading:
    if image is None or "image" in options.layer.application:
        return options
    claims = {**options.layer.application, "image": Claim(value=image, source="--image")}
    return replace(options, layer=replace(options.layer, application=claims))


def _read_commands(
    material: Material, options: ManifestReading, help_text: Path | None, command: str | None
) -> tuple[Reading, ...]:
    start = started(material)
    words = spoken(material, start, help_text)
    pairs = chosen_leaves(words, start.words, command)
    folder = help_text.parent if material.folder is None and help_text else material.folder
    names = [" ".join(leaf.names) for leaf, _ in pairs]
    several = len(words.leaves()) > 1
    readings = []
    name = tool_name(material, start, words.first)
    layers = [_spoken(pair) for pair in pairs]
    for (leaf, _), spoken_layers in zip(pairs, layers, strict=True):
        own = " ".join(leaf.names)
        voices = _voices(material, options, folder, own if several else None, names)
        _check_known(voices, [layer for found in layers for layer in found])
        joined = _Joined(
            material=material, start=start, leaf=leaf, voices=voices, layers=spoken_layers,
            name=name, part=own if several else "", alone=len(pairs) == 1,
            notes=words.findings,
        )  # fmt: skip
        readings.append(joined.reading())
    return tuple(readings)


def _spoken(pair: tuple[Leaf, Leaf | None]) -> list[CommandLayer]:
    return [command_layer(leaf) for leaf in pair if leaf is not None]


def _voices(
    material: Material,
    options: ManifestReading,
    folder: Path | None,
    part: str | None,
    parts: list[str],
) -> _Voices:
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
        labels, own = _without(labels, _OF_ONE), _without(own, _OF_ONE)
        files = tuple(_without(layer, _OF_ONE) for layer in files)
    manifest, block = _manifest(folder, part, parts)
    return _Voices(
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
    block = frozenset(name for name in _OF_ONE if name in own and own[name] != others.get(name))
    return replace(found, findings=findings), block


def _without(layer: Layer, names: Iterable[str]) -> Layer:
    kept = {name: claim for name, claim in layer.application.items() if name not in names}
    return replace(layer, application=kept)


def _check_known(voices: _Voices, layers: list[CommandLayer]) -> None:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Joined:
    """One command with all its voices."""

    material: Material
    start: Started
    leaf: Leaf
    voices: _Voices
    layers: list[CommandLayer]
    name: str
    part: str
    alone: bool
    notes: tuple[Finding, ...] = ()

    def reading(self) -> Reading:
        """The application, and what to look at."""
        merged, base = self._merged()
        words = self._words(base)
        stdout = any("role" in fields for fields in merged.outputs.values())
        program = CommandProgram(
            base_command=words,
            arguments=self._arguments(),
            stdout=_stdout_name(merged) if stdout else None,
            environment=self.start.environment,
        )
        application = assemble(merged, program=program)
        findings = (
            *self.voices.findings,
            *self.start.findings,
            *self.notes,
            *self._base_findings(base),
            *_open(self.layers, merged),
            *_image_finding(merged, self._place),
        )
        return Reading(application, findings)

    @property
    def _place(self) -> Location | None:
        return self.leaf.command.location or self.material.place

    def _merged(self) -> tuple[Layer, Claim | None]:
        said = self._said()
        parts = [split(layer.layer) for layer in self.layers]
        found = merge([stated for stated, _ in parts] + [guessed for _, guessed in parts])
        layers = [
            said.layer,
            self.voices.labels,
            *(stated for stated, _ in parts),
            *self.voices.files,
            self.voices.image,
            *(guessed for _, guessed in parts),
        ]
        merged = in_order_of(self.layers[0].layer, merge(layers))
        application = dict(merged.application)
        base = application.pop(BASE_COMMAND, None)
        merged = replace(merged, application=application)
        merged = settled(merged, said)
        inputs = {n: repeated(f, found.inputs.get(n, {})) for n, f in merged.inputs.items()}
        merged = replace(merged, inputs=inputs)
        last = fallback_layer(
            self._default_name(), merged.application, location=self._place, named_by="its name"
        )
        return merge([merged, last]), base

    def _default_name(self) -> str:
        return f"{self.name}-{self.part}" if self.part else self.name

    def _said(self) -> Said:
        """What a person said, as far as it is about this command."""
        said = self.voices.said
        known = {name for layer in self.layers for name in layer.layer.inputs}
        inputs = {n: fields for n, fields in said.layer.inputs.items() if n in known}
        application = dict(said.layer.application)
        if self.part and not self.alone:
            for name in _OF_ONE:
                claim = application.get(name)
                if claim is None or name in self.voices.own:
                    continue
                del application[name]
                if name == "id":
                    value = process_id(f"{claim.value}-{self.part}")
                    application["id"] = replace(claim, value=value)
        return replace(said, layer=replace(said.layer, application=application, inputs=inputs))

    def _words(self, base: Claim | None) -> tuple[str, ...]:
        start = self._start_words(base)
        if self._arguments():
            # The sub-command stands behind the options of its group, as an argument.
            return start
        return (*start, *own_words(self.leaf, start))

    def _start_words(self, base: Claim | None) -> tuple[str, ...]:
        if base is not None and isinstance(base.value, tuple):
            return tuple(str(word) for word in base.value)
        if self.start.words is not None:
            return self.start.words
        root = self.leaf.groups[0] if self.leaf.groups else self.leaf.command
        cli = self.material.cli
        if cli is not None:
            runner = {".py": "python3", ".sh": "sh", ".bash": "bash", ".r": "Rscript"}
            found = runner.get(cli.suffix.lower())
            return (found, cli.name) if found else (cli.name,)
        return root.words

    def _arguments(self) -> tuple[Argument, ...]:
        return self.layers[0].arguments

    def _base_findings(self, base: Claim | None) -> Iterable[Finding]:
        if base is not None or self.start.words is not None or self.material.cli is None:
            return
        words = " ".join(self._start_words(base))
        yield Finding(
            rule="tool/guessed-command",
            severity="warning",
            message=f"nothing says where the image holds {self.material.cli.name}; "
            f"the base command {words!r} is assumed",
            location=self._place,
            advice="Give the Dockerfile or --image-config, or say it in apkg.yaml, for instance "
            f"baseCommand: [python3, /app/{self.material.cli.name}].",
        )


def _stdout_name(merged: Layer) -> str:
    for fields in merged.outputs.values():
        if "role" in fields and "glob" in fields:
            return str(fields["glob"].value)
    return "output.txt"


def _open(layers: list[CommandLayer], merged: Layer) -> Iterable[Finding]:
    """The guesses that nobody has settled."""
    told: set[tuple[str, str | None]] = set()
    for finding in (finding for layer in layers for finding in layer.findings):
        subject = finding.subject or ""
        group = merged.outputs if finding.rule.endswith("output") else merged.inputs
        kind = group.get(subject, {}).get("type")
        if kind is None or not kind.guessed or (finding.rule, subject) in told:
            continue
        told.add((finding.rule, subject))
        yield finding


def _image_finding(merged: Layer, place: Location | None) -> Iterable[Finding]:
    image = merged.application["image"]
    if image.guessed:
        yield Finding(
            rule="tool/image-assumed",
            severity="note",
            message=f"no image is named; {image.value} is assumed",
            location=place,
            advice="Name the image with --image, or in apkg.yaml: image: REGISTRY/NAME:TAG.",
        )


def _read_graph(material: Material, options: ManifestReading) -> Reading:
    from apkg.sources.snap import graph_layer, read_graph

    if material.graph is None:
        raise SourceError("there is no graph")
    graph = read_graph(material.graph)
    found = graph_layer(graph)
    voices = _voices(material, options, material.folder, None, [])
    spoken_layer = CommandLayer(layer=found.layer, words=found.program.base_command)
    _check_known(voices, [spoken_layer])
    stated, guessed = split(found.layer)
    said = voices.said
    merged = in_order_of(
        found.layer,
        merge([said.layer, voices.labels, stated, *voices.files, voices.image, guessed]),
    )
    application = dict(merged.application)
    base = application.pop(BASE_COMMAND, None)
    merged = settled(replace(merged, application=application), said)
    stem = material.graph.stem
    name = stem if stem.lower() not in {"graph", "snap", "workflow"} else graph.path.parent.name
    if name == stem or not name:
        name = stem
    merged = merge([merged, fallback_layer(name, merged.application, location=graph.location())])
    program = found.program
    if base is not None and isinstance(base.value, tuple):
        program = replace(program, base_command=(*map(str, base.value), program.base_command[-1]))
    findings = (*voices.findings, *found.findings, *_image_finding(merged, graph.location()))
    return Reading(assemble(merged, program=program), findings)
