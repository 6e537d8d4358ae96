"""The processes that the steps of a chain run, each once, in one ``$graph``."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from apkg.cwl_version import VERSIONS, as_version
from apkg.emitters.cwl_metadata import SCHEMA_ORG
from apkg.emitters.cwl_tool import command_line_tool
from apkg.emitters.interface import EmitOptions
from apkg.errors import ConversionError
from apkg.model import (
    Application,
    ArrayType,
    CwlProgram,
    Input,
    Link,
    Output,
    Result,
    Scalar,
    Step,
    UnionType,
    WorkflowProgram,
)
from apkg.names import printable, process_id, unique

_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_OUTER = ("cwlVersion", "$namespaces", "$schemas")
#: What is written for a ``WorkflowProgram``: the emitter of workflows, which uses this room.
Write: TypeAlias = "Callable[[Application, Graph], dict[str, Any]]"


@dataclass(slots=True)
class Graph:
    """The members of the ``$graph`` behind the main one, and what the document needs for them."""

    options: EmitOptions
    write: Write
    processes: list[dict[str, Any]] = field(default_factory=list)
    #: cwltool runs the process ``main`` of a document, whatever stands first: none may be it.
    taken: list[str] = field(default_factory=lambda: ["main"])
    prefixes: dict[str, str] = field(default_factory=lambda: {"s": SCHEMA_ORG})
    schemas: list[str] = field(default_factory=list)
    known: dict[Application, str] = field(default_factory=dict)

    def add(self, application: Application) -> str:
        """Take in what an application is made of; gives the id of its process.

        Raises:
            ConversionError: the version of CWL that is asked for cannot say it.

        """
        if application not in self.known:
            self.known[application] = self._added(application)
        return self.known[application]

    def is_workflow(self, application: Application) -> bool:
        """Whether what :meth:`add` took in is a workflow itself."""
        name = self.add(application)
        return any(p["id"] == name and p["class"] == "Workflow" for p in self.processes)

    def _added(self, application: Application) -> str:
        match application.program:
            case CwlProgram() as program:
                return self._existing(application, program)
            case WorkflowProgram():
                name = self._name(application.id)
                self.processes.append(self.write(replace(application, id=name), self))
                return name
        if any(declared.scatter for declared in application.inputs):
            return self.add(own_workflow(application))
        name = self._name(application.id)
        tool = command_line_tool(application, self.options, with_defaults=True, name=name)
        self.processes.append(tool)
        return name

    def _name(self, wanted: str) -> str:
        """An id that is one everywhere: in a reference, and as part of a file's name."""
        name = unique(wanted if _ID.fullmatch(wanted) else process_id(wanted), self.taken)
        self.taken.append(name)
        return name

    def _existing(self, application: Application, program: CwlProgram) -> str:
        document = json.loads(program.document)
        version = str(document.get("cwlVersion"))
        _check_version(version, application, self.options)
        document = self._with_our_prefixes(document)
        self.schemas += [s for s in document.get("$schemas") or () if s not in self.schemas]
        members = document.get("$graph") or [_body(document)]
        main = program.process or str(members[0]["id"])
        # The application's own id: the process is often called main, or like its file.
        wanted = {str(one["id"]): str(one["id"]) for one in members} | {main: application.id}
        names = {old: self._name(new) for old, new in wanted.items()}
        for member in members:
            raised = as_version(_renamed(member, names), version, self.options.cwl_version)
            self.processes.append(raised)
        return names[main]

    def _with_our_prefixes(self, document: dict[str, Any]) -> dict[str, Any]:
        """One prefix means one thing in a document: others are written out."""
        stated = document.get("$namespaces")
        for prefix, iri in (stated if isinstance(stated, Mapping) else {}).items():
            if self.prefixes.setdefault(str(prefix), str(iri)) != iri:
                document = _written_out(document, f"{prefix}:", str(iri))
        return document


def own_workflow(application: Application) -> Application:
    """An application that runs over one of its inputs by itself, as the workflow that does."""
    plain = replace(
        application,
        id=f"{application.id}-tool",
        inputs=tuple(replace(declared, scatter=False) for declared in application.inputs),
    )
    over = tuple(declared.id for declared in application.inputs if declared.scatter)
    taken = [declared.id for declared in application.inputs]
    taken += [output.id for output in application.outputs]
    step = Step(
        id=unique("process", taken),
        application=plain,
        links=tuple(Link(input=i.id, sources=(i.id,)) for i in application.inputs),
        scatter=over,
        scatter_method="dotproduct",
    )
    results = tuple(
        Result(output=output.id, sources=(f"{step.id}/{output.id}",))
        for output in application.outputs
    )
    return replace(
        application,
        inputs=tuple(_many(declared) for declared in application.inputs),
        outputs=tuple(_each(output) for output in application.outputs),
        program=WorkflowProgram(steps=(step,), results=results),
    )


def _many(declared: Input) -> Input:
    """A list of what one run takes. There is none without a list."""
    if not declared.scatter:
        return declared
    kind = ArrayType(declared.type)
    return replace(declared, type=kind, scatter=False, default=None, optional=False)


def _each(output: Output) -> Output:
    null = Scalar("null")
    kind = UnionType((null, output.type)) if output.optional else output.type
    return replace(output, type=ArrayType(kind), optional=False)


def _check_version(version: str, application: Application, options: EmitOptions) -> None:
    if version in VERSIONS and VERSIONS.index(version) > VERSIONS.index(options.cwl_version):
        raise ConversionError(
            f"{printable(application.id)} is written in CWL {version}, and the whole is to be "
            f"CWL {options.cwl_version}",
            hint=f"Leave --cwl-version out, or give --cwl-version {version}.",
        )


def _body(document: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": "process", **{k: v for k, v in document.items() if k not in _OUTER}}


def _renamed(process: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """A process under its new name, its steps running the others under theirs."""
    body = {**process, "id": names[str(process["id"])]}
    if "steps" in body:
        body["steps"] = [_rerun(step, names) for step in body["steps"]]
    return body


def _rerun(step: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    run = step.get("run")
    if isinstance(run, str):
        return {**step, "run": f"#{names[run.removeprefix('#')]}"}
    if isinstance(run, Mapping) and "steps" in run:
        return {**step, "run": {**run, "steps": [_rerun(inner, names) for inner in run["steps"]]}}
    return dict(step)


def _written_out(value: Any, prefix: str, iri: str, key: str = "") -> Any:
    """Names with this prefix as the IRIs they mean: keys, formats, and classes of metadata."""
    if isinstance(value, Mapping):
        return {
            _iri(name, prefix, iri): _written_out(member, prefix, iri, name)
            for name, member in value.items()
        }
    if isinstance(value, list):
        return [_written_out(member, prefix, iri, key) for member in value]
    meant = key in ("format", "class") and isinstance(value, str)
    return _iri(value, prefix, iri) if meant else value


def _iri(text: str, prefix: str, iri: str) -> str:
    return iri + text.removeprefix(prefix) if text.startswith(prefix) else text
