"""Click's parameter types, as what they say about a word of the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from apkg.errors import Location
from apkg.model import DataType, Range
from apkg.sources.cli.bodies import inspect
from apkg.sources.cli.conversions import (
    BOOLEAN,
    DIRECTORY,
    DOUBLE,
    FILE,
    INT,
    PATH,
    TEXT,
    Conversion,
    convert,
    enum_choices,
    of_date_format,
    opened,
)
from apkg.sources.cli.notes import Notes
from apkg.sources.cli.plain import choices_of
from apkg.sources.cli.python.values import (
    Class,
    Function,
    Made,
    Member,
    PathText,
    Reference,
    Value,
)

_CONSTANTS: dict[str, Conversion] = {
    **dict.fromkeys(
        ("click.INT", "click.types.INT", "click.types.IntParamType"), Conversion(type=INT)
    ),
    **dict.fromkeys(("click.FLOAT", "click.types.FLOAT"), Conversion(type=DOUBLE)),
    **dict.fromkeys(
        ("click.STRING", "click.types.STRING", "click.UNPROCESSED", "click.UUID"), TEXT
    ),
    **dict.fromkeys(("click.BOOL", "click.types.BOOL"), Conversion(type=BOOLEAN)),
}


def click_type(
    value: Value, default: Value, name: str, notes: Notes, location: Location
) -> Conversion:
    """What ``type=value`` says; without a type Click looks at the default."""
    if value is None:
        return of_default(default)
    if isinstance(value, Reference):
        known = _CONSTANTS.get(canonical(value.name))
        made = _MADE.get(canonical(value.name))
        if known is not None:
            return known
        if made is not None:
            return made(Made(value.name, [], {}, location), name, notes)
    if isinstance(value, Made):
        # A subclass of Click's Path takes a path, whatever it makes of it.
        of_click = _MADE.get(canonical(value.name))
        if of_click is not None:
            return of_click(value, name, notes)
        if value.of is not None and isinstance(value.of.attribute("convert"), Function):
            notes.unresolved("type", name, value, location)
            return TEXT
    return convert(value, name, notes, location, inspect)


def canonical(name: str) -> str:
    """The name in Click itself of something that a package built on it hands on."""
    head, _, tail = name.partition(".")
    if head in ("rich_click", "asyncclick", "cloup", "typer") and head != "typer":
        return f"click.{tail}"
    if name.startswith("click_option_group.optgroup."):
        return name.replace("click_option_group.optgroup.", "click.")
    return name.replace("click.types.", "click.").replace("click.decorators.", "click.")


def of_default(value: Value) -> Conversion:
    """The type that Click takes from a default; that of its first item for a list."""
    if isinstance(value, list | tuple) and value:
        return of_default(value[0])
    if isinstance(value, Member):
        return Conversion(choices=enum_choices(value.of))
    kinds: tuple[tuple[type, DataType], ...] = (
        (bool, BOOLEAN), (int, INT), (float, DOUBLE), (PathText, PATH),
    )  # fmt: skip
    return next((Conversion(type=k) for kind, k in kinds if isinstance(value, kind)), TEXT)


def _argument(made: Made, place: int, name: str, default: Value = None) -> Value:
    return made.args[place] if len(made.args) > place else made.keywords.get(name, default)


def _path(made: Made, _: str, __: Notes) -> Conversion:
    exists = _argument(made, 0, "exists")
    kind = path_kind(_argument(made, 1, "file_okay"), _argument(made, 2, "dir_okay"))
    # ``exists=False`` written out says what the default leaves open.
    writes = exists is False or made.keywords.get("writable") is True
    return Conversion(type=kind, must_exist=exists is True, writes=writes)


def path_kind(file_okay: Value, dir_okay: Value) -> DataType:
    """A file, a folder, or either."""
    if file_okay is False:
        return DIRECTORY
    return FILE if dir_okay is False else PATH


def _file(made: Made, _: str, __: Notes) -> Conversion:
    mode = _argument(made, 0, "mode", "r")
    return opened(mode) if isinstance(mode, str) else Conversion(type=FILE)


def _choice(made: Made, name: str, notes: Notes) -> Conversion:
    value = _argument(made, 0, "choices")
    if isinstance(value, Class) and value.is_enum:
        # Since 8.2 Click offers the names of the members.
        return Conversion(choices=tuple(member.name for member in value.members()))
    return Conversion(choices=choices_of(value, name, notes, made.location)[0])


def _range(kind: DataType) -> Callable[[Made, str, Notes], Conversion]:
    def read(made: Made, name: str, notes: Notes) -> Conversion:
        ends: list[int | float | None] = []
        for place, end in ((0, "min"), (1, "max")):
            value = _argument(made, place, end)
            is_open = made.keywords.get(f"{end}_open") is True
            if isinstance(value, int | float) and not isinstance(value, bool):
                ends.append(_closed(value, end, kind) if is_open else value)
                continue
            if value is not None:
                notes.unresolved(end, name, value, made.location)
            ends.append(None)
        found = Conversion(type=kind)
        return (
            found
            if ends == [None, None]
            else replace(found, range=Range(minimum=ends[0], maximum=ends[1]))
        )

    return read


def _closed(value: int | float, end: str, kind: DataType) -> int | float | None:
    """The end of a range that leaves its own end out; only whole numbers have a next one."""
    if kind != INT:
        return None
    return value + 1 if end == "min" else value - 1


def _date(made: Made, _: str, __: Notes) -> Conversion:
    formats = _argument(made, 0, "formats")
    if formats is None:
        return Conversion(semantics="dateTime")
    kinds = [of_date_format(f) for f in formats] if isinstance(formats, list | tuple) else []
    return kinds[0] if kinds and all(kind == kinds[0] for kind in kinds) else TEXT


_MADE: dict[str, Callable[[Made, str, Notes], Conversion]] = {
    "click.Path": _path,
    "click.File": _file,
    "click.Choice": _choice,
    "click.IntRange": _range(INT),
    "click.FloatRange": _range(DOUBLE),
    "click.DateTime": _date,
}
