"""Values written in Python source, read from the tree and never evaluated."""

from __future__ import annotations

import ast
import math
import operator
import posixpath
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from apkg.model import ArrayType, DataType, Scalar, Semantics, UnionType, Value

MAX_DEPTH = 40
#: ``list(range(n))`` is a list that somebody might change, up to this length.
_MOST_COUNTED = 1000
#: What stands in a tree for the value of an assigned magic (``files = !ls``).
MAGIC = "__apkg_magic__"
_INT32 = range(-(2**31), 2**31)
_INT64 = range(-(2**63), 2**63)
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_ISO_DATETIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?")
_URL = re.compile(r"(?:https?|s3|ftp|gs)://\S+")


class NotLiteral(Exception):  # noqa: N818 - an outcome, caught where the cell is read
    """The expression is no literal; the message says what it is instead."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal:
    """A value and how the notebook builds it.

    ``template`` rebuilds the Python object from the plain value that replaces ``node``:
    ``{}`` for the value itself, ``tuple({})``, ``datetime.date.fromisoformat({})`` and so on.
    """

    value: Value
    type: DataType | None
    node: ast.expr
    template: str = "{}"
    semantics: Semantics | None = None

    @property
    def plain(self) -> bool:
        """Whether a plain value put in its place is the same kind of object."""
        return self.template == "{}"


def read_literal(node: ast.expr) -> Literal:
    """The literal that ``node`` is.

    Raises:
        NotLiteral: it is a call, a name, an f-string or anything else that would need running.
    """
    if isinstance(node, ast.Call):
        return _constructed(node)
    if isinstance(node, ast.List | ast.Tuple) and any(isinstance(e, ast.Call) for e in node.elts):
        return _built_items(node)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and _is_path(node.left):
        return _below(node)
    value = _value(node, 0)
    wrapper = {ast.Tuple: "tuple({})", ast.Set: "set({})"}.get(type(node), "{}")
    if _holds_tuple(node):
        wrapper = "tuple(tuple(v) if isinstance(v, list) else v for v in {})"
        wrapper = wrapper if isinstance(node, ast.Tuple) else f"list{wrapper[5:]}"
    return Literal(
        value=value,
        type=type_of(value),
        node=node,
        template=wrapper,
        semantics=semantics_of(value),
    )


def _is_path(node: ast.expr) -> bool:
    """``Path("out")``, or what is below it."""
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        node = node.left
    return isinstance(node, ast.Call) and _last_name(node.func).endswith("Path")


def _below(node: ast.BinOp) -> Literal:
    """``Path("out") / "mask.tif"``: the path that it is."""
    names: list[Value] = []
    left: ast.expr = node
    while isinstance(left, ast.BinOp) and len(names) < MAX_DEPTH:
        names.insert(0, _value(left.right, 1))
        left = left.left
    if isinstance(left, ast.BinOp):
        raise NotLiteral("a value nested too deeply")
    folder = read_literal(left)
    parts = [part for part in (folder.value, *names) if isinstance(part, str)]
    if len(parts) <= len(names):
        raise NotLiteral("an expression")
    path = posixpath.normpath(posixpath.join(*parts))
    return Literal(value=path, type=folder.type, node=node, template=folder.template)


def semantics_of(value: Value) -> Semantics | None:
    """What the characters of a string say about themselves."""
    if not isinstance(value, str):
        return None
    if _URL.fullmatch(value):
        return "anyURI"
    if _ISO_DATE.fullmatch(value):
        return "date" if _is_day(value) else None
    return "dateTime" if _ISO_DATETIME.fullmatch(value) and _is_day(value[:10]) else None


def _is_day(text: str) -> bool:
    import datetime as dt

    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def type_of(value: Value) -> DataType | None:
    """The CWL type of a value; ``None`` for null and for an empty list's items.

    Raises:
        NotLiteral: no CWL type holds it (an integer beyond 64 bits, mixed items).
    """
    if value is None:
        return None
    if isinstance(value, bool):
        return Scalar("boolean")
    if isinstance(value, int):
        return Scalar(_int_width(value))
    if isinstance(value, float):
        return Scalar("double")
    if isinstance(value, str):
        return Scalar("string")
    return ArrayType(_type_of_items(value))


def _int_width(value: int) -> str:
    if value in _INT32:
        return "int"
    if value in _INT64:
        return "long"
    raise NotLiteral("an integer of more than 64 bits, which CWL has no type for")


def _type_of_items(values: Sequence[Value]) -> DataType:
    """The one type of all ``values``; an empty list among lists says nothing."""
    known = [value for value in values if value is not None]
    lists = [value for value in known if isinstance(value, tuple)]
    merged: DataType = Scalar("string")
    if lists and len(lists) == len(known):
        merged = ArrayType(_type_of_items([item for value in lists for item in value]))
    elif known:
        kinds = {type_of(value) for value in known}
        merged = _widest({kind.name if isinstance(kind, Scalar) else "" for kind in kinds})
    return UnionType((Scalar("null"), merged)) if len(known) < len(values) else merged


def _widest(names: set[str]) -> Scalar:
    order = ["int", "long", "double"]
    if len(names) == 1 and "" not in names:
        return Scalar(names.pop())
    if names <= set(order):
        return Scalar(max(names, key=order.index))
    raise NotLiteral("a list of values of different types")


_OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}


def _value(node: ast.expr, depth: int) -> Value:
    if depth > MAX_DEPTH:
        raise NotLiteral("a value nested too deeply")
    if isinstance(node, ast.Constant):
        return _constant(node.value)
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return tuple(_value(item, depth + 1) for item in node.elts)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        operand = _number(_value(node.operand, depth + 1))
        return -operand if isinstance(node.op, ast.USub) else operand
    if isinstance(node, ast.BinOp):
        return _arithmetic(node, depth)
    raise NotLiteral(describe(node))


def _constant(value: object) -> Value:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise NotLiteral("a number too large to be one")
        return value
    raise NotLiteral({bytes: "bytes", complex: "a complex number"}.get(type(value), "an ellipsis"))


def _number(value: Value) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotLiteral("an expression")
    return value


def _arithmetic(node: ast.BinOp, depth: int) -> Value:
    left, right = _value(node.left, depth + 1), _value(node.right, depth + 1)
    if isinstance(node.op, ast.Add) and isinstance(left, str) and isinstance(right, str):
        return left + right
    function = _OPERATORS.get(type(node.op))
    one, two = _number(left), _number(right)
    too_large = isinstance(node.op, ast.Pow) and (abs(two) > 64 or abs(one) > 1e6)
    if function is None or too_large:
        raise NotLiteral("an expression")
    try:
        result = function(one, two)
    except (ArithmeticError, ValueError) as error:
        raise NotLiteral(f"an expression that fails: {error}") from error
    if isinstance(result, complex):
        raise NotLiteral("a complex number")
    return _constant(result)


#: Constructors of one string, and what it means: ``Path("a.tif")``, ``pd.Timestamp("2020-01-01")``.
_OF_STRING: dict[str, Semantics | None] = {
    "Path": None, "PurePath": None, "PosixPath": None, "PurePosixPath": None, "UPath": None,
    "str": None, "Timestamp": "dateTime", "to_datetime": "dateTime", "datetime64": "dateTime",
    "fromisoformat": "dateTime",
}  # fmt: skip
#: Python's own conversions, which leave a value that needs no rebuilding.
_NUMBERS: dict[str, Callable[[float], Value]] = {"int": int, "float": float, "bool": bool}
#: Constructors of one list, and whether their result is other than a list.
_OF_LIST = {"list": False, "tuple": True, "set": True, "frozenset": True, "array": True}


def _constructed(node: ast.Call) -> Literal:
    name = _last_name(node.func)
    if name in {"date", "datetime"} and node.args:
        return _calendar(node, name)
    if len(node.args) == 1 and not node.keywords and _is_dotted(node.func):
        value = _counted(node.args[0]) if name in _OF_LIST else None
        value = _value(node.args[0], 1) if value is None else value
        if name in _OF_STRING and isinstance(value, str):
            return _of_string(node, name, value)
        if name in _NUMBERS and isinstance(value, bool | int | float):
            number = _NUMBERS[name](value)
            return Literal(value=number, type=type_of(number), node=node)
        if name in _OF_LIST and isinstance(value, tuple):
            template = _call_of(node.func) if _OF_LIST[name] else "{}"
            return Literal(value=value, type=type_of(value), node=node, template=template)
    raise NotLiteral(describe(node))


def _counted(node: ast.expr) -> Value:
    """The numbers of ``range(2000, 2010)``, as far as a person would write them out."""
    if not (isinstance(node, ast.Call) and _last_name(node.func) == "range" and node.args):
        return None
    ends = [_value(argument, 2) for argument in node.args]
    if node.keywords or len(ends) > 3 or not all(type(end) is int for end in ends):
        return None
    try:
        numbers = range(*ends)  # type: ignore[arg-type]
    except ValueError:
        return None
    return tuple(numbers) if len(numbers) <= _MOST_COUNTED else None


def _of_string(node: ast.Call, name: str, value: str) -> Literal:
    semantics = _OF_STRING[name]
    if semantics and _ISO_DATE.fullmatch(value):
        semantics = "date"
    return Literal(
        value=value,
        type=_path_or_string(name),
        node=node,
        template="{}" if name == "str" else _call_of(node.func),
        semantics=semantics,
    )


def _built_items(node: ast.List | ast.Tuple) -> Literal:
    """``[Path("a"), Path("b")]``: items that are all built in the same way."""
    items = [read_literal(item) for item in node.elts]
    first = items[0]
    if any((item.template, item.type) != (first.template, first.type) for item in items):
        raise NotLiteral("a list of values of different types")
    if first.type is None or isinstance(first.type, ArrayType):
        raise NotLiteral("a list of calls")
    built = first.template.replace("{}", "_item")
    listed = "{}" if first.plain else f"[{built} for _item in {{}}]"
    return Literal(
        value=tuple(item.value for item in items),
        type=ArrayType(first.type),
        node=node,
        template=f"tuple({listed})" if isinstance(node, ast.Tuple) else listed,
        semantics=first.semantics,
    )


def _is_dotted(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


def _call_of(function: ast.expr) -> str:
    return f"{ast.unparse(function)}({{}})"


def _path_or_string(name: str) -> DataType:
    return Scalar("File") if name.endswith("Path") else Scalar("string")


def _calendar(node: ast.Call, name: str) -> Literal:
    numbers = [_value(argument, 1) for argument in node.args]
    if node.keywords or not _is_dotted(node.func) or not all(type(n) is int for n in numbers):
        raise NotLiteral(describe(node))
    import datetime as dt

    constructor = dt.date if name == "date" else dt.datetime
    try:
        text = constructor(*numbers).isoformat()  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        raise NotLiteral(f"a date that does not exist ({error})") from error
    return Literal(
        value=text,
        type=Scalar("string"),
        node=node,
        template=f"{ast.unparse(node.func)}.fromisoformat({{}})",
        semantics="date" if name == "date" else "dateTime",
    )


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _holds_tuple(node: ast.expr) -> bool:
    return isinstance(node, ast.List | ast.Tuple) and any(
        isinstance(item, ast.Tuple) for item in node.elts
    )


_KINDS: dict[type[ast.expr], str] = {
    ast.JoinedStr: "an f-string",
    ast.Call: "a call",
    ast.Name: "the value of another variable",
    ast.Attribute: "the value of another variable",
    ast.Dict: "a dictionary, which no input can hold",
    ast.Lambda: "a function",
    ast.Compare: "a comparison",
    ast.BoolOp: "a condition",
    ast.IfExp: "a condition",
    ast.Subscript: "part of another value",
    ast.Await: "a call",
}


def describe(node: ast.expr) -> str:
    """What an expression is, in the words of an error message."""
    if isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        return "a comprehension"
    kind = _KINDS.get(type(node), "an expression")
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func)
        if name == MAGIC:
            return "the result of a magic or shell command"
        return f"a call of {name}()" if len(name) <= 40 else kind
    return kind
