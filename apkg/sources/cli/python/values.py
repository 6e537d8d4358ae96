"""What an expression stands for where it is read and not run.

Plain values are Python's own (``None``, numbers, text, lists, tuples, sets, dictionaries). For
all else there are the classes of this module: above all :class:`Made`, the record of a call
that nobody here understands, with the calls that were made on its result.
"""

from __future__ import annotations

import ast
import itertools
from dataclasses import dataclass, field
from typing import TypeAlias

from apkg.errors import Location

#: Any of the kinds above: what it is has to be asked with ``isinstance``.
Value: TypeAlias = object
_NUMBERS = itertools.count()
#: The largest text, and the longest list, that is followed.
MAX_WEIGHT = 100_000
MAX_ITEMS = 1000
_MOST_DECORATORS = 200


class PathText(str):
    """A text that the code wraps in ``Path(…)``."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """Known at run time only; ``why`` is what it is instead, in words."""

    why: str = "known at run time only"


UNKNOWN = Unknown()
#: No value at all, where ``None`` would be one.
MISSING = Unknown("missing")


@dataclass(frozen=True, slots=True)
class Reference:
    """Something of another module, or built in: ``rasterio.open``, ``int``."""

    name: str


class Scope:
    """The names of a module, function or class."""

    __slots__ = ("outer", "parent", "values")

    def __init__(self, parent: Scope | None = None) -> None:
        self.values: dict[str, Value] = {}
        self.parent = parent
        #: Names that ``global`` and ``nonlocal`` send to a scope around this one.
        self.outer: set[str] = set()

    def bind(self, name: str, value: Value) -> None:
        """The name stands for ``value`` from here on."""
        scope = self
        while name in scope.outer and scope.parent is not None:
            scope = scope.parent
        scope.values[name] = value

    def get(self, name: str) -> Value:
        """What a name stands for; ``MISSING`` if nothing has bound it."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.values:
                return scope.values[name]
            scope = scope.parent
        return MISSING


@dataclass(slots=True, eq=False)
class Function:
    """A function of the file (or a lambda) and the names that it sees."""

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    scope: Scope
    path: str
    runs: int = 0

    @property
    def name(self) -> str:
        """Its name; a lambda has none."""
        return "" if isinstance(self.node, ast.Lambda) else self.node.name

    @property
    def doc(self) -> str:
        """Its docstring, with the margin taken off."""
        return "" if isinstance(self.node, ast.Lambda) else ast.get_docstring(self.node) or ""

    @property
    def location(self) -> Location:
        """Where it begins."""
        return Location(path=self.path, line=self.node.lineno)


@dataclass(slots=True, eq=False)
class Class:
    """A class of the file, its bases and what its body binds."""

    node: ast.ClassDef
    scope: Scope
    bases: tuple[Value, ...]
    path: str

    @property
    def is_enum(self) -> bool:
        """Whether it is an enumeration."""
        return any(
            (isinstance(base, Reference) and base.name.rpartition(".")[2].endswith("Enum"))
            or (isinstance(base, Class) and base.is_enum)
            for base in self.bases
        )

    def members(self) -> list[Member]:
        """The members of an enumeration, in order."""
        found: list[Member] = []
        for name, value in self.scope.values.items():
            if not name.startswith("_") and not isinstance(value, Function | Class):
                found.append(Member(self, name, self._member(name, value, len(found) + 1)))
        return found

    def _member(self, name: str, value: Value, number: int) -> Value:
        if not (isinstance(value, Made) and value.name == "enum.auto"):
            return value
        texts = any(isinstance(b, Reference) and b.name.endswith("StrEnum") for b in self.bases)
        return name.lower() if texts else number

    def attribute(self, name: str) -> Value:
        """What the class, or the first base that has it, binds to a name; else ``MISSING``."""
        return self.scope.values[name] if name in self.scope.values else self.inherited(name)

    def inherited(self, name: str) -> Value:
        """What the first base that has it binds to a name; else ``MISSING``."""
        for base in self.bases:
            found = base.attribute(name) if isinstance(base, Class) else MISSING
            if found is not MISSING:
                return found
        return MISSING

    @property
    def foreign(self) -> str | None:
        """The dotted name of the class of another module that it comes from in the end."""
        for base in self.bases:
            if isinstance(base, Reference):
                return base.name
            if isinstance(base, Class) and base.foreign:
                return base.foreign
        return None


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """A member of an enumeration."""

    of: Class
    name: str
    value: Value


