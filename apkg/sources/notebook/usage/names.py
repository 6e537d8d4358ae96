"""Names: what an import calls a function, and what a name stands for where it is used."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping

from apkg.sources.notebook.usage.values import Value, union

_MAX_CHAIN = 8


def words(text: str) -> frozenset[str]:
    """The words of a text, for long tables of names."""
    return frozenset(text.split())


def dotted(node: ast.expr, imports: Mapping[str, str]) -> str | None:
    """The full dotted name of a function: ``rio.open`` is ``rasterio.open``."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute) and len(parts) < _MAX_CHAIN:
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    parts.append(imports.get(node.id, node.id))
    return ".".join(reversed(parts)).removeprefix("osgeo.")


def imported(node: ast.Import | ast.ImportFrom) -> dict[str, str]:
    """What the names that an import binds stand for."""
    if isinstance(node, ast.ImportFrom):
        base = f"{node.module}." if node.module else ""
        return {a.asname or a.name: base + a.name for a in node.names if a.name != "*"}
    return {
        a.asname or a.name.partition(".")[0]: a.name if a.asname else a.name.partition(".")[0]
        for a in node.names
    }


class Scope:
    """The values of names at one point of the code, with branches that can be taken back.

    Every change of a branch is kept in a journal, so that a branch costs what it changes.
    """

    def __init__(self) -> None:
        self._values: dict[str, Value] = {}
        self._journal: list[dict[str, Value | None]] = []

    def get(self, name: str) -> Value | None:
        """The value of a name; ``None`` if nothing has bound it."""
        return self._values.get(name)

    def bind(self, name: str, value: Value) -> None:
        """The name stands for ``value`` from here on."""
        if self._journal:
            self._journal[-1].setdefault(name, self._values.get(name))
        self._values[name] = value

    def change(self, name: str, value: Value) -> None:
        """What the name stands for has changed itself (a list grew): in every branch."""
        self._values[name] = value

    def enter(self) -> None:
        """A branch, or the inside of a function, begins."""
        self._journal.append({})

    def leave(self) -> dict[str, Value]:
        """It ends: what it has bound, taken back here."""
        changes: dict[str, Value] = {}
        for name, before in self._journal.pop().items():
            changes[name] = self._values.pop(name)
            if before is not None:
                self._values[name] = before
        return changes

    def merge(self, branches: Iterable[Mapping[str, Value]], *, one_ran: bool) -> None:
        """Afterwards a name may be what any branch has made of it (or what it was before)."""
        found = list(branches)
        for name in dict.fromkeys(name for branch in found for name in branch):
            values = [branch[name] for branch in found if name in branch]
            before = self._values.get(name)
            if before is not None and not (one_ran and len(values) == len(found)):
                values.insert(0, before)
            self.bind(name, values[0] if len(values) == 1 else union(values))
