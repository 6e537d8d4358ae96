"""One command with all its voices, as an application."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from apkg.errors import Location
from apkg.model import Argument, CommandProgram
from apkg.names import process_id
from apkg.report import Finding
from apkg.sources.assemble import assemble
from apkg.sources.claims import Claim, Layer, in_order_of, merge
from apkg.sources.commandline.claims import CommandLayer, split
from apkg.sources.commandline.tree import Leaf
from apkg.sources.fallback import fallback_layer
from apkg.sources.interface import Reading
from apkg.sources.tools.command import Started, own_words
from apkg.sources.tools.material import Material
from apkg.sources.tools.settle import Said, repeated, settled
from apkg.sources.tools.voices import OF_ONE, Voices, image_finding

#: The claim by which a manifest gives the words that start the tool.
BASE_COMMAND = "base_command"


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """One command with all its voices."""

    material: Material
    start: Started
    leaf: Leaf
    voices: Voices
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
            *image_finding(merged, self._place),
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
            self._default_name(),
            merged.application,
            location=self._place,
            named_by="its name",
            # All sub-commands are in one image.
            image=process_id(self.name) if self.part else None,
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
            for name in OF_ONE:
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
