"""A help text as a :class:`Command`: the parts put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from apkg.errors import Location
from apkg.sources.commandline.model import Argument, Command
from apkg.sources.helptext.arguments import of_option, of_place
from apkg.sources.helptext.merge import (
    Options,
    add_lists,
    add_usage,
    joined_places,
    key,
    listed_options,
)
from apkg.sources.helptext.parts import Layout, Line, Place
from apkg.sources.helptext.tree import Node, parse
from apkg.sources.helptext.usage import Reading, read_pattern
from apkg.sources.helptext.words import about, commands_in, leading, split_words, version_in

SOURCE = "help text"
_COMMAND_PLACE = re.compile(r"(?:sub_?)?command|cmd|subcmd|op(?:erator)?|action|task")
_REST_PLACE = re.compile(r"(?:(?:sub_?)?command_?)?(?:args?|arguments?|options?)")
_GO_TYPE = re.compile(
    r"^\s*-.* (?:string|int|uint|float64|float32|duration|list|strings|stringArray)(?:\s{2,}|$)"
)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One usage pattern: the words that call the program, and the rest."""

    words: tuple[str, ...]
    nodes: tuple[Node, ...]


def read_layout(layout: Layout, lines: Sequence[Line], name: str, path: str) -> Command | None:
    """The command that the text describes; ``None`` where it describes none."""
    click = _is_click(layout, lines)
    go = sum(1 for line in lines if _GO_TYPE.match(line.text)) > 1
    many = sum(1 for pattern in layout.patterns if not pattern.alternative) > 1
    trees = [parse(pattern.lines) for pattern in layout.patterns]
    modes = _modes(trees) if many and len(trees) > 1 else ()
    patterns = [_pattern(tree, many=bool(modes)) for tree in trees if tree]
    options = listed_options(layout, click=click)
    root = patterns[0].words if patterns and _names_program(trees[0]) else ()
    common = Command(
        words=(name, *root[1:]) if name else root,
        source=SOURCE,
        location=Location(path=path, line=_first_line(layout)),
    )
    title, doc = about(layout.prose)
    common = replace(common, title=title, doc=doc, version=version_in(lines))
    convert = _Converter(path=path, click=click, go=go)
    if modes:
        return _with_modes(common, layout, patterns, options, convert)
    fragments = [_Pattern((), tuple(parse(fragment.lines))) for fragment in layout.fragments]
    readings = [read_pattern(p.nodes, options.known()) for p in patterns]
    extra = [read_pattern(p.nodes, options.known()) for p in fragments]
    add_usage(options, readings)
    add_usage(options, [_not_required(reading) for reading in extra])
    _describe_keys(options, layout)
    add_lists(options, lines)
    places = joined_places(readings, layout.rows, options)
    commands, places = _commands(layout, places, common, path)
    arguments = [convert.option(options, place) for place in range(len(options.found))]
    arguments += [of_place(place, path) for place in places]
    if not arguments and not commands and not many and not _says_anything(layout):
        return None
    return replace(common, arguments=tuple(arguments), commands=commands)


def _not_required(reading: Reading) -> Reading:
    """What stands in a list of further options is not required."""
    reading.options[:] = [replace(option, required=False) for option in reading.options]
    return reading


@dataclass(frozen=True, slots=True, kw_only=True)
class _Converter:
    path: str
    click: bool
    go: bool

    def option(self, options: Options, place: int) -> Argument:
        return of_option(options.found[place], self.path, click=self.click, go=self.go)


def _is_click(layout: Layout, lines: Sequence[Line]) -> bool:
    usage = " ".join(line.text for pattern in layout.patterns for line in pattern.lines)
    return "[OPTIONS]" in usage and any("Show this message and exit" in line.text for line in lines)


def _pattern(tree: Sequence[Node], *, many: bool) -> _Pattern:
    words, nodes = split_words(tree, many=many)
    return _Pattern(tuple(words), tuple(nodes))


def _names_program(tree: Sequence[Node]) -> bool:
    """``<main class>`` stands for a name that the help does not know."""
    return bool(tree) and getattr(tree[0], "text", "<")[:1] not in "<["


def _first_line(layout: Layout) -> int | None:
    first = [pattern.lines[0].number for pattern in layout.patterns[:1] if pattern.lines]
    first += [entry.line for entry in layout.options[:1]]
    return first[0] if first else 1


def _says_anything(layout: Layout) -> bool:
    """``Usage: tool`` alone is a help text too: a tool without arguments."""
    return bool(layout.patterns)


