"""Rules on values: defaults that fit their types, formats where there are files."""

from __future__ import annotations

import re

from apkg.names import printable
from apkg.validators.cwl_context import Context
from apkg.validators.cwl_model import Port, Process, short_id
from apkg.validators.cwl_types import Type, members, spell
from apkg.validators.schema_explain import show

_INTEGERS = {"int": 2**31, "long": 2**63}
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def check_defaults(context: Context) -> None:
    """Defaults that are no value of their input's type."""
    for process in context.processes:
        for port in process.inputs:
            default = port.node.get("default")
            if default is None:
                continue
            wanted = context.type_of(process, port)
            if not is_value(default, wanted):
                _bad_default(context, port, default, wanted)


def _bad_default(context: Context, port: Port, default: object, wanted: Type) -> None:
    advice = f"Write a value of the type, or change the type of '{printable(port.id)}'."
    if isinstance(default, str) and {"File", "Directory"} & {
        m for m in members(wanted) if isinstance(m, str)
    }:
        kind = "File" if "File" in members(wanted) else "Directory"
        advice = f"Write {{class: {kind}, location: {show(default)}}}."
    elif isinstance(default, int | float) and "string" in members(wanted):
        advice = "Put it in quotes."
    elif not isinstance(default, list) and any(m[0] == "array" for m in members(wanted)):
        advice = f"Write a list: [{show(default)}]."
    digits = isinstance(default, str) and re.fullmatch(r"[0-9][0-9_]+", default) is not None
    if digits:
        advice = "Write the number without underscores: YAML 1.2 reads it as text."
    context.say(
        "default-type",
        f"the default {show(default)} of '{printable(port.id)}' is not {spell(wanted)}",
        port.at("default"),
        severity="warning" if digits else "error",
        advice=advice,
        subject=port.id,
    )


def is_value(value: object, wanted: Type) -> bool:
    """Whether plain data is a value of a CWL type."""
    return any(_is_one(value, member) for member in members(wanted))


def _is_one(value: object, wanted: Type) -> bool:
    if isinstance(wanted, tuple):
        return _is_composed(value, wanted)
    if isinstance(value, dict) and ("$include" in value or "$import" in value):
        return True
    if wanted in _INTEGERS:
        limit = _INTEGERS[wanted]
        return isinstance(value, int) and not isinstance(value, bool) and -limit <= value < limit
    if wanted in ("float", "double"):
        return isinstance(value, int | float) and not isinstance(value, bool)
    if wanted in ("File", "Directory"):
        # cwltool takes an object without class for what the type says.
        return isinstance(value, dict) and value.get("class", wanted) == wanted
    if wanted == "null":
        return value is None
    if wanted == "string":
        return isinstance(value, str)
    return isinstance(value, bool) if wanted == "boolean" else True


def _is_composed(value: object, wanted: tuple[object, ...]) -> bool:
    kind, content = wanted[0], wanted[1]
    if kind == "array":
        return isinstance(value, list) and all(is_value(v, content) for v in value)  # type: ignore[arg-type]
    if kind == "enum":
        return isinstance(value, str) and (not content or short_id(value) in content)  # type: ignore[operator]
    if kind == "record":
        if not isinstance(value, dict):
            return False
        return all(is_value(value.get(name), type_) for name, type_ in content)  # type: ignore[attr-defined]
    return any(_is_one(value, member) for member in content)  # type: ignore[attr-defined]


def check_formats(context: Context) -> None:
    """Formats on what is no file, and formats that are no IRI."""
    for process in context.processes:
        for port in (*process.inputs, *process.outputs):
            _format(context, process, port)


def _format(context: Context, process: Process, port: Port) -> None:
    found = port.node.get("format")
    if found is None or port.short:
        return
    wanted = spell(context.type_of(process, port))
    if "File" not in wanted and "Any" not in wanted and "record" not in wanted:
        context.say(
            "format",
            f"'{printable(port.id)}' has a format, and is no File",
            port.at("format"),
            key=True,
            severity="warning",
            advice="Remove 'format', or make the type File.",
            subject=port.id,
        )
    for text in [found] if isinstance(found, str) else found if isinstance(found, list) else []:
        if (
            isinstance(text, str)
            and not text.startswith("$")
            and not _SCHEME.match(text)
            and "#" not in text
        ):
            context.say(
                "format",
                f"the format '{printable(text)}' is no IRI",
                port.at("format"),
                severity="warning",
                advice="Write a whole IRI, or one with a prefix, such as edam:format_3464; "
                "media types stand under https://www.iana.org/assignments/media-types/.",
                subject=text,
            )
