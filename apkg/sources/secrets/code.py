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
#: The older form of a Dockerfile's ``ENV``.
_ENV = re.compile(r"(?i)^\s{0,40}ENV\s{1,40}([A-Z_]\w{0,80})\s{1,40}[\"']?([^\s\"'=]{4,300})")
#: ``--password value`` and ``--api-key=value``; ``curl -u name:value``.
_OPTION = re.compile(
    r"(?<![\w-])--([A-Za-z][\w-]{1,60})(?:[ \t]{1,4}|=)([^\s\"'()$;#,-][^\s\"']{3,300})"
)
_USER = re.compile(
    r"(?<!\w)(?:curl|http)\s(?:[^\n]{0,300}?\s)?(?:-u|--user)[ =]?"
    r"[\"']?[^\s:\"']{1,80}:([^\s\"']{4,80})"
)
#: Calls whose two arguments are a name and its value, or a user and a password; and those whose
#: argument ``key`` opens a service.
_TAKES_NAME = frozenset(["get", "getenv", "putenv", "setdefault", "setenv", "set_key"])
_TAKES_USER = frozenset(["BasicAuth", "HTTPBasicAuth", "HTTPDigestAuth"])
_TAKES_KEY = frozenset(["Client", "Initialize", "authenticate", "configure", "init", "login"])
#: Texts that are put together of more parts than this are no secrets.
_DEEPEST = 20


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
    if not any(mark in plain for mark in (*MARKS, "curl")):
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
        for match in (*_ENV.finditer(line[:5000]), *_OPTION.finditer(line[:5000])):
            yield match[1], match[2], number
        for match in _USER.finditer(line[:5000]):
            yield "password", match[1], number


def _nodes(tree: ast.AST) -> Iterator[tuple[str, str, int]]:
    for node in ast.walk(tree):
        for name, value in _pairs(node):
            text = _text(value, 0) if name else None
            if text and value is not None:
                yield name, text, value.lineno


def _pairs(node: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    """What a node gives names: assignments, arguments, entries of dictionaries, defaults."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _assigned(target, node.value)
    elif isinstance(node, ast.Call):
        yield from _called(node)
    elif isinstance(node, ast.AnnAssign | ast.NamedExpr):
        yield _name(node.target), node.value
    elif isinstance(node, ast.keyword):
        yield from _keyword(node.arg or "", node.value)
    elif isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            yield _name(key), value
    elif isinstance(node, ast.arguments):
        yield from _defaults(node)


def _keyword(name: str, value: ast.expr) -> Iterator[tuple[str, ast.expr | None]]:
    yield name, value
    if name == "auth" and isinstance(value, ast.Tuple) and value.elts:
        yield "password", value.elts[-1]


def _defaults(node: ast.arguments) -> Iterator[tuple[str, ast.expr | None]]:
    positional = [*node.posonlyargs, *node.args][-len(node.defaults) or None :]
    if node.defaults:
        yield from ((a.arg, d) for a, d in zip(positional, node.defaults, strict=False))
    yield from ((a.arg, d) for a, d in zip(node.kwonlyargs, node.kw_defaults, strict=True))


def _assigned(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr | None]]:
    many = (ast.Tuple, ast.List)
    if isinstance(value, many):
        same = isinstance(target, many) and len(target.elts) == len(value.elts)
        names = target.elts if same and isinstance(target, many) else [target] * len(value.elts)
        yield from ((_name(name), item) for name, item in zip(names, value.elts, strict=True))
    else:
        yield _name(target), value


def _called(node: ast.Call) -> Iterator[tuple[str, ast.expr | None]]:
    """``setdefault('API_KEY', …)``, ``HTTPBasicAuth(user, …)``, ``Client(key=…)``."""
    called = _name(node.func)
    if len(node.args) == 2 and called in _TAKES_NAME:
        yield _name(node.args[0]), node.args[1]
    if len(node.args) == 2 and called in _TAKES_USER:
        yield "password", node.args[1]
    if called in _TAKES_KEY:
        yield from (("api_key", word.value) for word in node.keywords if word.arg == "key")


def _text(node: ast.expr | None, depth: int) -> str | None:
    """A text that stands there, whole or in parts."""
    if isinstance(node, ast.Constant):
        value = node.value.decode("latin-1") if isinstance(node.value, bytes) else node.value
        return value if isinstance(value, str) else None
    if depth > _DEEPEST:
        return None
    parts: list[ast.expr] = []
    if isinstance(node, ast.JoinedStr):
        parts = node.values
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        parts = [node.left, node.right]
    texts = [_text(part, depth + 1) for part in parts]
    return None if None in texts else "".join(text for text in texts if text)


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
