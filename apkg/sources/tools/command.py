"""Who speaks of a tool's command line, and the words that start it in its image."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from apkg.errors import Location, SourceError
from apkg.files.read_bytes import decode, read_bytes
from apkg.names import did_you_mean, printable
from apkg.report import Finding
from apkg.sources.cli.reading import CliReading
from apkg.sources.commandline.model import Command
from apkg.sources.commandline.tree import Leaf, aligned, given, leaves
from apkg.sources.docker.console import console_scripts
from apkg.sources.docker.entry import GIVE_WORDS, Entry, entry_of, is_server
from apkg.sources.docker.locate import Program, inner_command, led_on, locate
from apkg.sources.docker.paths import in_folder
from apkg.sources.docker.stages import Dockerfile
from apkg.sources.tools.material import Material, only_graph

_HELP_LIMIT = 2_000_000
_GENERIC = frozenset(
    (
        "app", "main", "run", "cli", "__main__", "__init__", "index", "entrypoint", "tool",
        "script", "command", "cmd", "start", "scripts", "commands", "bin", "src", "lib", "python",
        "code", "tools", "__pycache__",
    )
)  # fmt: skip
_NO_CLI = (
    "Give the file that reads the command line with --cli FILE, or what the tool prints for "
    "--help with --help-text FILE."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """How a tool is started: the words in its image, and the file that reads the rest."""

    words: tuple[str, ...] | None = None
    path: Path | None = None
    function: str | None = None
    environment: tuple[tuple[str, str], ...] = ()
    #: Words that a script of the image gives to the program already.
    fixed: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """The command line: the code's word first, what a help text says of each command beside it."""

    first: Command
    second: Command | None = None
    #: What the code decides at run time only, and the words of the commands that this is about.
    findings: tuple[Finding, ...] = ()
    about: Mapping[Finding, frozenset[tuple[str, ...]]] = field(default_factory=dict)

    def leaves(self) -> tuple[tuple[Leaf, Leaf | None], ...]:
        """Every command that can be run, with what the help text says of it."""
        found = leaves(self.first)
        if self.second is None:
            return tuple((leaf, None) for leaf in found)
        others = leaves(self.second)
        return tuple((leaf, _said_of(leaf, others, alone=len(found) == 1)) for leaf in found)

    def notes_on(self, leaf: Leaf) -> tuple[Finding, ...]:
        """What was noted of this command, the groups that it is in, and the file."""
        words = leaf.command.words
        return tuple(
            finding
            for finding in self.findings
            if finding not in self.about
            or any(words[: len(own)] == own for own in self.about[finding])
        )


def _said_of(leaf: Leaf, others: tuple[Leaf, ...], *, alone: bool) -> Leaf | None:
    ends = leaf.names
    for other in others:
        words = other.command.words
        if (alone and len(others) == 1) or (ends and words[len(words) - len(ends) :] == ends):
            return Leaf(command=aligned(leaf.command, other.command), groups=leaf.groups)
    return None


def started(material: Material) -> Started:
    """What the image runs, from the Dockerfile or the image's own configuration.

    Raises:
        SourceError: the entry point is a shell script of several commands.
    """
    dockerfile = material.dockerfile
    entry = entry_of(dockerfile.settings) if dockerfile is not None else None
    if entry is None and material.image is not None:
        entry = entry_of(material.image)
    if entry is None:
        return _unsaid(material)
    program = _program(entry, material)
    if program.path is None and is_server(program.words):
        raise SourceError(
            f"the image starts {printable(program.words[0])}, a service, not a tool that ends",
            hint=GIVE_WORDS,
            location=entry.location,
        )
    return Started(
        words=program.words,
        path=program.path,
        function=program.function,
        environment=program.environment,
        fixed=program.fixed,
        findings=tuple(_entrypoint_findings(entry)),
    )


