"""One document of many: a CWL process with all that it runs and imports.

What comes out needs no other file: imports are in place, and what stood in other files stands in
the ``$graph``. Ids become unique, and references follow them.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from apkg.cwl_version import UPGRADE, as_version, is_draft, newest
from apkg.errors import SourceError
from apkg.names import printable, process_id, unique
from apkg.sources.cwl.graph import MAX_STEPS, Process, entry, resolve, steps
from apkg.sources.cwl.library import ONE_FOLDER, Library, library_for
from apkg.sources.cwl.metadata import namespaces
from apkg.sources.cwl.node import Ledger, Node, short_id
from apkg.sources.cwl.pack_files import with_files_from
from apkg.sources.cwl.pack_types import with_types_in_place
from apkg.sources.cwl.requirements import schema_types

if TYPE_CHECKING:
    from apkg.files.documents import Document

_OF_DOCUMENT = ("cwlVersion", "$namespaces", "$schemas", "$graph", "$base")


def pack(document: Document, process: str | None = None, *, way: str = ".") -> dict[str, Any]:
    """Write ``process`` of a document (the main one) as one self-contained document.

    A process that runs no other is the document itself, else ``$graph`` holds the main process
    first and then the others, in the order in which they are met. ``way`` leads to the folder of
    ``document`` from where the new one will be: files that are defaults stay where they are.

    Raises:
        SourceError: it is no CWL, or what a step runs is not here.

    """
    library = library_for(document, Ledger("CWL"))
    top = library.top(document)
    packer = _Packer(library, way)
    packer.add(entry(top, process))
    return packer.document(top)


@dataclass(slots=True)
class _Packer:
    library: Library
    way: str = "."
    #: By where it stands: the process, and the id that it gets.
    found: dict[tuple[str, tuple[str | int, ...]], tuple[Process, str]] = field(
        default_factory=dict
    )

    def add(self, process: Process) -> str:
        """Give a process its id, and those that it runs theirs."""
        place = (process.node.document.name, process.node.path)
        if place in self.found:
            return self.found[place][1]
        if len(self.found) > MAX_STEPS:
            raise SourceError(f"the workflow runs more than {MAX_STEPS} processes")
        name = short_id(process.id) if process.id else _stem(process)
        name = unique(name, [taken for _, taken in self.found.values()])
        self.found[place] = (process, name)
        for _, inner in self._runs(process):
            if inner is not None:
                self.add(inner)
        return name

    def _runs(self, process: Process) -> Iterator[tuple[str, Process | None]]:
        """Steps and what they run, where that is not written inside the step."""
        if process.kind != "Workflow":
            return
        for name, step in steps(process).items():
            run = step.get("run")
            if isinstance(run.value, str):
                inner = resolve(run, process, self.library)
                if inner is None:
                    raise SourceError(
                        f"step {printable(name)} runs {printable(run.value)}, which is not here",
                        hint=f"Check the name. {ONE_FOLDER}",
                        location=run.location,
                    )
                yield name, inner
            else:
                inside = Process(run, process.document)
                yield from ((f"{name}/{n}", p) for n, p in self._runs(inside))

    def document(self, top: Node) -> dict[str, Any]:
        versions = [self._version(process, top) for process, _ in self.found.values()]
        for (process, _), old in zip(self.found.values(), versions, strict=True):
            if is_draft(old):
                raise SourceError(
                    f"this is written in CWL {printable(old)}, which does not go into a document "
                    "of today",
                    hint=UPGRADE,
                    location=process.document.get("cwlVersion").location,
                )
        version = newest(versions)
        graph = [
            as_version({"class": p.kind, "id": name, **self._written(p)}, old, version)
            for (p, name), old in zip(self.found.values(), versions, strict=True)
        ]
        head = {"cwlVersion": version, **self._shared(top)}
        return {**head, **graph[0]} if len(graph) == 1 else {**head, "$graph": graph}

    @staticmethod
    def _version(process: Process, top: Node) -> str:
        return process.document.get("cwlVersion").text() or top.get("cwlVersion").text()

    def _shared(self, top: Node) -> dict[str, Any]:
        prefixes: dict[str, str] = {}
        for process, _ in self.found.values():
            prefixes = {**namespaces(process.document), **namespaces(process.node), **prefixes}
        prefixes = {**prefixes, **namespaces(top)}
        schemas = [
            text
            for process, _ in self.found.values()
            for node in (process.document, process.node)
            for text in node.get("$schemas").texts()
            if "://" in text
        ]
        shared: dict[str, Any] = {"$namespaces": prefixes} if prefixes else {}
        return shared | ({"$schemas": list(dict.fromkeys(schemas))} if schemas else {})

    def _written(self, process: Process) -> dict[str, Any]:
        """The process as it stands, its references as the one document needs them."""
        body = {key: v for key, v in process.node.mapping.items() if key not in _OF_DOCUMENT}
        body.pop("id", None)
        runs = {step: self.found[_place(p)][1] for step, p in self._runs(process) if p is not None}
        for key in ("inputs", "outputs"):
            body[key] = _ports(body.get(key))
        if process.kind == "Workflow":
            body["outputs"] = _relinked(body["outputs"], "outputSource", process.id)
            body["steps"] = _steps(process, runs)
        body = with_types_in_place(body, schema_types(process.node))
        written: dict[str, Any] = with_files_from(body, self._way_to(process))
        return written

    def _way_to(self, process: Process) -> str:
        folder = Path(process.node.document.name).resolve().parent
        there = PurePath(os.path.relpath(folder, self.library.root))
        return posixpath.normpath(posixpath.join(self.way, there.as_posix()))


def _place(process: Process) -> tuple[str, tuple[str | int, ...]]:
    return (process.node.document.name, process.node.path)


def _stem(process: Process) -> str:
    return process_id(PurePath(process.node.document.name).stem)


def _ports(ports: Any) -> Any:
    """Inputs or outputs, ids without the process's own."""
    if isinstance(ports, list):
        return [_beside_listed(_short(port, "id")) for port in ports]
    named = ports if isinstance(ports, Mapping) else {}
    return {
        name: _beside_listed(p) if isinstance(p, Mapping) else {"type": p}
        for name, p in named.items()
    }


