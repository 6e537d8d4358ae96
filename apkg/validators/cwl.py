"""CWL documents: structure by the schema of their version, then what they mean."""

from __future__ import annotations

from dataclasses import replace

from apkg.cwl_version import UPGRADE, VERSIONS, is_draft
from apkg.files.documents import Document
from apkg.names import did_you_mean, printable
from apkg.report import Finding
from apkg.validators.cwl_circles import check_recursion
from apkg.validators.cwl_context import Context
from apkg.validators.cwl_expressions import check_expressions
from apkg.validators.cwl_imports import check_imports
from apkg.validators.cwl_library import Library
from apkg.validators.cwl_links import check_links
from apkg.validators.cwl_names import (
    check_ids,
    check_prefixes,
    check_types,
    check_versions,
)
from apkg.validators.cwl_requirements import check_requirements
from apkg.validators.cwl_steps import check_files, check_steps
from apkg.validators.cwl_values import check_defaults, check_formats
from apkg.validators.kinds import kind_of
from apkg.validators.schema import schema_findings

RULES = (
    check_ids,
    check_types,
    check_imports,
    check_versions,
    check_links,
    check_steps,
    check_requirements,
    check_expressions,
    check_defaults,
    check_formats,
    check_prefixes,
    check_recursion,
    check_files,
)


class CwlValidator:
    """Is it CWL?"""

    name = "cwl"

    def __init__(self) -> None:
        self._library = Library()

    def accepts(self, document: Document) -> bool:
        """Whether ``document`` is CWL, or meant as CWL."""
        return kind_of(document.value) == "cwl"

    def check(self, document: Document) -> tuple[Finding, ...]:
        """Structure, and then meaning, of one document."""
        return check_document(document, self._library)


def check_document(document: Document, library: Library) -> tuple[Finding, ...]:
    """All that is wrong with a CWL document; its files are followed with ``library``."""
    if isinstance(document.value, dict) and is_draft(document.value.get("cwlVersion")):
        # By the rules of another language everything in it would be wrong.
        return (_bad_version(document, document.value["cwlVersion"]),)
    document = library.expanded(document)
    structure = _structure(document)
    context = Context(document, library, library.processes(document))
    for rule in RULES:
        rule(context)
    # Where the structure is broken, what it means is a guess: one fault, one finding.
    lines = {_line(finding) for finding in structure}
    meaning = [f for f in context.findings if f.location is None or _line(f) not in lines]
    return (*structure, *meaning)


def _line(finding: Finding) -> tuple[str, int | None] | None:
    place = finding.location
    return None if place is None else (place.path, place.line)


def _structure(document: Document) -> tuple[Finding, ...]:
    if not isinstance(document.value, dict):
        return ()
    version = document.value.get("cwlVersion")
    if version not in VERSIONS:
        rest = schema_findings(document, "cwl-v1.2", "cwl")
        return (_bad_version(document, version), *(f for f in rest if f.subject != "cwlVersion"))
    found = schema_findings(document, f"cwl-{version}", "cwl")
    return _since(document, version, found) if found else found


def _since(document: Document, version: str, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Say of each field that a newer CWL knows since when there is such a field."""
    advised = list(found)
    for newer in VERSIONS[VERSIONS.index(version) + 1 :]:
        problems = schema_findings(document, f"cwl-{newer}", "cwl")
        wrong = {(f.rule, f.location) for f in problems}
        for index, finding in enumerate(advised):
            known = (finding.rule, finding.location) not in wrong and finding == found[index]
            if known and finding.rule in ("cwl/unknown-field", "cwl/value", "cwl/type"):
                advice = f"It is known since CWL {newer}: write 'cwlVersion: {newer}' to use it."
                advised[index] = replace(finding, rule="cwl/newer", advice=advice)
    return tuple(advised)


def _bad_version(document: Document, version: object) -> Finding:
    known = ", ".join(VERSIONS)
    if version is None:
        return Finding(
            rule="cwl/version",
            severity="error",
            message="'cwlVersion' is missing",
            location=document.location(()),
            advice=f"Write 'cwlVersion: v1.2' on top (apkg knows {known}).",
            subject="cwlVersion",
        )
    text = printable(str(version))
    meant = did_you_mean(text, VERSIONS)
    advice = f"Did you mean '{meant}'?" if meant else f"Write one of {known}."
    return Finding(
        rule="cwl/version",
        severity="error",
        message=f"'{text}' is not a version of CWL that apkg knows",
        location=document.location(("cwlVersion",)),
        advice=UPGRADE if is_draft(version) else advice,
        subject="cwlVersion",
    )
