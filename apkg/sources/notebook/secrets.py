"""Secrets in a notebook: taken out of the values of parameters, reported everywhere else."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from apkg.errors import Location
from apkg.model import TextFile, Value
from apkg.report import Finding
from apkg.sources.notebook.cells import Cell, Notebook
from apkg.sources.notebook.code import foreign_magic, split_lines
from apkg.sources.notebook.declaration import Declaration, Edit, span
from apkg.sources.notebook.prepare import apply_edits
from apkg.sources.notebook.python import Found
from apkg.sources.secrets.code import Place, places_in_code, places_in_text
from apkg.sources.secrets.findings import in_default, in_text
from apkg.sources.secrets.named import what_is

#: Deeper than this no cell's metadata is looked at.
_DEEPEST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """A notebook whose parameters have no secret for a value, and what it declares then."""

    notebook: Notebook
    found: Found
    findings: tuple[Finding, ...] = ()


def cleaned(
    notebook: Notebook, found: Found, read: Callable[[Notebook], Found], *, allow: bool
) -> Cleaned:
    """Take the secrets out of the values of parameters; with ``allow`` only tell of them.

    ``read`` reads the declarations of a notebook: once more, where something was taken out.
    """
    secrets = {d.variable: (d, kind) for d in found.declarations for kind in _kinds(d)}
    findings = tuple(
        in_default(d.name, kind, d.location, kept=allow) for d, kind in secrets.values()
    )
    if not secrets or allow:
        return Cleaned(notebook=notebook, found=found, findings=findings)
    bare = _without(notebook, found, [d for d, _ in secrets.values()])
    again = read(bare)
    declarations = tuple(
        _without_default(d) if d.variable in secrets else d for d in again.declarations
    )
    again = replace(again, declarations=declarations)
    return Cleaned(notebook=bare, found=again, findings=findings)


def _kinds(declaration: Declaration) -> Iterator[str]:
    kind = what_is(declaration.variable, declaration.value) if declaration.value else None
    if kind is not None and declaration.role != "output":
        yield kind


def _without_default(declaration: Declaration) -> Declaration:
    kept = {name: claim for name, claim in declaration.claims.items() if name != "default"}
    return replace(declaration, claims=kept)


def _without(notebook: Notebook, found: Found, secret: Sequence[Declaration]) -> Notebook:
    """The notebook with empty strings for the values of ``secret``."""
    trees = dict(found.trees)
    cells = list(notebook.cells)
    for number in {declaration.cell for declaration in secret}:
        mine = [declaration for declaration in secret if declaration.cell == number]
        source, tree = cells[number - 1].source, trees.get(number)
        if tree is None:
            source = _blanked(source, mine)
        else:
            source = apply_edits(source, {e.span: e for e in _edits(tree, mine)}.values())
        cells[number - 1] = replace(cells[number - 1], source=source)
    raw = notebook.content["cells"]
    if not isinstance(raw, list):
        raise TypeError(raw)
    content = [
        one if was.source == cell.source else {**one, "source": cell.source}
        for one, was, cell in zip(raw, notebook.cells, cells, strict=True)
    ]
    return replace(notebook, cells=tuple(cells), content={**notebook.content, "cells": content})


def _edits(tree: ast.Module, secret: Iterable[Declaration]) -> Iterator[Edit]:
    for declaration in secret:
        texts = set(_texts(declaration.value))
        first, last = declaration.location.line or 0, declaration.last_line
        for node in ast.walk(tree):
            known = isinstance(node, ast.Constant) and node.value in texts
            if known and first <= getattr(node, "lineno", 0) <= last:
                yield Edit(cell=declaration.cell, span=span(node), text='""')


def _blanked(source: str, secret: Iterable[Declaration]) -> str:
    """In a language whose syntax is not known here: the quoted value behind the name."""
    for declaration in secret:
        for text in _texts(declaration.value):
            quoted = re.compile(rf"([\"']){re.escape(text)}\1|(?<==){re.escape(text)}(?=\s|$)")
            source = quoted.sub(lambda match: (match[1] or '"') * 2, source)
    return source


def _texts(value: Value) -> Iterator[str]:
    if isinstance(value, str) and value:
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)


def left_in(notebook: Notebook, found: Found, *, allow: bool) -> Iterator[Finding]:
    """Secrets in the cells of the notebook, which travels with the package."""
    trees = dict(found.trees)
    for cell in notebook.cells:
        for place in _places(cell, trees.get(cell.number)):
            here = notebook.location(cell.number, place.line or None)
            yield in_text("a cell", place.kind, here, kept=allow)


def left_in_modules(
    modules: Iterable[TextFile], notebook: Notebook, *, allow: bool
) -> Iterator[Finding]:
    """Secrets in the local modules that travel with the notebook."""
    for module in modules:
        path = str(notebook.path.parent / module.path)
        for place in places_in_code(module.text, _parsed(module.text)):
            here = Location(path=path, line=place.line)
            yield in_text("a module", place.kind, here, kept=allow)


def _parsed(text: str) -> ast.Module | None:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _places(cell: Cell, tree: ast.Module | None) -> Iterator[Place]:
    if not cell.is_code:
        yield from places_in_text(cell.source)
    elif tree is None or foreign_magic(cell.source) is not None:
        yield from places_in_code(cell.source, None)
    else:
        known = dict.fromkeys(places_in_code(cell.source, tree))
        yield from dict.fromkeys([*known, *places_in_code(_commands(cell.source), None)])
    for text in _strings(cell.metadata, 0):
        for place in places_in_text(text):
            yield Place(0, place.kind)


def _commands(source: str) -> str:
    """The lines of a Python cell that IPython reads: ``%env TOKEN=…``, ``!export …``."""
    if "%" not in source and "!" not in source:
        return ""
    lines = split_lines(source)
    return "\n".join(line if line.lstrip()[:1] in {"%", "!"} else "" for line in lines)


def _strings(value: object, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif depth < _DEEPEST and isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item, depth + 1)
