"""CWL documents (v1.0 to v1.2) as applications: tools, workflows, ``$graph``, expressions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from apkg import names
from apkg.cwl_version import UPGRADE, VERSIONS, is_draft
from apkg.errors import SourceError
from apkg.model import Application, ArrayType, Input, Metadata
from apkg.sources.cwl.graph import Process, entry, reached
from apkg.sources.cwl.library import Library, library_for
from apkg.sources.cwl.metadata import namespaces, read_metadata
from apkg.sources.cwl.node import Ledger, Node, short_id
from apkg.sources.cwl.outputs import find_glob, scattered
from apkg.sources.cwl.ports import Context, port_nodes, read_input, read_output
from apkg.sources.cwl.requirements import container, network, resources, schema_types
from apkg.sources.interface import Reading

if TYPE_CHECKING:
    from apkg.files.documents import Document

__all__ = ["read_cwl", "read_cwl_document"]


def read_cwl(document: Document, *, process: str | None = None) -> Application:
    """The application that a CWL document describes.

    ``process`` is the id of one of several; without it ``#main`` is meant, or the one process
    that no other runs (a Workflow where there is one).

    Raises:
        SourceError: the document is not CWL, has no such process, or several could be meant.
    """
    return read_cwl_document(document, process=process).application


def read_cwl_document(document: Document, *, process: str | None = None) -> Reading:
    """As :func:`read_cwl`, with what is worth knowing about the reading.

    Raises:
        SourceError: the document is not CWL, has no such process, or several could be meant.
    """
    ledger = Ledger("CWL", findings=list(document.findings))
    library = library_for(document, ledger)
    return read_node(library.top(document), library, process)


def read_node(top: Node, library: Library, process: str | None) -> Reading:
    """The application in the CWL value ``top``, which may stand inside another document."""
    if not top.mapping:
        raise SourceError(
            f"{top.document.name} is not a CWL document: it is not a mapping.",
            hint="A CWL document begins with `cwlVersion: v1.2` and `class: …` or `$graph: …`.",
            location=top.location,
        )
    _check_version(top)
    chosen = entry(top, process)
    tools = reached(chosen, library)
    application = Application(
        id=_id(chosen),
        title=_stated(chosen.node, "label", "title"),
        abstract=_stated(chosen.node, "doc", "abstract"),
        container=container(tools),
        resources=resources(tools),
        network=network(tools),
        metadata=_metadata(chosen, top),
    )
    application = _with_ports(application, chosen, library)
    application = replace(application, origins=tuple(library.ledger.origins))
    return Reading(application, tuple(library.ledger.findings))


def _check_version(top: Node) -> None:
    version = top.get("cwlVersion")
    if version.value is None:
        top.warn("This document does not say its CWL version.", advice="Add `cwlVersion: v1.2`.")
    elif version.text() not in VERSIONS:
        version.warn(
            f"The CWL version `{version.text()}` is not one that apkg knows.",
            advice=UPGRADE
            if is_draft(version.value)
            else f"Known versions: {', '.join(VERSIONS)}.",
        )


def _id(process: Process) -> str:
    if process.id:
        process.node.get("id").origin("id")
        return short_id(process.id)
    return names.process_id(Path(process.node.document.name).stem)


def _stated(node: Node, key: str, field: str) -> str:
    member = node.get(key)
    if member.text():
        member.origin(field)
    return member.text()


def _prefixes(process: Process, top: Node) -> dict[str, str]:
    return {**namespaces(top), **namespaces(process.document), **namespaces(process.node)}


def _metadata(process: Process, top: Node) -> Metadata:
    nodes = (process.node,) if process.node.path == top.path else (process.node, top)
    return read_metadata(nodes, _prefixes(process, top))


def _with_ports(application: Application, process: Process, library: Library) -> Application:
    context = Context(
        types=schema_types(process.node), namespaces=_prefixes(process, process.document)
    )
    over = scattered(process) if process.kind == "Workflow" else frozenset()
    inputs = [
        _over(read_input(name, node, context), over)
        for name, node in port_nodes(process.node.get("inputs")).items()
    ]
    outputs = [
        read_output(name, node, context, *find_glob(name, process, library))
        for name, node in port_nodes(process.node.get("outputs")).items()
    ]
    return replace(application, inputs=tuple(inputs), outputs=tuple(outputs))


def _over(declared: Input, over: frozenset[str]) -> Input:
    """A list that steps run over is a list to whoever gives it; only a single value becomes one."""
    is_list = isinstance(declared.type, ArrayType)
    return replace(declared, scatter=declared.id in over and not is_list)
