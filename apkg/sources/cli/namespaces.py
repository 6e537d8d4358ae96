"""Turns ``args.output`` into a plain name, so that its way through the code can be followed."""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping

from apkg.sources.notebook.usage.names import words

_PARSING = words(
    "parse_args parse_known_args parse_intermixed_args parse_known_intermixed_args docopt"
)
#: What people call the result of a parser where it is handed to a function.
_USUAL = words(
    "args arg opts opt options arguments namespace ns parsed parsed_args params parameters "
    "cli_args cmd_args cmdargs flags config cfg conf kwargs"
)


def replace_namespaces(tree: ast.Module, variables: Mapping[str, str]) -> None:
    """Puts names for the parts of a parser's result, in place.

    Args:
        tree: The code.
        variables: The name to put for each argument; docopt's keys (``--output``) among them.

    """
    holders = _USUAL | _assigned(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            _spread(node, holders, variables)
        for name, value in ast.iter_fields(node):
            if isinstance(value, list):
                value[:] = [_put(part, holders, variables) for part in value]
            elif isinstance(value, ast.expr):
                setattr(node, name, _put(value, holders, variables))


def _assigned(tree: ast.Module) -> set[str]:
    """The names that hold what a parser has parsed."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)):
            continue
        function = node.value.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if name in _PARSING or name == "vars":
            for target in node.targets:
                first = target.elts[0] if isinstance(target, ast.Tuple) and target.elts else target
                found |= {first.id} if isinstance(first, ast.Name) else set()
    return found


def _put(node: object, holders: Collection[str], variables: Mapping[str, str]) -> object:
    key: str | None = None
    match node:
        case ast.Attribute(value=holder, attr=str(text), ctx=ast.Load()) if _holds(holder, holders):
            key = text
        case ast.Subscript(value=holder, slice=ast.Constant(value=str(text)), ctx=ast.Load()) if (
            _holds(holder, holders)
        ):
            key = text
        case ast.Subscript(
            value=ast.Attribute(value=ast.Name(id="sys"), attr="argv") | ast.Name(id="argv"),
            slice=ast.Constant(value=int(number)),
            ctx=ast.Load(),
        ):
            key = f"argv[{number}]"
        case ast.Call(
            func=ast.Name(id="getattr"), args=[holder, ast.Constant(value=str(text)), *_]
        ) if _holds(holder, holders):
            key = text
        case _:
            return node
    name = variables.get(key or "")
    if name is None or not isinstance(node, ast.expr):
        return node
    return ast.copy_location(ast.Name(name, ast.Load()), node)


def _holds(node: ast.expr, holders: Collection[str]) -> bool:
    match node:
        case ast.Name():
            return node.id in holders
        case ast.Attribute(value=ast.Name(id="self")):
            return node.attr in holders
        case ast.Call(func=ast.Name(id="vars"), args=[ast.Name() as inner]):
            return inner.id in holders
        case ast.Call(func=ast.Attribute(attr=attribute)):
            return attribute in _PARSING
    return False


def _spread(node: ast.Call, holders: Collection[str], variables: Mapping[str, str]) -> None:
    """``main(**vars(args))``: the arguments by name."""
    keywords: list[ast.keyword] = []
    for keyword in node.keywords:
        spread = keyword.arg is None and (
            _holds(keyword.value, holders)
            or (isinstance(keyword.value, ast.Name) and keyword.value.id in holders)
        )
        if not spread:
            keywords.append(keyword)
            continue
        keywords += [
            ast.keyword(name, ast.copy_location(ast.Name(variable, ast.Load()), node))
            for name, variable in variables.items()
            if name.isidentifier()
        ]
    node.keywords = keywords
