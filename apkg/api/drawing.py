"""How what comes back is drawn in Jupyter."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from apkg.api.chains import Chain
from apkg.api.checks import Validation
from apkg.api.markup import heading, paragraph, table
from apkg.api.packages import Package
from apkg.api.runs import Run
from apkg.display import html
from apkg.model import Application, WorkflowProgram
from apkg.pipeline.describe import describe_input, describe_output
from apkg.report import Finding, Report, count

_HOW = {
    "asked": "asked for",
    "guessed": "guessed",
    "shared": "shared",
    "input": "input of the chain",
}


def register() -> None:
    """Make it known how each of our values is drawn."""
    html.register(Application, application_html)
    html.register(Package, package_html)
    html.register(Chain, chain_html)
    html.register(Validation, validation_html)
    html.register(Report, report_html)
    html.register(Run, run_html)


def application_html(application: Application) -> str:
    """What it is, its inputs with types and defaults, its outputs; its steps if it has any."""
    parts = [
        heading(application.id, application.title),
        paragraph(application.abstract),
        paragraph(f"Image: {application.container.image}" if application.container else ""),
        _inputs(application),
        _outputs(application),
        _steps(application),
    ]
    return _whole(parts)


def package_html(package: Package) -> str:
    """The application, what was found out on the way, and the files."""
    return _whole([application_html(package.application), *_about(package)])


def chain_html(chain: Chain) -> str:
    """The application, how its steps are linked, and the files."""
    rows = [(one.source, one.target, _HOW.get(one.how, one.how), one.why) for one in chain.links]
    links = table("Links", ("From", "To", "How", "Why"), rows)
    return _whole([application_html(chain.application), links, *_about(chain)])


def validation_html(validation: Validation) -> str:
    """A verdict for each document, then all findings."""
    rows = [(report.path, report.kind, _verdict(report)) for report in validation.reports]
    verdict = "valid" if validation.valid else "invalid"
    files = table("Documents", ("File", "Kind", "Verdict"), rows)
    return _whole([heading("Validation", verdict), files, _findings(validation.findings)])


def report_html(report: Report) -> str:
    """The verdict on one document, and its findings."""
    return _whole([heading(report.path, _verdict(report)), _findings(report.findings)])


def run_html(run: Run) -> str:
    """A row for each file, folder and value that came out."""
    rows = [row for name, value in run.answer.items() for row in _results(name, value)]
    nothing = "" if rows else paragraph("Nothing came out.")
    return _whole([table("Results", ("Output", "Value", "Bytes"), rows), nothing])


def _whole(parts: Iterable[str]) -> str:
    return f"<div>{''.join(parts)}</div>"


def _inputs(application: Application) -> str:
    rows = []
    for declared in application.inputs:
        row = describe_input(declared)
        needed = "required" if row["occurrences"].startswith("1") else "optional"
        default = json.dumps(row["default"], ensure_ascii=False) if "default" in row else needed
        rows.append((row["id"], row["type"], default, row["doc"] or row["label"]))
    return table("Inputs", ("Input", "Type", "Default", "Description"), rows)


def _outputs(application: Application) -> str:
    rows = []
    for output in application.outputs:
        row = describe_output(output)
        place = f"named by {row['namedBy']}" if "namedBy" in row else row.get("glob", "")
        # The whole folder, which of a single file says nothing.
        place = "" if place == "." else place
        kind = ", ".join(row["mediaTypes"])
        rows.append((row["id"], row["type"], place, kind, row["doc"] or row["label"]))
    return table("Outputs", ("Output", "Type", "File", "Media type", "Description"), rows)


def _steps(application: Application) -> str:
    if not isinstance(application.program, WorkflowProgram):
        return ""
    rows = [
        (step.id, step.application.title or step.application.id, ", ".join(step.scatter), step.when)
        for step in application.program.steps
    ]
    shown = [tuple(cell or "" for cell in row) for row in rows]
    return table("Steps", ("Step", "Application", "For each", "Only if"), shown)


def _about(package: Package) -> list[str]:
    files = [(str(file),) for file in package.files]
    lost = [(loss.field, loss.why) for loss in package.losses]
    return [
        _findings(package.findings),
        table("Not said in Facet 2", ("Field", "Why"), lost),
        table("Files", ("Written",), files),
    ]


def _findings(findings: Iterable[Finding]) -> str:
    rows = [
        (f.severity, str(f.location or ""), f.message, f.advice or "", f.rule) for f in findings
    ]
    return table("Findings", ("Severity", "Where", "What", "Advice", "Rule"), rows)


def _verdict(report: Report) -> str:
    said = [
        f"{number} {word}{'' if number == 1 else 's'}"
        for word, number in (
            ("error", count(report.findings, "error")),
            ("warning", count(report.findings, "warning")),
        )
        if number
    ]
    return "valid" + (f" ({said[0]})" if said else "") if report.valid else ", ".join(said)


def _results(name: str, value: Any) -> Iterator[tuple[str, str, str]]:
    if isinstance(value, list) and value:
        for item in value:
            yield from _results(name, item)
    elif isinstance(value, dict) and value.get("class") in {"File", "Directory"}:
        place = str(value.get("path") or value.get("location") or "")
        yield name, _near(place), str(value.get("size", ""))
    else:
        text = "(none)" if value is None else json.dumps(value, ensure_ascii=False)
        yield name, text, ""


def _near(place: str) -> str:
    """A path as one would write it here."""
    path = Path(place)
    here = Path.cwd()
    return os.fspath(path.relative_to(here)) if path.is_relative_to(here) else place
