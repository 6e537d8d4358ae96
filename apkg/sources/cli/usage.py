"""What the code does with its arguments: which it opens, and which it writes.

The reader of notebooks' uses follows paths through variables, functions and loops; here each
argument is made a variable of its own, and that reader is asked.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from apkg.errors import SourceError
from apkg.sources.cli.conversions import DIRECTORY, FILE, PATH
from apkg.sources.cli.namespaces import replace_namespaces
from apkg.sources.cli.python.modules import Program, parse
from apkg.sources.cli.python.values import Function
from apkg.sources.commandline.model import Argument, Command
from apkg.sources.notebook.usage.model import FileUse
from apkg.sources.notebook.usage.result import usage_of
from apkg.sources.notebook.usage.walk import Walk

_PREFIX = "apkg_argument_"
_MOST_FILES = 12


@dataclass(slots=True)
class _Fact:
    """What was seen of one argument."""

    reads: bool = False
    writes: bool = False
    kinds: frozenset[str] = frozenset()


def learn_commands(program: Program, commands: Iterable[Command]) -> tuple[Command, ...]:
    """Commands of a parser whose result is an object (or dictionary) with all arguments."""
    found = tuple(commands)
    everything: dict[str, Argument] = {}
    for command in _all(found):
        for argument in command.arguments:
            everything.setdefault(argument.name, argument)
    facts = _facts(program, everything, None)
    return tuple(_learned(command, facts) for command in found)


def learn_function(
    program: Program, function: Function, arguments: Sequence[Argument]
) -> tuple[Argument, ...]:
    """Arguments that are handed to a function as its parameters."""
    facts = _facts(program, {argument.name: argument for argument in arguments}, function)
    return tuple(_with_fact(argument, facts.get(argument.name)) for argument in arguments)


def _all(commands: Iterable[Command]) -> Iterable[Command]:
    for command in commands:
        yield command
        yield from _all(command.commands)


def _learned(command: Command, facts: Mapping[str, _Fact]) -> Command:
    return replace(
        command,
        arguments=tuple(_with_fact(a, facts.get(a.name)) for a in command.arguments),
        commands=tuple(_learned(inner, facts) for inner in command.commands),
    )


def _with_fact(argument: Argument, fact: _Fact | None) -> Argument:
    """The argument with what was seen, where the declaration leaves room for it."""
    if fact is None or argument.choices or argument.action not in ("value", "append"):
        return argument
    if argument.type not in (None, PATH, FILE, DIRECTORY) or argument.semantics is not None:
        return argument
    kind = argument.type
    if kind in (None, PATH) and len(fact.kinds) == 1:
        kind = FILE if "file" in fact.kinds else DIRECTORY
    return replace(
        argument,
        type=kind,
        writes=argument.writes or (fact.writes and not argument.must_exist),
        must_exist=argument.must_exist or (fact.reads and not fact.writes and not argument.writes),
    )


def _facts(
    program: Program, arguments: Mapping[str, Argument], function: Function | None
) -> dict[str, _Fact]:
    if not arguments:
        return {}
    variables = {name: f"{_PREFIX}{number}" for number, name in enumerate(arguments)}
    walk = Walk()
    start = [_bound(variables[name], argument) for name, argument in arguments.items()]
    walk.cell(0, ast.parse("\n".join(start)))
    for number, tree in enumerate(_trees(program), 1):
        replace_namespaces(tree, variables)
        walk.cell(number, tree)
    if function is not None:
        given = ", ".join(f"{n}={v}" for n, v in variables.items() if n.isidentifier())
        walk.cell(99, ast.parse(f"{function.name}({given})"))
    walk.finish()
    return _collected(walk, {variable: name for name, variable in variables.items()})


def _bound(variable: str, argument: Argument) -> str:
    value = argument.default.value if argument.default else None
    if argument.maximum != 1 or argument.action == "append":
        return f"{variable} = []"
    return f"{variable} = {value!r}" if isinstance(value, str) and value else f"{variable} = None"


def _trees(program: Program) -> Iterable[ast.Module]:
    """The modules beside the file first, without the imports that tie them together."""
    local = {path.stem for path in program.files}
    for path in reversed(program.files[:_MOST_FILES]):
        try:
            tree = parse(path)
        except SourceError:
            continue
        tree.body = [node for node in tree.body if not _is_local(node, local)]
        yield tree


def _is_local(node: ast.stmt, local: set[str]) -> bool:
    if not isinstance(node, ast.ImportFrom):
        return False
    return node.level > 0 or (node.module or "").rpartition(".")[2] in local


def _collected(walk: Walk, names: Mapping[str, str]) -> dict[str, _Fact]:
    facts: dict[str, _Fact] = {}
    usage = usage_of(walk.raws, ())
    for writes, uses in ((False, usage.reads), (True, usage.writes)):
        for use in uses:
            if use.variable in names and _counts(use, writes=writes):
                fact = facts.setdefault(names[use.variable], _Fact())
                fact.writes |= writes
                fact.reads |= not writes
                fact.kinds |= {"directory" if use.below is not None else use.target}
    for raw in walk.raws:
        for path in raw.value.paths if raw.access == "make" else ():
            if len(path) == 1 and path[0].whole and path[0].name in names:
                fact = facts.setdefault(names[path[0].name], _Fact())
                fact.writes, fact.kinds = True, fact.kinds | {"directory"}
    return facts


def _counts(use: FileUse, *, writes: bool) -> bool:
    """A read of what was written before says nothing; STAC's readers are given URLs, too."""
    return writes or not (use.own or (use.call.startswith("pystac.") and use.below is None))
