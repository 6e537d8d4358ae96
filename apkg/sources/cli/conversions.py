"""What the function that converts a word of the command line says about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from apkg.errors import Location
from apkg.model import DataType, Range, Scalar, Semantics, UnionType
from apkg.sources.cli.notes import Notes
from apkg.sources.cli.python.values import (
    Class,
    Function,
    Made,
    Method,
    Reference,
    Value,
)

INT, DOUBLE, BOOLEAN = Scalar("int"), Scalar("double"), Scalar("boolean")
FILE, DIRECTORY = Scalar("File"), Scalar("Directory")
#: A path of which the code does not say whether a file or a folder lies there.
PATH: DataType = UnionType((FILE, DIRECTORY))


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """What one word becomes. ``type`` is ``None`` for text, ``separator`` where it is a list."""

    type: DataType | None = None
    semantics: Semantics | None = None
    separator: str | None = None
    must_exist: bool = False
    writes: bool = False
    range: Range | None = None
    choices: tuple[str | int | float, ...] = ()


TEXT = Conversion()
_DATE, _TIME = Conversion(semantics="date"), Conversion(semantics="dateTime")
_FOUND: dict[str, Conversion] = {
    **dict.fromkeys(("int", "numpy.int32", "numpy.int64", "numpy.uint8"), Conversion(type=INT)),
    **dict.fromkeys(
        ("float", "numpy.float32", "numpy.float64", "decimal.Decimal"), Conversion(type=DOUBLE)
    ),
    **dict.fromkeys(("str", "ascii", "repr", "ast.literal_eval", "eval", "json.loads"), TEXT),
    **dict.fromkeys(
        (
            "str.upper", "str.lower", "str.strip", "str.lstrip", "str.rstrip", "str.title",
            "str.capitalize", "str.casefold", "str.swapcase", "os.path.basename",
            "os.path.expandvars",
        ),
        TEXT,
    ),
    "bool": Conversion(type=BOOLEAN),
    **dict.fromkeys(
        (
            "pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath", "os.path.abspath",
            "os.PathLike",
            "os.path.expanduser", "os.path.realpath", "os.path.normpath", "upath.UPath",
        ),
        Conversion(type=PATH),
    ),
    **dict.fromkeys(("open", "io.open", "codecs.open"), Conversion(type=FILE, must_exist=True)),
    **dict.fromkeys(("datetime.date.fromisoformat", "datetime.date"), _DATE),
    **dict.fromkeys(
        (
            "datetime.datetime.fromisoformat", "dateutil.parser.parse", "dateutil.parser.isoparse",
            "pandas.to_datetime", "pandas.Timestamp", "numpy.datetime64", "datetime.datetime",
        ),
        _TIME,
    ),
    # The names that optparse and R know.
    **dict.fromkeys(("string", "character", "choice"), TEXT),
    **dict.fromkeys(("integer", "long"), Conversion(type=INT)),
    **dict.fromkeys(("double", "numeric"), Conversion(type=DOUBLE)),
    "logical": Conversion(type=BOOLEAN),
}  # fmt: skip


def named(name: str) -> Conversion | None:
    """What a function (or type word) of this dotted name does, if that is known."""
    return _FOUND.get(name)


def opened(mode: str) -> Conversion:
    """A file opened with ``mode``."""
    writes = mode[:1] in ("w", "a", "x")
    return Conversion(type=FILE, writes=writes, must_exist=not writes)


def of_date_format(pattern: str) -> Conversion:
    """What ``strptime`` with this pattern reads, where ISO 8601 writes it the same way."""
    if pattern == "%Y-%m-%d":
        return _DATE
    return _TIME if pattern.startswith("%Y-%m-%dT%H:%M") else TEXT


def enum_choices(of: Class) -> tuple[str | int | float, ...]:
    """The values of an enumeration's members."""
    values = [member.value for member in of.members()]
    return tuple(value for value in values if isinstance(value, str | int | float))


def convert(
    value: Value,
    name: str,
    notes: Notes,
    location: Location,
    inspect: Callable[[Function], Conversion | None],
) -> Conversion:
    """What ``type=value`` says about the argument ``name``; ``inspect`` reads own functions."""
    match value:
        case None:
            return TEXT
        case Reference() | str():
            found = named(value if isinstance(value, str) else value.name)
        case Class() if value.is_enum:
            return Conversion(choices=enum_choices(value))
        case Made():
            found = _of_made(value, inspect)
        case Function():
            found = inspect(value)
        case Method() | _:
            found = None
    if found is None:
        notes.unresolved("type", name, value, location)
        return TEXT
    return found


def _of_made(value: Made, inspect: Callable[[Function], Conversion | None]) -> Conversion | None:
    if value.name.endswith("FileType"):
        mode = value.args[0] if value.args else value.keywords.get("mode", "r")
        return opened(mode) if isinstance(mode, str) else None
    if value.name == "functools.partial" and value.args:
        inner = value.args[0]
        return inspect(inner) if isinstance(inner, Function) else None
    return None
