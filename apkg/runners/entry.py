"""Which process of a CWL file is meant to be run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from apkg.errors import ToolError
from apkg.files.documents import read_document
from apkg.names import printable


def entry(package: Path, process: str | None) -> str | None:
    """Find the id to run in the file ``package``, or None where the file is the process itself.

    Without ``process`` it is ``main``, else the one process (a Workflow, if there is one) that
    no other runs.

    Raises:
        ToolError: there is no such process, or several could be meant.
        SourceError: the file cannot be read.

    """
    document = read_document(package).value
    graph = document.get("$graph") if isinstance(document, dict) else None
    if not isinstance(graph, list):
        return None
    processes = [
        item for item in graph if isinstance(item, dict) and isinstance(item.get("id"), str)
    ]
    ids = [_short(item["id"]) for item in processes]
    if process is not None:
        if _short(process) not in ids:
            raise _error(package, f"has no process {printable(process)}", ids)
        return _short(process)
    if "main" in ids or len(ids) == 1:
        return "main" if "main" in ids else ids[0]
    used = {_short(name) for item in processes for name in _runs(item.get("steps"))}
    free = [item for item in processes if _short(item["id"]) not in used]
    chosen = [item for item in free if item.get("class") == "Workflow"] or free
    if len(chosen) != 1:
        raise _error(package, "does not say which of its processes to run", ids)
    return _short(chosen[0]["id"])


def process_of(document: object, name: str | None) -> dict[str, object]:
    """Give the process ``name`` of a document, as :func:`entry` has found it; else an empty one."""
    graph = document.get("$graph") if isinstance(document, dict) else None
    listed = graph if isinstance(graph, list) else [document]
    found = [item for item in listed if isinstance(item, dict)]
    if name is not None and isinstance(graph, list):
        found = [item for item in found if _short(str(item.get("id"))) == name]
    return found[0] if found else {}


def _runs(steps: object) -> Iterator[str]:
    listed = list(steps.values()) if isinstance(steps, dict) else steps
    for step in listed if isinstance(listed, list) else []:
        run = step.get("run") if isinstance(step, dict) else None
        if isinstance(run, str):
            yield run
        elif isinstance(run, dict):
            yield from _runs(run.get("steps"))


def _short(name: str) -> str:
    return name.rpartition("#")[2]


def _error(package: Path, what: str, ids: list[str]) -> ToolError:
    return ToolError(
        f"{printable(str(package))} {what}",
        hint=f"Write {package.name}#ID, with one of: {', '.join(map(printable, ids))}.",
    )
