"""Functions and methods whose result is known where their arguments are: a table of them."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from apkg.sources.cli.python.operations import FAILURES, bounded, formatted, items
from apkg.sources.cli.python.values import (
    MAX_WEIGHT,
    UNKNOWN,
    Member,
    PathText,
    Unknown,
    Value,
    is_plain,
)
from apkg.sources.notebook.usage.names import words

#: Attributes of modules that are the same on every platform that an image runs on.
CONSTANTS: dict[str, Value] = {
    "os.sep": "/",
    "os.path.sep": "/",
    "os.curdir": ".",
    "os.pardir": "..",
    "os.linesep": "\n",
    "os.pathsep": ":",
    "math.pi": 3.141592653589793,
}
#: A width, or one that an argument decides, could make a text of any length.
_WIDE = re.compile(r"\d{4}|\{[^{}]*\{")
_ENVIRONMENT = ("os.environ.get", "os.getenv", "os.environ", "os.environ.pop")


def _list(value: Value) -> Value:
    found = items(value)
    return UNKNOWN if found is None else found


def _of_list(make: Callable[[list[Value]], Value]) -> Callable[[Value], Value]:
    def result(value: Value) -> Value:
        found = items(value)
        return UNKNOWN if found is None else make(found)

    return result


def _zip(*values: Value) -> Value:
    found = [items(value) for value in values]
    known = [value for value in found if value is not None]
    return list(zip(*known, strict=False)) if len(known) == len(found) else UNKNOWN


def _enumerate(value: Value, start: Value = 0) -> Value:
    found = items(value)
    if found is None or not isinstance(start, int):
        return UNKNOWN
    return list(enumerate(found, start))


def _dict(*values: Value, **keywords: Value) -> Value:
    start: dict[Any, Value] = {}
    for value in values:
        if isinstance(value, dict):
            start.update(value)
        else:
            found = items(value)
            if found is None:
                return UNKNOWN
            start.update(dict(found))  # type: ignore[arg-type]
    return start | keywords


def _join(*parts: Value) -> Value:
    if not all(isinstance(part, str) for part in parts):
        return next((part for part in parts if isinstance(part, Unknown)), UNKNOWN)
    return str(PurePosixPath(*[str(part) for part in parts])) if parts else UNKNOWN


def _path(*parts: Value) -> Value:
    joined = _join(*parts) if parts else "."
    return PathText(joined) if isinstance(joined, str) else joined


def _text(value: Value = "") -> Value:
    known = formatted(value)
    return UNKNOWN if known is None or isinstance(value, Member) else known


def _plain(function: Callable[..., Any]) -> Callable[..., Value]:
    def result(*values: Value, **keywords: Value) -> Value:
        if not all(is_plain(value) for value in (*values, *keywords.values())):
            return UNKNOWN
        found: Value = function(*values, **keywords)
        return found

    return result


def _with(method: str) -> Callable[..., Value]:
    def result(path: str, end: str) -> Value:
        return PathText(getattr(PurePosixPath(path), method)(end))

    return result


def _of_path(part: str) -> Callable[[Value], Value]:
    def result(value: Value) -> Value:
        found = PATH_PARTS[part](value) if isinstance(value, str) else value
        return str.__str__(found) if isinstance(found, str) else found

    return result


PATH_PARTS: dict[str, Callable[[str], Value]] = {
    "name": lambda path: PurePosixPath(path).name,
    "stem": lambda path: PurePosixPath(path).stem,
    "suffix": lambda path: PurePosixPath(path).suffix,
    "parent": lambda path: PathText(PurePosixPath(path).parent),
}
FUNCTIONS: dict[str, Callable[..., Value]] = {
    "list": _list,
    "tuple": _of_list(tuple),
    "set": _of_list(set),
    "frozenset": _of_list(frozenset),
    "sorted": _plain(sorted),
    "reversed": _of_list(lambda found: found[::-1]),
    "iter": _list,
    "len": _of_list(len),
    "zip": _zip,
    "enumerate": _enumerate,
    "dict": _dict,
    "collections.OrderedDict": _dict,
    "range": _plain(range),
    "str": _text,
    "int": _plain(int),
    "float": _plain(float),
    "bool": _plain(bool),
    "min": _plain(min),
    "max": _plain(max),
    "sum": _plain(sum),
    "abs": _plain(abs),
    "round": _plain(round),
    "os.path.join": _join,
    "posixpath.join": _join,
    "os.fspath": _text,
    "os.path.normpath": _text,
    "os.path.basename": _of_path("name"),
    "os.path.dirname": _of_path("parent"),
    "os.getcwd": lambda: ".",
    "pathlib.Path.cwd": lambda: PathText("."),
    **dict.fromkeys(("pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath"), _path),
    "textwrap.dedent": _plain(textwrap.dedent),
    "inspect.cleandoc": _plain(inspect.cleandoc),
}
_TEXT = words(
    "lower upper title capitalize strip lstrip rstrip split rsplit splitlines replace join "
    "startswith endswith removeprefix removesuffix format partition rpartition"
)
_LIST = words("append extend insert copy index count reverse pop remove")
_MAPPING = words("keys values items get update copy setdefault pop")
_PATH: dict[str, Callable[..., Value]] = {
    "joinpath": _path,
    "as_posix": str,
    "with_suffix": _with("with_suffix"),
    "with_name": _with("with_name"),
}


def call(name: str, args: list[Value], keywords: dict[str, Value]) -> Value | None:
    """The result of a known function; ``None`` if it is not one of those."""
    if name in _ENVIRONMENT:
        shown = f" {args[0]}" if args and isinstance(args[0], str) else ""
        return Unknown(f"the value of the environment variable{shown}")
    function = FUNCTIONS.get(name)
    if function is None:
        return None
    try:
        return bounded(function(*args, **keywords))
    except FAILURES:
        return UNKNOWN


def method(receiver: Value, name: str, args: list[Value], keywords: dict[str, Value]) -> Value:
    """The result of a method of a plain value."""
    try:
        if isinstance(receiver, PathText) and name in _PATH:
            return _PATH[name](receiver, *args)
        if isinstance(receiver, str) and name in _TEXT:
            return _of_text(receiver, name, args, keywords)
        if isinstance(receiver, list) and name in _LIST:
            return bounded(getattr(receiver, name)(*args))
        if isinstance(receiver, tuple) and name in ("index", "count"):
            return bounded(getattr(receiver, name)(*args))
        if isinstance(receiver, dict) and name in _MAPPING:
            found = getattr(receiver, name)(*args, **keywords)
            return list(found) if name in ("keys", "values", "items") else found
        if isinstance(receiver, set) and name in ("add", "update", "union"):
            return bounded(getattr(receiver, name)(*args))
    except FAILURES:
        pass
    return UNKNOWN


def _of_text(receiver: str, name: str, args: list[Value], keywords: dict[str, Value]) -> Value:
    if name == "join":
        parts = items(args[0]) if args else None
        if parts is None or not all(isinstance(part, str) for part in parts):
            return UNKNOWN
        size = sum(len(str(part)) + len(receiver) for part in parts)
        return receiver.join(map(str, parts)) if size <= MAX_WEIGHT else UNKNOWN
    if not all(is_plain(value) for value in (*args, *keywords.values())):
        return UNKNOWN
    if name == "format" and _WIDE.search(receiver):
        return UNKNOWN
    if name == "replace" and len(receiver) * len(str(args[1])) > MAX_WEIGHT * 10:
        return UNKNOWN
    return bounded(getattr(receiver, name)(*args, **keywords))
