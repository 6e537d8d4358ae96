"""CWL types in one normal form, and whether a value of one can go where another is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

#: ``int``; ``("array", item)``; ``("record", ((name, type), ...))``; ``("enum", symbols)``;
#: ``("union", (type, ...))``. A type that cannot be known is ``Any``.
Type: TypeAlias = "str | tuple[object, ...]"

PRIMITIVES = frozenset(
    [
        "null",
        "boolean",
        "int",
        "long",
        "float",
        "double",
        "string",
        "File",
        "Directory",
        "Any",
        "stdin",
        "stdout",
        "stderr",
    ]
)
_STREAMS = frozenset(["stdin", "stdout", "stderr"])
_MAX_DEPTH = 40


def split_name(text: str) -> tuple[str, bool, bool]:
    """``int[]?`` as name, whether a list, whether optional."""
    optional = text.endswith("?")
    text = text.removesuffix("?")
    return text.removesuffix("[]"), text.endswith("[]"), optional


def normal(value: object, known: Mapping[str, object], depth: int = 0) -> Type:
    """``value`` of a field ``type`` in normal form; ``known`` are the types with a name."""
    if depth > _MAX_DEPTH:
        return "Any"
    if isinstance(value, str):
        return _named(value, known, depth)
    if isinstance(value, list):
        members = tuple(dict.fromkeys(normal(item, known, depth + 1) for item in value))
        return members[0] if len(members) == 1 else ("union", members)
    if not isinstance(value, dict):
        return "Any"
    kind = value.get("type")
    if kind == "array":
        return ("array", normal(value.get("items"), known, depth + 1))
    if kind == "enum":
        symbols = value.get("symbols")
        names = symbols if isinstance(symbols, list) else []
        return ("enum", tuple(str(name).rsplit("/", 1)[-1].rsplit("#", 1)[-1] for name in names))
    if kind == "record":
        return ("record", _fields(value.get("fields"), known, depth))
    # A parameter's own mapping reaches here only through a record field's shorthand.
    return normal(kind, known, depth + 1) if kind is not None else "Any"


def _named(text: str, known: Mapping[str, object], depth: int) -> Type:
    name, is_list, optional = split_name(text)
    found: Type
    if name in PRIMITIVES:
        found = "File" if name in _STREAMS else name
    else:
        short = name.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
        found = normal(known[short], known, depth + 1) if short in known else "Any"
    if is_list:
        found = ("array", found)
    return ("union", ("null", found)) if optional and found != "null" else found


def _fields(value: object, known: Mapping[str, object], depth: int) -> tuple[tuple[str, Type], ...]:
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = [(f.get("name"), f.get("type")) for f in value if isinstance(f, dict)]
    else:
        pairs = []
    return tuple(
        (
            str(name).rsplit("/", 1)[-1].rsplit("#", 1)[-1],
            normal(_field_type(field), known, depth + 1),
        )
        for name, field in pairs
    )


def _field_type(field: object) -> object:
    if isinstance(field, dict) and field.get("type") not in ("array", "enum", "record"):
        return field.get("type")
    return field


def members(type_: Type) -> tuple[Type, ...]:
    """The alternatives of a type: itself, where it has none."""
    if isinstance(type_, tuple) and type_[0] == "union":
        found: tuple[Type, ...] = type_[1]  # type: ignore[assignment]
        return found
    return (type_,)


def optional(type_: Type) -> bool:
    """Whether null is a value of this type."""
    return any(member in ("null", "Any") for member in members(type_))


def array_of(type_: Type) -> Type:
    """A list of values of this type."""
    return ("array", type_)


def flattened(type_: Type) -> Type:
    """What ``merge_flattened`` makes of values of this type."""
    parts = tuple(
        part if isinstance(part, tuple) and part[0] == "array" else ("array", part)
        for part in members(type_)
    )
    return parts[0] if len(parts) == 1 else ("union", parts)


def fits(source: Type, sink: Type, *, strict: bool) -> bool:
    """Whether a value of ``source`` can go to ``sink``: some value, or if ``strict`` all."""
    sources, sinks = members(source), members(sink)
    if source == "Any" or sink == "Any":
        return True
    if len(sources) > 1:
        if strict:
            return all(fits(one, sink, strict=False) for one in sources)
        return any(one != "null" and fits(one, sink, strict=False) for one in sources)
    if len(sinks) > 1:
        return any(fits(source, one, strict=False) for one in sinks)
    return _fits_one(source, sink, strict=strict)


def _fits_one(source: Type, sink: Type, *, strict: bool) -> bool:
    if not isinstance(source, tuple) or not isinstance(sink, tuple):
        # No widening: an int does not fit a double, nor an enum a string (as in cwltool).
        return source == sink
    if source[0] != sink[0]:
        return False
    if source[0] == "array":
        return fits(source[1], sink[1], strict=strict)  # type: ignore[arg-type]
    if source[0] == "record":
        given: dict[str, Type] = dict(source[1])  # type: ignore[call-overload]
        wanted: dict[str, Type] = dict(sink[1])  # type: ignore[call-overload]
        return all(fits(given.get(n, "null"), t, strict=strict) for n, t in wanted.items())
    return True


def spell(type_: Type) -> str:
    """A type as its author would write it."""
    if isinstance(type_, str):
        return type_
    kind, content = type_[0], type_[1]
    if kind == "array":
        inner = spell(content)  # type: ignore[arg-type]
        return f"{inner}[]" if inner.isalpha() else f"array of {inner}"
    if kind == "union":
        rest = [spell(member) for member in members(type_) if member != "null"]
        text = " or ".join(rest)
        if len(rest) < len(members(type_)):
            return f"{text}?" if len(rest) == 1 else f"{text} or null"
        return text
    if kind == "enum":
        return "one of " + ", ".join(content[:6])  # type: ignore[index]
    return "a record"
