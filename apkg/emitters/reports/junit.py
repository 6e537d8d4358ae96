"""Reports as JUnit XML, which GitLab, Jenkins and others show as tests: one for each file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from apkg.names import printable
from apkg.report import Finding, Report

_UNREADABLE = "document/unreadable"
#: What XML 1.0 cannot hold in any spelling (production 2).
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTITIES = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "\n": "&#10;",
        "\r": "&#13;",
        "\t": "&#9;",
    }
)


def junit(reports: Sequence[Report]) -> str:
    """A test suite: errors fail a file's test, warnings and notes are its output."""
    unread = sum(_is_unread(report) for report in reports)
    failed = sum(not report.valid for report in reports) - unread
    counts = f'tests="{len(reports)}" failures="{failed}" errors="{unread}"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="apkg validate" {counts}>',
        f'  <testsuite name="apkg validate" {counts} skipped="0">',
        *(line for report in reports for line in _case(report)),
        "  </testsuite>",
        "</testsuites>",
    ]
    return "\n".join(lines) + "\n"


def _is_unread(report: Report) -> bool:
    return any(f.rule == _UNREADABLE and f.severity == "error" for f in report.findings)


def _case(report: Report) -> Iterable[str]:
    start = f'    <testcase classname="{_escaped(report.kind)}" name="{_escaped(report.path)}"'
    if not report.findings:
        yield f"{start}/>"
        return
    yield f"{start}>"
    wrong = [finding for finding in report.findings if finding.severity == "error"]
    if wrong:
        tag = "error" if _is_unread(report) else "failure"
        kinds, first = _escaped(wrong[0].rule), _escaped(wrong[0].message)
        yield f'      <{tag} type="{kinds}" message="{first}">{_listed(wrong)}</{tag}>'
    others = [finding for finding in report.findings if finding.severity != "error"]
    if others:
        yield f"      <system-out>{_listed(others)}</system-out>"
    yield "    </testcase>"


def _listed(findings: Iterable[Finding]) -> str:
    lines = []
    for finding in findings:
        place = f"{finding.location}: " if finding.location else ""
        lines.append(f"{place}{finding.severity}: {finding.message} [{finding.rule}]")
        if finding.advice:
            lines.append(f"  {finding.advice}")
    return _escaped("\n".join(lines))


def _escaped(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", printable(text)).translate(_ENTITIES)
