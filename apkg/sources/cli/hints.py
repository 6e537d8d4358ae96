"""Annotations of parameters, as what they say about the words of a command line."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field, replace

from apkg.sources.cli.conversions import (
    BOOLEAN,
    TEXT,
    Conversion,
    enum_choices,
    named,
    opened,
)
from apkg.sources.cli.python.calls import default_pairs
from apkg.sources.cli.python.expressions import Expressions
from apkg.sources.cli.python.values import (
    Class,
    Function,
    Made,
    Reference,
    Scope,
    Subscripted,
    Unknown,
    Value,
)
from apkg.sources.notebook.usage.names import words

_LISTS = words("list List Sequence Iterable Collection set Set frozenset FrozenSet MutableSequence")
_FILES = {
    "typer.FileText": opened("r"),
    "typer.FileBinaryRead": opened("rb"),
    "typer.FileTextWrite": opened("w"),
    "typer.FileBinaryWrite": opened("wb"),
}
_DATES = {
    "datetime.datetime": Conversion(semantics="dateTime"),
    "datetime.date": Conversion(semantics="date"),
}
_DEEPEST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What an annotation says. ``count`` is that of a tuple; ``extra`` what ``Annotated`` adds."""

    conversion: Conversion = TEXT
    many: bool = False
    count: int | None = None
    optional: bool = False
    known: bool = True
    extra: tuple[Value, ...] = ()

    @property
    def is_flag(self) -> bool:
        """Whether it is a single true or false."""
        return self.conversion.type == BOOLEAN and not self.many and self.count is None


_NOT_KNOWN = Hint(known=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of a function: its annotation's meaning, and its default if it has one."""

    name: str
    line: int
    hint: Hint
    has_default: bool = False
    default: Value = None
    keyword_only: bool = False
    annotated: bool = field(default=False)


def parameters_of(function: Function, interpreter: Expressions) -> list[Parameter]:
    """The parameters of a function in order, without ``self``, ``*args`` and ``**kwargs``."""
    found: list[Parameter] = []
    names = function.node.args
    for argument, default in default_pairs(names):
        if argument.arg in ("self", "cls"):
            continue
        found.append(
            Parameter(
                name=argument.arg,
                line=argument.lineno,
                hint=hint_of(argument.annotation, interpreter, function.scope),
                has_default=default is not None,
                default=interpreter.value(default, function.scope),
                keyword_only=argument in names.kwonlyargs,
                annotated=argument.annotation is not None,
            )
        )
    return found


def hint_of(node: ast.expr | None, interpreter: Expressions, scope: Scope, depth: int = 0) -> Hint:
    """The meaning of an annotation; ``known`` is false where it has none for a command line."""
    if node is None:
        return Hint()
    if depth > _DEEPEST:
        return _NOT_KNOWN
    match node:
        case ast.Constant(value=str(text)):
            return hint_of(_parsed(text), interpreter, scope, depth + 1)
        case ast.Constant(value=None):
            return Hint(optional=True)
        case ast.BinOp(op=ast.BitOr()):
            return _union([node.left, node.right], interpreter, scope, depth)
        case ast.Subscript():
            return _subscript(node, interpreter, scope, depth)
    return _of_value(interpreter.value(node, scope), interpreter, depth)


def _parsed(text: str) -> ast.expr | None:
    try:
        return ast.parse(text[:1000], mode="eval").body
    except (SyntaxError, ValueError, RecursionError):
        return None


def _of_value(value: Value, interpreter: Expressions, depth: int) -> Hint:
    if isinstance(value, Subscripted):
        return hint_of(value.node, interpreter, value.scope, depth + 1)
    if isinstance(value, Class) and value.is_enum:
        return Hint(conversion=Conversion(choices=enum_choices(value)))
    if isinstance(value, Made) and value.name.endswith("NewType") and len(value.args) > 1:
        return _of_value(value.args[1], interpreter, depth + 1) if depth < _DEEPEST else _NOT_KNOWN
    if isinstance(value, Reference):
        if value.name in _LISTS:
            return Hint(many=True)
        found = _FILES.get(value.name) or _DATES.get(value.name) or named(value.name)
        if found is not None:
            return Hint(conversion=found)
    return _NOT_KNOWN


def _union(nodes: list[ast.expr], interpreter: Expressions, scope: Scope, depth: int) -> Hint:
    optional = False
    found: list[Hint] = []
    for node in nodes:
        if isinstance(node, ast.Constant) and node.value is None:
            optional = True
            continue
        hint = hint_of(node, interpreter, scope, depth + 1)
        optional = optional or hint.optional
        found.append(replace(hint, optional=False))
    if not found:
        return Hint(optional=True)
    same = all(hint == found[0] for hint in found)
    return replace(found[0] if same else _NOT_KNOWN, optional=optional)


def _subscript(node: ast.Subscript, interpreter: Expressions, scope: Scope, depth: int) -> Hint:
    base = interpreter.value(node.value, scope)
    full = base.name if isinstance(base, Reference) else ""
    if isinstance(base, Unknown) and isinstance(node.value, ast.Name):
        full = node.value.id
    name = full.rpartition(".")[2]
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if name == "Literal":
        values = interpreter.elements(parts, scope)
        choices = tuple(v for v in values if isinstance(v, str | int | float))
        return Hint(conversion=Conversion(choices=choices)) if choices else _NOT_KNOWN
    first = hint_of(parts[0], interpreter, scope, depth + 1)
    if name == "Annotated":
        extra = tuple(interpreter.elements(parts[1:], scope))
        return replace(first, extra=(*first.extra, *extra))
    if name in ("Optional", "Union"):
        found = _union(parts, interpreter, scope, depth)
        return replace(found, optional=True) if name == "Optional" else found
    if name in _LISTS:
        return replace(first, many=True)
    if name in ("tuple", "Tuple"):
        return _tuple(parts, first, interpreter, scope)
    return _NOT_KNOWN


def _tuple(parts: list[ast.expr], first: Hint, interpreter: Expressions, scope: Scope) -> Hint:
    if len(parts) == 2 and isinstance(parts[1], ast.Constant) and parts[1].value is ...:
        return replace(first, many=True)
    hints = [hint_of(part, interpreter, scope, 1) for part in parts]
    same = all(hint == first for hint in hints)
    return replace(first if same else _NOT_KNOWN, count=len(parts))
