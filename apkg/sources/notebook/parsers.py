"""A notebook with a command line of its own: argparse's, which no launcher fills in."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnParser:
    """The names of the parser's arguments, and where it is asked to parse the kernel's own words.

    ``cell`` and ``line`` are the place of the first argument; ``parses`` is that of a call such as
    ``parse_args()``, which reads what started the kernel and stops the notebook.
    """

    names: tuple[str, ...]
    cell: int
    line: int
    parses: tuple[int, int] | None = None


def own_parser(trees: Iterable[tuple[int, ast.Module]]) -> OwnParser | None:
    """The parser that the cells of a notebook make, if they make one."""
    names: list[str] = []
    places: list[tuple[int, int]] = []
    parses: tuple[int, int] | None = None
    for cell, tree in trees:
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr == "add_argument" and (name := _argument_name(node)):
                names.append(name)
                places.append((cell, node.lineno))
            elif node.func.attr == "parse_args" and not node.args and not node.keywords:
                parses = parses or (cell, node.lineno)
    if not names:
        return None
    return OwnParser(
        names=tuple(dict.fromkeys(names)), cell=places[0][0], line=places[0][1], parses=parses
    )


def _argument_name(call: ast.Call) -> str:
    """The variable that argparse makes of ``add_argument("-o", "--out-dir")``."""
    for keyword in call.keywords:
        if keyword.arg == "dest" and isinstance(keyword.value, ast.Constant):
            return str(keyword.value.value)
    words = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    longs = [word for word in words if word.startswith("--")]
    return (longs or words or [""])[0].lstrip("-").replace("-", "_")
