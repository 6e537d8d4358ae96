"""One value of a job order: from a word or a document to what the declared type takes."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from apkg.errors import UsageError
from apkg.files.there import is_file, is_folder, is_there
from apkg.model import ArrayType, DataType, EnumType, Input, RecordType, Scalar, UnionType, Value
from apkg.names import did_you_mean, printable
from apkg.runners.interface import Json
from apkg.typetext import type_text

_LONGEST_SHOWN = 60
_TRUE, _FALSE = frozenset({"true", "yes"}), frozenset({"false", "no"})
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
#: CWL v1.2, Schema Salad primitive types.
_LIMITS = {"int": 2**31, "long": 2**63}


class BadValueError(ValueError):
    """A value that the declared type does not take; the text says why."""


def from_words(declared: Input, texts: Sequence[str], base: Path) -> Json:
    """Read the value of one input from the words ``name=text`` that were given for it.

    Paths are relative to ``base``.

    Raises:
        UsageError: the words are no value of this input.

    """
    try:
        return _checked(declared, _from_words(declared, texts, base))
    except BadValueError as error:
        raise _usage(declared, error) from None


def from_document(declared: Input, value: object, base: Path) -> Json:
    """Read the value of one input from a job order file in the folder ``base``.

    Raises:
        UsageError: it is no value of this input.

    """
    try:
        return _checked(declared, _from_data(declared.type, value, base))
    except BadValueError as error:
        raise _usage(declared, error) from None


def _usage(declared: Input, error: BadValueError) -> UsageError:
    return UsageError(f"{declared.id}: {error}", hint=_expected(declared))


def _expected(declared: Input) -> str:
    """What may be given: type, range, and the input's own words."""
    text = f"{declared.id} takes: {type_text(declared.type, declared.optional, declared.semantics)}"
    bounds = declared.range
    if bounds is not None:
        low, high = ("" if n is None else n for n in (bounds.minimum, bounds.maximum))
        text += f", from {low} to {high}"
    described = declared.doc or declared.label
    return f"{text} ({described})" if described else text


def _from_words(declared: Input, texts: Sequence[str], base: Path) -> Json:
    kind = declared.type
    if texts == ["null"] and (declared.optional or declared.default is not None):
        return None
    if not isinstance(kind, ArrayType):
        if len(texts) > 1:
            raise BadValueError("given more than once, and it takes one value")
        return _from_text(kind, texts[0], base)
    if len(texts) == 1 and texts[0].lstrip().startswith("["):
        parsed = _parse_json(texts[0])
        if isinstance(parsed, list):
            return _from_data(kind, parsed, base)
    return [_from_text(kind.items, text, base) for text in texts]


def _from_text(kind: DataType, text: str, base: Path) -> Json:
    match kind:
        case Scalar(name="string"):
            return text
        case Scalar(name="boolean"):
            return _boolean(text)
        case Scalar(name="int" | "long" | "float" | "double" as name):
            return _number(name, text)
        case EnumType() | Scalar(name="File" | "Directory"):
            return _from_data(kind, text, base)
        case UnionType():
            return _first(kind, text, base)
        case _:
            return _from_json(kind, text, base)


def _from_json(kind: DataType, text: str, base: Path) -> Json:
    parsed = _parse_json(text)
    if parsed is not _NOT_JSON:
        return _from_data(kind, parsed, base)
    if kind == Scalar("Any"):
        return text
    raise _refused(text, "is not JSON")


def _first(kind: UnionType, text: str, base: Path) -> Json:
    # Text is a string of any kind: the types that say more come first.
    members = sorted(kind.members, key=lambda member: member == Scalar("string"))
    for member in members:
        try:
            return _from_text(member, text, base)
        except BadValueError:
            continue
    raise _refused(text, "is of none of the types that are allowed")


def _from_data(kind: DataType, value: object, base: Path) -> Json:
    match kind:
        case ArrayType():
            return _array(kind, value, base)
        case EnumType():
            return _symbol(kind, value)
        case RecordType():
            return _record(kind, value, base)
        case UnionType():
            return _member(kind, value, base)
        case Scalar(name="File" | "Directory" as name):
            return _file_object(name, value, base)
        case Scalar(name=name):
            return _scalar(name, value)


def _array(kind: ArrayType, value: object, base: Path) -> Json:
    if not isinstance(value, list | tuple):
        raise _refused(value, "is not a list")
    return [_from_data(kind.items, item, base) for item in value]


