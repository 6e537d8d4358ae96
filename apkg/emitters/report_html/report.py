"""The page about an application that one person can send to another."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

from apkg.emitters.pictures.html import drawn, fitting
from apkg.emitters.pictures.interface import Group
from apkg.emitters.pictures.svg import has_graphviz
from apkg.emitters.pictures.texts import line
from apkg.emitters.pictures.tree import tree
from apkg.emitters.report_html.highlight import highlighted, is_cut, style
from apkg.emitters.report_html.interface import Content, Facet
from apkg.emitters.report_html.pages import markup, page
from apkg.errors import ToolError
from apkg.model import Application, Person, Resources
from apkg.names import printable
from apkg.report import Finding, Report

_LINK = re.compile(r"https?://[^\s\"'<>]+")
_UNITS = {
    "cores": ("CPU cores", ""),
    "ram": ("Memory", " MiB"),
    "tmpdir": ("Temporary disk", " MiB"),
    "outdir": ("Disk for results", " MiB"),
}


def report_page(content: Content) -> str:
    """Write the page: it loads nothing and runs nothing."""
    application = content.application
    title = line(application.title) or content.picture.title
    picture = _picture(content)
    return page(
        "report.html",
        css=style() + fitting(str(picture["svg"] or "")),
        title=f"{title} – {line(application.id)}",  # noqa: RUF001
        heading=title,
        id=line(application.id),
        about=printable(application.abstract).strip(),
        source=line(content.source),
        made_by=content.version,
        facts=_facts(application),
        inputs=[_input(row) for row in content.inputs],
        outputs=[_output(row) for row in content.outputs],
        steps=_steps(content),
        commands=[asdict(command) for command in content.commands],
        values=markup(highlighted(printable(content.values), "yaml")),
        values_name=content.values_name,
        facets=[_facet(facet) for facet in content.facets],
        reports=[_report(report) for report in content.reports],
        **picture,
    )


def _picture(content: Content) -> dict[str, Any]:
    """The drawing; without Graphviz the words that tell the same."""
    if has_graphviz():
        try:
            return drawn(content.picture)
        except ToolError:
            pass
    return {
        "svg": None,
        "tree": "\n".join(tree(content.picture)),
        "has_scatter": False,
        "has_condition": False,
    }


def _steps(content: Content) -> list[dict[str, Any]]:
    """Steps and inner workflows in their order; a lone tool is no step worth listing."""
    shown = _listed(content, None)
    return shown if len(shown) > 1 or any(step["inside"] for step in shown) else []


def _listed(content: Content, group: str | None) -> list[dict[str, Any]]:
    return [
        {
            "name": step.name,
            "title": step.title,
            "details": step.details,
            "about": step.about,
            "inside": _listed(content, step.id) if isinstance(step, Group) else [],
        }
        for step in content.picture.steps_in(group)
    ]


def _input(row: dict[str, Any]) -> dict[str, Any]:
    import json

    default = json.dumps(row["default"], ensure_ascii=False) if "default" in row else ""
    allowed = ", ".join(str(value) for value in row.get("allowedValues", ()))
    bounds = row.get("range", {})
    parts = [
        *_told(row),
        _said("Allowed", allowed),
        _said("From", bounds.get("minimum")) + _said(" to", bounds.get("maximum")),
        _said("Unit", row.get("uom")),
        _said("Media type", ", ".join(row.get("mediaTypes", ()))),
        _said("Example", row.get("example")),
    ]
    return {
        "id": line(row["id"]),
        "type": line(row["type"]),
        "required": row["occurrences"].startswith("1"),
        "default": line(default),
        "doc": [printable(part) for part in parts if part],
    }


def _output(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": line(row["id"]),
        "type": line(row["type"]),
        "media": line(", ".join(row["mediaTypes"])),
        "doc": [printable(part) for part in _told(row) if part],
    }


def _told(row: dict[str, Any]) -> list[str]:
    """Label and description, the label only where it says something of its own."""
    label, doc = str(row["label"]).strip(), str(row["doc"]).strip()
    return [label] if not doc else [doc] if doc.startswith(label) else [label, doc]


def _said(word: str, value: object) -> str:
    return f"{word} {value}" if value not in (None, "") else ""


def _facts(application: Application) -> list[tuple[str, list[dict[str, str]]]]:
    known = application.metadata
    image = application.container.image if application.container else ""
    rows = [
        ("Identifier", [application.id]),
        ("Version", [known.version]),
        ("Authors", [_person(person) for person in known.authors]),
        ("Licence", [known.license or ""]),
        ("Keywords", [", ".join(known.keywords)]),
        ("Image", [image]),
        *_resources(application.resources),
        ("Network", ["needed while it runs" if application.network else "not needed"]),
        ("Catalogues", [catalogue.href for catalogue in application.catalogues]),
        ("Code", [known.code_repository or ""]),
        ("Citation", [known.citation or ""]),
        ("Created", [known.date_created or ""]),
        ("Release notes", [known.release_notes or ""]),
    ]
    return [(name, [_linked(v) for v in values if v]) for name, values in rows if any(values)]


def _linked(text: str) -> dict[str, str]:
    """Text, with a link where it is an address of the web and nothing else."""
    plain = line(text)
    return {"text": plain, "href": plain if _LINK.fullmatch(plain) else ""}


def _person(person: Person) -> str:
    more = [part for part in (person.affiliation, person.email, person.identifier) if part]
    return f"{person.name} ({', '.join(more)})" if more else person.name


def _resources(resources: Resources) -> list[tuple[str, list[str]]]:
    rows = []
    for key, (name, unit) in _UNITS.items():
        least, most = getattr(resources, f"{key}_min"), getattr(resources, f"{key}_max")
        words = [f"at least {least}{unit}"] if least is not None else []
        words += [f"at most {most}{unit}"] if most is not None else []
        rows.append((name, [", ".join(words)]))
    return rows


def _facet(facet: Facet) -> dict[str, Any]:
    return {
        "title": facet.title,
        "name": line(facet.name),
        "note": facet.note,
        "is_cut": is_cut(facet.text),
        "html": markup(highlighted(printable(facet.text), facet.language)),
    }


def _report(report: Report) -> dict[str, Any]:
    return {
        "name": line(report.path),
        "kind": report.kind,
        "valid": report.valid,
        "findings": [_finding(finding) for finding in report.findings],
    }


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "severity": finding.severity,
        "place": str(finding.location) if finding.location else "",
        "message": printable(finding.message),
        "rule": finding.rule,
        "advice": printable(finding.advice or ""),
    }
