"""Located findings of a document against one of our JSON schemas."""

from __future__ import annotations

from apkg.files.documents import Document
from apkg.files.read_places import JsonPath
from apkg.report import Finding
from apkg.validators.findings import finding
from apkg.validators.schema_compile import compiled
from apkg.validators.schema_explain import Explainer, Problem


def schema_findings(document: Document, schema: str, profile: str) -> tuple[Finding, ...]:
    """What is wrong with ``document`` by the schema ``schema``, as ``profile/...`` findings."""
    made = compiled(schema)
    if made.valid(document.value):
        return ()
    problems = Explainer(made).explain(document.value)
    return tuple(to_finding(document, problem, profile) for problem in problems)


def to_finding(document: Document, problem: Problem, profile: str, base: JsonPath = ()) -> Finding:
    """The finding for ``problem``, whose path begins at ``base`` of ``document``."""
    return finding(
        document,
        f"{profile}/{problem.what}",
        problem.message,
        (*base, *problem.path),
        key=problem.key,
        advice=problem.advice,
        subject=problem.subject,
    )
