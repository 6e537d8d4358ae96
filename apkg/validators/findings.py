"""How the validators make a finding about a value of a document."""

from __future__ import annotations

from apkg.files.documents import Document
from apkg.files.read_places import JsonPath
from apkg.report import Finding, Severity


def finding(  # noqa: PLR0913 - the parts of a finding
    document: Document,
    rule: str,
    message: str,
    path: JsonPath,
    *,
    severity: Severity = "error",
    advice: str | None = None,
    subject: str | None = None,
    key: bool = False,
) -> Finding:
    """A finding about the value (or the ``key``) at ``path`` of ``document``."""
    return Finding(
        rule=rule,
        severity=severity,
        message=message,
        location=document.location(path, key=key),
        advice=advice,
        subject=subject,
    )
