"""A cursor over a document: a value, where it stands, and the ledger for what is seen there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from apkg.errors import Location
from apkg.model import Origin
from apkg.names import printable
from apkg.report import Finding, Severity

if TYPE_CHECKING:
    from apkg.files.documents import Document

Path: TypeAlias = tuple[str | int, ...]


@dataclass(slots=True)
class Ledger:
    """Collects findings and origins while documents are read, in the order they are met."""

    source: str
    findings: list[Finding] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Node:
    """A value at ``path`` of ``document``. What is missing is a node whose value is ``None``."""

    value: object
    path: Path
    document: Document
    ledger: Ledger

    @property
    def location(self) -> Location:
        """Where a person finds it."""
        return self.document.location(self.path)

    @property
    def mapping(self) -> Mapping[str, object]:
        """The value where it is a mapping, else an empty one."""
        return self.value if isinstance(self.value, Mapping) else {}

    def get(self, *keys: str) -> Node:
        """The first of these members that is there and not null."""
        for key in keys:
            value = self.mapping.get(key)
            if value is not None:
                return self.child(key, value)
        return self.child(keys[0], None)

    def child(self, key: str | int, value: object) -> Node:
        """A node below this one."""
        return Node(value, (*self.path, key), self.document, self.ledger)

    def with_value(self, value: object) -> Node:
        """Another value standing at the same place."""
        return Node(value, self.path, self.document, self.ledger)

    def elements(self) -> Iterator[Node]:
        """The elements of a list; a single value is a list of one; null is empty."""
        if isinstance(self.value, list):
            for index, value in enumerate(self.value):
                yield self.child(index, value)
        elif self.value is not None:
            yield self

    def members(self) -> Iterator[tuple[str, Node]]:
        """The members of a mapping."""
        for key, value in self.mapping.items():
            yield str(key), self.child(key, value)

    def named(self, name: str, short: str | None = None) -> Iterator[tuple[str, Node]]:
        """The entries of a list of mappings with ``name``, or of a mapping keyed by it.

        ``short`` is the member that a plain value stands for (CWL ``mapPredicate``).
        """
        if isinstance(self.value, Mapping):
            for key, node in self.members():
                yield key, _expanded(node, short)
            return
        for node in self.elements():
            if name in node.mapping:
                yield str(node.mapping[name]), node
            else:
                node.warn(f"This entry has no `{name}` and is passed over.")

    def text(self) -> str:
        """A string (a list of lines is joined), safe to print; empty where there is none."""
        if isinstance(self.value, list):
            return "\n".join(node.text() for node in self.elements()).strip()
        if self.value is None or isinstance(self.value, Mapping):
            return ""
        if isinstance(self.value, bool):
            return str(self.value).lower()
        return printable(str(self.value)).strip()

    def texts(self) -> tuple[str, ...]:
        """The strings of a list that are not empty."""
        return tuple(text for node in self.elements() if (text := node.text()))

    def origin(self, name: str) -> None:
        """Record that the application's field ``name`` came from here."""
        origin = Origin(field=name, source=self.ledger.source, location=self.location)
        self.ledger.origins.append(origin)

    def note(self, message: str, *, advice: str | None = None, subject: str | None = None) -> None:
        """Record something worth knowing about this place."""
        self._find("note", message, advice, subject)

    def warn(self, message: str, *, advice: str | None = None, subject: str | None = None) -> None:
        """Record something doubtful at this place."""
        self._find("warning", message, advice, subject)

    def _find(
        self, severity: Severity, message: str, advice: str | None, subject: str | None
    ) -> None:
        finding = Finding(
            rule=f"{self.ledger.source.lower()}/reading",
            severity=severity,
            message=printable(message),
            location=self.location,
            advice=advice,
            subject=None if subject is None else printable(subject),
        )
        if finding not in self.ledger.findings:
            self.ledger.findings.append(finding)


def _expanded(node: Node, short: str | None) -> Node:
    if short is None or node.value is None or isinstance(node.value, Mapping):
        return node
    return node.with_value({short: node.value})


def short_id(identifier: str) -> str:
    """An id without file, ``#`` and the ids of what holds it: ``#main/x`` is ``x``."""
    return printable(identifier.rsplit("#", 1)[-1].rsplit("/", 1)[-1]).strip()
