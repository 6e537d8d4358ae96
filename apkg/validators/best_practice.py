"""OGC 20-089, Best Practice for Earth Observation Application Package: what CWL alone can show.

Rule ids keep the numbers of the standard's requirements (``best-practice/req-8``).
"""

from __future__ import annotations

from collections.abc import Iterator

from apkg.files.documents import Document
from apkg.files.read_places import JsonPath
from apkg.names import printable
from apkg.report import Finding, Severity
from apkg.validators.cwl_model import Port, Process, entry, listed, processes
from apkg.validators.findings import finding
from apkg.validators.kinds import kind_of

#: Other metadata of Table 1; only the version is required.
_OPTIONAL = (
    *("author", "citation", "codeRepository", "contributor", "dateCreated", "keywords"),
    *("license", "releaseNotes"),
)
_SCHEMA_ORG = frozenset(
    f"{scheme}://schema.org{end}" for scheme in ("http", "https") for end in ("", "/")
)


class BestPracticeValidator:
    """Is it an Earth Observation Application Package that platforms deploy?"""

    name = "best-practice"

    def accepts(self, document: Document) -> bool:
        """Whether ``document`` is CWL."""
        return kind_of(document.value) == "cwl"

    def check(self, document: Document) -> tuple[Finding, ...]:
        """All requirements of OGC 20-089 that can be read off the package."""
        return tuple(_Package(document).check())


