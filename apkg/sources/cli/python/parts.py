"""Parts of values: attributes and items."""

from __future__ import annotations

import ast

from apkg.sources.cli.python import builtins
from apkg.sources.cli.python.expressions import Expressions
from apkg.sources.cli.python.values import (
    MISSING,
    UNKNOWN,
    Bound,
    Class,
    Function,
    Instance,
    LocalModule,
    Made,
    Member,
    Method,
    PathText,
    Reference,
    Scope,
    Subscripted,
    Super,
    Unknown,
    Value,
)


class Parts(Expressions):
    """Evaluates ``value.name`` and ``value[key]``."""

    def _attribute(self, node: ast.Attribute, scope: Scope) -> Value:
        return self.attribute(self.value(node.value, scope), node.attr)

    def attribute(self, value: Value, name: str) -> Value:  # noqa: PLR0911 (one for each kind)
        """What ``value.name`` stands for."""
        match value:
            case Reference():
                full = f"{value.name}.{name}"
                return builtins.CONSTANTS.get(full, Reference(full))
            case LocalModule():
                found = value.scope.values.get(name, MISSING)
                return Unknown(f"{value.name}.{name}") if found is MISSING else found
            case Class():
                return self._of_class(value, name)
            case Member():
                return {"value": value.value, "name": value.name}.get(name, UNKNOWN)
            case Instance() | Super():
                return self._of_instance(value, name)
            case Function():
                return {"__doc__": value.doc or None, "__name__": value.name}.get(name, UNKNOWN)
            case Made():
                return self._of_made(value, name)
            case PathText() if name in builtins.PATH_PARTS:
                return builtins.PATH_PARTS[name](value)
            case str() | list() | tuple() | dict() | set():
                return Method(value, name)
        return value if isinstance(value, Unknown) else UNKNOWN

    def _of_class(self, value: Class, name: str) -> Value:
        if value.is_enum:
            member = next((m for m in value.members() if m.name == name), None)
            if member is not None:
                return member
        if name == "__members__" and value.is_enum:
            return {member.name: member for member in value.members()}
        found = value.attribute(name)
        if found is MISSING:
            return {"__doc__": ast.get_docstring(value.node), "__name__": value.node.name}.get(
                name, UNKNOWN
            )
        return Bound(found, value) if _is(found, "classmethod") else found  # type: ignore[arg-type]

    def _of_instance(self, value: Instance | Super, name: str) -> Value:
        if isinstance(value, Super):
            found = value.of.inherited(name)
            if found is MISSING and isinstance(value.receiver, Made):
                return Method(value.receiver, name)
            receiver = value.receiver
        else:
            if name in value.attributes:
                return value.attributes[name]
            found, receiver = value.of.attribute(name), value
        if not isinstance(found, Function):
            return UNKNOWN if found is MISSING else found
        if _is(found, "property"):
            return self.run(found, [receiver], {})
        return found if _is(found, "staticmethod") else Bound(found, receiver)

    def _of_made(self, value: Made, name: str) -> Value:
        if name in value.attributes:
            return value.attributes[name]
        if value.of is not None:
            found = value.of.attribute(name)
            if isinstance(found, Function):
                return Bound(found, value)
        return Method(value, name)

    def _subscript(self, node: ast.Subscript, scope: Scope) -> Value:
        holder = self.value(node.value, scope)
        if isinstance(node.slice, ast.Slice):
            return self._sliced(holder, node.slice, scope)
        key = self.value(node.slice, scope)
        if isinstance(holder, Class) and holder.is_enum and isinstance(key, str):
            return self._of_class(holder, key)
        if isinstance(holder, Reference) and holder.name == "os.environ":
            return builtins.call("os.environ", [key], {})
        if isinstance(holder, Reference) and not holder.name.startswith("sys."):
            return Subscripted(node, scope)
        try:
            if isinstance(holder, list | tuple | str) and isinstance(key, int):
                return holder[key]
            if isinstance(holder, dict) and isinstance(key, str | int | float):
                return holder[key]
        except LookupError:
            pass
        return Unknown("part of another value")

    def _sliced(self, holder: Value, node: ast.Slice, scope: Scope) -> Value:
        ends = [self.value(end, scope) for end in (node.lower, node.upper, node.step)]
        if not isinstance(holder, list | tuple | str) or 0 in ends[2:]:
            return Unknown("part of another value")
        numbers = [end for end in ends if end is None or isinstance(end, int)]
        return holder[slice(*numbers)] if len(numbers) == len(ends) else UNKNOWN


def _is(value: Value, decorator: str) -> bool:
    """Whether a function of a class has one of Python's own decorators on it."""
    if not isinstance(value, Function) or isinstance(value.node, ast.Lambda):
        return False
    names = [node.id for node in value.node.decorator_list if isinstance(node, ast.Name)]
    return decorator in names
