"""What an expression may stand for: constants, names and path arithmetic, folded by hand.

Nothing of the notebook is run. Depth and size of an evaluation are bounded; beyond, or for
anything not understood, the answer is "unknown".
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import TypeAlias

from apkg.sources.notebook.usage import values
from apkg.sources.notebook.usage.names import Scope, dotted, words
from apkg.sources.notebook.usage.values import UNKNOWN, UNKNOWN_MANY, Value

_MAX_DEPTH = 20
_MAX_STEPS = 300
#: One value for each of the names that a loop binds together, such as ``i, f in enumerate(…)``.
Items: TypeAlias = "Value | tuple[Items, ...]"

_SAME = words(
    "str os.fspath os.path.abspath os.path.realpath os.path.normpath os.path.expanduser"
    " os.path.expandvars pathlib.Path pathlib.PurePath pathlib.PosixPath pathlib.PurePosixPath"
    " upath.UPath list tuple sorted set iter reversed natsort.natsorted natsorted tqdm.tqdm"
    " tqdm.auto.tqdm tqdm.notebook.tqdm tqdm numpy.sort numpy.array numpy.unique"
)
_SAME_METHODS = words(
    "resolve absolute expanduser as_posix as_uri strip rstrip lstrip copy __str__"
)
_PARTS: dict[str, Callable[[str], str]] = {
    "name": lambda path: PurePosixPath(path).name,
    "stem": lambda path: PurePosixPath(path).stem,
    "suffix": lambda path: PurePosixPath(path).suffix,
    "parent": lambda path: str(PurePosixPath(path).parent),
}
_TEXT_METHODS = words("replace lower upper title split rsplit format with_stem")

_HERE = values.text(".")
_MANY = Value(UNKNOWN_MANY.paths, sequence=True)
_JOINS = words("os.path.join posixpath.join pathlib.Path pathlib.PurePath pathlib.PosixPath")
_FIXED = {
    "os.getcwd": _HERE,
    "pathlib.Path.cwd": _HERE,
    "os.listdir": _MANY,
    "os.scandir": _MANY,
    "range": _MANY,
}


class Evaluator:
    """Evaluates expressions in ``scope``; ``imports`` undoes aliases."""

    def __init__(self, scope: Scope, imports: dict[str, str]) -> None:
        self.scope = scope
        self.imports = imports
        self._steps = 0
        self._depth = 0

    def value(self, node: ast.expr | None) -> Value:
        """The value of an expression."""
        if node is None or self._depth >= _MAX_DEPTH or self._steps >= _MAX_STEPS:
            return UNKNOWN
        if self._depth == 0:
            self._steps = 0
        self._steps += 1
        self._depth += 1
        try:
            return self._of(node)
        finally:
            self._depth -= 1
            self._steps *= self._depth > 0

    def items(self, node: ast.expr) -> Items:
        """What a loop over the expression binds each time."""
        if isinstance(node, ast.Call):
            name = dotted(node.func, self.imports)
            if name == "enumerate" and node.args:
                return (UNKNOWN_MANY, self.items(node.args[0]))
            if name == "zip":
                return tuple(self.items(argument) for argument in node.args[:16])
            if name == "os.walk" and node.args:
                return (values.derived(self.value(node.args[0])), UNKNOWN_MANY, UNKNOWN_MANY)
            if name in ("sorted", "list", "tqdm.tqdm", "tqdm", "tqdm.auto.tqdm") and node.args:
                return self.items(node.args[0])
        return values.element(self.value(node))

    def bind(self, target: ast.expr, value: Items) -> None:
        """Binds the names of an assignment's or a loop's target."""
        if isinstance(target, ast.Name):
            self.scope.bind(target.id, value if isinstance(value, Value) else UNKNOWN_MANY)
        elif isinstance(target, ast.Tuple | ast.List):
            for number, child in enumerate(target.elts):
                fits = isinstance(value, tuple) and len(value) == len(target.elts)
                many = UNKNOWN_MANY if isinstance(value, tuple) else _part(value)
                self.bind(child, value[number] if fits and isinstance(value, tuple) else many)
        elif isinstance(target, ast.Starred):
            self.bind(target.value, UNKNOWN_MANY)

    def call(self, node: ast.Call) -> Value | None:  # noqa: ARG002 (for sub-classes)
        """The result of a function of the notebook itself; ``None`` if it is not one."""
        return None

    def _of(self, node: ast.expr) -> Value:  # noqa: C901, PLR0911 (one line for each kind)
        match node:
            case ast.Constant():
                return _constant(node.value)
            case ast.Name():
                return self._name(node.id)
            case ast.JoinedStr() | ast.FormattedValue():
                return self._f_string(node)
            case ast.BinOp():
                return self._operation(node)
            case ast.Call():
                return self._call(node)
            case ast.Attribute():
                return self._attribute(node)
            case ast.Subscript():
                return self._subscript(node)
            case ast.List() | ast.Tuple() | ast.Set():
                return self._list(node.elts)
            case ast.ListComp() | ast.GeneratorExp() | ast.SetComp():
                return self._comprehension(node)
            case ast.IfExp():
                return values.union([self.value(node.body), self.value(node.orelse)])
            case ast.BoolOp(op=ast.Or()):
                return values.union([self.value(v) for v in node.values[:4]])
            case ast.NamedExpr() | ast.Starred():
                return self.value(node.value)
        return UNKNOWN

    def _name(self, name: str) -> Value:
        found = self.scope.get(name)
        if found is not None:
            return found
        return UNKNOWN if name in self.imports else values.variable(name)

    def _f_string(self, node: ast.JoinedStr | ast.FormattedValue) -> Value:
        if isinstance(node, ast.FormattedValue):
            inner = self.value(node.value)
            changed = node.format_spec is not None or node.conversion in (ord("r"), ord("a"))
            return values.derived(inner) if changed else inner
        return values.concat(self.value(part) for part in node.values[: values.MAX_PIECES * 2])

    def _operation(self, node: ast.BinOp) -> Value:
        left = self.value(node.left)
        if isinstance(node.op, ast.Mod):
            return self._percent(left, node.right)
        right = self.value(node.right)
        if isinstance(node.op, ast.Div):
            return values.join([left, right])
        if isinstance(node.op, ast.Add):
            if left.sequence or right.sequence:
                united = values.union([left, right])
                return Value(united.paths, sequence=True)
            return values.concat([left, right])
        return UNKNOWN

    def _percent(self, left: Value, right: ast.expr) -> Value:
        pattern = values.literal(left.paths[0])
        if pattern is None:
            return UNKNOWN
        arguments = right.elts if isinstance(right, ast.Tuple) else [right]
        given = iter([self.value(argument) for argument in arguments[: values.MAX_PIECES]])
        return _filled(re.split(r"(%[-+ #0]*\d*(?:\.\d+)?[a-zA-Z%])", pattern), given)

    def _call(self, node: ast.Call) -> Value:
        own = self.call(node)
        if own is not None:
            return own
        name = dotted(node.func, self.imports) or ""
        if name in _JOINS:
            return self._join(node.args)
        if name in _OF_FIRST and node.args:
            return _OF_FIRST[name](self.value(node.args[0]))
        if name in _FIXED:
            return _FIXED[name]
        if name == "dict":
            return _settings(node)
        return self._method(node) if isinstance(node.func, ast.Attribute) else UNKNOWN

    def _join(self, parts: list[ast.expr]) -> Value:
        if any(isinstance(part, ast.Starred) for part in parts):
            return UNKNOWN
        return values.join(self.value(part) for part in parts) if parts else _HERE

    def _method(self, node: ast.Call) -> Value:
        assert isinstance(node.func, ast.Attribute)  # noqa: S101 (for mypy)
        method, receiver = node.func.attr, self.value(node.func.value)
        if method in _SAME_METHODS:
            return receiver
        if method == "format":
            return self._format(receiver, node)
        if method == "iterdir":
            return Value(values.join([receiver, UNKNOWN_MANY]).paths, sequence=True)
        arguments = [self.value(argument) for argument in node.args[: values.MAX_PIECES]]
        if method in _TEXT_METHODS:
            return _text_method(method, receiver, arguments)
        return _path_method(method, receiver, arguments) if arguments else UNKNOWN

    def _format(self, receiver: Value, node: ast.Call) -> Value:
        given = [self.value(argument) for argument in node.args[: values.MAX_PIECES]]
        named = node.keywords[: values.MAX_PIECES]
        pattern = values.literal(receiver.paths[0])
        if pattern is None:
            return UNKNOWN
        names = {k.arg: self.value(k.value) for k in named if k.arg}
        parts: list[Value] = []
        for number, part in enumerate(re.split(r"\{([^{}]*)\}", pattern)):
            key, _, spec = part.partition(":")
            if number % 2 == 0:
                parts.append(values.text(part))
                continue
            index = int(key) if key.isdecimal() and len(key) < 3 else number // 2
            found = names.get(key) or (given[index] if index < len(given) else UNKNOWN)
            parts.append(values.derived(found) if spec else found)
        return values.concat(parts)

    def _attribute(self, node: ast.Attribute) -> Value:
        if dotted(node, self.imports) == "os.curdir":
            return _HERE
        if dotted(node, self.imports) in ("os.sep", "os.path.sep"):
            return values.text("/")
        inner = self.value(node.value)
        if node.attr in _PARTS:
            return values.derived(inner, _PARTS[node.attr])
        return UNKNOWN

    def _subscript(self, node: ast.Subscript) -> Value:
        inner = self.value(node.value)
        if isinstance(node.slice, ast.Slice):
            return inner if inner.sequence else values.derived(inner)
        key = node.slice.value if isinstance(node.slice, ast.Constant) else 0
        if key == "value" and all(len(p) == 1 and p[0].whole for p in inner.paths):
            return inner
        return UNKNOWN if isinstance(key, str) else values.element(inner)

    def _list(self, elements: list[ast.expr]) -> Value:
        found = [self.value(element) for element in elements[: values.MAX_PATHS]]
        if not found or len(elements) > values.MAX_PATHS:
            return Value(UNKNOWN_MANY.paths, sequence=True)
        return Value(values.union(found).paths, sequence=True)

    def _comprehension(self, node: ast.ListComp | ast.GeneratorExp | ast.SetComp) -> Value:
        self.scope.enter()
        for generator in node.generators[:8]:
            self.bind(generator.target, self.items(generator.iter))
        found = self.value(node.elt)
        self.scope.leave()
        return Value(found.paths, sequence=True)


def _constant(value: object) -> Value:
    if isinstance(value, str):
        return values.text(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e18:
        return values.text(str(value))
    return UNKNOWN


def _part(value: Items) -> Value:
    return values.derived(value) if isinstance(value, Value) else UNKNOWN_MANY


def _globbed(value: Value) -> Value:
    paths = []
    for path in value.paths:
        # What the pattern matches is one of many; the folder it starts in is what it was.
        head = [p for p in path[:1] if p.whole]
        rest = path[len(head) :]
        many = [values.Piece(p.text, p.name, many=True, parameter=p.parameter) for p in rest]
        paths.append((*head, *many))
    return Value(tuple(paths), sequence=True)


def _text_method(method: str, receiver: Value, arguments: list[Value]) -> Value:
    old, new = [values.literal(value.paths[0]) for value in [*arguments, UNKNOWN, UNKNOWN][:2]]
    if method != "replace" or old is None or new is None:
        return values.derived(receiver)
    if not old.startswith("."):
        return values.derived(receiver, lambda text: text.replace(old, new)[: values.MAX_TEXT])
    # ``.replace(".tif", "_mask.tif")`` is meant for the ending, whatever stands before it.
    stem = values.derived(receiver, lambda text: text.removesuffix(old))
    return values.concat([stem, values.text(new)])


def _path_method(method: str, receiver: Value, arguments: list[Value]) -> Value:
    if method == "joinpath":
        return values.join([receiver, *arguments])
    if method in ("glob", "rglob"):
        deep = [values.text("**")] if method == "rglob" else []
        return _globbed(values.join([receiver, *deep, arguments[0]]))
    if method == "with_suffix":
        stem = values.derived(receiver, lambda path: str(PurePosixPath(path).with_suffix("")))
        return values.concat([stem, arguments[0]])
    if method == "with_name":
        return values.join([values.derived(receiver, _PARTS["parent"]), arguments[0]])
    return UNKNOWN


def _settings(node: ast.Call) -> Value:
    """``dict([("id", …), ("value", …)])`` or ``dict(value=…)``: its value (repo2cli's cells)."""
    for keyword in node.keywords:
        if keyword.arg == "value" and isinstance(keyword.value, ast.Constant):
            return _constant(keyword.value.value)
    pairs = node.args[0].elts if node.args and isinstance(node.args[0], ast.List) else []
    for pair in pairs:
        match pair:
            case ast.Tuple(elts=[ast.Constant(value="value"), ast.Constant(value=value)]):
                return _constant(value)
    return UNKNOWN


def _filled(parts: list[str], given: Iterator[Value]) -> Value:
    found: list[Value] = []
    for number, part in enumerate(parts):
        if number % 2 == 0:
            found.append(values.text(part))
        elif part == "%%":
            found.append(values.text("%"))
        else:
            value = next(given, UNKNOWN)
            found.append(value if part == "%s" else values.derived(value))
    return values.concat(found)


#: Functions whose result hangs on their first argument alone.
_OF_FIRST: dict[str, Callable[[Value], Value]] = {
    **dict.fromkeys(_SAME, lambda value: value),
    **dict.fromkeys(("glob.glob", "glob.iglob"), _globbed),
    **dict.fromkeys(("os.path.splitext", "os.path.split"), values.derived),
    "os.path.basename": lambda value: values.derived(value, _PARTS["name"]),
    "os.path.dirname": lambda value: values.derived(value, _PARTS["parent"]),
}
