"""Small questions about syntax, with no memory of the code before."""

from __future__ import annotations

import ast

from apkg.sources.notebook.usage import values


def arguments(names: ast.arguments) -> list[ast.arg]:
    """All parameters of a function."""
    extra = [argument for argument in (names.vararg, names.kwarg) if argument]
    return [*names.posonlyargs, *names.args, *names.kwonlyargs, *extra]


def is_map(node: ast.expr) -> bool:
    """Whether a call runs its first argument on the rest."""
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return name in ("map", "imap", "imap_unordered", "starmap", "submit")


def is_empty(node: ast.expr) -> bool:
    """A value that tells nothing, to be replaced by the user's own: ``None``, ``[]``, ``{…}``."""
    match node:
        case ast.Constant(value=None) | ast.List(elts=[]) | ast.Dict():
            return True
        case ast.Call(func=ast.Name(id="dict")):
            return True
    return False


def is_empty_list(node: ast.expr) -> bool:
    """An empty list, which is going to grow."""
    return isinstance(node, ast.List) and not node.elts


def captured(node: ast.Match) -> set[str]:
    """The names that the patterns of a ``match`` bind."""
    found: set[str] = set()
    for pattern in (child for case in node.cases for child in ast.walk(case.pattern)):
        if isinstance(pattern, ast.MatchAs | ast.MatchStar) and pattern.name:
            found.add(pattern.name)
        elif isinstance(pattern, ast.MatchMapping) and pattern.rest:
            found.add(pattern.rest)
    return found


def pairs(target: ast.expr, node: ast.expr) -> list[tuple[ast.expr, ast.expr]]:
    """The single assignments of ``a, b = x, y``."""
    match target, node:
        case (ast.Tuple() | ast.List(), ast.Tuple() | ast.List()):
            parts = [*target.elts, *node.elts]
            if len(target.elts) == len(node.elts) <= values.MAX_PIECES and not any(
                isinstance(part, ast.Starred) for part in parts
            ):
                return list(zip(target.elts, node.elts, strict=True))
    return []


def counted(node: ast.stmt) -> set[str]:
    """The names that a loop counts up or extends: their first value is not their only one."""
    return {
        child.target.id
        for child in ast.walk(node)
        if isinstance(child, ast.AugAssign) and isinstance(child.target, ast.Name)
    }
