"""What the process description in an OWS Context or in XML means: checked as Testbed-14's JSON.

A description is brought to that shape by the source that reads it, with the lines of its own
text; the rules on occurrences, formats, domains and embedded CWL are then those of all dialects.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from apkg.errors import SourceError
from apkg.files.documents import Document
from apkg.files.read_xml import Element
from apkg.report import Finding
from apkg.sources.deploy_xml import deployments, is_context
from apkg.validators.deploy import DeployValidator

_PROFILE = "http://www.opengis.net/profiles/eoc/dockerizedApplication"
#: What the JSON has no field for, or where the shape differs; the context's own check sees these.
_ELSEWHERE = ("processModel",)
#: Said of the shape, which is not what the author wrote.
_OF_THE_SHAPE = ("deploy/unknown-field", "deploy/missing-field", "deploy/type", "deploy/value")


def context_findings(document: Document) -> tuple[Finding, ...]:
    """What is wrong with the process of a document whose own structure is right."""
    if not is_context(document.value):
        return ()
    found: tuple[Finding, ...] = ()
    try:
        for shaped in deployments(document):
            found += DeployValidator().check(replace(shaped, value=_plain(shaped.value)))
    except SourceError as error:
        found += (_unread(error),)
    if isinstance(document.value, Element):
        found = tuple(finding for finding in found if finding.rule not in _OF_THE_SHAPE)
    return found


def _plain(value: Any) -> dict[str, Any]:
    """The description alone, and an execution unit that is always right but for embedded CWL."""
    described = {k: v for k, v in value["processDescription"].items() if k not in _ELSEWHERE}
    process = described.get("process")
    if isinstance(process, dict):
        described["process"] = {k: v for k, v in process.items() if k != "owsContext"}
    units = value.get("executionUnit", [{"href": "image"}])
    if "image" in units[0].get("unit", {}):
        units = [{"href": units[0]["unit"]["image"]}]
    return {
        "processDescription": described,
        "executionUnit": units,
        "deploymentProfileName": value.get("deploymentProfileName", _PROFILE),
    }


def _unread(error: SourceError) -> Finding:
    return Finding(
        rule="document/syntax",
        severity="error",
        message=error.message,
        location=error.location,
        advice=error.hint,
    )
