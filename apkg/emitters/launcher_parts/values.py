"""From the words of the command line to values of the declared types."""

from __future__ import annotations

import json
import re
import urllib.request
from pathlib import Path
from typing import Any

from apkg.emitters.launcher_parts.head import Json, Kind, shown

# part: begin


def from_text(kind: Kind, text: str) -> Json:
    """Convert one word to the value it stands for, by its declared type."""
    if isinstance(kind, dict):
        return checked_symbol(kind["enum"], text)
    if kind in ("int", "long"):
        if not re.fullmatch(r"[+-]?[0-9]+", text):
            raise ValueError(f"{shown(text)} is not a whole number")
        return int(text)
    if kind in ("float", "double"):
        return number_of(text)
    return path_of(text) if kind in ("File", "Directory") else checked_text(text)


def number_of(text: str) -> float:
    """Convert one word to a number."""
    try:
        return float(text.replace("_", "no digit"))
    except ValueError:
        raise ValueError(f"{shown(text)} is not a number") from None


def from_json(kind: Kind, text: str) -> Json:
    """Convert JSON text. A string of a type that is more than a string comes without quotes."""
    try:
        return checked(kind, json.loads(text))
    except json.JSONDecodeError:
        if not takes_text(kind):
            raise ValueError(f"{shown(text)} is not JSON") from None
    except ValueError:
        if not takes_text(kind):
            raise
    return checked(kind, text)


def takes_text(kind: Kind) -> bool:
    """Tell whether a string is a value of this type."""
    if isinstance(kind, list):
        return any(takes_text(member) for member in kind)
    if isinstance(kind, dict):
        return "enum" in kind
    return kind in ("Any", "string", "File", "Directory")


def checked(kind: Kind, value: Json) -> Json:
    """Convert a JSON value to what the notebook gets, by its declared type."""
    if value is None:
        return None
    if isinstance(kind, list):
        return checked_union(kind, value)
    if isinstance(kind, dict):
        return checked_structure(kind, value)
    if kind == "Any":
        return checked_any(value)
    if kind in ("File", "Directory"):
        return path_of(value)
    return checked_scalar(kind, value)


def checked_scalar(kind: str, value: Json) -> Json:
    """Check a boolean, number or string."""
    types: dict[str, Any] = {"boolean": bool, "string": str, "int": int, "long": int}
    # Python takes true and false for numbers.
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if kind in ("float", "double") and is_number:
        return float(value)
    if not isinstance(value, types.get(kind, ())) or (
        isinstance(value, bool) != (kind == "boolean")
    ):
        raise ValueError(f"{shown(value)} is not of type {kind}")
    return checked_text(value) if isinstance(value, str) else value


def checked_structure(kind: dict[str, Any], value: Json) -> Json:
    """Check an enum, array or record."""
    if "enum" in kind:
        return checked_symbol(kind["enum"], value)
    if "array" in kind and isinstance(value, list):
        return [checked(kind["array"], item) for item in value]
    if "record" in kind and isinstance(value, dict):
        fields = dict(kind["record"])
        return {name: checked(fields.get(name, "Any"), item) for name, item in value.items()}
    raise ValueError(f"{shown(value)} is not a{'n array' if 'array' in kind else ' record'}")


def checked_union(kinds: list[Kind], value: Json) -> Json:
    """Convert to the first of several types that takes the value."""
    for kind in kinds:
        try:
            return checked(kind, value)
        except ValueError:
            continue
    raise ValueError(f"{shown(value)} is of none of the types that are allowed")


def checked_any(value: Json) -> Json:
    """Take a value of no declared type as it is, with the paths of files and folders."""
    if isinstance(value, list):
        return [checked_any(item) for item in value]
    if isinstance(value, dict):
        if value.get("class") in ("File", "Directory"):
            return path_of(value)
        return {name: checked_any(item) for name, item in value.items()}
    return checked_text(value) if isinstance(value, str) else value


def checked_symbol(symbols: list[str], value: Json) -> Json:
    """Check one of a fixed set of strings."""
    if value not in symbols:
        raise ValueError(f"{shown(value)} is none of {', '.join(map(shown, symbols))}")
    return value


def checked_text(text: str) -> str:
    """Check that text can be written down as UTF-8."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError(f"{shown(text)} is not valid UTF-8") from None
    return text


def path_of(value: Json) -> str:
    """Find the absolute path of a file or folder, given its CWL object or a path. URLs stay."""
    if isinstance(value, dict):
        value = value.get("path") or value.get("location")
    if not isinstance(value, str) or not value:
        raise ValueError(f"{shown(value)} is not a path")
    text = checked_text(value)
    if text.startswith("file://"):
        return urllib.request.url2pathname(text[len("file://") :])
    is_whole = Path(text).is_absolute() or re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", text)
    return text if is_whole else str(Path.cwd() / text)
