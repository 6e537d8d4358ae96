"""Reports as SARIF 2.1.0 (OASIS), which code scanners and editors show."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from apkg.errors import Location
from apkg.report import Finding, Report

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText:
    """What is said of one rule beside its findings."""

    title: str
    help: str
    severity: str


def sarif(
    reports: Sequence[Report], *, version: str = "0", rules: Mapping[str, RuleText] | None = None
) -> str:
    """All findings as one run of apkg ``version``; ``rules`` explain the ids that occur."""
    findings = [finding for report in reports for finding in report.findings]
    ids = list(dict.fromkeys(finding.rule for finding in findings))
    known = rules or {}
    run = {
        "tool": {
            "driver": {
                "name": "apkg",
                "version": version,
                "rules": [_rule(name, known.get(name)) for name in ids],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not _unread(findings)}],
        "results": [
            _result(finding, report, ids) for report in reports for finding in report.findings
        ],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    # Half a surrogate pair in a name can be escaped, and not be written.
    return json.dumps(log, indent=2, ensure_ascii=True) + "\n"


def _unread(findings: Sequence[Finding]) -> bool:
    return any(finding.rule == "document/unreadable" for finding in findings)


def _rule(name: str, text: RuleText | None) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": name}
    if text is not None:
        rule["shortDescription"] = {"text": text.title}
        rule["help"] = {"text": text.help}
        rule["defaultConfiguration"] = {"level": text.severity}
    return rule


def _result(finding: Finding, report: Report, ids: Sequence[str]) -> dict[str, Any]:
    text = f"{finding.message}\n{finding.advice}" if finding.advice else finding.message
    place = finding.location or Location(path=report.path)
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri(place.path)}}
    region = _region(place)
    if region:
        physical["region"] = region
    location: dict[str, Any] = {"physicalLocation": physical}
    if place.cell is not None:
        # Lines count inside the cell; the file has other lines.
        name = f"cell {place.cell}" + ("" if place.line is None else f", line {place.line}")
        location["logicalLocations"] = [{"name": name}]
        text = f"{name}: {text}"
    return {
        "ruleId": finding.rule,
        "ruleIndex": ids.index(finding.rule),
        "level": finding.severity,
        "message": {"text": text},
        "locations": [location],
    }


def _region(place: Location) -> dict[str, int]:
    if place.cell is not None or not place.line:
        return {}
    region = {"startLine": place.line}
    if place.column:
        region["startColumn"] = place.column
    return region


def uri(path: str) -> str:
    """A path as the reference that SARIF takes, relative to the current folder where possible."""
    pure = PurePath(path)
    if pure.is_absolute():
        here = Path.cwd()
        if not pure.is_relative_to(here):
            return "file://" + _quoted(pure)
        pure = pure.relative_to(here)
    return _quoted(pure)


def _quoted(path: PurePath) -> str:
    return quote(path.as_posix().encode("utf-8", "surrogateescape"), safe="/")
