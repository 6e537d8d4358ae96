"""A converting function of the file: what its body says about the word it is given."""

from __future__ import annotations

import ast
from dataclasses import replace

from apkg.model import Range
from apkg.sources.cli.conversions import (
    BOOLEAN,
    DIRECTORY,
    DOUBLE,
    FILE,
    INT,
    PATH,
    TEXT,
    Conversion,
    named,
    of_date_format,
)
from apkg.sources.cli.python.values import Function, Reference
from apkg.sources.cli.ranges import allowed_range

_TRUE = frozenset(["true", "yes", "y", "t", "1", "on"])
_PAIRS = (("true", "false"), ("yes", "no"), ("on", "off"), ("1", "0"))
_CHECKS = {
    "isfile": FILE, "is_file": FILE, "isdir": DIRECTORY, "is_dir": DIRECTORY,
    "exists": PATH, "access": PATH,
}  # fmt: skip
_MOST_NODES = 3000


def inspect(function: Function) -> Conversion | None:
    """What a function or lambda makes of its argument; ``None`` where that is not clear."""
    return _Body(function).read()


class _Body:
    """One function; ``kinds`` are its names, by what stands for them."""

    def __init__(self, function: Function) -> None:
        self._scope = function.scope
        self._node = function.node
        names = function.node.args
        first = [*names.posonlyargs, *names.args][:1]
        self._names = {argument.arg for argument in first}
        self._kinds: dict[str, Conversion] = dict.fromkeys(self._names, TEXT)
        self._depth = 0

    def read(self) -> Conversion | None:
        if isinstance(self._node, ast.Lambda):
            return self._kind(self._node.body)
        nodes = list(ast.walk(self._node))[:_MOST_NODES]
        texts = {n.value.lower() for n in nodes
                 if isinstance(n, ast.Constant) and isinstance(n.value, str)}  # fmt: skip
        if len(texts & _TRUE) > 1:
            pair = next((p for p in _PAIRS if p[0] in texts), _PAIRS[0])
            return Conversion(type=BOOLEAN, choices=pair)
        self._statements(self._node.body)
        returned = [n.value for n in nodes if isinstance(n, ast.Return) and n.value is not None]
        kinds = [kind for kind in map(self._kind, returned) if kind is not None]
        found = kinds[0] if kinds else self._annotated()
        if found is None:
            return None
        return self._checked(found, nodes)

    def _annotated(self) -> Conversion | None:
        annotation = getattr(self._node, "returns", None)
        return named(self._dotted(annotation)) if annotation is not None else None

    def _statements(self, body: list[ast.stmt]) -> None:
        for node in body:
            if isinstance(node, ast.Assign) and len(node.targets) == 1:
                target = node.targets[0]
                kind = self._kind(node.value)
                if isinstance(target, ast.Name) and kind is not None:
                    self._kinds[target.id] = kind
                    if kind.separator is None:
                        self._names.add(target.id)
            for inner in ("body", "orelse", "finalbody"):
                self._statements(getattr(node, inner, []))

    def _kind(self, node: ast.expr) -> Conversion | None:
        if self._depth > 20:
            return None
        self._depth += 1
        try:
            return self._of(node)
        finally:
            self._depth -= 1

    def _of(self, node: ast.expr) -> Conversion | None:
        match node:
            case ast.Name():
                return self._kinds.get(node.id)
            case ast.Constant(value=bool()) | ast.Compare():
                return Conversion(type=BOOLEAN)
            case ast.Call():
                return self._call(node)
            case ast.ListComp() | ast.GeneratorExp() | ast.SetComp():
                return self._several(node.generators[0].iter, node.elt, node.generators[0].target)
            case ast.IfExp():
                return self._kind(node.body) or self._kind(node.orelse)
            case ast.BinOp() | ast.UnaryOp():
                inner = node.left if isinstance(node, ast.BinOp) else node.operand
                return self._kind(inner)
        return None

    def _call(self, node: ast.Call) -> Conversion | None:
        name = self._dotted(node.func)
        last = name.rpartition(".")[2]
        if last == "split" and isinstance(node.func, ast.Attribute):
            return replace(TEXT, separator=_text(node.args, 0) or " ")
        if last == "strptime":
            return of_date_format(_text(node.args, 1) or "")
        if last in ("list", "tuple", "set", "sorted", "array", "asarray") and node.args:
            return self._kind(node.args[0])
        if last == "map" and len(node.args) == 2:
            base = self._kind(node.args[1])
            found = named(self._dotted(node.args[0]))
            return None if base is None or found is None else replace(base, type=found.type)
        if node.args and (known := named(name)) is not None:
            return known if self._kind(node.args[0]) is not None else None
        if isinstance(node.func, ast.Attribute):
            return self._method(node.func)
        return None

    def _method(self, function: ast.Attribute) -> Conversion | None:
        """``x.strip()`` is still the text; ``x.date()`` is still a date."""
        inner = self._kind(function.value)
        if inner is not None and function.attr == "date" and inner.semantics == "dateTime":
            return replace(inner, semantics="date")
        return inner

    def _several(self, source: ast.expr, element: ast.expr, target: ast.expr) -> Conversion | None:
        base = self._kind(source)
        if base is None or not isinstance(target, ast.Name):
            return base
        outer = self._kinds.get(target.id)
        self._kinds[target.id] = TEXT
        inner = self._kind(element)
        self._kinds.pop(target.id)
        if outer is not None:
            self._kinds[target.id] = outer
        return base if inner is None else replace(inner, separator=base.separator)

    def _checked(self, found: Conversion, nodes: list[ast.AST]) -> Conversion:
        """With the range, and the existence, that the body insists on."""
        tests = [n.test for n in nodes if isinstance(n, ast.If) and _raises(n)]
        if found.type in (INT, DOUBLE) and found.separator is None:
            limits = allowed_range(tests, self._names, whole=found.type == INT)
            return replace(found, range=limits) if limits != Range() else found
        for test in tests:
            for node in ast.walk(test):
                name = self._dotted(node.func) if isinstance(node, ast.Call) else ""
                kind = _CHECKS.get(name.rpartition(".")[2])
                if kind is not None and isinstance(test, ast.UnaryOp):
                    return replace(found, type=kind, must_exist=True)
        return found

    def _dotted(self, node: ast.expr) -> str:
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if isinstance(node, ast.Name):
            known = self._scope.get(node.id)
            parts.append(known.name if isinstance(known, Reference) else node.id)
        return ".".join(reversed(parts))


def _text(nodes: list[ast.expr], place: int) -> str | None:
    node = nodes[place] if len(nodes) > place else None
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _raises(node: ast.If) -> bool:
    return any(isinstance(statement, ast.Raise) for statement in node.body)