def with_graph(material: Material) -> Material:
    """``material`` with the SNAP graph that its image runs with ``gpt``, if that is what it does.

    An image whose base image runs a graph (18-049r1, 10.2.1) just brings the graph's file.
    """
    dockerfile, folder = material.dockerfile, material.folder
    if material.graph is not None or material.cli is not None or dockerfile is None:
        return material
    graph = only_graph(folder) if folder is not None else None
    if folder is None or graph is None:
        return material
    entry = entry_of(dockerfile.settings)
    if entry is None:
        return material if console_scripts(folder) else replace(material, graph=graph)
    start = inner_command(entry.words)
    name = posixpath.basename(entry.words[start]) if start < len(entry.words) else ""
    if not name.startswith("gpt"):
        return material
    return replace(material, graph=graph, graph_words=_with_path(entry, dockerfile, folder, graph))


def _with_path(entry: Entry, dockerfile: Dockerfile, folder: Path, graph: Path) -> tuple[str, ...]:
    """The words of ``entry`` with the graph's absolute path, if that is what they run."""
    for number, word in enumerate(entry.words):
        path = posixpath.normpath(posixpath.join(entry.workdir, word))
        if word.endswith(".xml") and in_folder(dockerfile, folder, path) == graph:
            return (*entry.words[:number], path, *entry.words[number + 1 :])
    return ()


def _program(entry: Entry, material: Material) -> Program:
    folder = material.folder
    if folder is None:
        return Program(words=entry.words, environment=entry.environment)
    dockerfile = material.dockerfile or _empty(entry)
    return locate(entry, dockerfile, folder)


def _empty(entry: Entry) -> Dockerfile:
    """A Dockerfile without copies, for an image whose own configuration is all that is known."""
    from apkg.sources.docker.stages import Stage

    return Dockerfile(final=Stage(workdir=entry.workdir), stages={}, path="")


def _unsaid(material: Material) -> Started:
    """No entry point: the folder's one console script is the likeliest command."""
    if material.cli is not None or material.folder is None:
        return Started()
    scripts = console_scripts(material.folder)
    if len(scripts) != 1 or material.dockerfile is None:
        return Started()
    name = next(iter(scripts))
    program = _program(Entry(words=(name,)), material)
    if program.path is None:
        return Started()
    finding = Finding(
        rule="docker/no-entrypoint",
        severity="note",
        message=f"the image has no entry point; {name}, the project's one console script, is taken",
        location=material.place,
        advice="Say otherwise in apkg.yaml, for instance baseCommand: [python3, /app/tool.py].",
        subject=name,
    )
    return Started(words=(name,), path=program.path, function=program.function, findings=(finding,))


def _entrypoint_findings(entry: Entry) -> list[Finding]:
    if not entry.from_entrypoint:
        return []
    return [
        Finding(
            rule="docker/entrypoint",
            severity="warning",
            message="the image has an ENTRYPOINT, and engines that keep it (cwltool, docker run) "
            "start it before the base command as well",
            location=entry.location,
            advice="End the Dockerfile with ENTRYPOINT [], and put the command in CMD: the package "
            "names the command itself (CWL v1.2, DockerRequirement; OGC 20-089, requirement 8).",
        )
    ]


def spoken(material: Material, start: Started, help_text: Path | None) -> Spoken:
    """The command line in code, in a help text, or both.

    Raises:
        SourceError: there is neither, or what there is cannot be understood.
    """
    path = material.cli or start.path
    code: Command | None = None
    problem: SourceError | None = None
    read: CliReading | None = None
    if path is not None:
        try:
            read = _read_code(path, start.function, material.folder)
            code = given(_chosen(read.commands, start.function), start.fixed)
        except SourceError as error:
            problem = error
    heard = None if help_text is None else _read_help(help_text, start)
    if code is not None and read is not None:
        return Spoken(first=code, second=heard, findings=read.findings, about=read.about)
    if heard is not None:
        return Spoken(first=_with_arguments(heard, help_text))
    if problem is not None:
        raise SourceError(
            problem.message, hint=problem.hint or _NO_CLI, location=problem.location
        ) from problem
    raise _nothing(material, start)


def _nothing(material: Material, start: Started) -> SourceError:
    if start.words is None:
        base = material.dockerfile.settings.base if material.dockerfile else ""
        tail = f" (that of {printable(base)}, if it has one, is not known here)" if base else ""
        what = f"nothing says which command the image runs{tail}"
        hint = f"{GIVE_WORDS} The image's own settings can be given with --image-config FILE."
        return SourceError(what, hint=hint, location=material.place)
    words = " ".join(start.words)
    return SourceError(
        f"the image runs {printable(words)[:120]!r}, and nothing here tells its options",
        hint=_NO_CLI,
        location=material.place,
    )


