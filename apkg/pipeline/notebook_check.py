"""Would this notebook convert? It is read as ``apkg convert`` reads it, and nothing is written."""

from __future__ import annotations

from pathlib import Path

from apkg.errors import ApkgError
from apkg.files.documents import Document
from apkg.names import printable
from apkg.report import Finding


def notebook_findings(document: Document) -> tuple[Finding, ...]:
    """What conversion would stop at or guess; a note where there are no files beside it."""
    path = Path(document.name)
    if not path.is_file():
        return (_not_converted(document),)
    from apkg.sources.notebook import read_notebook_application

    try:
        reading = read_notebook_application(path)
    except ApkgError as error:
        return (_refused(document, error),)
    return reading.findings


def _refused(document: Document, error: ApkgError) -> Finding:
    return Finding(
        rule="notebook/refused",
        severity="error",
        message=printable(error.message),
        location=error.location or document.location(()),
        advice=None if error.hint is None else printable(error.hint),
    )


def _not_converted(document: Document) -> Finding:
    return Finding(
        rule="document/notebook",
        severity="note",
        message="a notebook: only its JSON was checked",
        location=document.location(()),
        advice="Name its file to hear whether it would convert.",
    )
