"""Colab's form fields: ``x = 5 #@param {type:"slider", min:0, max:10, step:1}``."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from apkg.model import Range, Semantics, Value
from apkg.sources.notebook.declaration import Assignment
from apkg.sources.notebook.literals import NotLiteral, read_literal

CONVENTION = "#@param form"
_FORM = re.compile(r"@param\b\s*(.*)$", re.DOTALL)
_PAIR = re.compile(r"[\"']?(\w[\w-]*)[\"']?\s*:\s*(\"[^\"]*\"|'[^']*'|[^,}\s]+)")
_MARKDOWN = re.compile(r"@markdown\s*(.*)$")
_TYPES = {
    "string": "string", "text": "string", "integer": "int", "boolean": "boolean", "date": "string",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a form comment says. ``type`` is a CWL primitive, ``None`` for ``raw`` or ``number``."""

    type: str | None = None
    choices: tuple[Value, ...] = ()
    free: bool = False
    range: Range | None = None
    semantics: Semantics | None = None
    doc: str = ""


def read_form(assignment: Assignment) -> Form | None:
    """The form of an assignment, ``None`` where its line carries none."""
    cell = assignment.cell
    for line in (assignment.last_line, assignment.line):
        match = _FORM.match(cell.comments.get(line, ""))
        if match:
            return _form(match.group(1).strip(), _markdown_above(assignment))
    return None


def _markdown_above(assignment: Assignment) -> str:
    line, found = assignment.line - 1, list[str]()
    while line in assignment.cell.alone:
        match = _MARKDOWN.match(assignment.cell.comments[line])
        if match:
            found.insert(0, match.group(1).strip())
        line -= 1
    return " ".join(found)


def _form(text: str, doc: str) -> Form:
    choices, rest = _choices(text)
    pairs = {key: value.strip("\"'") for key, value in _PAIR.findall(rest[:1000])}
    kind = pairs.get("type", "")
    if kind == "raw":
        choices = _raw(choices)
    numbers = {key: _number(pairs.get(key)) for key in ("min", "max", "step")}
    bounded = any(value is not None for value in numbers.values())
    return Form(
        type=_TYPES.get(kind),
        choices=choices,
        free=pairs.get("allow-input") == "true",
        range=Range(minimum=numbers["min"], maximum=numbers["max"], spacing=numbers["step"])
        if bounded
        else None,
        semantics="date" if kind == "date" else None,
        doc=doc,
    )


def _choices(text: str) -> tuple[tuple[Value, ...], str]:
    """The list that ``text`` starts with, as far as its shortest prefix that is one."""
    ends = [match.end() for match in re.finditer(r"\]", text[:5000])] if text[:1] == "[" else []
    for end in ends[:20]:
        value = _expression(text[:end])
        if isinstance(value, tuple):
            return value, text[end:]
    return (), text[ends[0] :] if ends else text


def _raw(choices: tuple[Value, ...]) -> tuple[Value, ...]:
    """The choices of a ``raw`` field: each text is source code, not a string."""
    values = tuple(_expression(c) if isinstance(c, str) else c for c in choices)
    return () if None in values else values


def _expression(text: str) -> Value:
    try:
        return read_literal(ast.parse(text, mode="eval").body).value
    except (NotLiteral, SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _number(text: str | None) -> float | int | None:
    try:
        return None if text is None else int(text)
    except ValueError:
        pass
    try:
        return float(text or "")
    except ValueError:
        return None
