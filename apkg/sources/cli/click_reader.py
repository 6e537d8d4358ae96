"""Click: commands and groups, in whatever way the file puts their decorators together."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import replace

from apkg.errors import Location, SourceError
from apkg.sources.cli.click_parameters import Declaration, click_text, read_parameter
from apkg.sources.cli.click_shared import shared
from apkg.sources.cli.click_types import canonical
from apkg.sources.cli.notes import Notes
from apkg.sources.cli.python import operations
from apkg.sources.cli.python.modules import Program
from apkg.sources.cli.python.values import (
    Function,
    Made,
    Method,
    Reference,
    Unknown,
    Value,
    decorators,
    describe,
    innermost,
)
from apkg.sources.cli.usage import learn_function
from apkg.sources.commandline.model import Argument, Command

SOURCE = "Click"
_COMMANDS = frozenset(["click.command", "click.group", "click.Command", "click.Group"])
_OPTIONS = frozenset(["click.option", "click.argument", "click.Option", "click.Argument"])
_SUFFIXES = ("_command", "_cmd", "_group", "_grp")
#: Decorators that people call so are likely to declare parameters.
_TELLING = ("option", "argument", "param", "opts", "args", "_opt", "_arg")
_MOST_LEVELS = 6
_GIVE_COMMAND = (
    "Name the file that defines a sub-command with --cli FILE, or give what the sub-command prints "
    "for --help with --help-text FILE."
)
_MOST_COMMANDS = 100


def read_click(
    program: Program, name: str, notes: Notes, chosen: Value = None
) -> tuple[Command, ...]:
    """The commands of a program; ``chosen`` is the object that starts it, where that is known."""
    reader = _Reader(program, notes)
    if reader.is_command(chosen):
        return reader.not_empty([reader.command(chosen, (name,), 0)])
    roots = reader.roots()
    called = [root for root in roots if any(call.name == "()()" for call in root.calls)]
    roots = called or roots
    if len(roots) == 1:
        return reader.not_empty([reader.command(roots[0], (name,), 0)])
    return reader.not_empty([reader.command(root, (reader.name(root),), 0) for root in roots])


class _Reader:
    """All commands of one program; ``made`` counts those that were read."""

    def __init__(self, program: Program, notes: Notes) -> None:
        self._program = program
        self._notes = notes
        self._read = 0
        self._known: dict[int, Made | None] = {}
        #: The words of the groups whose sub-commands nobody can read.
        self._empty: set[tuple[str, ...]] = set()
        self._above = {id(m.args[0]): m for m in program.made if m.is_decorated}

    # Which things are commands.

    def is_command(self, value: Value) -> bool:
        """Whether something is a command or group."""
        return isinstance(value, Made) and self._declaring(value) is not None

    def _declaring(self, value: Made) -> Made | None:
        """The call that makes it a command: ``click.command(…)`` or ``cli.command(…)``."""
        if id(value) not in self._known:
            self._known[id(value)] = self._declares(value)
        return self._known[id(value)]

    def _declares(self, value: Made) -> Made | None:
        if canonical(value.name) in ("click.Command", "click.Group", "click.CommandCollection"):
            return value
        for decorated in decorators(value):
            call = _decorator(decorated)
            if call is None:
                continue
            if canonical(call.name) in _COMMANDS:
                return call
            if call.name in ("command", "group") and self.is_command(call.receiver):
                return call
        return None

    def roots(self) -> list[Made]:
        """The commands that belong to no group, outermost decorators on."""
        candidates = [made for made in self._program.made if self.is_command(made)]
        inner = {id(made.args[0]) for made in candidates if made.is_decorated}
        added = {id(part) for made in candidates for part, _ in self._members(made)}
        return [m for m in candidates if id(m) not in inner and id(m) not in added]

    def _members(self, group: Made) -> Iterator[tuple[Made, str | None]]:
        """The sub-commands of a group, each with the name that it was given there."""
        for holder in [*decorators(group), group] if group.is_decorated else [group]:
            for call in holder.calls:
                if call.name in ("command", "group"):
                    yield from ((made, None) for made in self._outermost(call))
                elif call.name in ("add_command", "add_section"):
                    given = call.args[1] if len(call.args) > 1 else call.keywords.get("name")
                    for part in call.args[:1] or [call.keywords.get("cmd")]:
                        if isinstance(part, Made):
                            yield part, given if isinstance(given, str) else None
                        else:
                            self._notes.unresolved("sub-command", "the group", part, call.location)
        yield from self._listed(group)

    def _outermost(self, call: Made) -> Iterator[Made]:
        """What was decorated by ``@cli.command(…)``, with the decorators that stand above it."""
        for made in call.calls:
            found = made
            for _ in range(20):
                found = self._above.get(id(found), found)
            if made.is_decorated:
                yield found

    def _listed(self, group: Made) -> Iterator[tuple[Made, str | None]]:
        call = self._declaring(group)
        given = call.keywords if call is not None else {}
        value = given.get("commands", given.get("sources"))
        if isinstance(value, dict):
            yield from ((v, str(k)) for k, v in value.items() if isinstance(v, Made))
        for part in operations.items(value) or [] if isinstance(value, list | tuple) else []:
            if isinstance(part, Made) and "sources" in given:
                yield from self._members(part)
            elif isinstance(part, Made):
                yield part, None

    # One command.

    def name(self, value: Made) -> str:
        """A command's own name."""
        call = self._declaring(value)
        given = None
        if call is not None:
            given = call.args[0] if call.args else call.keywords.get("name")
        if isinstance(given, str):
            return given
        function = self._function(value)
        plain = function.name if function is not None else "command"
        for suffix in _SUFFIXES:
            if plain.endswith(suffix) and function is not None:
                what = f"{plain}() is called {plain.removesuffix(suffix)!r} since Click 8.2"
                self._notes.add("name", what, function.location)
                plain = plain.removesuffix(suffix)
                break
        return plain.lower().replace("_", "-")

    def command(self, value: Value, words: tuple[str, ...], level: int) -> Command:
        """A command, with its sub-commands."""
        assert isinstance(value, Made)  # noqa: S101 (for mypy)
        self._read += 1
        call = self._declaring(value)
        given = call.keywords if call is not None else {}
        function = self._function(value)
        with self._notes.of(words):
            arguments = tuple(self._arguments(value))
        if function is not None:
            arguments = learn_function(self._program, function, arguments)
        members = self._members(value) if level < _MOST_LEVELS else ()
        commands = {
            name: self.command(part, (*words, name), level + 1)
            for part, said in members
            if self._read < _MOST_COMMANDS and self.is_command(part)
            for name in [said or self.name(part)]
        }
        commands = {n: c for n, c in commands.items() if c.words not in self._empty}
        if not commands and call is not None and _needs_commands(call):
            self._empty.add(words)
            self._notes.add(
                "group",
                f"the sub-commands of {words[-1]} are added when it runs: left out",
                function.location if function is not None else value.location,
                subject=words[-1],
                advice=_GIVE_COMMAND,
            )
        doc = given.get("help", function.doc if function is not None else "")
        return Command(
            words=words,
            source=SOURCE,
            title=click_text(given.get("short_help")),
            doc=click_text(inspect.cleandoc(doc) if isinstance(doc, str) else ""),
            arguments=arguments,
            commands=tuple(commands.values()),
            version=self._version(value),
            location=function.location if function is not None else value.location,
        )

    def not_empty(self, found: list[Command]) -> tuple[Command, ...]:
        """The commands without the groups of which no sub-command is known.

        Raises:
            SourceError: there is nothing else.

        """
        kept = tuple(command for command in found if command.words not in self._empty)
        if found and not kept:
            raise SourceError(
                f"the sub-commands of {found[0].words[-1]} are added when it runs, and cannot be "
                "read",
                hint=_GIVE_COMMAND,
                location=found[0].location,
            )
        return kept

    def _function(self, value: Made) -> Function | None:
        """The function that is decorated, through ``functools.wraps`` to the author's own."""
        found: Value = value
        for _ in range(10):
            wrapped = [c.args[0] for c in map(_decorator, decorators(found))
                       if c is not None and c.name == "functools.wraps" and c.args]  # fmt: skip
            if not wrapped:
                break
            found = wrapped[-1]
        target = innermost(found)
        if isinstance(target, Made):
            target = target.keywords.get("callback")
        return target if isinstance(target, Function) else None

    def _arguments(self, value: Made, level: int = 0) -> Iterator[Argument]:
        call = self._declaring(value)
        listed = call.keywords.get("params") if call is not None and level == 0 else None
        for part in listed if isinstance(listed, list | tuple) else ():
            if isinstance(part, Made) and canonical(part.name) in _OPTIONS:
                yield from self._parameter(part)
        for decorated in decorators(value):
            used = _decorator(decorated)
            if used is None:
                self._unknown(decorated.receiver, decorated.location)
            elif used.name == "functools.wraps" and used.args and level < _MOST_LEVELS:
                inner = used.args[0]
                yield from self._arguments(inner, level + 1) if isinstance(inner, Made) else ()
            else:
                yield from self._parameter(used)

    def _parameter(self, used: Made) -> Iterator[Argument]:
        name = canonical(used.name)
        if name in ("click.Option", "click.Argument"):
            words = used.args[0] if used.args else used.keywords.get("param_decls", [])
            args = list(words) if isinstance(words, list | tuple) else [words]
            yield from self._declared(used, args, positional=name == "click.Argument")
        elif name in _OPTIONS:
            yield from self._declared(used, used.args, positional=name == "click.argument")
        elif name == "click.option_group":
            for part in used.args:
                yield from self._parameter(part) if isinstance(part, Made) else ()
        elif name == "click.version_option":
            yield _info(used)
        elif name == "click.confirmation_option":
            yield from self._declared(used, used.args or ["--yes"], is_flag=True)
        elif name == "click.password_option":
            yield from self._declared(used, used.args or ["--password"], prompt=True)
        elif not name.startswith("click.") and used.receiver is None:
            yield from self._foreign(used)

    def _foreign(self, used: Made) -> Iterator[Argument]:
        """What a decorator of another package declares, if it is one that everybody shares."""
        declared = shared(used.name, used.location)
        for declaration in declared:
            found = read_parameter(declaration, self._notes)
            if found is not None:
                yield found
        if not declared:
            self._unknown(used, used.location)

    def _declared(
        self, used: Made, args: list[Value], *, positional: bool = False, **more: Value
    ) -> Iterator[Argument]:
        declared = Declaration(
            args=args, keywords={**used.keywords, **more}, location=used.location,
            positional=positional,
        )  # fmt: skip
        found = read_parameter(declared, self._notes)
        if found is not None:
            yield found

    def _unknown(self, decorator: Value, location: Location) -> None:
        """A decorator of elsewhere that may declare parameters that nobody here sees."""
        what = describe(decorator)
        if any(word in what.lower() for word in _TELLING):
            self._notes.add(
                "decorator",
                f"a decorator here is {what}: the parameters that it may declare are not known",
                location,
                advice="Describe them in apkg.yaml, or give what the tool prints for --help.",
            )

    def _version(self, value: Made) -> str | None:
        for used in map(_decorator, decorators(value)):
            if used is not None and canonical(used.name) == "click.version_option":
                said = used.args[0] if used.args else used.keywords.get("version")
                return said if isinstance(said, str) else None
        return None


def _decorator(decorated: Made) -> Made | None:
    """The call behind ``@…``; for a bare name one without arguments; else ``None``."""
    by = decorated.receiver
    if isinstance(by, Made):
        return by
    if isinstance(by, Reference):
        return Made(by.name, [], {}, decorated.location)
    if isinstance(by, Unknown | Method):
        return None
    return None


def _needs_commands(call: Made) -> bool:
    """Whether it is a group that does nothing by itself."""
    is_group = canonical(call.name) in ("click.group", "click.Group") or call.name == "group"
    return is_group and call.keywords.get("invoke_without_command") in (None, False)


def _info(used: Made) -> Argument:
    flags = [word for word in used.args[1:] if isinstance(word, str)] or ["--version"]
    return Argument(name="version", flags=tuple(flags), action="info", location=used.location)


__all__ = ["SOURCE", "read_click", "replace"]
