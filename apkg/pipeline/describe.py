"""An application as plain data: what ``--format json`` prints, and what tables are made of."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from apkg.errors import Location
from apkg.model import Application, Input, Origin, Output, Value
from apkg.report import Finding
from apkg.typetext import type_text


def describe(application: Application) -> dict[str, Any]:
    """The application as JSON data: names as in the model, types in CWL's DSL, origins by field."""
    known = application.metadata
    return {
        "id": application.id,
        "title": application.title,
        "abstract": application.abstract,
        "version": known.version,
        "keywords": list(known.keywords),
        "authors": [_plain(person) for person in known.authors],
        "license": known.license,
        "image": application.container.image if application.container else None,
        "resources": _present(application.resources),
        "network": application.network,
        "catalogues": [_plain(catalogue) for catalogue in application.catalogues],
        "inputs": [describe_input(declared) for declared in application.inputs],
        "outputs": [describe_output(output) for output in application.outputs],
        "origins": {origin.field: _origin(origin) for origin in application.origins},
    }


def describe_input(declared: Input) -> dict[str, Any]:
    """One input."""
    described: dict[str, Any] = {
        "id": declared.id,
        "type": type_text(declared.type, declared.optional, declared.semantics),
        "label": declared.label,
        "doc": declared.doc,
        "occurrences": occurrences(declared),
    }
    if declared.default is not None:
        described["default"] = _value(declared.default.value)
    extra = {
        "mediaTypes": list(declared.media_types),
        "allowedValues": _value(declared.allowed_values),
        "range": _present(declared.range) if declared.range else None,
        "uom": declared.uom,
        "supportedCRS": list(declared.supported_crs),
        "example": declared.example,
    }
    return described | {name: value for name, value in extra.items() if value}


def describe_output(output: Output) -> dict[str, Any]:
    """One output."""
    described: dict[str, Any] = {
        "id": output.id,
        "type": type_text(output.type, output.optional, output.semantics),
        "label": output.label,
        "doc": output.doc,
        "mediaTypes": list(output.media_types),
    }
    if output.named_by is not None:
        return described | {"namedBy": output.named_by}
    return described | {"glob": output.glob} if output.role == "result" else described


def occurrences(declared: Input) -> str:
    """``minOccurs..maxOccurs`` as Facet 2 counts them."""
    from apkg.emitters.dialects import ports

    least, most = ports.occurrences(ports.listed(declared))
    return f"{least}..{'*' if most is None else most}"


def describe_finding(finding: Finding) -> dict[str, Any]:
    """One finding."""
    described = {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "advice": finding.advice,
        "subject": finding.subject,
        **_place(finding.location),
    }
    return {name: value for name, value in described.items() if value is not None}


def _origin(origin: Origin) -> dict[str, Any]:
    return {"source": origin.source, "guessed": origin.guessed, **_place(origin.location)}


def _place(location: Location | None) -> dict[str, Any]:
    if location is None:
        return {}
    names = {"path": location.path, "cell": location.cell, "line": location.line}
    names["column"] = location.column
    return {name: value for name, value in names.items() if value is not None}


def _plain(value: object) -> dict[str, Any]:
    if not is_dataclass(value):
        raise TypeError(value)
    return {f.name: getattr(value, f.name) for f in fields(value) if getattr(value, f.name)}


def _present(value: object) -> dict[str, Any]:
    if not is_dataclass(value):
        raise TypeError(value)
    pairs = ((f.name, getattr(value, f.name)) for f in fields(value))
    return {_camel(name): item for name, item in pairs if item is not None}


def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)


def _value(value: Value) -> Any:
    return [_value(item) for item in value] if isinstance(value, tuple) else value
