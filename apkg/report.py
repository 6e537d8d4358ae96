"""Findings: what is wrong, or worth knowing, about a document: all of it, not the first only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from apkg.display import html
from apkg.errors import Location

Severity: TypeAlias = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding. ``rule`` is a stable id, ``advice`` is what to write instead."""

    rule: str
    severity: Severity
    message: str
    location: Location | None = None
    advice: str | None = None
    #: The offending name, where one can be named.
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """All findings about one document."""

    path: str
    kind: str
    findings: tuple[Finding, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether no finding is an error."""
        return not any(finding.severity == "error" for finding in self.findings)

    def _repr_html_(self) -> str | None:
        return html(self)


def count(findings: Iterable[Finding], severity: Severity) -> int:
    """How many findings have this severity."""
    return sum(finding.severity == severity for finding in findings)
