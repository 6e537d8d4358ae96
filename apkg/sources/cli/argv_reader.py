"""Scripts that take their arguments from ``sys.argv`` themselves."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from apkg.errors import Location
from apkg.model import Default
from apkg.sources.cli.notes import Notes
from apkg.sources.cli.python.modules import Program
from apkg.sources.cli.python.values import Function, Value
from apkg.sources.cli.usage import learn_commands
from apkg.sources.commandline.model import Argument, Command

SOURCE = "sys.argv"
_MOST_ARGUMENTS = 50


@dataclass(slots=True)
class _Place:
    """One place on the command line."""

    line: int
    name: str = ""
    many: bool = False
    optional: bool = False
    default: object = None


def read_argv(program: Program, name: str, _: Notes, __: Value = None) -> tuple[Command, ...]:
    """The one command of a script that reads ``sys.argv``."""
    places: dict[int, _Place] = {}
    functions = {f.name: f for f in program.functions()}
    for node in ast.walk(program.tree):
        for number, place in (*_uses(node), *_handed(node, functions)):
            if 0 < number <= _MOST_ARGUMENTS:
                _joined(places.setdefault(number, place), place)
    if not places:
        return ()
    arguments = tuple(_argument(n, p, program.name) for n, p in sorted(places.items()))
    command = Command(
        words=(name,),
        source=SOURCE,
        doc=program.doc.strip(),
        arguments=_named_once(arguments),
        location=Location(path=program.name, line=min(p.line for p in places.values())),
    )
    keys = {f"argv[{n}]": a.name for n, a in zip(sorted(places), command.arguments, strict=True)}
    return learn_commands(program, (command,), keys)


def _joined(first: _Place, other: _Place) -> None:
    first.name = first.name or other.name
    first.optional = first.optional or other.optional
    first.many = first.many or other.many
    first.default = other.default if first.default is None else first.default


def _uses(node: ast.AST) -> Iterator[tuple[int, _Place]]:
    match node:
        case ast.Subscript(value=holder, slice=ast.Constant(value=int(number))) if _is_argv(holder):
            yield number, _Place(node.lineno)
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            yield from _assigned(name, value)
        case ast.Assign(targets=[ast.Tuple(elts=targets)], value=value) if (
            _start(value) is not None
        ):
            start = _start(value) or 0
            for number, target in enumerate(targets, start):
                starred = isinstance(target, ast.Starred)
                inner = target.value if isinstance(target, ast.Starred) else target
                if isinstance(inner, ast.Name):
                    yield number, _Place(node.lineno, inner.id, many=starred, optional=starred)
        case ast.For(target=ast.Name(id=name), iter=value) if _start(value) is not None:
            yield _start(value) or 1, _Place(node.lineno, f"{name}s", many=True)


def _handed(node: ast.AST, functions: Mapping[str, Function]) -> Iterator[tuple[int, _Place]]:
    """``crop(sys.argv[1])``: the function of the file has a name for it."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return
    function = functions.get(node.func.id)
    names = [a.arg for a in function.node.args.args] if function is not None else []
    for name, argument in zip(names, node.args, strict=False):
        yield from _assigned(name, argument)


def _assigned(name: str, value: ast.expr) -> Iterator[tuple[int, _Place]]:
    """``name = int(sys.argv[1])``, ``name = sys.argv[2] if len(sys.argv) > 2 else "x"``."""
    if isinstance(value, ast.IfExp):
        other = value.orelse.value if isinstance(value.orelse, ast.Constant) else None
        for number, place in _assigned(name, value.body):
            yield number, replace(place, optional=True, default=other)
        return
    start = _start(value)
    if start is not None and isinstance(value, ast.Subscript):
        if name not in ("args", "argv", "arguments"):
            yield start or 1, _Place(value.lineno, name, many=True)
        return
    found = [n for n in ast.walk(value) if isinstance(n, ast.Subscript) and _is_argv(n.value)]
    match found:
        case [ast.Subscript(slice=ast.Constant(value=int(number)))]:
            yield number, _Place(value.lineno, name)


def _is_argv(node: ast.expr) -> bool:
    match node:
        case ast.Attribute(value=ast.Name(id="sys"), attr="argv") | ast.Name(id="argv"):
            return True
    return False


def _start(node: ast.expr) -> int | None:
    """The first place of ``sys.argv`` or a slice of it; ``None`` for anything else."""
    match node:
        case ast.Subscript(
            value=holder, slice=ast.Slice(lower=ast.Constant(value=int(number)))
        ) if _is_argv(holder):
            return number
        case ast.Attribute() | ast.Name() if _is_argv(node):
            return 0
    return None


def _argument(number: int, place: _Place, path: str) -> Argument:
    default = place.default
    known = isinstance(default, str | int | float) and not isinstance(default, bool)
    return Argument(
        name=place.name or f"argument_{number}",
        minimum=0 if place.optional else 1,
        maximum=None if place.many else 1,
        required=not place.optional,
        default=Default(default) if known else None,  # type: ignore[arg-type]
        location=Location(path=path, line=place.line),
    )


def _named_once(arguments: tuple[Argument, ...]) -> tuple[Argument, ...]:
    seen: set[str] = set()
    found: list[Argument] = []
    for number, argument in enumerate(arguments, 1):
        name = f"{argument.name}_{number}" if argument.name in seen else argument.name
        seen.add(name)
        found.append(replace(argument, name=name))
    return tuple(found)