def _read_code(path: Path, function: str | None, folder: Path | None) -> CliReading:
    """The command lines in a file, or in a module that it takes its command line from.

    Raises:
        SourceError: there is none.
    """
    from apkg.sources.cli import read_cli_source

    try:
        found = read_cli_source(path, function=function)
    except SourceError:
        for place in led_on(path, folder) if folder is not None and path.suffix == ".py" else ():
            try:
                found = read_cli_source(place)
                break
            except SourceError:
                continue
        else:
            raise
    return found


def _chosen(found: tuple[Command, ...], function: str | None) -> Command:
    """Of several command lines in one file, the one of the function that is started."""
    named = [command for command in found if function and command.words[-1:] == (function,)]
    return named[0] if named else max(found, key=_size)


def _size(command: Command) -> int:
    return len(command.arguments) + sum(1 + _size(inner) for inner in command.commands)


def _read_help(path: Path, start: Started) -> Command:
    from apkg.sources.helptext import read_help

    text = decode(read_bytes(path, limit=_HELP_LIMIT), name=str(path))
    name = None if start.words is None else posixpath.basename(start.words[-1])
    return read_help(text, name=name, path=str(path))


def _with_arguments(command: Command, path: Path | None) -> Command:
    if command.commands and not any(leaf.command.arguments for leaf in leaves(command)):
        names = ", ".join(inner.words[-1] for inner in command.commands[:5])
        raise SourceError(
            f"this help text lists sub-commands ({names} …) and not their options",
            hint=f"Give what {' '.join(command.commands[0].words)} --help prints.",
            location=Location(path=str(path)),
        )
    return command


def chosen_leaves(
    spoken_: Spoken, words: tuple[str, ...] | None, command: str | None
) -> tuple[tuple[Leaf, Leaf | None], ...]:
    """The commands to convert: all, those below the words of the image, or the one asked for.

    Raises:
        SourceError: there is no such sub-command.
    """
    found = spoken_.leaves()
    for count in range(min(len(words or ()), 4), 0, -1):
        ends = tuple((words or ())[-count:])
        below = [pair for pair in found if pair[0].names[:count] == ends]
        if below:
            found = tuple(below)
            break
    if command is None:
        return found
    asked = tuple(command.replace("-", " ").replace("_", " ").split())
    kept = [pair for pair in found if _plain(pair[0].names)[-len(asked) :] == asked]
    if not kept:
        names = [" ".join(pair[0].names) for pair in found if pair[0].names]
        meant = did_you_mean(command, names)
        listed = f"There are: {', '.join(names)}." if names else "The tool has no sub-commands."
        raise SourceError(
            f"there is no sub-command {printable(command)}",
            hint=f"Did you mean {meant}?" if meant else listed,
            location=spoken_.first.location,
        )
    return tuple(kept)


def _plain(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(" ".join(names).replace("-", " ").replace("_", " ").split())


def own_words(leaf: Leaf, start: tuple[str, ...]) -> tuple[str, ...]:
    """The sub-command's words that ``start``, the image's own words, do not hold already."""
    names = leaf.names
    for count in range(len(names), 0, -1):
        if start[-count:] == names[:count]:
            return names[count:]
    return names


def tool_name(material: Material, start: Started, command: Command) -> str:
    """What the tool is called: its console script, its file, or, for ``app.py``, its folder."""
    path = material.graph or material.cli or start.path
    names: list[str] = []
    if start.words:
        names += [posixpath.basename(word) for word in start.words if not word.startswith("-")][-1:]
    if path is not None:
        names.append(path.stem)
    if command.words:
        first, *rest = command.words
        names.append("-".join([posixpath.splitext(posixpath.basename(first))[0], *rest]))
    if material.folder is not None:
        # ``rio_cogeo/scripts/cli.py`` is called for the package that it is in.
        places = material.folder.resolve()
        names += [place.name for place in (places, *places.parents[:2])]
    stems = [posixpath.splitext(posixpath.basename(name))[0] for name in names]
    kept = [stem for stem in stems if stem and stem.lower() not in _GENERIC]
    return kept[0] if kept else (stems or ["tool"])[0]
