"""Packages that exist already: CWL and DeployProcess documents, with what a user adds to them.

An existing CWL is Facet 1 as it stands; Facet 2 and the job order are written for it. A
DeployProcess that carries its CWL by value gives Facet 1 back; for an image there is a skeleton.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from apkg.files.documents import read_document
from apkg.model import Application
from apkg.names import process_id, words
from apkg.sources.deploy import is_cwl
from apkg.sources.deploy.skeleton import with_program
from apkg.sources.deploy.stated import stated_unit
from apkg.sources.deploy.texts import with_cwl_of_texts
from apkg.sources.deploy_xml import as_deployment, is_context, is_deploy_xml
from apkg.sources.interface import Reading
from apkg.sources.manifest.reading import ManifestReading, find_manifest
from apkg.sources.overlay import overlaid
from apkg.sources.read import read_document_application, split_process


@dataclass(frozen=True, slots=True, kw_only=True)
class Existing:
    """A package that was read.

    ``cwl`` is the CWL that the document is (then ``is_facet_1``) or carries; ``steps`` counts
    the steps of its Workflow, 0 for a tool. ``is_linked`` tells that it links to a CWL which was
    found and read: then both facets are there.
    """

    reading: Reading
    path: Path
    process: str | None
    is_facet_1: bool
    is_linked: bool
    cwl: Mapping[str, Any] | None
    steps: int


def is_existing(path: Path) -> bool:
    """Whether the file is named like a document that :func:`read_existing` could read."""
    return path.suffix.lower() in {".cwl", ".json", ".yaml", ".yml"} or is_deploy_xml(path)


def read_existing(source: str, *, options: ManifestReading) -> Existing:
    """Read ``FILE`` or ``FILE#process``, a CWL or DeployProcess document.

    Raises:
        SourceError: it cannot be read, or somebody describes an input that it does not have.
    """
    path, process = split_process(source)
    document = read_document(path, xml=True)
    reading = read_document_application(document, path, process)
    application = _labelled(_with_usable_id(reading.application, path))
    for voice in (_manifest(path), options):
        if voice not in (None, ManifestReading()):
            application = overlaid(application, voice)
    if is_context(document.value):
        document = as_deployment(document, process)
    document = with_cwl_of_texts(document)
    embedded = embedded_cwl(document.value)
    linked = not is_cwl(document.value) and embedded is None and stated_unit(document).known
    said = Reading(application, reading.findings)
    return Existing(
        reading=said if embedded or linked else with_program(said, str(path)),
        path=path,
        process=process,
        is_facet_1=is_cwl(document.value),
        is_linked=linked,
        cwl=embedded,
        steps=step_count(embedded),
    )


def _with_usable_id(application: Application, path: Path) -> Application:
    """The default process ``main`` of cwltool is no name on a platform; the file's name is."""
    if application.id.lower() != "main":
        return application
    return replace(application, id=process_id(path.stem))


def _labelled(application: Application) -> Application:
    """Titles from the ids, where the author gave none: catalogues show them."""
    return replace(
        application,
        title=application.title or words(application.id),
        inputs=tuple(replace(i, label=i.label or words(i.id)) for i in application.inputs),
        outputs=tuple(replace(o, label=o.label or words(o.id)) for o in application.outputs),
    )


def embedded_cwl(value: object) -> Mapping[str, Any] | None:
    """The CWL that a document is, or that its execution unit carries by value."""
    if not isinstance(value, Mapping):
        return None
    if is_cwl(value):
        return value
    units = value.get("executionUnit")
    for unit in units if isinstance(units, list) else [units]:
        holders = [unit]
        if isinstance(unit, Mapping):
            holders = [unit.get("unit"), unit.get("value"), unit]
        for holder in holders:
            if isinstance(holder, Mapping) and is_cwl(holder):
                return holder
    return None


def _manifest(path: Path) -> ManifestReading | None:
    place = find_manifest(path)
    if place is None:
        return None
    from apkg.sources.manifest.reader import read_manifest

    return read_manifest(place, notebook=path.name)


def step_count(document: Mapping[str, Any] | None) -> int:
    """The steps of the Workflow in a CWL document; 0 where there is none."""
    if document is None:
        return 0
    graph = document.get("$graph")
    processes = graph if isinstance(graph, list) else [document]
    steps = [process.get("steps") for process in processes if isinstance(process, Mapping)]
    return max((len(s) for s in steps if isinstance(s, Mapping | list)), default=0)
