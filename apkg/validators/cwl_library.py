"""What the documents of a workflow refer to: other files beside them, and nothing on a network.

Only files that look like CWL are opened (``run: ../../etc/passwd`` is refused by its name), each
once; nothing of a file that is no CWL is ever quoted.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from apkg.errors import SourceError
from apkg.files.documents import Document, read_document
from apkg.files.read_places import JsonPath
from apkg.files.there import looked
from apkg.names import printable
from apkg.report import Finding
from apkg.validators.cwl_expanded import expanded
from apkg.validators.cwl_model import Process, entry, processes, short_id

SUFFIXES = frozenset([".cwl", ".yaml", ".yml", ".json"])
LIMIT_BYTES = 16 * 1024 * 1024
MAX_FILES = 500


class CannotFollow(Exception):  # noqa: N818 - it is an answer, not an accident
    """Why a reference leads nowhere; ``remote`` when that is only because we stay offline."""

    def __init__(self, why: str, *, remote: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.remote = remote


@dataclass(slots=True)
class Library:
    """The files that have been followed so far, and what was found in them.

    Without ``follow`` no file is opened: what a CWL inside another document names is not beside it.
    """

    follow: bool = True
    _documents: dict[Path, Document | CannotFollow] = field(default_factory=dict)
    _processes: dict[int, list[Process]] = field(default_factory=dict)
    _places: dict[int, dict[JsonPath, Process]] = field(default_factory=dict)
    _ids: dict[int, tuple[dict[str, Process], dict[str, Process]]] = field(default_factory=dict)
    _expanded: dict[int, Document] = field(default_factory=dict)
    _verdicts: dict[Path, Finding | None] = field(default_factory=dict)
    _running: list[Path] = field(default_factory=list)
    _keep: list[Document] = field(default_factory=list)

    def processes(self, document: Document) -> list[Process]:
        """The processes of a document, made once."""
        found = self._processes.get(id(document))
        if found is None:
            # The id of an object is only its own while it lives.
            self._keep.append(document)
            found = self._processes[id(document)] = processes(document)
        return found

    def at(self, document: Document) -> dict[JsonPath, Process]:
        """The processes of a document by where they stand in it."""
        found = self._places.get(id(document))
        if found is None:
            found = {process.path: process for process in self.processes(document)}
            self._places[id(document)] = found
        return found

    def _names(self, document: Document) -> tuple[dict[str, Process], dict[str, Process]]:
        """The processes of a document by id, and by the last part of their id."""
        found = self._ids.get(id(document))
        if found is None:
            named = [(p.id, p) for p in reversed(self.processes(document)) if p.id]
            found = dict(named), {short_id(name): p for name, p in named}
            self._ids[id(document)] = found
        return found

    def document(self, reference: str, beside: Document) -> Document:
        """The local document that ``reference`` (without fragment) names.

        Raises:
            CannotFollow: remote, missing, unreadable, or nothing that CWL refers to.
        """
        path = local_path(reference, beside)
        if not self.follow:
            raise CannotFollow("it is for the platform to find", remote=True)
        known = self._documents.get(path)
        if known is None:
            known = self._documents[path] = self._read(path, reference)
        if isinstance(known, CannotFollow):
            raise known
        return known

    def expanded(self, document: Document) -> Document:
        """``document`` with the ports that it imports from local files, made once."""
        found = self._expanded.get(id(document))
        if found is None:
            self._keep.append(document)
            found = expanded(document, lambda reference: self._port_file(reference, document))
            self._expanded[id(document)] = self._expanded[id(found)] = found
            self._keep.append(found)
        return found

    def _port_file(self, reference: str, beside: Document) -> Document | None:
        try:
            return self.document(reference, beside)
        except CannotFollow:
            return None

    def _read(self, path: Path, reference: str) -> Document | CannotFollow:
        name = printable(reference)
        if path.suffix.lower() not in SUFFIXES:
            return CannotFollow(f"'{name}' is not the name of a CWL file (.cwl, .yaml, .json)")
        if len(self._documents) >= MAX_FILES:
            return CannotFollow(f"more than {MAX_FILES} files refer to each other")
        try:
            return read_document(path, limit=LIMIT_BYTES)
        except SourceError as error:
            if isinstance(error.__cause__, FileNotFoundError | NotADirectoryError):
                return CannotFollow(f"there is no file '{name}'")
            why = error.message.removeprefix("cannot be read: ")
            return CannotFollow(f"'{name}' cannot be read: {why}")

    def process(self, reference: str, beside: Document, *, main: bool = False) -> Process:
        """The process that a ``run`` names: ``file``, ``file#id`` or ``#id``.

        With ``main``, a file that is a ``$graph`` must have one of this id to be named without
        fragment, as runners have it; else its only workflow or its only process is meant.

        Raises:
            CannotFollow: there is no such process.
        """
        name, _, fragment = reference.partition("#")
        document = self.expanded(self.document(name, beside)) if name else beside
        found = self.processes(document)
        if fragment:
            ids, ends = self._names(document)
            chosen = ids.get(fragment) or ids.get(short_id(fragment)) or ends.get(fragment)
            if chosen is None and _imports(document):
                raise CannotFollow("it is imported", remote=True)
            if chosen is None:
                raise CannotFollow(f"there is no process '{printable(fragment)}'")
            return chosen
        chosen_entry = entry(found)
        if chosen_entry is not None and main and _needs_id(chosen_entry):
            raise CannotFollow(
                f"'{printable(name)}' is a '$graph' without 'main': name a process of it, as in "
                f"'{printable(name)}#{printable(chosen_entry.id or 'id')}'"
            )
        if chosen_entry is None:
            why = "holds several processes: name one with '#'" if found else "holds no CWL process"
            raise CannotFollow(f"'{printable(name)}' {why}")
        return chosen_entry

    def verdict(
        self, document: Document, check: Callable[[Document], tuple[Finding, ...]]
    ) -> Finding | None:
        """The first error of a document that a step runs; None when it is valid.

        None as well where that is being found out: files that run each other in a circle end here.
        """
        path = Path(document.name)
        if path in self._running:
            return None
        if path not in self._verdicts:
            self._running.append(path)
            try:
                errors = [f for f in check(document) if f.severity == "error"]
            finally:
                self._running.pop()
            self._verdicts[path] = errors[0] if errors else None
        return self._verdicts[path]


def local_path(reference: str, beside: Document) -> Path:
    """The path that a relative or ``file:`` reference names.

    Raises:
        CannotFollow: it is on a network.
    """
    parts = None
    if "://" in reference or reference.startswith("file:"):
        try:
            parts = urlsplit(reference)
        except ValueError as error:
            raise CannotFollow(f"it is no URL ({printable(str(error))})") from error
    if parts is not None and parts.scheme != "file":
        raise CannotFollow("it is on a network", remote=True)
    name = unquote(parts.path) if parts else reference
    if "\0" in name:
        raise CannotFollow("its name holds a NUL character")
    folder = Path(beside.name).parent
    path = Path(_collapse(folder / name))
    looked(path)
    if "%" in name and not os.path.lexists(path):
        path = Path(_collapse(folder / unquote(name)))
    return path


def _needs_id(process: Process) -> bool:
    return process.path[:1] == ("$graph",) and process.id != "main"


def _collapse(path: Path) -> str:
    return os.path.normpath(path)


def _imports(document: Document) -> bool:
    value = document.value
    graph = value.get("$graph") if isinstance(value, dict) else None
    return isinstance(graph, list) and any(isinstance(i, dict) and "$import" in i for i in graph)
