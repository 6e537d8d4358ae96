"""The stages of a Dockerfile, evaluated: the final one is the image.

A stage starts from an image, or from an earlier stage and then inherits what that one set. Its
``ARG`` defaults hold where nobody overrides them at build time.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, field

from apkg.errors import Location, SourceError
from apkg.files.dockerfile import Instruction, Instructions, read_instructions
from apkg.sources.docker.config import ImageSettings
from apkg.sources.docker.variables import expand, words

#: Arguments that Docker itself defines (``ARG TARGETARCH``), on the usual platform.
_PLATFORM = {
    "TARGETPLATFORM": "linux/amd64", "TARGETOS": "linux", "TARGETARCH": "amd64",
    "BUILDPLATFORM": "linux/amd64", "BUILDOS": "linux", "BUILDARCH": "amd64",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """``COPY`` or ``ADD``: where files of the folder (or of another stage) go in the image."""

    sources: tuple[str, ...]
    target: str
    into_folder: bool = False
    stage: str | None = None


@dataclass(slots=True, kw_only=True)
class Stage:
    """One stage while its instructions are followed."""

    name: str = ""
    base: str = ""
    parent: Stage | None = None
    arguments: dict[str, str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    workdir: str = "/"
    user: str = ""
    entrypoint: tuple[str, ...] | None = None
    entrypoint_shell: bool = False
    command: tuple[str, ...] | None = None
    command_shell: bool = False
    copies: list[Copy] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)
    triggers: list[str] = field(default_factory=list)
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dockerfile:
    """An evaluated Dockerfile: the final stage, and all of them by name and number."""

    final: Stage
    stages: dict[str, Stage]
    path: str

    @property
    def settings(self) -> ImageSettings:
        """What the image will be set up to run."""
        stage = self.final
        return ImageSettings(
            voice="Dockerfile",
            entrypoint=stage.entrypoint,
            entrypoint_shell=stage.entrypoint_shell,
            command=stage.command,
            command_shell=stage.command_shell,
            workdir=stage.workdir,
            user=stage.user,
            environment=dict(stage.environment),
            labels=dict(stage.labels),
            base=stage.base,
            location=Location(path=self.path, line=stage.line),
        )


def read_dockerfile(text: str, *, path: str) -> Dockerfile:
    """The stages of the Dockerfile with this ``text``; ``path`` names it in messages.

    Raises:
        SourceError: it is broken, or has no ``FROM``.
    """
    return _Builder(read_instructions(text, name=path), path).build()


class _Builder:
    def __init__(self, instructions: Instructions, path: str) -> None:
        self._instructions = instructions
        self._path = path
        self._globals: dict[str, str] = {}
        self._stages: dict[str, Stage] = {}
        self._count = 0

    def build(self) -> Dockerfile:
        stage: Stage | None = None
        for item in self._instructions.items:
            if item.name == "FROM":
                stage = self._from(item)
            elif stage is not None:
                self._follow(stage, item)
            elif item.name == "ARG":
                self._argument(self._globals, {}, item)
            else:
                raise self._error(f"{item.name} stands before FROM", item.line)
        if stage is None:
            raise self._error("the Dockerfile has no FROM, so it makes no image", None)
        return Dockerfile(final=stage, stages=self._stages, path=self._path)

    def _from(self, item: Instruction) -> Stage:
        parts = words(item.text, self._instructions.escape)
        if not parts:
            raise self._error("FROM names no image", item.line)
        base = self._expanded(parts[0], {**_PLATFORM, **self._globals})
        named = len(parts) > 2 and parts[1].upper() == "AS"
        parent = self._stages.get(base.lower())
        stage = _child(parent) if parent else Stage(base=base)
        stage.line = item.line
        stage.name = parts[2].lower() if named else ""
        self._stages[str(self._count)] = stage
        if stage.name:
            self._stages[stage.name] = stage
        self._count += 1
        for trigger in parent.triggers if parent else ():
            for inner in read_instructions(trigger, name=self._path).items:
                if inner.name not in {"ONBUILD", "FROM"}:
                    self._follow(stage, inner)
        return stage

    def _follow(self, stage: Stage, item: Instruction) -> None:
        handler = getattr(self, f"_{item.name.lower()}", None)
        if handler is not None:
            handler(stage, item)

    def _arg(self, stage: Stage, item: Instruction) -> None:
        self._argument(stage.arguments, {**stage.arguments, **stage.environment}, item)

    def _argument(self, target: dict[str, str], known: dict[str, str], item: Instruction) -> None:
        for word in words(item.text, self._instructions.escape):
            name, equals, value = word.partition("=")
            if equals:
                target[name] = self._expanded(value, {**self._globals, **known, **target})
            elif name in self._globals or name in _PLATFORM:
                target[name] = self._globals.get(name, _PLATFORM.get(name, ""))

    def _env(self, stage: Stage, item: Instruction) -> None:
        stage.environment.update(self._pairs(stage, item))

    def _label(self, stage: Stage, item: Instruction) -> None:
        stage.labels.update(self._pairs(stage, item))

    def _maintainer(self, stage: Stage, item: Instruction) -> None:
        stage.labels.setdefault("maintainer", item.text.strip("\"'"))

    def _workdir(self, stage: Stage, item: Instruction) -> None:
        stage.workdir = _absolute(self._value(stage, item.text), stage.workdir)

    def _user(self, stage: Stage, item: Instruction) -> None:
        stage.user = self._value(stage, item.text)

    def _entrypoint(self, stage: Stage, item: Instruction) -> None:
        found = item.exec_form()
        stage.entrypoint = (item.text,) if found is None else found
        stage.entrypoint_shell = found is None
        # Docker: setting ENTRYPOINT takes back a CMD that was inherited.
        if stage.parent is not None and stage.command is stage.parent.command:
            stage.command, stage.command_shell = None, False
        stage.line = item.line

    def _cmd(self, stage: Stage, item: Instruction) -> None:
        found = item.exec_form()
        stage.command = (item.text,) if found is None else found
        stage.command_shell = found is None
        if stage.entrypoint is None:
            stage.line = item.line

    def _copy(self, stage: Stage, item: Instruction) -> None:
        parts = item.exec_form()
        listed = words(item.text, self._instructions.escape) if parts is None else parts
        if item.heredocs or len(listed) < 2:
            return
        *sources, target = (self._value(stage, part) for part in listed)
        source = item.flag("from")
        stage.copies.append(
            Copy(
                sources=tuple(sources),
                target=_absolute(target, stage.workdir),
                into_folder=len(sources) > 1 or target.endswith("/") or target in {".", ".."},
                stage=None if source is None else self._value(stage, source).lower(),
            )
        )

    _add = _copy

    def _run(self, stage: Stage, item: Instruction) -> None:
        stage.runs.append("\n".join([item.text, *item.heredocs]))

    def _onbuild(self, stage: Stage, item: Instruction) -> None:
        stage.triggers.append(item.text)

    def _pairs(self, stage: Stage, item: Instruction) -> dict[str, str]:
        """``A=1 B="two"``, or the old form ``A one value``; all see the values from before."""
        parts = words(item.text, self._instructions.escape)
        known = {**stage.arguments, **stage.environment}
        if parts and "=" not in parts[0]:
            name, _, value = item.text.partition(" ")
            return {self._expanded(name, known): self._expanded(value.strip(), known)}
        pairs = (part.partition("=") for part in parts)
        return {
            self._expanded(name, known): self._expanded(value, known)
            for name, equals, value in pairs
            if equals
        }

    def _value(self, stage: Stage, text: str) -> str:
        return self._expanded(text, {**stage.arguments, **stage.environment})

    def _expanded(self, text: str, values: dict[str, str]) -> str:
        return expand(text, values, self._instructions.escape)

    def _error(self, message: str, line: int | None) -> SourceError:
        return SourceError(message, location=Location(path=self._path, line=line))


def _child(parent: Stage) -> Stage:
    return Stage(
        base=parent.base,
        parent=parent,
        environment=dict(parent.environment),
        labels=dict(parent.labels),
        workdir=parent.workdir,
        user=parent.user,
        entrypoint=parent.entrypoint,
        entrypoint_shell=parent.entrypoint_shell,
        command=parent.command,
        command_shell=parent.command_shell,
    )


def _absolute(path: str, workdir: str) -> str:
    return posixpath.normpath(posixpath.join(workdir, path.strip() or "."))


def lineage(stage: Stage) -> Iterable[Stage]:
    """A stage and those that it was made from, itself first."""
    current: Stage | None = stage
    while current is not None:
        yield current
        current = current.parent
