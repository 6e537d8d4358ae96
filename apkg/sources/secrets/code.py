"""Source code that gives a secret to a name: Python by its syntax, other languages by lines."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from apkg.sources.secrets.named import MARKS, what_is
from apkg.sources.secrets.shapes import shaped

#: ``name = "value"``, ``name <- 'value'``, ``name: "value"``, ``export NAME=value``.
_LINE = re.compile(
    r"([A-Za-z_.][\w.]{0,80})[\"'`]?[ \t]{0,8}(?:<-|:=|=|:)[ \t]{0,8}"
    r"(?:\"([^\"\n]{1,500})\"|'([^'\n]{1,500})'|([^\s\"'()$;#,]{4,300}))"
)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A secret in a source: its line, counted from 1, and what it is."""

    line: int
    kind: str


def places_in_code(source: str, tree: ast.AST | None) -> tuple[Place, ...]:
    """The secrets in ``source``, whose syntax tree is ``tree`` if it is Python; one for a line."""
    found = {place.line: place for place in _named(source, tree)}
    for place in places_in_text(source):
        found[place.line] = place
    return tuple(sorted(found.values()))


def places_in_text(text: str) -> Iterator[Place]:
    """The secrets that their shape gives away."""
    for hit in shaped(text):
        yield Place(text.count("\n", 0, hit.start) + 1, hit.kind)


def _named(source: str, tree: ast.AST | None) -> Iterator[Place]:
    plain = source.lower()
    if not any(mark in plain for mark in MARKS):
        return
    pairs = _lines(source) if tree is None else _nodes(tree)
    for name, value, line in pairs:
        kind = what_is(name, value)
        if kind is not None:
            yield Place(line, kind)


def _lines(source: str) -> Iterator[tuple[str, str, int]]:
    for number, line in enumerate(source.split("\n"), start=1):
        for match in _LINE.finditer(line[:5000]):
            yield match[1], next(filter(None, match.groups()[1:])), number


def _nodes(tree: ast.AST) -> Iterator[tuple[str, str, int]]:
    for node in ast.walk(tree):
        for name, value in _pairs(node):
            if name and isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield name, value.value, value.lineno


def _pairs(node: ast.AST) -> Iterator[tuple[str, ast.AST | None]]:
    """What a node gives names: assignments, keywords, entries of dictionaries, defaults."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield _name(target), node.value
    elif isinstance(node, ast.AnnAssign | ast.NamedExpr):
        yield _name(node.target), node.value
    elif isinstance(node, ast.keyword):
        yield node.arg or "", node.value
    elif isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            yield _name(key), value
    elif isinstance(node, ast.arguments):
        positional = [*node.posonlyargs, *node.args][-len(node.defaults) or None :]
        if node.defaults:
            yield from ((a.arg, d) for a, d in zip(positional, node.defaults, strict=False))
        yield from ((a.arg, d) for a, d in zip(node.kwonlyargs, node.kw_defaults, strict=True))


def _name(node: ast.AST | None) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Subscript):
        return _name(node.slice)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return ""