class _Package:
    """One document under the rules."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.processes = processes(document)
        self.workflows = [p for p in self.processes if p.cls == "Workflow"]
        self.tools = [p for p in self.processes if p.cls == "CommandLineTool"]
        self.main = entry(self.workflows)

    def say(
        self,
        number: str,
        message: str,
        path: JsonPath,
        advice: str,
        *,
        severity: Severity = "error",
        subject: str | None = None,
    ) -> Finding:
        return finding(
            self.document,
            f"best-practice/{number}",
            message,
            path,
            severity=severity,
            advice=advice,
            subject=subject,
        )

    def check(self) -> Iterator[Finding]:
        yield from self._package()
        for tool in self.tools:
            yield from self._tool(tool)
        for workflow in self.workflows:
            yield from self._workflow(workflow)
        yield from self._metadata()
        if self.main is not None:
            yield from self._staging(self.main)

    def _package(self) -> Iterator[Finding]:
        for name, found, what in (
            ("Workflow", self.workflows, "that describes inputs and outputs"),
            ("CommandLineTool", self.tools, "that runs in a container"),
        ):
            if not found:
                yield self.say(
                    "req-7",
                    f"the package has no {name}",
                    (),
                    f"Put a {name} {what} into '$graph'.",
                    subject=name,
                )
        if self.tools and self.workflows and not any(self._reaches(w) for w in self.workflows):
            yield self.say(
                "req-7",
                "no step of a Workflow runs a CommandLineTool of the package",
                self.workflows[0].path,
                "Let a step run it: 'run: \"#tool\"'.",
            )

    def _reaches(self, workflow: Process) -> bool:
        ids = {p.id for p in (*self.tools, *self.workflows) if p is not workflow}
        for step in workflow.steps:
            run = step.node.get("run")
            if isinstance(run, dict) or (isinstance(run, str) and run.rsplit("#", 1)[-1] in ids):
                return True
        return False

    def _tool(self, tool: Process) -> Iterator[Finding]:
        name = printable(tool.id or "without id")
        for key, example in (
            ("id", "id: crop"),
            ("baseCommand", "baseCommand: [python, -m, crop]"),
            ("inputs", "inputs: {}"),
            ("requirements", "requirements: {DockerRequirement: {dockerPull: image}}"),
        ):
            if key not in tool.node:
                yield self.say(
                    "req-8",
                    f"the CommandLineTool {name} has no '{key}'",
                    tool.path,
                    f"Write for example '{example}'.",
                    subject=key,
                )
        yield from self._container(tool, name)

    def _container(self, tool: Process, name: str) -> Iterator[Finding]:
        places = {
            field: node
            for field in ("requirements", "hints")
            for cls, node, _ in listed(tool.node, field, "class", tool.path)
            if cls == "DockerRequirement"
        }
        images = {field: node for field, node in places.items() if node.get("dockerPull")}
        if not images:
            yield self.say(
                "req-8",
                f"the CommandLineTool {name} has no DockerRequirement with 'dockerPull'",
                tool.path,
                "Add 'requirements: {DockerRequirement: {dockerPull: registry/image:tag}}'.",
                subject="DockerRequirement",
            )
        elif "requirements" not in images:
            yield self.say(
                "req-8",
                f"the container of {name} is only a hint, which a platform may ignore",
                (*tool.path, "hints"),
                "Move DockerRequirement from 'hints' to 'requirements'.",
                severity="warning",
                subject="DockerRequirement",
            )
        for field, node in places.items():
            if "dockerOutputDirectory" in node:
                yield self.say(
                    "docker-output-directory",
                    "platforms refuse 'dockerOutputDirectory'",
                    (*tool.path, field),
                    "Remove it: results go to the working directory.",
                    severity="warning",
                    subject="dockerOutputDirectory",
                )

    def _workflow(self, workflow: Process) -> Iterator[Finding]:
        name = printable(workflow.id or "without id")
        for key in ("id", "label", "doc"):
            if key not in workflow.node:
                yield self.say(
                    "req-9",
                    f"the Workflow {name} has no '{key}'",
                    workflow.path,
                    f"Add '{key}': catalogues and clients show it.",
                    subject=key,
                )
        if workflow.id == "main":
            yield self.say(
                "process-id",
                "the process would be called 'main' on every platform",
                (*workflow.path, "id"),
                "Give the Workflow a name of its own.",
                severity="warning",
                subject="main",
            )
        for port in workflow.inputs:
            yield from self._described(port, "req-10", "error", "input")
        for port in workflow.outputs:
            yield from self._described(port, "output-described", "warning", "output")
        for step in workflow.steps:
            if step.scatter() and "scatterMethod" not in step.node:
                yield self.say(
                    "rec-1",
                    f"the step {printable(step.id)} is scattered without 'scatterMethod'",
                    step.path,
                    "Add 'scatterMethod: dotproduct'.",
                    severity="note",
                    subject=step.id,
                )

    def _described(self, port: Port, rule: str, severity: Severity, what: str) -> Iterator[Finding]:
        missing = [key for key in ("label", "doc") if key not in port.node]
        empty = [key for key in ("label", "doc") if port.node.get(key) == ""]
        if empty:
            yield self.say(
                rule,
                f"the {what} '{printable(port.id)}' of the Workflow has an empty '{empty[0]}'",
                port.path,
                "Say what it is, with unit and allowed values.",
                severity="warning",
                subject=port.id,
            )
        if missing:
            yield self.say(
                rule,
                f"the {what} '{printable(port.id)}' of the Workflow has no "
                + " and no ".join(f"'{key}'" for key in missing),
                port.path,
                "Say in 'label' and 'doc' what it is, with unit and allowed values.",
                severity=severity,
                subject=port.id,
            )

    def _metadata(self) -> Iterator[Finding]:
        value = self.document.value
        root: dict[str, object] = value if isinstance(value, dict) else {}
        spaces = root.get("$namespaces")
        prefixes = [
            key
            for key, iri in (spaces.items() if isinstance(spaces, dict) else ())
            if isinstance(iri, str) and iri in _SCHEMA_ORG
        ]
        nodes = [root] + [p.node for p in self.processes]
        said = {
            key.split(":", 1)[1]
            for node in nodes
            for key in node
            if ":" in key and key.split(":", 1)[0] in prefixes
        }
        said |= {key.rsplit("/", 1)[1] for node in nodes for key in node if "schema.org/" in key}
        if not said & {"softwareVersion", "version"}:
            yield self.say(
                "req-11",
                "the package does not say its version",
                (),
                "Add '$namespaces: {s: https://schema.org/}' and 's:softwareVersion: 1.0.0' on "
                "top.",
                subject="softwareVersion",
            )
        missing = [name for name in _OPTIONAL if name not in said]
        if missing:
            yield self.say(
                "metadata",
                f"not said: {', '.join(missing)}",
                (),
                "Catalogues show these schema.org fields; write them with the same prefix.",
                severity="note",
            )

    def _staging(self, workflow: Process) -> Iterator[Finding]:
        kinds = [str(port.node.get("type")) for port in workflow.outputs]
        if not any("Directory" in kind for kind in kinds):
            yield self.say(
                "req-14",
                "no output of the Workflow is a Directory, which is what platforms stage out",
                (*workflow.path, "outputs"),
                "Give the results as one Directory with a STAC catalogue ('glob: .').",
                severity="note",
            )
        for port in workflow.inputs:
            if "File" in str(port.node.get("type")):
                yield self.say(
                    "req-13",
                    f"the input '{printable(port.id)}' is a File; platforms stage products in as "
                    "Directory",
                    port.path,
                    "Make it a Directory if it is an Earth Observation product.",
                    severity="note",
                    subject=port.id,
                )
