"""Translate: a deployment document from its own dialect into another, and what that loses."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from apkg.emitters.dialects.interface import Loss
from apkg.emitters.interface import EmitOptions
from apkg.errors import ConversionError, Location
from apkg.files.documents import read_document
from apkg.files.there import is_file
from apkg.files.write import write_all
from apkg.model import Application
from apkg.names import printable
from apkg.pipeline.facet_2 import DeployEmitter, refuse
from apkg.pipeline.package import find_deployment
from apkg.report import Finding
from apkg.sources.read import read_document_application, split_process

if TYPE_CHECKING:
    from apkg.files.documents import Document
    from apkg.sources.interface import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A document in another dialect. ``file`` is where it was written, if it was."""

    source: Path
    to: str
    application: Application
    text: str
    losses: tuple[Loss, ...] = ()
    findings: tuple[Finding, ...] = ()
    file: Path | None = None


def translate(
    source: str,
    to: str,
    *,
    out: Path | None = None,
    strict: bool = False,
    force: bool = False,
    allow_secrets: bool = False,
) -> Translation:
    """The document ``FILE`` (``FILE#process`` of a CWL, or of a folder) in the dialect ``to``.

    Without ``out`` nothing is written. With ``strict``, a loss is an error. ``allow_secrets``
    writes what looks like a password, token or key.

    Raises:
        UsageError: there is no such dialect.
        SourceError: the document cannot be read, or is nothing that can be deployed.
        SecretsError: it holds a password, token or key, and not as a default, which is left out.
        ConversionError: the dialect cannot say it.
        ApkgError: the file exists, or cannot be written.
    """
    emitter = DeployEmitter(to)
    # An unknown name is told before anything is read.
    _ = emitter.suffix
    path, process = split_process(find_deployment(source))
    document = read_document(path, xml=True)
    reading = read_document_application(document, path, process)
    application, options = _with_options(reading.application, document, path, process)
    reading = replace(reading, application=application)
    reading = _guarded(reading, options.cwl, path, allow=allow_secrets)
    application = reading.application
    options = _linked_from(options, path, out)
    emitted = emitter.emitted(application, options)
    before, findings = _not_kept(reading.findings)
    losses = (*before, *emitted.losses)
    if strict:
        refuse(to, losses)
    if out is not None:
        write_all({out: emitted.text}, force=force)
    return Translation(
        source=path,
        to=to,
        application=application,
        text=emitted.text,
        losses=losses,
        findings=findings,
        file=out,
    )


def _guarded(
    reading: Reading, cwl: Mapping[str, Any] | None, path: Path, *, allow: bool
) -> Reading:
    """Without secrets that nobody allowed; a CWL that it carries is looked at as a whole."""
    from apkg.sources.secrets import document_findings, guarded, refuse

    found = guarded(reading, str(path), allow=allow)
    carried = () if cwl is None else document_findings(cwl, str(path), allow=allow)
    found = replace(found, findings=(*found.findings, *carried))
    if not allow:
        refuse(found.findings)
    return found


def _not_kept(findings: tuple[Finding, ...]) -> tuple[tuple[Loss, ...], tuple[Finding, ...]]:
    """What reading alone does not bring along, as losses; and the findings without these."""
    from apkg.sources.deploy.kept import NOT_KEPT, reason

    lost = (f for f in findings if f.rule == NOT_KEPT)
    found = tuple(Loss(field=f.subject or "document", why=reason(f)) for f in lost)
    return found, tuple(f for f in findings if f.rule != NOT_KEPT)


def _with_options(
    application: Application, document: Document, path: Path, process: str | None
) -> tuple[Application, EmitOptions]:
    """What the document deploys stays what is deployed."""
    from apkg.sources.deploy import is_cwl
    from apkg.sources.deploy.stated import stated_unit
    from apkg.sources.deploy_xml import as_deployment, is_context
    from apkg.sources.existing import read_existing, step_count
    from apkg.sources.manifest.reading import ManifestReading

    if is_cwl(document.value):
        named = read_existing(
            f"{path}#{process}" if process else str(path), options=ManifestReading()
        )
        href = path.name + (f"#{process}" if process else "")
        style = "workflow" if named.steps else "tool"
        return named.reading.application, EmitOptions(
            execution_unit="href",
            cwl_href=href,
            style=style,  # type: ignore[arg-type]
        )
    shaped = as_deployment(document, process) if is_context(document.value) else document
    unit = stated_unit(shaped)
    if unit.kind == "image" and application.container is None:
        raise _nothing_to_deploy(application, unit.other, path)
    one_tool = "dockerized" in unit.profile or (unit.cwl is not None and not step_count(unit.cwl))
    return application, EmitOptions(
        style="tool" if one_tool else "workflow",
        execution_unit=unit.kind,
        cwl_href=unit.href,
        cwl=unit.cwl,
        with_cwl=unit.known,
    )


def _nothing_to_deploy(application: Application, unit: str, path: Path) -> ConversionError:
    """What is said of a document that names nothing that could be deployed."""
    said = (
        f"{application.id}: its execution unit ({printable(unit)}) is neither an image nor a CWL"
        if unit
        else f"{application.id} is described, but neither an image nor a CWL is named for it"
    )
    return ConversionError(
        said,
        hint="Let 'executionUnit' name the image, or link or hold the CWL."
        if unit
        else "Add 'executionUnit' with the image, or with the link to the CWL.",
        location=Location(path=str(path)),
    )


def _linked_from(options: EmitOptions, path: Path, out: Path | None) -> EmitOptions:
    """A CWL beside the document is found from where the new one will be."""
    name, mark, process = options.cwl_href.partition("#")
    if out is None or not name or "://" in name or PurePosixPath(name).is_absolute():
        return options
    if not is_file(path.parent / name):
        return options
    way = Path(os.path.relpath(path.parent / name, out.parent)).as_posix()
    return replace(options, cwl_href=f"{way}{mark}{process}")
