"""Calls: of functions of the file, which are followed, and of all others, which are recorded."""

from __future__ import annotations

import ast
from typing import Any

from apkg.errors import Location
from apkg.sources.cli.python import builtins, operations
from apkg.sources.cli.python.parts import Parts
from apkg.sources.cli.python.values import (
    MISSING,
    UNKNOWN,
    Bound,
    Class,
    Function,
    Instance,
    Made,
    Method,
    Reference,
    Scope,
    Super,
    Unknown,
    Value,
    innermost,
)
from apkg.sources.notebook.usage.names import words

_MOST_RUNS = 60
#: Decorators of Python itself that leave a function what it was.
_TRANSPARENT = words(
    "staticmethod classmethod property functools.lru_cache functools.cache dataclass "
    "dataclasses.dataclass contextlib.contextmanager abc.abstractmethod typing.no_type_check "
    "typing.final typing.overload functools.cached_property"
)


class Calls(Parts):
    """Follows calls; ``made`` are all the others, in order."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.made: list[Made] = []
        self.line = 1

    def call(self, node: ast.Call, scope: Scope) -> Value:
        """The result of a call, its line kept for what it makes."""
        if isinstance(node.func, ast.Name) and node.func.id == "super":
            return self._super(node, scope)
        callee = self.value(node.func, scope)
        args = self.elements(node.args, scope)
        keywords = self._keywords(node.keywords, scope)
        before, self.line = self.line, node.lineno
        try:
            return self.apply(callee, args, keywords)
        finally:
            self.line = before

    def _keywords(self, nodes: list[ast.keyword], scope: Scope) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for node in nodes:
            value = self.value(node.value, scope)
            if node.arg is not None:
                found[node.arg] = value
            elif isinstance(value, dict):
                found.update({str(key): item for key, item in value.items()})
            else:
                found["**"] = value
        return found

    def _super(self, node: ast.Call, scope: Scope) -> Value:
        receiver, of = scope.get("self"), scope.get("__class__")
        if isinstance(of, Class) and receiver is not MISSING and not node.keywords:
            return Super(receiver, of)
        return UNKNOWN

    def apply(self, callee: Value, args: list[Value], keywords: dict[str, Value]) -> Value:
        """The result of calling ``callee``."""
        match callee:
            case Function():
                return self.run(callee, args, keywords)
            case Bound():
                return self.run(callee.function, [callee.receiver, *args], keywords)
            case Class():
                return self._instantiate(callee, args, keywords)
            case Reference():
                return self._of_reference(callee, args, keywords)
            case Method():
                return self._of_method(callee, args, keywords)
            case Made():
                return self._of_made_called(callee, args, keywords)
        # A decorator that is not known still leaves us the function.
        if len(args) == 1 and isinstance(args[0], Function | Made) and not keywords:
            return self.decorated(callee, args[0])
        return callee if isinstance(callee, Unknown) else UNKNOWN

    def decorated(self, decorator: Value, target: Value) -> Value:
        """``target`` with a decorator on it."""
        if isinstance(decorator, Reference) and decorator.name in _TRANSPARENT:
            return target
        if isinstance(decorator, Function | Bound):
            return self.apply(decorator, [target], {})
        if isinstance(target, Class):
            return target
        if isinstance(decorator, Method) and isinstance(decorator.receiver, Made):
            decorator = self.record(decorator.name, [], {}, decorator.receiver)
        return self.record("()", [target], {}, decorator)

    def record(
        self, name: str, args: list[Value], keywords: dict[str, Value], receiver: Value = None
    ) -> Made:
        """A call that is not followed, kept with what it was called on."""
        here = Location(path=self.path, line=self.line)
        made = Made(name, args, keywords, here, receiver)
        if isinstance(receiver, Made):
            receiver.calls.append(made)
        self.made.append(made)
        return made

    def _of_reference(
        self, callee: Reference, args: list[Value], keywords: dict[str, Value]
    ) -> Value:
        if callee.name in ("functools.reduce", "map", "getattr", "setattr", "callable"):
            return self._higher(callee.name, args)
        known = builtins.call(callee.name, args, keywords) if "**" not in keywords else UNKNOWN
        return self.record(callee.name, args, keywords) if known is None else known

    def _higher(self, name: str, args: list[Value]) -> Value:
        if name == "getattr" and len(args) > 1 and isinstance(args[1], str):
            return self.attribute(args[0], args[1])
        several = operations.items(args[1]) if len(args) > 1 else None
        if name == "map" and len(args) == 2 and several is not None:
            return [self.apply(args[0], [item], {}) for item in several]
        if name == "functools.reduce" and several is not None:
            several = [*args[2:3], *several]
            result = several[0] if several else UNKNOWN
            for item in several[1:]:
                result = self.apply(args[0], [result, item], {})
            return result
        return Unknown(f"a call of {name}()")

    def _of_method(self, callee: Method, args: list[Value], keywords: dict[str, Value]) -> Value:
        receiver = callee.receiver
        if not isinstance(receiver, Made):
            return builtins.method(receiver, callee.name, args, keywords)
        if callee.name == "__init__":
            # ``super().__init__(…)`` of a class that comes from one of another module.
            receiver.args, receiver.keywords = args, keywords
            return None
        return self.record(callee.name, args, keywords, receiver)

    def _of_made_called(self, callee: Made, args: list[Value], keywords: dict[str, Value]) -> Value:
        if callee.name == "functools.partial" and callee.args:
            return self.apply(
                callee.args[0], [*callee.args[1:], *args], {**callee.keywords, **keywords}
            )
        target = innermost(callee)
        if callee.is_decorated:
            # Whatever its decorators do with it, in the end the function is called.
            if isinstance(target, Function) and not target.runs:
                self.run(target, args, keywords)
            return self.record("()()", args, keywords, callee)
        if len(args) == 1 and isinstance(args[0], Function | Made | Class) and not keywords:
            return self.decorated(callee, args[0])
        return self.record("()()", args, keywords, callee)

    def _instantiate(self, of: Class, args: list[Value], keywords: dict[str, Value]) -> Value:
        if of.is_enum:
            same = [m for m in of.members() if args and m.value == args[0]]
            return same[0] if same else UNKNOWN
        instance: Instance | Made = Instance(of)
        if of.foreign is not None:
            instance = self.record(of.foreign, args, keywords)
            instance.of = of
        start = of.attribute("__init__")
        if isinstance(start, Function):
            self.run(start, [instance, *args], keywords)
        return instance

    # Functions of the file.

    def run(self, function: Function, args: list[Value], keywords: dict[str, Value]) -> Value:
        """Follows the body of a function with these arguments."""
        if function.runs >= _MOST_RUNS or self.depth > 80:
            return Unknown(f"the result of {function.name}()")
        function.runs += 1
        scope = Scope(function.scope)
        self._bind_arguments(function, args, dict(keywords), scope)
        before, self.path = (self.path, self.line), function.path
        try:
            if isinstance(function.node, ast.Lambda):
                return self.value(function.node.body, scope)
            return self.body(function.node, scope)
        finally:
            self.path, self.line = before

    def body(self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> Value:
        """What a function's body returns."""
        raise NotImplementedError

    def _bind_arguments(
        self, function: Function, args: list[Value], keywords: dict[str, Any], scope: Scope
    ) -> None:
        names = function.node.args
        positional = [*names.posonlyargs, *names.args]
        for argument, default in default_pairs(names):
            # A default sees the names around the function, not its own.
            value = UNKNOWN if default is None else self.value(default, function.scope)
            scope.values[argument.arg] = value
        for argument, value in zip(positional, args, strict=False):
            scope.values[argument.arg] = value
        if names.vararg is not None:
            scope.values[names.vararg.arg] = args[len(positional) :]
        for argument in [*names.args, *names.kwonlyargs]:
            if argument.arg in keywords:
                scope.values[argument.arg] = keywords.pop(argument.arg)
        if names.kwarg is not None:
            rest = keywords.pop("**", None)
            scope.values[names.kwarg.arg] = keywords if rest is None else UNKNOWN


def default_pairs(names: ast.arguments) -> list[tuple[ast.arg, ast.expr | None]]:
    """The parameters of a function, each with its default."""
    positional = [*names.posonlyargs, *names.args]
    missing = len(positional) - len(names.defaults)
    defaults: list[ast.expr | None] = [*[None] * missing, *names.defaults]
    return [
        *zip(positional, defaults, strict=True),
        *zip(names.kwonlyargs, names.kw_defaults, strict=True),
    ]
