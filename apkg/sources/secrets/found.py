"""Any application, whatever it was read from: its defaults, and its other texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace

from apkg.errors import Location
from apkg.model import Application, CommandProgram, CwlProgram, Input, NotebookProgram
from apkg.report import Finding
from apkg.sources.interface import Reading
from apkg.sources.secrets.code import places_in_code
from apkg.sources.secrets.findings import DEFAULT, TEXT, in_default, in_text
from apkg.sources.secrets.named import texts, what_is
from apkg.sources.secrets.shapes import shaped

#: Deeper than this nobody describes an application.
_DEEPEST = 200
#: A default that a help text tells; and the shortest text that is taken out of one.
_DEFAULT, _SHORTEST = (
    re.compile(r"(?i)\bdefault(?:s to|[:=]| is)\s*[\"'`]?([^\s\"'`)\]]{4,300})"),
    4,
)


def guarded(reading: Reading, path: str, *, allow: bool = False) -> Reading:
    """``reading`` without defaults that are secrets, and findings about all that was seen.

    ``path`` names the source where a finding has no better place. With ``allow`` all stays.
    """
    application = reading.application
    places = {origin.field: origin.location for origin in application.origins}
    told = {finding.subject for finding in reading.findings if finding.rule == DEFAULT}
    here = Location(path=path)
    findings: list[Finding] = []
    inputs: list[Input] = []
    for declared in application.inputs:
        kind = _secret(declared)
        if kind is not None and declared.id not in told:
            place = places.get(f"inputs.{declared.id}.default") or here
            findings.append(in_default(declared.id, kind, place, kept=allow))
        inputs.append(declared if kind is None or allow else _without(declared))
    if findings and not allow:
        gone = {f"inputs.{finding.subject}.default" for finding in findings}
        kept = tuple(origin for origin in application.origins if origin.field not in gone)
        application = replace(application, inputs=tuple(inputs), origins=kept)
    if not any(finding.rule == TEXT for finding in reading.findings):
        findings += (in_text(what, kind, here, kept=allow) for what, kind in _said(application))
    if not findings:
        return reading
    return replace(reading, application=application, findings=(*reading.findings, *findings))


def _secret(declared: Input) -> str | None:
    for value in (declared.default.value if declared.default else None, declared.example):
        kind = what_is(declared.variable or declared.id, value) or what_is(declared.id, value)
        if kind is not None:
            return kind
    named = declared.variable or declared.id
    told = _DEFAULT.findall(declared.doc or "")
    return next(filter(None, (what_is(named, text) for text in told)), None)


def _without(declared: Input) -> Input:
    """Without the value, wherever it is told: help texts repeat defaults."""
    values = [declared.default.value if declared.default else None, declared.example]
    secrets = [text for value in values for text in texts(value) if len(text) >= _SHORTEST]
    if declared.doc:
        secrets += _DEFAULT.findall(declared.doc)
    told = {name: getattr(declared, name) for name in ("label", "doc")}
    for name, text in told.items():
        for secret in secrets if text else ():
            told[name] = told[name].replace(secret, "…")
    return replace(declared, default=None, example=None, **told)


def _said(application: Application) -> Iterator[tuple[str, str]]:
    """Where else in an application there is a secret, and of what kind."""
    program = application.program
    inputs = tuple(_without(declared) for declared in application.inputs)
    # Notebooks are looked at cell by cell, and documents by those who copy them.
    known = None if isinstance(program, NotebookProgram | CwlProgram) else program
    bare = replace(application, inputs=inputs, program=known, origins=())
    for where, text in _strings(bare, ""):
        hit = next(shaped(text), None)
        if hit is not None:
            yield where.lstrip("."), hit.kind
    if isinstance(program, CommandProgram):
        for name, value in program.environment:
            kind = what_is(name, value)
            if kind is not None:
                yield f"the environment variable {name}", kind
        for file in program.files:
            for place in places_in_code(file.text, None):
                yield f"{file.path}, line {place.line},", place.kind


def _strings(value: object, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, tuple):
        for item in value:
            yield from _strings(item, name)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _strings(getattr(value, field.name), f"{name}.{field.name}")


def document_findings(document: object, path: str, *, allow: bool = False) -> tuple[Finding, ...]:
    """Secrets in a document that goes into the package as it is, such as CWL that exists."""
    here = Location(path=path)
    found = dict.fromkeys(_in_document(document, "", "", 0))
    return tuple(in_text(where, kind, here, kept=allow) for where, kind in found)


def _in_document(value: object, name: str, key: str, depth: int) -> Iterator[tuple[str, str]]:
    """``name`` is the id of the input that ``value`` is a part of, ``key`` its own."""
    if depth > _DEEPEST:
        return
    if isinstance(value, str):
        kind = what_is(name if key in {"default", name} else "", value)
        if kind is not None:
            yield f"{name or key or 'the document'}", kind
    elif isinstance(value, Mapping):
        own = value.get("id")
        for part, item in value.items():
            under = own if isinstance(own, str) else key
            yield from _in_document(item, under, str(part), depth + 1)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _in_document(item, name, key, depth + 1)
