"""Expressions, folded by hand as far as they are known; one method for each kind."""

from __future__ import annotations

import ast
import builtins as python
from collections.abc import Iterator
from typing import Any

from apkg.sources.cli.python import operations
from apkg.sources.cli.python.values import (
    MISSING,
    UNKNOWN,
    Class,
    Function,
    Instance,
    LocalModule,
    Made,
    Member,
    Reference,
    Scope,
    Unknown,
    Value,
)
from apkg.sources.notebook import literals

MAX_STEPS = 200_000
MAX_DEPTH = 100
_BUILT_IN = frozenset(name for name in dir(python) if not name.startswith("_"))


class Expressions:
    """Evaluates expressions; ``path`` is the file that the code now followed stands in."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.steps = 0
        self.depth = 0

    @property
    def exhausted(self) -> bool:
        """Whether there was more code than is followed."""
        return self.steps >= MAX_STEPS

    def value(self, node: ast.expr | None, scope: Scope) -> Value:
        """What an expression stands for."""
        if node is None:
            return None
        if self.depth >= MAX_DEPTH or self.exhausted:
            return Unknown("too deep or too long to be followed")
        handler = getattr(self, f"_{type(node).__name__.lower()}", None)
        if handler is None:
            return Unknown(literals.describe(node))
        self.steps += 1
        self.depth += 1
        try:
            found: Value = handler(node, scope)
        finally:
            self.depth -= 1
        return found

    def call(self, node: ast.Call, scope: Scope) -> Value:
        """The result of a call."""
        raise NotImplementedError

    def attribute(self, value: Value, name: str) -> Value:
        """What ``value.name`` stands for."""
        raise NotImplementedError

    def run(self, function: Function, args: list[Value], keywords: dict[str, Value]) -> Value:
        """The result of a function of the file."""
        raise NotImplementedError

    # Atoms.

    def _constant(self, node: ast.Constant, _: Scope) -> Value:
        if node.value is ...:
            return Reference("...")
        plain = node.value is None or isinstance(node.value, bool | int | float | str)
        return operations.bounded(node.value) if plain else Unknown("a value of another kind")

    def _name(self, node: ast.Name, scope: Scope) -> Value:
        found = scope.get(node.id)
        if found is not MISSING:
            return found
        return Reference(node.id) if node.id in _BUILT_IN else Unknown(f"the value of {node.id}")

    def _lambda(self, node: ast.Lambda, scope: Scope) -> Value:
        return Function(node, scope, self.path)

    def _joinedstr(self, node: ast.JoinedStr, scope: Scope) -> Value:
        parts: list[str] = []
        for part in node.values:
            value = self.value(part, scope)
            if not isinstance(value, str):
                return Unknown("an f-string with parts known at run time only")
            parts.append(value)
        return operations.bounded("".join(parts))

    def _formattedvalue(self, node: ast.FormattedValue, scope: Scope) -> Value:
        value = self.value(node.value, scope)
        spec = "" if node.format_spec is None else self.value(node.format_spec, scope)
        if not isinstance(spec, str):
            return UNKNOWN
        known = operations.formatted(value, spec, node.conversion)
        return UNKNOWN if known is None else known

    # Collections.

    def elements(self, nodes: list[ast.expr], scope: Scope) -> list[Value]:
        """The values of expressions, those with a star spread out."""
        found: list[Value] = []
        for node in nodes:
            if not isinstance(node, ast.Starred):
                found.append(self.value(node, scope))
                continue
            several = operations.items(self.value(node.value, scope))
            found += [UNKNOWN] if several is None else several
        return found

    def _list(self, node: ast.List, scope: Scope) -> Value:
        return operations.bounded(self.elements(node.elts, scope))

    def _tuple(self, node: ast.Tuple, scope: Scope) -> Value:
        return operations.bounded(tuple(self.elements(node.elts, scope)))

    def _set(self, node: ast.Set, scope: Scope) -> Value:
        try:
            return operations.bounded(set(self.elements(node.elts, scope)))
        except TypeError:
            return UNKNOWN

    def _dict(self, node: ast.Dict, scope: Scope) -> Value:
        found: dict[Any, Value] = {}
        for key, item in zip(node.keys, node.values, strict=True):
            value = self.value(item, scope)
            if key is None:
                if not isinstance(value, dict):
                    return UNKNOWN
                found.update(value)
                continue
            name = self.value(key, scope)
            if isinstance(name, Unknown | list | dict | set):
                return UNKNOWN
            found[name] = value
        return operations.bounded(found)

    def _listcomp(self, node: ast.ListComp | ast.GeneratorExp, scope: Scope) -> Value:
        inner = Scope(scope)
        found: list[Value] = []
        for known in self._rounds(node.generators, inner):
            if not known:
                return Unknown("a comprehension over values known at run time only")
            found.append(self.value(node.elt, inner))
        return operations.bounded(found)

    _generatorexp = _listcomp

    def _setcomp(self, node: ast.SetComp, scope: Scope) -> Value:
        found = self._listcomp(ast.ListComp(node.elt, node.generators), scope)
        try:
            return set(found) if isinstance(found, list) else found
        except TypeError:
            return UNKNOWN

    def _dictcomp(self, node: ast.DictComp, scope: Scope) -> Value:
        pair = ast.Tuple([node.key, node.value], ast.Load())
        found = self._listcomp(ast.ListComp(pair, node.generators), scope)
        try:
            return dict(found) if isinstance(found, list) else found
        except TypeError:
            return UNKNOWN

    def _rounds(self, generators: list[ast.comprehension], scope: Scope) -> Iterator[bool]:
        """Binds the names of a comprehension, once for each round; false where it is not known."""
        if not generators:
            yield True
            return
        first, rest = generators[0], generators[1:]
        several = operations.items(self.value(first.iter, scope))
        if several is None:
            yield False
            return
        for item in several:
            self.bind(first.target, item, scope)
            tests = [operations.truth(self.value(test, scope)) for test in first.ifs]
            if None in tests or self.exhausted:
                yield False
                return
            if all(tests):
                yield from self._rounds(rest, scope)

    def bind(self, target: ast.expr, value: Value, scope: Scope) -> None:
        """Binds the names of an assignment's or a loop's target."""
        match target:
            case ast.Name():
                scope.bind(target.id, value)
            case ast.Tuple() | ast.List():
                self._unpack(target.elts, operations.items(value), scope)
            case ast.Starred():
                self.bind(target.value, value, scope)
            case ast.Attribute():
                holder = self.value(target.value, scope)
                if isinstance(holder, Instance | Made):
                    holder.attributes[target.attr] = value
                elif isinstance(holder, Class):
                    holder.scope.values[target.attr] = value
            case ast.Subscript():
                holder, key = self.value(target.value, scope), self.value(target.slice, scope)
                if isinstance(holder, dict) and isinstance(key, str | int | float | bool):
                    holder[key] = value

    def _unpack(self, targets: list[ast.expr], found: list[Value] | None, scope: Scope) -> None:
        starred = next((n for n, t in enumerate(targets) if isinstance(t, ast.Starred)), None)
        count = len(targets)
        if found is None or (len(found) != count if starred is None else len(found) < count - 1):
            found = [UNKNOWN] * count
        elif starred is not None:
            after = len(found) - (count - starred - 1)
            found = [*found[:starred], found[starred:after], *found[after:]]
        for target, value in zip(targets, found, strict=True):
            self.bind(target, value, scope)

    # Operators.

    def _binop(self, node: ast.BinOp, scope: Scope) -> Value:
        """A chain of operators is walked from the left, however long it is."""
        chain: list[tuple[ast.operator, ast.expr]] = []
        first: ast.expr = node
        while isinstance(first, ast.BinOp):
            chain.append((first.op, first.right))
            first = first.left
        result = self.value(first, scope)
        for kind, right in reversed(chain):
            result = operations.binary(kind, result, self.value(right, scope))
        return result

    def _unaryop(self, node: ast.UnaryOp, scope: Scope) -> Value:
        return operations.unary(node.op, self.value(node.operand, scope))

    def _boolop(self, node: ast.BoolOp, scope: Scope) -> Value:
        stops = isinstance(node.op, ast.Or)
        value: Value = UNKNOWN
        for part in node.values:
            value = self.value(part, scope)
            known = self.truth(value)
            if known is None:
                return UNKNOWN
            if known is stops:
                return value
        return value

    def truth(self, value: Value) -> bool | None:
        """Whether a value counts as true, objects among them."""
        if isinstance(value, Function | Class | Instance | LocalModule | Member):
            return True
        return operations.truth(value)

    def _compare(self, node: ast.Compare, scope: Scope) -> Value:
        left = self.value(node.left, scope)
        for kind, right_node in zip(node.ops, node.comparators, strict=True):
            right = self.value(right_node, scope)
            known = _is_none(kind, left, right)
            result = operations.compare(kind, left, right) if known is None else known
            if result is not True:
                return result
            left = right
        return True

    def _ifexp(self, node: ast.IfExp, scope: Scope) -> Value:
        known = self.truth(self.value(node.test, scope))
        if known is None:
            return Unknown("a condition")
        return self.value(node.body if known else node.orelse, scope)

    def _namedexpr(self, node: ast.NamedExpr, scope: Scope) -> Value:
        value = self.value(node.value, scope)
        self.bind(node.target, value, scope)
        return value

    def _await(self, node: ast.Await, scope: Scope) -> Value:
        return self.value(node.value, scope)

    def _starred(self, node: ast.Starred, scope: Scope) -> Value:
        return self.value(node.value, scope)

    def _call(self, node: ast.Call, scope: Scope) -> Value:
        return self.call(node, scope)


def _is_none(kind: ast.cmpop, left: Value, right: Value) -> bool | None:
    """``x is None`` for an object that was made: certainly it is not."""
    if not isinstance(kind, ast.Is | ast.IsNot | ast.Eq | ast.NotEq) or right is not None:
        return None
    negated = isinstance(kind, ast.IsNot | ast.NotEq)
    if left is None:
        return not negated
    some = isinstance(left, Function | Class | Instance | Member | LocalModule | str | int | float)
    if isinstance(left, Made):
        name = left.name.rpartition(".")[2]
        some = bool(left.calls) or left.receiver is not None or name[:1].isupper()
    return negated if some or isinstance(left, list | tuple | dict | set) else None
