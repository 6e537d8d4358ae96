"""The profiles ``platform:…``: what a platform asks beyond CWL.

``platform:calrissian`` is CWL on Kubernetes behind a platform that is given one document.
"""

from __future__ import annotations

from collections.abc import Iterator

from apkg.files.documents import Document
from apkg.files.read_places import JsonPath
from apkg.names import printable
from apkg.report import Finding
from apkg.validators.cwl_model import Process, listed, processes
from apkg.validators.findings import finding
from apkg.validators.kinds import kind_of

_NEEDED = ("coresMin", "ramMin")
_OF = {"coresMin": "coresMax", "ramMin": "ramMax"}
_ELSEWHERE = ("$import", "$include", "$mixin")


class CalrissianValidator:
    """Will Calrissian run it?"""

    name = "platform:calrissian"

    def accepts(self, document: Document) -> bool:
        """Whether ``document`` is CWL."""
        return kind_of(document.value) == "cwl"

    def check(self, document: Document) -> tuple[Finding, ...]:
        """Images and resources of all tools, and references to other files."""
        found = processes(document)
        return (
            *(f for p in found if p.cls == "CommandLineTool" for f in _tool(document, p, found)),
            *(f for p in found for f in _runs(document, p)),
            *_references(document, document.value, ()),
        )


def _tool(document: Document, tool: Process, found: list[Process]) -> Iterator[Finding]:
    name = printable(tool.id or "without id")
    docker = _requirement(tool, "DockerRequirement", found)
    if not any(node.get("dockerPull") for node in docker):
        yield finding(
            document,
            "platform:calrissian/image",
            f"the CommandLineTool {name} names no image with 'dockerPull'",
            tool.path,
            advice="Add 'DockerRequirement: {dockerPull: registry/image:tag}'; nothing is built "
            "or loaded in a cluster.",
            subject="dockerPull",
        )
    stated = {key for node in _requirement(tool, "ResourceRequirement", found) for key in node}
    missing = [key for key in _NEEDED if not {key, _OF[key]} & stated]
    if missing:
        yield finding(
            document,
            "platform:calrissian/resources",
            f"the CommandLineTool {name} does not state " + " and ".join(missing),
            tool.path,
            severity="warning",
            advice="Add 'ResourceRequirement: {coresMin: 1, ramMin: 1024}' (MiB) with what it "
            "needs.",
            subject=missing[0],
        )


def _requirement(tool: Process, name: str, found: list[Process]) -> list[dict[str, object]]:
    """The contents of a requirement of ``tool``, and of whatever in the document runs it."""
    own = [node for cls, node, _ in tool.requirements() if cls == name]
    if name not in tool.inherited:
        return own
    for process in found:
        own += [node for cls, node, _ in process.requirements() if cls == name and process.steps]
        for step in process.steps:
            for field in ("requirements", "hints"):
                own += [n for cls, n, _ in listed(step.node, field, "class", ()) if cls == name]
    return own


def _runs(document: Document, process: Process) -> Iterator[Finding]:
    for step in process.steps:
        run = step.node.get("run")
        if isinstance(run, str) and not run.startswith("#"):
            yield _single(
                document, f"the step '{printable(step.id)}' runs", run, (*step.path, "run")
            )


def _references(document: Document, value: object, path: JsonPath) -> Iterator[Finding]:
    items = value.items() if isinstance(value, dict) else ()
    for key, item in items:
        if key in _ELSEWHERE and isinstance(item, str) and not item.startswith("#"):
            yield _single(document, f"{key} takes", item, (*path, key))
        elif key != "default":
            yield from _references(document, item, (*path, key))
    for index, item in enumerate(value if isinstance(value, list) else ()):
        yield from _references(document, item, (*path, index))


def _single(document: Document, what: str, name: str, path: JsonPath) -> Finding:
    return finding(
        document,
        "platform:calrissian/single-file",
        f"{what} '{printable(name)}', which is another file",
        path,
        advice="Put everything into one document with '$graph' (cwltool --pack does that).",
        subject=printable(name),
    )
