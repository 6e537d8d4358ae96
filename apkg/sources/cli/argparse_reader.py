"""argparse (and optparse, and what is built on them): parsers, groups, sub-parsers, parents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from apkg.sources.cli import plain
from apkg.sources.cli.argparse_arguments import Surroundings, read_argument
from apkg.sources.cli.notes import Notes
from apkg.sources.cli.python.modules import Program
from apkg.sources.cli.python.values import Made, Unknown, Value
from apkg.sources.commandline.model import Argument, Command
from apkg.sources.notebook.usage.names import words

SOURCE = "argparse"
PARSERS = words(
    "argparse.ArgumentParser configargparse.ArgumentParser configargparse.ArgParser "
    "jsonargparse.ArgumentParser gooey.GooeyParser optparse.OptionParser "
    "configargparse.get_argument_parser"
)
_PARSING = words("parse_args parse_known_args parse_intermixed_args parse_known_intermixed_args")
_DECLARING = frozenset(["add_argument", "add_option", "add", "add_arg"])
_MOST_LEVELS = 6
_VERSION = re.compile(r"\d+(?:\.\w+)+(?:[-+.]\w+)*")


def read_argparse(program: Program, name: str, notes: Notes) -> tuple[Command, ...]:
    """The command lines that the program's parsers define; ``name`` is the file's own."""
    parsers = [made for made in program.made if made.name in PARSERS]
    parents = {id(parent) for made in program.made for parent in _parents(made)}
    own = [parser for parser in parsers if id(parser) not in parents]
    parsing = [p for p in own if any(call.name in _PARSING for call in p.calls)]
    found: dict[object, Command] = {}
    for parser in parsing or own:
        if any(_gathered(parser)):
            key = (parser.location, parser.of)
            found.setdefault(key, _Parser(parser, notes).command(name))
    return tuple(found.values())


def is_parsing(program: Program) -> bool:
    """Whether a parser has been asked to parse."""
    return any(
        call.name in _PARSING and isinstance(call.receiver, Made) and call.receiver.name in PARSERS
        for call in program.made
    )


def _parents(made: Made) -> list[Made]:
    value = made.keywords.get("parents")
    return [v for v in value if isinstance(v, Made)] if isinstance(value, list | tuple) else []


def _gathered(parser: Made) -> list[tuple[Made, str | None]]:
    """All declaring calls on a parser and its groups, with their exclusive group, in order."""
    found: list[tuple[Made, str | None]] = []
    waiting: list[tuple[Made, str | None, int]] = [(parser, None, 0)]
    while waiting:
        holder, exclusive, level = waiting.pop()
        for call in holder.calls:
            if call.name in _DECLARING or call.name in ("add_subparsers", "set_defaults"):
                found.append((call, exclusive))
            elif level < _MOST_LEVELS and call.name.startswith("add_"):
                waiting += [(group, inner, level + 1) for group, inner in _group(call, exclusive)]
    return sorted(found, key=lambda pair: pair[0].number)


def _group(call: Made, exclusive: str | None) -> Iterable[tuple[Made, str | None]]:
    if call.name == "add_mutually_exclusive_group":
        yield call, f"group {call.number}"
    elif call.name == "add_argument_group":
        yield call, exclusive
    elif call.name == "add_option_group":
        yield from ((group, exclusive) for group in call.args if isinstance(group, Made))


class _Parser:
    """One parser and the words that lead to it."""

    def __init__(self, parser: Made, notes: Notes) -> None:
        self._parser = parser
        self._notes = notes

    def command(self, name: str) -> Command:
        """The whole command line."""
        given = self._parser.keywords
        called = given.get("prog", next(iter(self._parser.args), None))
        word = called if isinstance(called, str) and called.strip() else name
        command = _read(self._parser, tuple(word.split()), self._notes, 0)
        return replace(command, version=command.version or _version(given.get("version")))


def _read(parser: Made, words: tuple[str, ...], notes: Notes, level: int) -> Command:
    gathered = _with_parents(parser)
    around = _surroundings(parser, words, notes, gathered)
    groups: dict[str, str] = {}
    arguments: list[Argument] = []
    commands: list[Command] = []
    version = None
    for call, exclusive in gathered:
        if call.name == "add_subparsers":
            commands += _sub_commands(call, words, notes, level)
        elif call.name in _DECLARING:
            named = groups.setdefault(exclusive, f"group {len(groups) + 1}") if exclusive else None
            around.exclusive = named
            with notes.of(words):
                found = read_argument(call, around)
            arguments += [found] if found is not None else []
            version = version or _version(call.keywords.get("version"))
    return Command(
        words=words,
        source="optparse" if parser.name.startswith("optparse.") else SOURCE,
        doc=_doc(parser, words),
        arguments=_once(arguments),
        commands=tuple(commands),
        version=version,
        location=parser.location,
    )


def _with_parents(parser: Made, level: int = 0) -> list[tuple[Made, str | None]]:
    """The declaring calls of a parser, those of its parents first."""
    found: list[tuple[Made, str | None]] = []
    for parent in _parents(parser) if level < _MOST_LEVELS else []:
        found += _with_parents(parent, level + 1)
    return [*found, *_gathered(parser)]


def _surroundings(
    parser: Made, words: tuple[str, ...], notes: Notes, gathered: list[tuple[Made, str | None]]
) -> Surroundings:
    defaults: dict[str, Value] = {}
    for call, _ in gathered:
        if call.name == "set_defaults":
            defaults.update(call.keywords)
    prefixes = parser.keywords.get("prefix_chars", "-")
    value = parser.keywords.get("parents")
    if value is not None and (
        not isinstance(value, list | tuple) or len(_parents(parser)) < len(value)
    ):
        notes.unresolved(
            "list of parents", " ".join(words), Unknown("built elsewhere"), parser.location
        )
    return Surroundings(
        notes=notes,
        program=" ".join(words),
        prefixes=prefixes if isinstance(prefixes, str) else "-",
        defaults=defaults,
    )


def _sub_commands(
    subparsers: Made, words: tuple[str, ...], notes: Notes, level: int
) -> Iterable[Command]:
    for call in subparsers.calls if level < _MOST_LEVELS else []:
        if call.name != "add_parser":
            continue
        name = call.args[0] if call.args else call.keywords.get("name")
        if not isinstance(name, str) or not name:
            notes.unresolved("name of a sub-command", " ".join(words), name, call.location)
            continue
        command = _read(call, (*words, name), notes, level + 1)
        title = plain.expanded(plain.text_of(call.keywords.get("help")), {})
        yield replace(command, title=title, doc=command.doc or title)


def _doc(parser: Made, words: tuple[str, ...]) -> str:
    text = plain.text_of(parser.keywords.get("description"))
    return plain.expanded(text, {"prog": " ".join(words)})


def _version(value: Value) -> str | None:
    match = _VERSION.search(value[:200]) if isinstance(value, str) else None
    return match[0] if match else None


def _once(arguments: list[Argument]) -> tuple[Argument, ...]:
    """Each argument once: what two branches declare is one thing, and the first is kept."""
    found: dict[object, Argument] = {}
    for argument in arguments:
        found.setdefault(argument.flags or argument.name, argument)
    return tuple(found.values())