def _scalar(name: str, value: object) -> Json:
    types = {"boolean": bool, "string": str, "null": type(None)}
    if name == "Any":
        return _plain(value)
    if name in types and isinstance(value, types[name]):
        return _plain(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        if name in ("float", "double"):
            return value
        if name in _LIMITS and isinstance(value, int):
            return _within(name, value)
    raise _refused(value, f"is not of type {name}")


def _boolean(text: str) -> bool:
    if text.lower() not in _TRUE | _FALSE:
        raise _refused(text, "is neither true nor false")
    return text.lower() in _TRUE


def _number(name: str, text: str) -> int | float:
    if re.fullmatch(r"[+-]?[0-9]{1,4000}", text):
        return _within(name, int(text)) if name in _LIMITS else int(text)
    if name in _LIMITS:
        raise _refused(text, "is not a whole number")
    try:
        return float(text.replace("_", "?"))
    except ValueError:
        raise _refused(text, "is not a number") from None


def _within(name: str, value: int) -> int:
    if not -_LIMITS[name] <= value < _LIMITS[name]:
        raise _refused(value, f"is beyond the limits of type {name}")
    return value


def _symbol(kind: EnumType, value: object) -> str:
    if not isinstance(value, str) or value not in kind.symbols:
        close = did_you_mean(value, kind.symbols) if isinstance(value, str) else None
        advice = f"; did you mean {close}?" if close else ""
        raise _refused(value, f"is none of {', '.join(kind.symbols)}{advice}")
    return value


def _record(kind: RecordType, value: object, base: Path) -> Json:
    if not isinstance(value, dict):
        raise _refused(value, "is not a record")
    fields = {field.name: field.type for field in kind.fields}
    unknown = [str(name) for name in value if name not in fields]
    if unknown:
        raise _refused(value, f"has unknown fields: {', '.join(unknown)}")
    return {name: _from_data(fields[name], item, base) for name, item in value.items()}


def _member(kind: UnionType, value: object, base: Path) -> Json:
    for member in kind.members:
        try:
            return _from_data(member, value, base)
        except BadValueError:
            continue
    raise _refused(value, "is of none of the types that are allowed")


def _file_object(name: str, value: object, base: Path) -> Json:
    if isinstance(value, str):
        return _path(name, value, base)
    if not isinstance(value, dict) or value.get("class", name) != name:
        raise _refused(value, f"is not a {name}")
    place = value.get("path") or value.get("location")
    rest = {str(key): _plain(item) for key, item in value.items()}
    if not isinstance(place, str):
        # A literal: its content or listing stands in the job order itself.
        if "contents" not in value and "listing" not in value:
            raise _refused(value, f"is a {name} without path")
        return {"class": name, **rest}
    found = _path(name, place, base)
    more = value.get("secondaryFiles")
    rest = {key: rest[key] for key in rest if key not in ("class", "path", "location")}
    if isinstance(more, list):
        rest["secondaryFiles"] = [_secondary(item, base) for item in more]
    return {**found, **rest}


def _secondary(item: object, base: Path) -> Json:
    kind = item.get("class", "File") if isinstance(item, dict) else "File"
    return _file_object("Directory" if kind == "Directory" else "File", item, base)


def _path(name: str, text: str, base: Path) -> dict[str, Json]:
    """Make the CWL object of a path that exists, or of a URL."""
    if text.startswith("file:"):
        from urllib.request import url2pathname

        text = url2pathname(text.removeprefix("file:").removeprefix("//"))
    elif _URL.match(text) and not is_there(base / text):
        return {"class": name, "location": text}
    path = base / Path(text).expanduser()
    if not text:
        raise BadValueError(f"the path of a {name} is empty")
    exists = is_folder(path) if name == "Directory" else is_file(path)
    if not exists:
        kind = "folder" if name == "Directory" else "file"
        if is_there(path):
            kinds = (("a folder", is_folder), ("a file", is_file))
            what = next((what for what, holds in kinds if holds(path)), "neither")
            raise BadValueError(f"{printable(text)} is {what}, and a {kind} is wanted")
        raise BadValueError(f"there is no {kind} {printable(text)}")
    # Percent signs and the like in the name of a file are no part of a URL.
    return {"class": name, "location": path.absolute().as_uri()}


def _checked(declared: Input, value: Json) -> Json:
    """Check allowed values and range, of each item of an array."""
    items = value if isinstance(value, list) else [value]
    allowed, limits = declared.allowed_values, declared.range
    for item in items:
        if item is None or isinstance(item, list | dict):
            continue
        if allowed and not any(_same(item, one) for one in allowed):
            raise _refused(item, f"is none of {', '.join(map(str, allowed))}")
        if limits is not None and isinstance(item, int | float) and not isinstance(item, bool):
            if limits.minimum is not None and not item >= limits.minimum:
                raise _refused(item, f"is less than {limits.minimum}")
            if limits.maximum is not None and not item <= limits.maximum:
                raise _refused(item, f"is more than {limits.maximum}")
    return value


def _same(one: Json, other: Value) -> bool:
    return one == other and isinstance(one, bool) == isinstance(other, bool)


_NOT_JSON = object()


def _parse_json(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return _NOT_JSON


def _plain(value: object) -> Json:
    """Take data as it is; what JSON does not have (dates of YAML) becomes text."""
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)


def _refused(value: object, why: str) -> BadValueError:
    text = printable(value if isinstance(value, str) else json.dumps(value, default=str))
    short = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
    return BadValueError(f"{short!r} {why}" if isinstance(value, str) else f"{short} {why}")
