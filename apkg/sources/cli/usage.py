"""What the code does with its arguments: which it opens, and which it writes.

The reader of notebooks' uses follows paths through variables, functions and loops; here each
argument is made a variable of its own, and that reader is asked.
"""

from __future__ import annotations

import ast
import keyword
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from apkg.errors import SourceError
from apkg.model import Default, Scalar
from apkg.sources.cli.conversions import DIRECTORY, DOUBLE, FILE, INT, PATH
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
    #: What the code makes of the text: ``int(x)``, ``x.split(",")``.
    number: Scalar | None = None
    separator: str | None = None


def learn_commands(
    program: Program, commands: Iterable[Command], aliases: Mapping[str, str] | None = None
) -> tuple[Command, ...]:
    """Commands of a parser whose result is an object (or dictionary) with all arguments.

    Args:
        program: The code.
        commands: As they are declared.
        aliases: Other keys under which the code finds an argument, each with the argument's name.

    """
    found = tuple(commands)
    everything: dict[str, Argument] = {}
    for command in _all(found):
        for argument in command.arguments:
            everything.setdefault(argument.name, argument)
    facts = _facts(program, everything, None, aliases or {})
    return tuple(_learned(command, facts) for command in found)


def learn_function(
    program: Program, function: Function, arguments: Sequence[Argument]
) -> tuple[Argument, ...]:
    """Arguments that are handed to a function as its parameters."""
    facts = _facts(program, {argument.name: argument for argument in arguments}, function, {})
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


def _is_open(argument: Argument) -> bool:
    """Whether its declaration leaves room for what the code does with it."""
    if argument.choices or argument.action not in ("value", "append"):
        return False
    return argument.type in (None, PATH, FILE, DIRECTORY) and argument.semantics is None


def _with_fact(argument: Argument, fact: _Fact | None) -> Argument:
    """The argument with what was seen, where the declaration leaves room for it."""
    if fact is None or not _is_open(argument):
        return argument
    if fact.number is not None or fact.separator is not None:
        return _converted(argument, fact)
    kind = argument.type
    if kind in (None, PATH) and len(fact.kinds) == 1:
        kind = FILE if "file" in fact.kinds else DIRECTORY
    return replace(
        argument,
        type=kind,
        writes=argument.writes or (fact.writes and not argument.must_exist),
        must_exist=argument.must_exist or (fact.reads and not fact.writes and not argument.writes),
    )


def _converted(argument: Argument, fact: _Fact) -> Argument:
    """The argument as the code takes it apart, where the declaration says only that it is text."""
    if argument.type is not None or argument.separator is not None:
        return argument
    default = argument.default
    if default is not None and isinstance(default.value, str) and fact.separator is None:
        try:
            default = Default((int if fact.number == INT else float)(default.value))
        except ValueError:
            return argument
    alone = fact.separator is None or argument.maximum != 1
    return replace(
        argument,
        type=fact.number,
        default=default,
        separator=None if alone else fact.separator,
        maximum=argument.maximum if alone else None,
    )


def _facts(
    program: Program,
    arguments: Mapping[str, Argument],
    function: Function | None,
    aliases: Mapping[str, str],
) -> dict[str, _Fact]:
    if not any(_is_open(argument) for argument in arguments.values()):
        return {}
    facts: dict[str, _Fact] = {}
    variables = {name: f"{_PREFIX}{number}" for number, name in enumerate(arguments)}
    walk = Walk()
    start = [_bound(variables[name], argument) for name, argument in arguments.items()]
    walk.cell(0, ast.parse("\n".join(start)))
    for number, tree in enumerate(_trees(program), 1):
        known = {key: variables[name] for key, name in aliases.items() if name in variables}
        replace_namespaces(tree, variables | known)
        _convert(tree, {variable: name for name, variable in variables.items()}, facts)
        walk.cell(number, tree)
    if function is not None:
        # A parameter cannot be called as a keyword is: no function has one of that name.
        names = [n for n in variables if n.isidentifier() and not keyword.iskeyword(n)]
        given = ", ".join(f"{name}={variables[name]}" for name in names)
        walk.cell(99, ast.parse(f"{function.name}({given})"))
    walk.finish()
    return _collected(walk, {variable: name for name, variable in variables.items()}, facts)


def _convert(tree: ast.Module, names: Mapping[str, str], facts: dict[str, _Fact]) -> None:
    """Sees which arguments the code makes numbers of, or splits."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="int" | "float" as kind), args=[ast.Name() as part]):
                number = INT if kind == "int" else DOUBLE
            case ast.Call(
                func=ast.Attribute(value=ast.Name() as part, attr="split"),
                args=[ast.Constant(value=str(separator))],
            ) if part.id in names and len(separator) == 1:
                facts.setdefault(names[part.id], _Fact()).separator = separator
                continue
            case _:
                continue
        if part.id in names:
            facts.setdefault(names[part.id], _Fact()).number = number


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


def _collected(walk: Walk, names: Mapping[str, str], facts: dict[str, _Fact]) -> dict[str, _Fact]:
    usage = usage_of(walk.raws, ())
    for writes, uses in ((False, usage.reads), (True, usage.writes)):
        for use in uses:
            if use.variable in names and _counts(use, writes=writes):
                fact = facts.setdefault(names[use.variable or ""], _Fact())
                fact.writes |= writes
                fact.reads |= not writes
                fact.kinds |= {"directory" if use.below is not None else use.target}
    for raw in walk.raws:
        for path in raw.value.paths if raw.access == "make" else ():
            if len(path) == 1 and path[0].whole and path[0].name in names:
                fact = facts.setdefault(names[path[0].name or ""], _Fact())
                fact.writes, fact.kinds = True, fact.kinds | {"directory"}
    return facts


def _counts(use: FileUse, *, writes: bool) -> bool:
    """A read of what was written before says nothing; STAC's readers are given URLs, too."""
    return writes or not (use.own or (use.call.startswith("pystac.") and use.below is None))
