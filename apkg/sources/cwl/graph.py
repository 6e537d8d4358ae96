"""Processes: those of one document by their ids, and the one that is meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from apkg.errors import SourceError
from apkg.names import did_you_mean, printable
from apkg.sources.cwl.library import Library
from apkg.sources.cwl.node import Node

CLASSES = ("CommandLineTool", "Workflow", "ExpressionTool", "Operation")
#: Most steps that are followed, those of inner workflows included.
MAX_STEPS = 1000


@dataclass(frozen=True, slots=True)
class Process:
    """One process: its node, and the document node it stands in."""

    node: Node
    document: Node

    @property
    def kind(self) -> str:
        """Its CWL class."""
        return str(self.node.mapping.get("class"))

    @property
    def id(self) -> str:
        """Its id without file and ``#``; empty where it has none."""
        return _key(self.node)


@dataclass(frozen=True, slots=True)
class Reached:
    """A process that a workflow runs, and what holds it, innermost first."""

    process: Process
    holders: tuple[Node, ...]


def processes(document: Node) -> tuple[Process, ...]:
    """All processes on top of a document: the one it is, or those of its ``$graph``.

    Raises:
        SourceError: if there is none.
    """
    graph = document.get("$graph")
    nodes = tuple(graph.elements()) if graph.value is not None else (document,)
    found = tuple(Process(n, document) for n in nodes if n.mapping.get("class") in CLASSES)
    if not found:
        given = nodes[0].mapping.get("class") if nodes else None
        raise SourceError(
            f"There is no CWL process in {document.document.name}"
            + (f": its class is `{printable(str(given))}`." if given else "."),
            hint=f"A process has a `class`: {', '.join(CLASSES)}.",
            location=(nodes[0] if nodes else document).location,
        )
    return found


def entry(document: Node, name: str | None) -> Process:
    """The process called ``name``; without a name ``#main``, or the one that no other runs.

    Raises:
        SourceError: no process has this name, or several could be meant.
    """
    found = processes(document)
    if name is not None:
        return _named(document, found, name)
    if len(found) == 1:
        return found[0]
    main = [process for process in found if process.id == "main"]
    if main:
        return main[0]
    run = {key for process in found for key in _run_ids(process)}
    candidates = [process for process in found if process.id not in run] or list(found)
    workflows = [process for process in candidates if process.kind == "Workflow"]
    candidates = workflows or candidates
    if len(candidates) == 1:
        return candidates[0]
    raise _several(document, candidates)


def resolve(run: Node, holder: Process, library: Library) -> Process | None:
    """The process that a step's ``run`` means, or ``None`` with a note of why not."""
    if isinstance(run.value, Mapping):
        return Process(run, holder.document) if run.mapping.get("class") in CLASSES else None
    if not isinstance(run.value, str):
        return None
    file, _, fragment = run.value.partition("#")
    local = _find(holder.document, fragment or file) if not file or not fragment else None
    if local is not None or not file:
        return local
    document = library.open(run.value, run)
    if document is None:
        return None
    try:
        return entry(document, fragment or None)
    except SourceError as error:
        run.warn(f"The step's process is not known: {error.message}", advice=error.hint)
        return None


def reached(process: Process, library: Library) -> tuple[Reached, ...]:
    """The process itself, or all tools below a workflow, in the order of its steps."""
    search = _Search(library)
    search.reach(process, (process.node,))
    return tuple(search.found)


def steps(process: Process) -> dict[str, Node]:
    """The steps of a workflow by id."""
    return {_last(name): node for name, node in process.node.get("steps").named("id")}


@dataclass(slots=True)
class _Search:
    library: Library
    found: list[Reached] = field(default_factory=list)
    visited: int = 0

    def reach(self, process: Process, holders: tuple[Node, ...]) -> None:
        if process.kind != "Workflow":
            self.found.append(Reached(process, holders))
            return
        for step in steps(process).values():
            self.visited += 1
            if self.visited > MAX_STEPS:
                return
            inner = resolve(step.get("run"), process, self.library)
            if inner is None:
                continue
            if any(inner.node.value is holder.value for holder in holders):
                step.warn("This workflow runs itself.")
                continue
            self.reach(inner, (inner.node, step, *holders))


def _run_ids(process: Process) -> set[str]:
    names: set[str] = set()
    for step in steps(process).values():
        run = step.get("run")
        if isinstance(run.value, str):
            names.add(run.value.rsplit("#", 1)[-1])
        elif run.mapping.get("class") == "Workflow":
            names |= _run_ids(Process(run, process.document))
    return names


def _find(document: Node, name: str) -> Process | None:
    graph = document.get("$graph")
    if graph.value is None:
        return None
    return next((p for p in processes(document) if p.id == name), None)


def _named(document: Node, found: tuple[Process, ...], name: str) -> Process:
    wanted = name.rsplit("#", 1)[-1]
    for process in found:
        if process.id == wanted:
            return process
    known = [process.id for process in found if process.id]
    guess = did_you_mean(wanted, known)
    listed = ", ".join(f"`{one}`" for one in known) or "none has an id"
    raise SourceError(
        f"There is no process `{printable(wanted)}` in {document.document.name} (there: {listed}).",
        hint=f"Is `{guess}` meant?" if guess else "Name one of them, or none.",
        location=document.location,
    )


def _several(document: Node, candidates: list[Process]) -> SourceError:
    name = document.document.name
    listed = ", ".join(f"`{process.id}` ({process.kind})" for process in candidates[:20])
    return SourceError(
        f"{name} holds several processes that no other runs: {listed}.",
        hint=f"Name one: {name}#{candidates[0].id or 'id'}",
        location=document.get("$graph").location,
    )


def _key(node: Node) -> str:
    identifier = node.mapping.get("id")
    return printable(str(identifier).rsplit("#", 1)[-1]) if identifier is not None else ""


def _last(name: str) -> str:
    return name.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
