"""The use case `apkg report`: one page about an application, for a person to send to another."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from apkg import __version__
from apkg.emitters.report_html.interface import Content, Facet
from apkg.errors import ApkgError
from apkg.model import Application
from apkg.pipeline.report_commands import commands
from apkg.pipeline.subject import Subject, read_subject
from apkg.report import Finding, Report

_WRITTEN = "Written for this report; 'apkg convert' writes it as a file."
_LEFT_OUT = "The text of the notebook and its launcher, which it carries, is left out here."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """The application, what checking its documents has shown, and the page that was written."""

    application: Application
    reports: tuple[Report, ...]
    out: Path
    findings: tuple[Finding, ...]


def write_report(package: str, out: Path, *, force: bool) -> Reported:
    """Write the page about ``FILE``, ``FILE#process`` or a folder to ``out``.

    Raises:
        SourceError: the package cannot be read, or is nothing that apkg reads.
        ApkgError: the file exists, and ``force`` is not given.

    """
    from apkg.emitters.report_html.report import report_page
    from apkg.files.write import write_all

    subject = read_subject(package)
    content = _content(subject)
    write_all({out: report_page(content)}, force=force)
    return Reported(
        application=subject.application,
        reports=content.reports,
        out=out,
        findings=subject.findings,
    )


def _content(subject: Subject) -> Content:
    from apkg.emitters.pictures.build import picture
    from apkg.pipeline.describe import describe_input, describe_output

    application = subject.application
    documents = _missing(subject)
    values_name = f"{(subject.cwl or subject.path).stem.removesuffix('.deploy')}.inputs.yml"
    return Content(
        application=application,
        picture=picture(application),
        source=subject.path.name,
        version=__version__,
        inputs=tuple(describe_input(declared) for declared in application.inputs),
        outputs=tuple(describe_output(output) for output in application.outputs),
        commands=commands(subject, values_name),
        values=_values(subject, documents),
        values_name=values_name,
        facets=_facets(subject, documents),
        reports=_reports(subject, documents),
    )


def _values(subject: Subject, documents: Mapping[str, str]) -> str:
    """The job order, without its first lines: they name files as `apkg convert` names them."""
    from apkg.emitters.interface import EmitOptions
    from apkg.emitters.job_order import JobOrderEmitter

    if subject.kind == "source":
        order = next((t for name, t in documents.items() if name.endswith(".inputs.yml")), "")
    else:
        order = JobOrderEmitter().emit(subject.application, EmitOptions())
    return order.partition("\n\n")[2] or order


def _missing(subject: Subject) -> dict[str, str]:
    """The documents that are not there yet, by name, as `apkg convert` writes them beside it."""
    from apkg.pipeline.convert import documents_of
    from apkg.pipeline.gather import gather
    from apkg.pipeline.options import ConvertOptions
    from apkg.sources.manifest.reading import ManifestReading

    name = str(subject.path) if subject.process is None else f"{subject.path}#{subject.process}"
    options = ConvertOptions(out=subject.path.parent, embed=False)
    documents: dict[str, str] = {}
    wanted = subject.application.id
    source = str(subject.path) if subject.kind == "source" else name
    for job in gather(source, options, ManifestReading()):
        for found in job.read():
            application = found.reading.application
            if subject.kind == "source" and application.id != wanted:
                continue
            try:
                written = documents_of(application, job, found, options)
            except ApkgError:
                # A document that cannot be written is missing; the rest is worth reading.
                continue
            documents |= {path.name: text for path, text in written.items()}
    return documents


def _facets(subject: Subject, documents: Mapping[str, str]) -> tuple[Facet, ...]:
    facets = []
    for title, file, suffix in (
        ("Facet 1, for people and runners", subject.cwl, ".cwl"),
        ("Facet 2, for platforms", _facet_2(subject), ".deploy.json"),
    ):
        if file is not None:
            facets.append(_of_file(title, file))
            continue
        for name, text in documents.items():
            if name.endswith(suffix):
                is_embedded = suffix == ".cwl" and subject.path.suffix.lower() == ".ipynb"
                note = f"{_WRITTEN} {_LEFT_OUT}" if is_embedded else _WRITTEN
                language: Literal["yaml", "json"] = "yaml" if suffix == ".cwl" else "json"
                facets.append(
                    Facet(title=title, name=name, text=text, language=language, note=note)
                )
    return tuple(facets)


def _facet_2(subject: Subject) -> Path | None:
    """The DeployProcess that the package is, or that stands beside its CWL under its name."""
    if subject.kind == "deploy":
        return subject.path
    beside = subject.path.with_name(f"{subject.path.stem}.deploy.json")
    return beside if subject.kind == "cwl" and beside.is_file() else None


def _of_file(title: str, path: Path) -> Facet:
    from apkg.files.read_bytes import decode, read_bytes

    text = decode(read_bytes(path), name=str(path))
    start = text.lstrip()[:1]
    language: Literal["yaml", "json", "xml"] = {"<": "xml", "{": "json", "[": "json"}.get(  # type: ignore[assignment]
        start, "yaml"
    )
    return Facet(title=title, name=path.name, text=text, language=language)


def _reports(subject: Subject, documents: Mapping[str, str]) -> tuple[Report, ...]:
    """What checking shows: files where they stand, what was written here as if it stood there."""
    from apkg.pipeline.validate import validate_paths, validate_text

    folder = subject.path.parent
    if subject.kind == "source":
        return _checked_elsewhere(documents)
    files = [path for path in (subject.cwl, _facet_2(subject)) if path is not None]
    reports = list(validate_paths(files))
    has_facet_2 = _facet_2(subject) is not None
    for name, text in documents.items():
        if name.endswith(".deploy.json") and not has_facet_2:
            reports.append(validate_text(text.encode(), name=str(folder / name)))
        if name.endswith(".cwl") and subject.cwl is None:
            reports.append(validate_text(text.encode(), name=str(folder / name)))
    return tuple(_placeless(report, folder) for report in reports)


def _checked_elsewhere(documents: Mapping[str, str]) -> tuple[Report, ...]:
    from apkg.pipeline.validate import validate_paths

    with tempfile.TemporaryDirectory(prefix="apkg-") as scratch:
        folder = Path(scratch)
        files = []
        for name, text in documents.items():
            (folder / name).write_text(text, encoding="utf-8")
            if name.endswith((".cwl", ".deploy.json")):
                files.append(folder / name)
        return tuple(_placeless(report, folder) for report in validate_paths(files))


def _placeless(report: Report, folder: Path) -> Report:
    """Without the folders of this machine, which nobody else needs to know."""
    start = f"{folder}/"

    def told(finding: Finding) -> Finding:
        place = finding.location
        return replace(
            finding,
            message=finding.message.replace(start, ""),
            advice=None if finding.advice is None else finding.advice.replace(start, ""),
            location=None if place is None else replace(place, path=Path(place.path).name),
        )

    return replace(
        report, path=Path(report.path).name, findings=tuple(told(f) for f in report.findings)
    )
