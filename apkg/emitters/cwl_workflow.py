"""Facet 1 of a chain: one ``$graph`` of the workflow and all that its steps run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from apkg.cwl_version import VERSIONS, as_version
from apkg.emitters.cwl_metadata import SCHEMA_ORG, metadata
from apkg.emitters.cwl_ports import workflow_input, workflow_output
from apkg.emitters.cwl_tool import command_line_tool
from apkg.emitters.interface import EmitOptions
from apkg.errors import ConversionError
from apkg.model import Application, CwlProgram, Link, Result, Step, WorkflowProgram
from apkg.names import printable, unique

#: A condition that needs no JavaScript: one reference to an input.
_REFERENCE = re.compile(r"\$\(inputs\.[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*\)")
_INPUT_OF_CONDITION = re.compile(r"inputs\.([A-Za-z_][A-Za-z0-9_]*)")


def chain_document(application: Application, options: EmitOptions) -> dict[str, Any]:
    """Write a chain as plain data: ``$graph`` with the workflow first.

    Raises:
        ConversionError: the version of CWL that is asked for cannot say it.

    """
    graph = _Graph(options)
    graph.taken.append(application.id)
    main = _workflow(application, graph)
    head = {"cwlVersion": options.cwl_version}
    prefixes = {"s": SCHEMA_ORG, **graph.prefixes}
    schemas = {"$schemas": graph.schemas} if graph.schemas else {}
    described = metadata(application, typed=True)
    return {
        **head,
        "$namespaces": prefixes,
        **schemas,
        **described,
        "$graph": [main, *graph.processes],
    }


@dataclass(slots=True)
class _Graph:
    """The processes that steps run, each once."""

    options: EmitOptions
    processes: list[dict[str, Any]] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    prefixes: dict[str, str] = field(default_factory=dict)
    schemas: list[str] = field(default_factory=list)
    known: dict[Application, str] = field(default_factory=dict)

    def add(self, application: Application) -> str:
        """Take in what an application is made of; gives the id of its process."""
        if application not in self.known:
            self.known[application] = self._added(application)
        return self.known[application]

    def _added(self, application: Application) -> str:
        match application.program:
            case CwlProgram() as program:
                return self._existing(program)
            case WorkflowProgram():
                name = self._name(application.id)
                self.processes.append(_workflow(replace(application, id=name), self))
                return name
        if any(declared.scatter for declared in application.inputs):
            return self.add(_own_workflow(application))
        name = self._name(application.id)
        tool = command_line_tool(application, self.options, with_defaults=True, name=name)
        self.processes.append(tool)
        return name

    def _name(self, wanted: str) -> str:
        name = unique(wanted, self.taken)
        self.taken.append(name)
        return name

    def _existing(self, program: CwlProgram) -> str:
        document = json.loads(program.document)
        version = str(document.get("cwlVersion"))
        _check_version(version, self.options)
        self.prefixes |= document.get("$namespaces") or {}
        self.schemas += [s for s in document.get("$schemas") or () if s not in self.schemas]
        members = document.get("$graph") or [_body(document)]
        names = {str(one["id"]): self._name(str(one["id"])) for one in members}
        for member in members:
            raised = as_version(_renamed(member, names), version, self.options.cwl_version)
            self.processes.append(raised)
        return names[program.process or str(members[0]["id"])]


def _own_workflow(application: Application) -> Application:
    """An application that runs over one of its inputs by itself, as the workflow that does."""
    plain = replace(
        application,
        inputs=tuple(replace(declared, scatter=False) for declared in application.inputs),
    )
    over = tuple(declared.id for declared in application.inputs if declared.scatter)
    step = Step(
        id="process",
        application=plain,
        links=tuple(Link(input=i.id, sources=(i.id,)) for i in application.inputs),
        scatter=over,
        scatter_method="dotproduct",
    )
    results = tuple(Result(output=o.id, sources=(f"process/{o.id}",)) for o in application.outputs)
    return replace(application, program=WorkflowProgram(steps=(step,), results=results))


def _check_version(version: str, options: EmitOptions) -> None:
    if version in VERSIONS and VERSIONS.index(version) > VERSIONS.index(options.cwl_version):
        raise ConversionError(
            f"a step is written in CWL {version}, and {options.cwl_version} is asked for",
            hint=f"Leave --cwl-version out, or give --cwl-version {version}.",
        )


def _body(document: Mapping[str, Any]) -> dict[str, Any]:
    outer = ("cwlVersion", "$namespaces", "$schemas")
    return {"id": "process", **{k: v for k, v in document.items() if k not in outer}}


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


def _workflow(application: Application, graph: _Graph) -> dict[str, Any]:
    program = application.program
    assert isinstance(program, WorkflowProgram)  # noqa: S101 - its callers have looked
    steps = {step.id: _step(step, graph) for step in program.steps}
    needed = _requirements(program, graph)
    results = {result.output: result for result in program.results}
    return {
        "class": "Workflow",
        "id": application.id,
        "label": printable(application.title),
        "doc": printable(application.abstract or application.title),
        **({"requirements": needed} if needed else {}),
        "inputs": {declared.id: workflow_input(declared) for declared in application.inputs},
        "outputs": {
            output.id: {**workflow_output(output), **_source(results[output.id])}
            for output in application.outputs
        },
        "steps": steps,
    }


def _source(result: Result) -> dict[str, Any]:
    return _linked("outputSource", result)


def _linked(key: str, link: Link | Result) -> dict[str, Any]:
    described: dict[str, Any] = {}
    if link.sources:
        described[key] = link.sources[0] if len(link.sources) == 1 else list(link.sources)
    if link.merge is not None:
        described["linkMerge"] = link.merge
    if link.pick_value is not None:
        described["pickValue"] = link.pick_value
    return described


def _step(step: Step, graph: _Graph) -> dict[str, Any]:
    ends = {link.input: _step_input(link) for link in step.links}
    described: dict[str, Any] = {"run": f"#{graph.add(step.application)}"}
    if step.when is not None:
        described["when"] = step.when
    if step.scatter:
        described["scatter"] = list(step.scatter)
    if step.scatter_method is not None:
        described["scatterMethod"] = step.scatter_method
    described["in"] = ends
    described["out"] = [output.id for output in step.application.outputs]
    return described


def _step_input(link: Link) -> Any:
    described = _linked("source", link)
    if link.default is not None:
        described["default"] = link.default.value
    if link.value_from is not None:
        described["valueFrom"] = link.value_from
    return described["source"] if list(described) == ["source"] else described


def _requirements(program: WorkflowProgram, graph: _Graph) -> dict[str, Any]:
    links = [link for step in program.steps for link in step.links]
    ends: list[Link | Result] = [*links, *program.results]
    picked = [one for one in ends if one.pick_value is not None]
    conditions = [step.when for step in program.steps if step.when is not None]
    if (picked or conditions) and graph.options.cwl_version != "v1.2":
        feature = "when" if conditions else "pickValue"
        raise ConversionError(
            f"CWL {graph.options.cwl_version} has no {feature}",
            hint="Leave --cwl-version out, or give --cwl-version v1.2.",
        )
    several = any(len(one.sources) > 1 for one in ends)
    names = {
        "ScatterFeatureRequirement": any(step.scatter for step in program.steps),
        "MultipleInputFeatureRequirement": several or any(link.merge for link in links),
        "StepInputExpressionRequirement": any(link.value_from for link in links),
        "SubworkflowFeatureRequirement": any(_is_workflow(s, graph) for s in program.steps),
        "InlineJavascriptRequirement": _needs_javascript(conditions, links),
    }
    return {name: {} for name, needed in names.items() if needed}


def _needs_javascript(conditions: Iterable[str], links: Iterable[Link]) -> bool:
    expressions = [*conditions, *(link.value_from for link in links if link.value_from)]
    return any(not _REFERENCE.fullmatch(one) for one in expressions if "$" in one)


def _is_workflow(step: Step, graph: _Graph) -> bool:
    name = graph.add(step.application)
    return any(p["id"] == name and p["class"] == "Workflow" for p in graph.processes)
