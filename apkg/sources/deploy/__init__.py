"""Deployment documents (WPS-T DeployProcess, OGC API ``ogcapppkg``) as applications.

All dialects are read tolerantly; what a document does not say is completed from the CWL that
it holds, or that lies beside it. Nothing is fetched from the network.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from apkg import names
from apkg.files.owc import JSON_OFFERED
from apkg.model import Application, Container, Discovery, Metadata, Origin
from apkg.sources.cwl import read_cwl_document
from apkg.sources.cwl.node import Ledger, Node
from apkg.sources.deploy.bindings import Bindings, read_bindings
from apkg.sources.deploy.catalogues import catalogues
from apkg.sources.deploy.complete import complete
from apkg.sources.deploy.credits import with_credits
from apkg.sources.deploy.envelope import Envelope, is_cwl, is_deploy, read_envelope
from apkg.sources.deploy.parameters import discovery, inherit, parameters, security_note
from apkg.sources.deploy.ports import Stated, port_nodes, read_input, read_output
from apkg.sources.deploy.texts import with_cwl_of_texts
from apkg.sources.deploy.units import Units, read_units
from apkg.sources.deploy.unkept import tell_unkept
from apkg.sources.deploy.words import words
from apkg.sources.interface import Reading

if TYPE_CHECKING:
    from apkg.files.documents import Document

__all__ = ["is_cwl", "is_deploy", "read_deploy", "read_deploy_document"]
SOURCE = "DeployProcess"


def read_deploy(document: Document) -> Application:
    """The application that a deployment document describes.

    Raises:
        SourceError: it is an Execute request, or no deployment document at all.
    """
    return read_deploy_document(document).application


def read_deploy_document(document: Document, *, usual: Mapping[str, str] = JSON_OFFERED) -> Reading:
    """As :func:`read_deploy`, with what is worth knowing about the reading.

    ``usual`` is how a process may be called where its dialect means nothing by saying so.

    Raises:
        SourceError: it is an Execute request, or no deployment document at all.
    """
    if is_cwl(document.value):
        return read_cwl_document(document)
    document = with_cwl_of_texts(document)
    ledger = Ledger(SOURCE, findings=list(document.findings))
    envelope = read_envelope(Node(document.value, (), document, ledger))
    units = read_units(envelope)
    bindings = read_bindings(envelope.units)
    inputs = _inputs(envelope, bindings)
    outputs = [
        read_output(name, n, bindings.globs.get(name))
        for name, n in port_nodes(envelope.process.get("outputs"))
    ]
    application = _described(envelope, units)
    application = replace(application, metadata=_called(application.metadata, envelope, usual))
    if units.image is not None:
        units.image.origin("image")
        image = units.image.text().removeprefix("docker://")
        application = replace(application, container=Container(image=image))
    tell_unkept(envelope)
    application = complete(application, inputs, outputs, units.cwl)
    origins = _origins(ledger.origins, application.origins)
    return Reading(replace(application, origins=origins), tuple(ledger.findings))


def _origins(described: list[Origin], cwl: tuple[Origin, ...]) -> tuple[Origin, ...]:
    """One origin for each field: the CWL's for types, else the description's."""
    types = [origin for origin in cwl if origin.field.endswith(".type")]
    found: dict[str, Origin] = {}
    for origin in (*types, *described, *cwl):
        found.setdefault(origin.field, origin)
    return tuple(found.values())


def _inputs(envelope: Envelope, bindings: Bindings) -> list[Stated]:
    process: Discovery = discovery(parameters(envelope.process))
    stated = [
        read_input(name, n, bindings.inputs.get(name))
        for name, n in port_nodes(envelope.process.get("inputs"))
    ]
    return [
        replace(one, input=replace(one.input, discovery=inherit(one.input.discovery, process)))
        for one in stated
    ]


def _described(envelope: Envelope, units: Units) -> Application:
    """What the process description says of the application as a whole."""
    process = envelope.process
    identifier = process.get("id", "identifier")
    fields = {
        "id": identifier,
        "title": process.get("title"),
        "abstract": process.get("abstract", "description"),
    }
    for name, node in fields.items():
        if node.text() or node.mapping:
            node.origin(name)
    return Application(
        id=identifier.text() or _other_id(envelope, units),
        title=words(fields["title"]),
        abstract=words(fields["abstract"]),
        metadata=_metadata(envelope),
        catalogues=catalogues(process),
        resources=units.resources,
    )


def _other_id(envelope: Envelope, units: Units) -> str:
    """The id of a process that is not described here: its CWL's, or what the link says."""
    if units.cwl is not None:
        return units.cwl.application.id
    fragments = (unit.get("href").text().partition("#")[2] for unit in envelope.units)
    stem = Path(envelope.top.document.name).name.split(".")[0]
    return next((text for text in fragments if text), names.process_id(stem))


def _called(known: Metadata, envelope: Envelope, usual: Mapping[str, str]) -> Metadata:
    """``known`` with how the process may be called, where that is not as usual."""
    pairs = list(known.annotations)
    for name, text in usual.items():
        holders = (envelope.description, envelope.process, envelope.top)
        said = next((node.get(name).texts() for node in holders if node.get(name).texts()), ())
        words = " ".join(word for text in said for word in text.split())
        if words not in ("", text):
            pairs.append((f"wps:{name}", words))
    return replace(known, annotations=tuple(pairs))


def _metadata(envelope: Envelope) -> Metadata:
    """Version, keywords and visibility; ``version`` of the process goes before Testbed-14's."""
    versions = (
        envelope.process.get("version", "processVersion"),
        envelope.description.get("processVersion", "version"),
        envelope.top.get("processVersion"),
    )
    version = next((node for node in versions if node.text()), None)
    visibility = envelope.process.get("visibility")
    keywords = envelope.process.get("keywords")
    for name, node in (("version", version), ("visibility", visibility), ("keywords", keywords)):
        if node is not None and (node.text() or node.texts()):
            node.origin(name)
    known = Metadata(
        version=Metadata().version if version is None else version.text(),
        keywords=keywords.texts(),
        visibility=visibility.text() or None,
        security_note=security_note(parameters(envelope.process)),
    )
    return with_credits(known, envelope.process)
