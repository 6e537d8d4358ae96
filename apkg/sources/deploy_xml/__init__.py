"""Process offerings of WPS 2.0 and OWS Contexts (Atom, GeoJSON) as applications.

Each is brought to the shape of Testbed-14's deployment document first, with the lines of its own
text, and read on as such: what types, domains and parameters mean is known in one place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from apkg.errors import SourceError
from apkg.files.documents import Document
from apkg.files.owc import CWL_OFFERING, OWC, PROCESS_OFFERING, WPS, XML_OFFERED
from apkg.files.read_xml import Element, looks_like_xml
from apkg.sources.deploy import read_deploy_document
from apkg.sources.deploy_xml.context import Resource, deployment, linked_deployment, one_of
from apkg.sources.deploy_xml.facts import with_facts
from apkg.sources.deploy_xml.parts import Part, as_document
from apkg.sources.interface import Reading

__all__ = ["as_deployment", "deployments", "is_context", "is_deploy_xml", "read_context"]
_READS = (
    "apkg reads OWS Contexts (Atom), WPS 2.0 process offerings, wps:DeployProcess, and SNAP graphs."
)


def is_context(value: object) -> bool:
    """Whether a document is XML, or an OWS Context in GeoJSON."""
    if isinstance(value, Element):
        return True
    if not isinstance(value, Mapping) or value.get("type") != "FeatureCollection":
        return False
    features = value.get("features")
    members = [f for f in (features if isinstance(features, list) else []) if isinstance(f, dict)]
    return any(
        isinstance(offering, dict) and offering.get("code") in (PROCESS_OFFERING, CWL_OFFERING)
        for feature in members
        if isinstance(feature.get("properties"), dict)
        for offering in feature["properties"].get("offerings") or []
    )


def is_deploy_xml(path: Path) -> bool:
    """Whether the file looks like XML of ours: it names one of our namespaces at its start."""
    try:
        with path.open("rb") as stream:
            start = stream.read(4096).decode("utf-8", "replace")
    except (OSError, ValueError):
        return False
    named = any(namespace in start for namespace in (OWC, WPS))
    return named and looks_like_xml(start.lstrip("\ufeff"))


def as_deployment(document: Document, process: str | None = None) -> Document:
    """The document in the shape of Testbed-14; ``process`` names one of several applications.

    Raises:
        SourceError: it describes no application, or more than one.
    """
    return as_document(_translated(document, process)[0], document)


def deployments(document: Document) -> Iterator[Document]:
    """As :func:`as_deployment`, all applications of a context.

    Raises:
        SourceError: what is read cannot be understood.
    """
    if not isinstance(document.value, Element) or document.value.name in {"feed", "entry"}:
        for resource in _resources(document):
            if resource.is_application:
                yield as_document(deployment(resource, document.name), document)
    else:
        yield as_deployment(document)


def read_context(document: Document, process: str | None = None) -> Reading:
    """The application that an OWS Context or a process offering describes.

    Raises:
        SourceError: it describes none, or more than one.
    """
    part, resource = _translated(document, process)
    reading = read_deploy_document(as_document(part, document), usual=XML_OFFERED)
    described = part.value["processDescription"]
    return replace(reading, application=with_facts(reading.application, described, resource))


def _translated(document: Document, process: str | None) -> tuple[Part, Resource | None]:
    from apkg.sources.deploy_xml.process import find_offering, read_offering
    from apkg.sources.deploy_xml.transaction import read_deployment, refuse_request

    root, name = document.value, document.name
    if not isinstance(root, Element) or root.name in {"feed", "entry"}:
        where = document.places.find((), key=False)
        chosen = one_of(_resources(document), process, name, where)
        return deployment(chosen, name), chosen
    if root.name == "DeployProcess":
        return read_deployment(root, name), None
    if root.name == "Execute":
        raise refuse_request(root, name)
    if not root.name.startswith("Process"):
        raise SourceError(
            f"{name} is XML that apkg does not read: its first element is {root.name[:40]}",
            hint=_READS,
            location=document.location(()),
        )
    return linked_deployment(read_offering(find_offering(root, name), name)), None


def _resources(document: Document) -> Iterator[Resource]:
    from apkg.sources.deploy_xml import atom, geojson

    if isinstance(document.value, Element):
        return atom.resources(document.value, document.name)
    return geojson.resources(document)