@dataclass(slots=True, eq=False)
class Instance:
    """An object of a class of the file."""

    of: Class
    attributes: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """A function of the file with its first argument."""

    function: Function
    receiver: Value


@dataclass(frozen=True, slots=True, eq=False)
class Super:
    """``super()``: the object, seen as one of the class that ``of`` comes from."""

    receiver: Value
    of: Class


@dataclass(frozen=True, slots=True, eq=False)
class LocalModule:
    """A module of the same folder or package, followed as the file itself."""

    name: str
    scope: Scope


@dataclass(frozen=True, slots=True, eq=False)
class Subscripted:
    """A type with its arguments, such as ``Annotated[int, …]``, that stands under a name."""

    node: ast.Subscript
    scope: Scope


@dataclass(frozen=True, slots=True, eq=False)
class Method:
    """The attribute of something unknown or plain that is about to be called."""

    receiver: Value
    name: str


@dataclass(slots=True, eq=False)
class Made:
    """The result of a call, and the calls made on it: ``ArgumentParser(…)``.

    ``name`` is the function's dotted name, or the method's alone where ``receiver`` is what it
    was called on. A decorator put on something is a call of name ``()``, with the decorator as
    receiver and the function as its one argument. ``number`` tells the order of all calls.
    """

    name: str
    args: list[Value]
    keywords: dict[str, Value]
    location: Location
    receiver: Value | None = None
    calls: list[Made] = field(default_factory=list)
    #: What ``vars`` and attribute assignments leave on it.
    attributes: dict[str, Value] = field(default_factory=dict)
    #: The class of the file that makes it, where it comes from one of another module.
    of: Class | None = None
    number: int = field(default_factory=lambda: next(_NUMBERS))

    @property
    def is_decorated(self) -> bool:
        """Whether it is something with a decorator on it."""
        return self.name == "()" and len(self.args) == 1


def innermost(value: Value) -> Value:
    """What is left of something when all decorators are taken off."""
    for _ in range(_MOST_DECORATORS):
        if not (isinstance(value, Made) and value.is_decorated):
            return value
        value = value.args[0]
    return value


def decorators(value: Value) -> list[Made]:
    """The decorators on something, outermost first, each as the decorated thing it makes."""
    found: list[Made] = []
    while isinstance(value, Made) and value.is_decorated and len(found) < _MOST_DECORATORS:
        found.append(value)
        value = value.args[0]
    return found


def is_plain(value: Value) -> bool:
    """Whether all of a value is known, and no larger than anybody can mean."""
    waiting, weight = [value], 0
    while waiting:
        part = waiting.pop()
        weight += len(part) if isinstance(part, str) else 1
        if weight > MAX_WEIGHT:
            return False
        if isinstance(part, list | tuple | set | frozenset):
            waiting += part
        elif isinstance(part, dict):
            waiting += part.values()
        elif not (part is None or isinstance(part, bool | int | float | str | range)) or (
            isinstance(part, range) and not range_fits(part)
        ):
            return False
    return True


def range_fits(value: range) -> bool:
    """Whether a range is small enough to be written out."""
    return (value.stop - value.start) // value.step <= MAX_ITEMS


def describe(value: Value) -> str:
    """What a value that is not plain is, in the words of a note."""
    match value:
        case Unknown():
            return value.why
        case Made():
            return f"the result of {value.name.removeprefix('()') or 'a call'}()"
        case Reference():
            return value.name
        case Function():
            return f"the function {value.name or 'lambda'}"
        case list() | tuple() | set() | dict():
            return "a list with parts that are known at run time only"
    return "known at run time only"
