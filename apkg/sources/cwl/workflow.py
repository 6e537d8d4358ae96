"""CWL workflows with their steps and links; a tool is read as :func:`~apkg.sources.cwl.read_cwl`.

What cannot be resolved is kept as it is written: a step whose ``run`` is not here has the ports
that the step itself names, and a source that leads nowhere stays the text that it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from apkg.model import (
    PICK_VALUES,
    SCATTER_METHODS,
    Application,
    Container,
    Default,
    Input,
    Link,
    Metadata,
    Output,
    Result,
    Scalar,
    Step,
    Value,
    WorkflowProgram,
)
from apkg.names import printable, process_id
from apkg.sources.cwl.graph import MAX_STEPS, Process, Reached, entry, resolve, steps
from apkg.sources.cwl.library import Library, library_for
from apkg.sources.cwl.metadata import namespaces
from apkg.sources.cwl.node import Ledger, Node, short_id
from apkg.sources.cwl.outputs import find_glob
from apkg.sources.cwl.ports import Context, file_path, literal, port_nodes, read_input, read_output
from apkg.sources.cwl.requirements import requirement, schema_types
from apkg.sources.interface import Reading

if TYPE_CHECKING:
    from apkg.files.documents import Document

MAX_DEPTH = 16
#: Annotations of an application that stands in a step: what ``run`` says where that is not here,
#: and the class of what runs where it is no CommandLineTool.
RUN, CLASS = "cwl:run", "cwl:class"
_ANY = Scalar("Any")
_T = TypeVar("_T")


def read_workflow(document: Document, *, process: str | None = None) -> Application:
    """Read a process as :func:`~apkg.sources.cwl.read_cwl`, a workflow with its program.

    Raises:
        SourceError: the document is not CWL, has no such process, or several could be meant.

    """
    return read_workflow_document(document, process=process).application


def read_workflow_document(document: Document, *, process: str | None = None) -> Reading:
    """As :func:`read_workflow`, with what is worth knowing about the reading.

    Raises:
        SourceError: the document is not CWL, has no such process, or several could be meant.

    """
    from apkg.sources.cwl import read_node

    ledger = Ledger("CWL", findings=list(document.findings))
    library = library_for(document, ledger)
    top = library.top(document)
    reading = read_node(top, library, process)
    chosen = entry(top, process)
    application = reading.application
    if chosen.kind == "Workflow":
        program = _Reader(library).program(chosen, (chosen.node,))
        application = replace(application, program=program)
    else:
        application = replace(application, metadata=_of_kind(application.metadata, chosen.kind))
    return Reading(application, tuple(ledger.findings))


@dataclass(slots=True)
class _Reader:
    library: Library
    visited: int = 0

    def program(self, process: Process, holders: tuple[Node, ...]) -> WorkflowProgram:
        """Read the steps and results of a workflow; ``holders`` are the workflows around it."""
        inside = steps(process)
        names = _Names(process.id, frozenset(port_nodes(process.node.get("inputs"))), inside)
        outputs = port_nodes(process.node.get("outputs"))
        return WorkflowProgram(
            steps=tuple(
                self._step(short_id(name), step, process, holders, names)
                for name, step in inside.items()
            ),
            results=tuple(
                _result(name, node, names)
                for name, node in outputs.items()
                if node.get("outputSource", "source").value is not None
            ),
        )

    def _step(
        self, name: str, step: Node, process: Process, holders: tuple[Node, ...], names: _Names
    ) -> Step:
        self.visited += 1
        scatter = tuple(short_id(text) for text in step.get("scatter").texts())
        method = _one_of(SCATTER_METHODS, step.get("scatterMethod").text())
        return Step(
            id=name,
            application=self._application(step, process, holders),
            links=_links(step, names),
            scatter=scatter,
            scatter_method=method,
            when=step.get("when").text() or None,
        )

    def _application(self, step: Node, process: Process, holders: tuple[Node, ...]) -> Application:
        run = step.get("run")
        inner = None
        if self.visited <= MAX_STEPS and len(holders) <= MAX_DEPTH:
            inner = resolve(run, process, self.library)
        if inner is None or any(inner.node.value is holder.value for holder in holders):
            return _unknown(step)
        application = self._described(inner, step, holders)
        if inner.kind != "Workflow":
            return application
        return replace(application, program=self.program(inner, (inner.node, *holders)))

    def _described(self, inner: Process, step: Node, holders: tuple[Node, ...]) -> Application:
        node = inner.node
        prefixes = {**namespaces(inner.document), **namespaces(node)}
        context = Context(types=schema_types(node), namespaces=prefixes)
        image = _image(Reached(inner, (node, step, *holders)))
        return Application(
            id=short_id(inner.id) or _name(inner, step),
            title=node.get("label").text(),
            abstract=node.get("doc").text(),
            inputs=tuple(
                read_input(name, port, context)
                for name, port in port_nodes(node.get("inputs")).items()
            ),
            outputs=tuple(
                read_output(name, port, context, *self._glob(name, inner))
                for name, port in port_nodes(node.get("outputs")).items()
            ),
            container=image,
            metadata=_of_kind(Metadata(), inner.kind),
        )

    def _glob(self, name: str, process: Process) -> tuple[str, str | None]:
        # Through the steps of an inner workflow, each would be searched once for each level.
        return (".", None) if process.kind == "Workflow" else find_glob(name, process, self.library)


def _of_kind(metadata: Metadata, kind: str) -> Metadata:
    if kind in ("CommandLineTool", "Workflow"):
        return metadata
    return replace(metadata, annotations=(*metadata.annotations, (CLASS, kind)))


def _image(tool: Reached) -> Container | None:
    if tool.process.kind == "Workflow":
        return None
    docker = requirement("DockerRequirement", tool.holders)
    name = "" if docker is None else docker.get("dockerPull", "dockerImageId").text()
    return Container(image=name.removeprefix("docker://")) if name else None


def _name(inner: Process, step: Node) -> str:
    """What a process without an id is called: as its file, or as its step if it stands in it."""
    if inner.node.document is step.document:
        return short_id(str(step.mapping.get("id") or step.path[-1]))
    return process_id(Path(inner.node.document.name).stem)


def _unknown(step: Node) -> Application:
    """What a step that runs something that is not here says about it."""
    run = step.get("run").text()
    outputs = [out.get("id").text() or out.text() for out in step.get("out").elements()]
    return Application(
        id=short_id(run) or "unknown",
        inputs=tuple(
            Input(id=name, type=_ANY)
            for name in dict.fromkeys(short_id(n) for n, _ in step.get("in").named("id", "source"))
        ),
        outputs=tuple(Output(id=short_id(name), type=_ANY) for name in dict.fromkeys(outputs)),
        metadata=Metadata(annotations=((RUN, run),)),
    )


@dataclass(frozen=True, slots=True)
class _Names:
    """What a source can mean inside one workflow."""

    workflow: str
    inputs: frozenset[str]
    steps: Mapping[str, object]

    def source(self, text: str) -> str:
        """``step/output`` or the id of an input; what is neither stays as it is written."""
        plain = text.rsplit("#", 1)[-1]
        if self.workflow:
            plain = plain.removeprefix(f"{self.workflow}/")
        if plain in self.inputs:
            return plain
        *_, step, output = ("", *plain.split("/"))
        if step in self.steps:
            return f"{step}/{output}"
        return output if output in self.inputs else plain


def _links(step: Node, names: _Names) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for name, node in step.get("in").named("id", "source"):
        link = Link(
            input=short_id(name),
            sources=tuple(names.source(text) for text in node.get("source").texts()),
            merge=_merge(node),
            pick_value=_one_of(PICK_VALUES, node.get("pickValue").text()),
            default=_default(node),
            value_from=node.get("valueFrom").text() or None,
        )
        found.setdefault(link.input, link)
    return tuple(found.values())


def _result(name: str, node: Node, names: _Names) -> Result:
    sources = node.get("outputSource", "source").texts()
    return Result(
        output=name,
        sources=tuple(names.source(text) for text in sources),
        merge=_merge(node),
        pick_value=_one_of(PICK_VALUES, node.get("pickValue").text()),
    )


def _merge(node: Node) -> Literal["merge_nested", "merge_flattened"] | None:
    return _one_of(("merge_nested", "merge_flattened"), node.get("linkMerge").text())


def _one_of(known: tuple[_T, ...], word: str) -> _T | None:
    return next((one for one in known if one == word), None)


def _default(node: Node) -> Default | None:
    """The default; of a file its path, of another mapping its JSON."""
    if "default" not in node.mapping:
        return None
    stated = node.child("default", node.mapping["default"])
    return Default(file_path(stated) or _plain(stated.value))


def _plain(value: object) -> Value:
    try:
        return literal(value)
    except TypeError:
        return printable(json.dumps(value, ensure_ascii=False, default=str))
