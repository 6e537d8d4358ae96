"""What a picture or a report is about: any package, notebook or tool, read with its steps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from apkg.errors import SourceError
from apkg.files.there import is_folder
from apkg.model import Application
from apkg.report import Finding

if TYPE_CHECKING:
    from apkg.files.documents import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An application and the file that it was read from.

    ``kind`` is what the file is: Facet 1 (``cwl``), Facet 2 (``deploy``), or what a package is
    made of (``source``). ``cwl`` is the CWL file, where there is one.
    """

    application: Application
    path: Path
    process: str | None
    kind: Literal["cwl", "deploy", "source"]
    cwl: Path | None = None
    findings: tuple[Finding, ...] = ()


#: What of a folder is looked for.
ANYTHING = "notebook (*.ipynb), no Dockerfile, no SNAP graph and no CWL (*.cwl)"


def find_source(source: str) -> str:
    """The notebook or CWL of a folder, or a tool's folder itself; a file as it is.

    Raises:
        SourceError: the folder cannot be read, holds nothing that apkg reads, or several of it.

    """
    from apkg.pipeline.gather import find_notebooks, gather_one
    from apkg.pipeline.options import ConvertOptions
    from apkg.pipeline.package import find_cwl
    from apkg.sources.read import split_process
    from apkg.sources.tool import is_tool

    path, process = split_process(source)
    if not is_folder(path):
        return source
    notebooks = find_notebooks(path)
    if len(notebooks) == 1 and process is None:
        return str(notebooks[0])
    if notebooks:
        # Who reads the one that is meant looks for secrets in it.
        return str(gather_one(path, process, ConvertOptions(allow_secrets=True))[1].source)
    return source if is_tool(path) else find_cwl(source, wanted=ANYTHING)


def read_subject(source: str) -> Subject:
    """Read ``FILE``, ``FILE#process`` or a folder; nothing of it is run.

    Raises:
        SourceError: it cannot be read, is nothing that apkg reads, or holds several applications.

    """
    from apkg.sources.existing import is_existing
    from apkg.sources.read import split_process
    from apkg.sources.tool import is_tool

    path, process = split_process(find_source(source))
    if is_folder(path):
        return _converted(path, process)
    if is_existing(path) and not (path.suffix.lower() == ".json" and is_tool(path)):
        return _existing(path, process)
    return _converted(path, process)


def _existing(path: Path, process: str | None) -> Subject:
    from apkg.files.documents import read_document
    from apkg.sources.deploy import is_cwl
    from apkg.sources.read import is_notebook

    document = read_document(path, xml=True)
    if is_notebook(document.value):
        return _converted(path, process)
    if is_cwl(document.value):
        return _cwl(document, path, process)
    return _deployed(document, path, process)


def _cwl(document: Document, path: Path, process: str | None) -> Subject:
    from apkg.sources.cwl.workflow import read_workflow_document

    reading = read_workflow_document(document, process=process)
    return Subject(
        application=reading.application,
        path=path,
        process=process,
        kind="cwl",
        cwl=path,
        findings=reading.findings,
    )


def _deployed(document: Document, path: Path, process: str | None) -> Subject:
    """A DeployProcess, with the steps of the CWL that it carries or links to, if it is here."""
    from apkg.sources.existing import embedded_cwl
    from apkg.sources.read import read_document_application

    reading = read_document_application(document, path, process)
    subject = Subject(
        application=reading.application,
        path=path,
        process=process,
        kind="deploy",
        findings=reading.findings,
    )
    carried = embedded_cwl(document.value)
    if carried is not None:
        inner = _cwl(replace(document, value=dict(carried)), path, None)
        return replace(subject, application=_joined(subject.application, inner.application))
    linked = _linked(path, process)
    if linked is None:
        return subject
    application = _joined(subject.application, linked.application)
    return replace(subject, application=application, cwl=linked.cwl)


def _linked(path: Path, process: str | None) -> Subject | None:
    from apkg.pipeline.package import find_cwl
    from apkg.sources.read import split_process

    try:
        found = find_cwl(str(path) if process is None else f"{path}#{process}")
    except SourceError:
        return None
    file, inner = split_process(found)
    if file == path:
        return None
    from apkg.files.documents import read_document

    return _cwl(read_document(file), file, inner)


def _joined(told: Application, runs: Application) -> Application:
    """What the DeployProcess tells, with the ports and steps of the CWL that runs."""
    return replace(
        told,
        inputs=runs.inputs,
        outputs=runs.outputs,
        program=runs.program,
        container=told.container or runs.container,
        resources=runs.resources,
    )


def _converted(path: Path, process: str | None) -> Subject:
    from apkg.pipeline.gather import gather_one
    from apkg.pipeline.options import ConvertOptions

    reading, job = gather_one(path, process, ConvertOptions())
    return Subject(
        application=reading.application,
        path=job.source,
        process=process,
        kind="source",
        findings=tuple(reading.findings),
    )
