"""Statements, followed in the order that they would run; every branch that may run is."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from apkg.sources.cli.python import operations
from apkg.sources.cli.python.calls import Calls
from apkg.sources.cli.python.values import (
    UNKNOWN,
    Class,
    Function,
    Instance,
    LocalModule,
    Made,
    Reference,
    Scope,
    Unknown,
    Value,
    is_plain,
)
from apkg.sources.notebook.usage.names import imported

#: How a block ended, where not at its end.
RETURN, BREAK, CONTINUE, STOP = "return", "break", "continue", "stop"
_EXITS = frozenset(["sys.exit", "exit", "quit", "os._exit"])
_MOST_BRANCHES = 200

#: Finds a module by its dotted name and level of dots; ``None`` if it is not a local one.
Loader = Callable[[str, int], LocalModule | None]


class Interpreter(Calls):
    """Follows a module's code; ``loader`` finds the modules beside it."""

    def __init__(self, path: str, loader: Callable[[str, str, int], LocalModule | None]) -> None:
        super().__init__(path)
        self._loader = loader
        self._returned: list[Value] = []

    def block(self, body: Sequence[ast.stmt], scope: Scope) -> str | None:
        """Follows statements; how they ended, where not at the end."""
        if self.depth >= 90:
            return None
        self.depth += 1
        try:
            for node in body:
                self.steps += 1
                if self.exhausted:
                    return STOP
                self.line = node.lineno
                handler = getattr(self, f"_on_{type(node).__name__.lower()}", None)
                signal: str | None = handler(node, scope) if handler else None
                if signal is not None:
                    return signal
        finally:
            self.depth -= 1
        return None

    def body(self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> Value:
        """What a function returns, in whichever of its branches."""
        before, self._returned = self._returned, []
        try:
            self.block(node.body, scope)
            return _one_of(self._returned) if self._returned else None
        finally:
            self._returned = before

    # Simple statements.

    def _on_expr(self, node: ast.Expr, scope: Scope) -> str | None:
        self.value(node.value, scope)
        if isinstance(node.value, ast.Call):
            callee = self.value(node.value.func, scope)
            if isinstance(callee, Reference) and callee.name in _EXITS:
                return STOP
        return None

    def _on_assign(self, node: ast.Assign, scope: Scope) -> None:
        value = self.value(node.value, scope)
        for target in node.targets:
            self.bind(target, value, scope)

    def _on_annassign(self, node: ast.AnnAssign, scope: Scope) -> None:
        if node.value is not None:
            self.bind(node.target, self.value(node.value, scope), scope)

    def _on_augassign(self, node: ast.AugAssign, scope: Scope) -> None:
        before = self.value(node.target, scope)
        value = operations.binary(node.op, before, self.value(node.value, scope))
        self.bind(node.target, value, scope)

    def _on_return(self, node: ast.Return, scope: Scope) -> str:
        self._returned.append(self.value(node.value, scope))
        return RETURN

    def _on_raise(self, node: ast.Raise, scope: Scope) -> str:
        self.value(node.exc, scope)
        return STOP

    def _on_break(self, _: ast.Break, __: Scope) -> str:
        return BREAK

    def _on_continue(self, _: ast.Continue, __: Scope) -> str:
        return CONTINUE

    def _on_global(self, node: ast.Global | ast.Nonlocal, scope: Scope) -> None:
        scope.outer.update(node.names)

    _on_nonlocal = _on_global

    def _on_delete(self, node: ast.Delete, scope: Scope) -> None:
        for target in node.targets:
            if isinstance(target, ast.Name):
                scope.values.pop(target.id, None)

    # Definitions.

    def _on_functiondef(self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> None:
        value: Value = Function(node, scope, self.path)
        for decorator in reversed(node.decorator_list):
            self.line = decorator.lineno
            value = self.decorated(self.value(decorator, scope), value)
        self.line = node.lineno
        scope.bind(node.name, value)

    _on_asyncfunctiondef = _on_functiondef

    def _on_classdef(self, node: ast.ClassDef, scope: Scope) -> None:
        inner = Scope(scope)
        made = Class(node, inner, tuple(self.elements(node.bases, scope)), self.path)
        self.block(node.body, inner)
        # The methods see the class, for ``super()``, and not the names of its body.
        around = Scope(scope)
        around.values["__class__"] = made
        for value in inner.values.values():
            if isinstance(value, Function) and value.scope is inner:
                value.scope = around
        scope.bind(node.name, made)

    def _on_import(self, node: ast.Import, scope: Scope) -> None:
        for name, full in imported(node).items():
            module = self._loader(self.path, full, 0)
            scope.bind(name, Reference(full) if module is None else module)

    def _on_importfrom(self, node: ast.ImportFrom, scope: Scope) -> None:
        base = node.module or ""
        module = self._loader(self.path, base, node.level)
        for alias in node.names:
            name = alias.asname or alias.name
            if alias.name == "*":
                if module is not None:
                    scope.values.update(module.scope.values)
                continue
            found: Value = Reference(f"{base}.{alias.name}" if base else alias.name)
            if module is not None and alias.name in module.scope.values:
                found = module.scope.values[alias.name]
            elif module is not None or (node.level and not base):
                inner = self._loader(self.path, f"{base}.{alias.name}".lstrip("."), node.level)
                found = Unknown(f"{name} of another file") if inner is None else inner
            scope.bind(name, found)

    # Branches.

    def _on_if(self, node: ast.If, scope: Scope) -> str | None:
        bodies: list[Sequence[ast.stmt]] = []
        rest: Sequence[ast.stmt] = [node]
        while len(rest) == 1 and isinstance(rest[0], ast.If):
            branch = rest[0]
            known = self.truth(self.value(branch.test, scope))
            rest = branch.orelse
            if known is not False:
                bodies.append(branch.body)
            if known:
                if len(bodies) == 1:
                    return self.block(branch.body, scope)
                return self.branches(bodies, scope, complete=True)
        if not bodies:
            return self.block(rest, scope)
        return self.branches([*bodies, rest] if rest else bodies, scope, complete=bool(rest))

    def _on_for(self, node: ast.For | ast.AsyncFor, scope: Scope) -> str | None:
        several = operations.items(self.value(node.iter, scope))
        if several is None:
            self.bind(node.target, Unknown("one of several values"), scope)
            return self.branches([node.body], scope, complete=False)
        for item in several:
            self.bind(node.target, item, scope)
            signal = self.block(node.body, scope)
            if signal in (RETURN, STOP):
                return signal
            if signal == BREAK:
                return None
        return self.block(node.orelse, scope)

    _on_asyncfor = _on_for

    def _on_while(self, node: ast.While, scope: Scope) -> str | None:
        if self.truth(self.value(node.test, scope)) is False:
            return self.block(node.orelse, scope)
        return self.branches([node.body], scope, complete=False)

    def _on_with(self, node: ast.With | ast.AsyncWith, scope: Scope) -> str | None:
        for item in node.items:
            value = self.value(item.context_expr, scope)
            if item.optional_vars is not None:
                self.bind(item.optional_vars, value, scope)
        return self.block(node.body, scope)

    _on_asyncwith = _on_with

    def _on_try(self, node: ast.Try | ast.TryStar, scope: Scope) -> str | None:
        bodies = [[*node.body, *node.orelse], *(handler.body for handler in node.handlers)]
        if node.handlers:
            signal = self.branches(bodies, scope, complete=True)
        else:
            signal = self.block(bodies[0], scope)
        return self.block(node.finalbody, scope) or signal

    _on_trystar = _on_try

    def _on_match(self, node: ast.Match, scope: Scope) -> str | None:
        self.value(node.subject, scope)
        return self.branches([case.body for case in node.cases], scope, complete=False)

    def branches(
        self, bodies: Sequence[Sequence[ast.stmt]], scope: Scope, *, complete: bool
    ) -> str | None:
        """Follows each body; afterwards a name is what all of them agree on.

        Args:
            bodies: of which one at most runs.
            scope: the names before.
            complete: whether one of them certainly runs.

        """
        before = dict(scope.values)
        self.steps += len(before) // 20 + 1
        ends: list[dict[str, Value]] = [] if complete else [before]
        signals: list[str | None] = [] if complete else [None]
        for body in bodies[:_MOST_BRANCHES]:
            scope.values = dict(before)
            signals.append(self.block(body, scope))
            if signals[-1] is None or signals[-1] == CONTINUE:
                ends.append(scope.values)
        scope.values = _merged(ends or [before])
        return signals[0] if signals and all(s in (RETURN, STOP) for s in signals) else None


def _merged(ends: list[dict[str, Value]]) -> dict[str, Value]:
    result = dict(ends[0])
    for other in ends[1:]:
        for name, value in other.items():
            if name not in result:
                result[name] = value
            elif result[name] is not value:
                result[name] = _one_of([result[name], value])
    return result


def _one_of(values: list[Value]) -> Value:
    """The value that all are; else the first object among them; else it is unknown."""
    first = values[0]
    if all(value is first for value in values):
        return first
    if all(is_plain(value) for value in values):
        same = all(type(value) is type(first) and value == first for value in values)
        return first if same else Unknown("a value that depends on a condition")
    objects = (Made, Instance, Function, Class, LocalModule)
    return next((value for value in values if isinstance(value, objects)), UNKNOWN)
