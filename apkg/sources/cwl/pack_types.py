"""Named types of CWL written out where they are used, so that no other file has to define them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apkg.errors import SourceError
from apkg.sources.cwl.node import short_id
from apkg.sources.cwl_types import look_up

MAX_DEPTH = 32
_REQUIREMENT = "SchemaDefRequirement"


def with_types_in_place(process: Mapping[str, Any], known: Mapping[str, object]) -> dict[str, Any]:
    """Write a process without its ``SchemaDefRequirement``, whose types are ``known``.

    Raises:
        SourceError: a type contains itself.

    """
    written = {key: _value(value, known, 0) for key, value in process.items()}
    for key in ("requirements", "hints"):
        asked = written.get(key)
        if isinstance(asked, Mapping):
            written[key] = {name: body for name, body in asked.items() if name != _REQUIREMENT}
        elif isinstance(asked, list):
            written[key] = [one for one in asked if _class(one) != _REQUIREMENT]
    return written


def _class(requirement: object) -> object:
    return requirement.get("class") if isinstance(requirement, Mapping) else None


def _value(value: Any, known: Mapping[str, object], depth: int) -> Any:
    if isinstance(value, Mapping):
        return {
            key: _type(v, known, depth) if key in {"type", "items"} else _value(v, known, depth)
            for key, v in value.items()
        }
    if isinstance(value, list):
        return [_value(one, known, depth) for one in value]
    return value


def _type(value: Any, known: Mapping[str, object], depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise SourceError("a type of SchemaDefRequirement contains itself")
    if isinstance(value, list):
        return [_type(one, known, depth) for one in value]
    if isinstance(value, Mapping):
        return _value(value, known, depth)
    return _named(value, known, depth) if isinstance(value, str) else value


def _named(text: str, known: Mapping[str, object], depth: int) -> Any:
    """The type that a name means; ``Name[]`` and ``Name?`` are short for more of it."""
    if text.endswith("?"):
        inner = _named(text[:-1], known, depth)
        return text if isinstance(inner, str) else ["null", inner]
    if text.endswith("[]"):
        inner = _named(text[:-2], known, depth)
        return text if isinstance(inner, str) else {"type": "array", "items": inner}
    found = look_up(known, text)
    return text if found is None else _definition(found, known, depth + 1)


def _definition(found: object, known: Mapping[str, object], depth: int) -> Any:
    if not isinstance(found, Mapping):
        return found
    body = {key: value for key, value in found.items() if key != "name"}
    if isinstance(body.get("symbols"), list):
        body["symbols"] = [short_id(str(symbol)) for symbol in body["symbols"]]
    if isinstance(body.get("fields"), list):
        body["fields"] = [_field(one) for one in body["fields"]]
    return _value(body, known, depth)


def _field(field: object) -> object:
    if not isinstance(field, Mapping):
        return field
    return {**field, "name": short_id(str(field.get("name")))}