def _describe_keys(options: Options, layout: Layout) -> None:
    """GRASS describes ``input=`` in a row ``input  Name of …`` of its parameters."""
    about_keys = {key(row.left): row for row in layout.rows if row.help}
    for number, option in enumerate(options.found):
        flag = option.flags[0]
        if option.help or flag.startswith("-") or key(flag) not in about_keys:
            continue
        options.found[number] = replace(option, help=about_keys[key(flag)].help)


def _modes(trees: Sequence[Sequence[Node]]) -> tuple[tuple[str, ...], ...]:
    """Sub-commands for which the usage has a pattern each; none where it has alternatives."""
    from apkg.sources.helptext.tree import render

    docopt = any("<" in render(tree) for tree in trees)
    found = [leading(tree[1:], docopt=docopt) for tree in trees if len(tree) > 1]
    named = [words for words in found if words]
    programs = {render(tree[:1]) for tree in trees if tree}
    distinct = {words[0] for words in named}
    enough = len(distinct) > 1 and len(named) * 2 > len(trees)
    return tuple(named) if enough and len(programs) == 1 else ()


def _with_modes(
    common: Command,
    layout: Layout,
    patterns: Sequence[_Pattern],
    options: Options,
    convert: _Converter,
) -> Command:
    """A command for each mode, with the arguments of its own patterns."""
    from apkg.sources.helptext.tree import render

    docopt = any("<" in render(pattern.nodes) for pattern in patterns)
    by_words: dict[tuple[str, ...], list[_Pattern]] = {}
    for pattern in patterns:
        words = leading(pattern.nodes, docopt=docopt)
        rest = _Pattern(pattern.words, pattern.nodes[len(words) :])
        if words:
            by_words.setdefault(words, []).append(rest)
    commands = []
    for words, group in by_words.items():
        own = Options()
        readings = [read_pattern(p.nodes, options.known()) for p in group]
        everything = any(reading.takes_options for reading in readings)
        used = {flag for reading in readings for option in reading.options for flag in option.flags}
        for option in options.found:
            if everything or used & set(option.flags):
                own.add(option)
        add_usage(own, readings)
        places = joined_places(readings, layout.rows, own)
        arguments = [convert.option(own, number) for number in range(len(own.found))]
        arguments += [of_place(place, convert.path) for place in places]
        line = group[0].nodes[0].line if group[0].nodes else None
        commands.append(
            Command(
                words=(*common.words, *words),
                source=SOURCE,
                arguments=tuple(arguments),
                location=Location(path=convert.path, line=line),
            )
        )
    return replace(common, commands=tuple(commands))


def _commands(
    layout: Layout,
    places: list[Place],
    common: Command,
    path: str,
) -> tuple[tuple[Command, ...], list[Place]]:
    """The sub-commands, and the places without those that only stand for them."""
    at = next((n for n, p in enumerate(places) if _COMMAND_PLACE.fullmatch(key(p.name))), None)
    found = commands_in(layout.rows, anywhere=at is not None)
    chosen = next(
        (n for n, p in enumerate(places) if p.slot.choices and _is_parser(p, places, n)), None
    )
    if chosen is not None:
        found = _chosen(places[chosen], layout)
        places = places[:chosen]
    elif at is not None and (found or _must_name(places, at)) and _rest_follows(places, at):
        places = places[:at]
    elif not found or (at is not None and places[at].required):
        return (), places
    commands = tuple(
        Command(
            words=(*common.words, name),
            source=SOURCE,
            title=text,
            doc=text,
            location=Location(path=path, line=line),
        )
        for name, text, line in found
        if name != "help"
    )
    return commands, places


def _is_parser(place: Place, places: Sequence[Place], number: int) -> bool:
    """Argparse's ``{crop,warp} ...``: a choice that further words follow."""
    return place.slot.maximum is None and number == len(places) - 1


def _must_name(places: Sequence[Place], at: int) -> bool:
    """``COMMAND [ARGS]...`` without a list of commands; ``COMMAND`` alone may be any argument."""
    return places[at].required and at + 1 < len(places)


def _rest_follows(places: Sequence[Place], at: int) -> bool:
    """``COMMAND [ARGS]...``: the arguments are the sub-command's, whatever they are."""
    return all(_REST_PLACE.fullmatch(key(place.name)) for place in places[at + 1 :])


def _chosen(place: Place, layout: Layout) -> list[tuple[str, str, int]]:
    about_rows = {row.left: row for row in layout.rows}
    result = []
    for choice in place.slot.choices:
        row = about_rows.get(choice)
        result.append((choice, row.help if row else "", row.line if row else place.line))
    return result