def _beside_listed(port: Any) -> Any:
    """``port`` with its one secondary file as a list of one: steps of cwltool stumble over less."""
    beside = port.get("secondaryFiles") if isinstance(port, Mapping) else None
    return {**port, "secondaryFiles": [beside]} if isinstance(beside, str | Mapping) else port


def _short(port: Any, *keys: str) -> Any:
    if not isinstance(port, Mapping):
        return port
    return {k: short_id(v) if k in keys and isinstance(v, str) else v for k, v in port.items()}


def _relinked(ports: Any, key: str, process: str) -> Any:
    """Ports whose ``key`` names sources, as they are called inside the workflow."""

    def one(port: Any) -> Any:
        if not isinstance(port, Mapping) or key not in port:
            return port
        return {**port, key: _sources(port[key], process)}

    if isinstance(ports, list):
        return [one(port) for port in ports]
    return {name: one(port) for name, port in ports.items()}


def _sources(value: Any, process: str) -> Any:
    if isinstance(value, list):
        return [_sources(one, process) for one in value]
    if not isinstance(value, str):
        return value
    name = value.rpartition("#")[2]
    return name.removeprefix(f"{process}/") if process and "#" in value else name


def _steps(process: Process, runs: Mapping[str, str], prefix: str = "") -> list[dict[str, Any]]:
    written = []
    for name, node in steps(process).items():
        step = dict(node.mapping)
        step["id"] = name
        if isinstance(step.get("run"), str):
            step["run"] = f"#{runs[prefix + name]}"
        elif isinstance(step.get("run"), Mapping):
            inner = Process(node.get("run"), process.document)
            step["run"] = _inside(inner, runs, f"{prefix}{name}/")
        step["in"] = _step_inputs(step.get("in"), process.id)
        step["out"] = [
            short_id(out.get("id").text() or out.text()) for out in node.get("out").elements()
        ]
        if "scatter" in step:
            scatter = step["scatter"]
            many = scatter if isinstance(scatter, list) else [scatter]
            step["scatter"] = [short_id(str(one)) for one in many]
        written.append(step)
    return written


def _inside(process: Process, runs: Mapping[str, str], prefix: str) -> dict[str, Any]:
    """A process that is written inside its step stays there."""
    body = dict(process.node.mapping)
    for key in ("inputs", "outputs"):
        body[key] = _ports(body.get(key))
    if process.kind == "Workflow":
        body["outputs"] = _relinked(body["outputs"], "outputSource", process.id)
        body["steps"] = _steps(process, runs, prefix)
    return body


def _step_inputs(ports: Any, process: str) -> Any:
    if isinstance(ports, list):
        short = [_short(port, "id") for port in ports]
        return _relinked(short, "source", process)
    if not isinstance(ports, Mapping):
        return {}
    plain = {
        name: _sources(v, process) if isinstance(v, str | list) else v for name, v in ports.items()
    }
    return _relinked(plain, "source", process)
