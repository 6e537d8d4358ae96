"""The profile ``documentation``: does a person find out what the process is, and what it takes?

Other than OGC 20-089 it also asks this of outputs, and of a package that is a single tool.
"""

from __future__ import annotations

from collections.abc import Iterator

from apkg.files.documents import Document
from apkg.files.read_places import JsonPath
from apkg.names import printable
from apkg.report import Finding
from apkg.validators.cwl_model import Port, Process, entry, processes
from apkg.validators.findings import finding
from apkg.validators.kinds import kind_of


class DocumentationValidator:
    """Are the process and its parameters described?"""

    name = "documentation"

    def accepts(self, document: Document) -> bool:
        """Whether ``document`` is CWL."""
        return kind_of(document.value) == "cwl"

    def check(self, document: Document) -> tuple[Finding, ...]:
        """What is not described of the process that the document is about, or of each."""
        found = processes(document)
        main = entry(found)
        shown = [main] if main else [p for p in found if "steps" not in p.path]
        return tuple(finding for process in shown for finding in _process(document, process))


def _process(document: Document, process: Process) -> Iterator[Finding]:
    name = printable(process.id or "without id")
    missing = [key for key in ("id", "label", "doc") if not process.node.get(key)]
    if missing:
        yield _warning(
            document,
            "documentation/process",
            f"the {process.cls} {name} has {_without(missing)}",
            process.path,
            advice=f"Add {_quoted(missing)}: catalogues and clients show it.",
            subject=missing[0],
        )
    if process.id == "main":
        yield _warning(
            document,
            "documentation/process-id",
            "the process would be called 'main' on every platform",
            (*process.path, "id"),
            advice=f"Give the {process.cls} a name of its own.",
            subject="main",
        )
    for port in process.inputs:
        yield from _port(document, "documentation/input", port)
    for port in process.outputs:
        yield from _port(document, "documentation/output", port)


def _port(document: Document, rule: str, port: Port) -> Iterator[Finding]:
    missing = [key for key in ("label", "doc") if not port.node.get(key)]
    if missing:
        yield _warning(
            document,
            rule,
            f"the {rule.rpartition('/')[2]} '{printable(port.id)}' has {_without(missing)}",
            port.path,
            advice=f"Say in {_quoted(missing)} what it is, with unit and allowed values.",
            subject=printable(port.id),
        )


def _without(keys: list[str]) -> str:
    return "no " + " and no ".join(f"'{key}'" for key in keys)


def _quoted(keys: list[str]) -> str:
    return " and ".join(f"'{key}'" for key in keys)


def _warning(
    document: Document, rule: str, message: str, path: JsonPath, *, advice: str, subject: str
) -> Finding:
    return finding(
        document, rule, message, path, severity="warning", advice=advice, subject=subject
    )
