"""Facet 1 of a chain: one ``$graph`` of the workflow and all that its steps run."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from apkg.emitters.cwl_graph import Graph
from apkg.emitters.cwl_metadata import metadata
from apkg.emitters.cwl_ports import workflow_input, workflow_output
from apkg.emitters.cwl_values import plain_value
from apkg.emitters.interface import EmitOptions
from apkg.errors import ConversionError
from apkg.model import Application, Link, Result, Step, WorkflowProgram
from apkg.names import printable

#: An expression that needs no JavaScript: one reference to an input (CWL v1.2, 3.5).
_REFERENCE = re.compile(
    r"\$\([A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*|\[[0-9]+\]|\['[^'\\]*'\]|\[\"[^\"\\]*\"\])*\)"
)


def chain_document(application: Application, options: EmitOptions) -> dict[str, Any]:
    """Write a chain as plain data: ``$graph`` with the workflow first.

    Raises:
        ConversionError: the version of CWL that is asked for cannot say it.

    """
    graph = Graph(options, _workflow)
    graph.taken.append(application.id)
    main = _workflow(application, graph)
    return {
        "cwlVersion": options.cwl_version,
        "$namespaces": graph.prefixes,
        **({"$schemas": graph.schemas} if graph.schemas else {}),
        **metadata(application, typed=True),
        "$graph": [main, *graph.processes],
    }


def _workflow(application: Application, graph: Graph) -> dict[str, Any]:
    program = application.program
    assert isinstance(program, WorkflowProgram)  # noqa: S101 - its callers have looked
    _check_version(program, graph.options)
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
            output.id: {**workflow_output(output), **_linked("outputSource", results[output.id])}
            for output in application.outputs
        },
        "steps": steps,
    }


def _linked(key: str, link: Link | Result) -> dict[str, Any]:
    described: dict[str, Any] = {}
    if link.sources:
        # A single source that becomes a list stands in one: so do the examples of the standard.
        alone = len(link.sources) == 1 and link.merge is None
        described[key] = link.sources[0] if alone else list(link.sources)
    if link.merge is not None:
        described["linkMerge"] = link.merge
    if link.pick_value is not None:
        described["pickValue"] = link.pick_value
    return described


def _step(step: Step, graph: Graph) -> dict[str, Any]:
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
        described["default"] = plain_value(link.default.value)
    if link.value_from is not None:
        described["valueFrom"] = link.value_from
    return described["source"] if list(described) == ["source"] else described


def _check_version(program: WorkflowProgram, options: EmitOptions) -> None:
    if options.cwl_version == "v1.2":
        return
    for step in program.steps:
        if step.when is not None:
            raise _too_old(f"step {step.id} has a condition (when)", options)
        for link in step.links:
            if link.pick_value is not None:
                raise _too_old(f"{step.id}/{link.input} picks a value (pickValue)", options)
    for result in program.results:
        if result.pick_value is not None:
            raise _too_old(f"the output {result.output} picks a value (pickValue)", options)


def _too_old(what: str, options: EmitOptions) -> ConversionError:
    return ConversionError(
        f"{printable(what)}, which CWL {options.cwl_version} does not know",
        hint="Leave --cwl-version out, or give --cwl-version v1.2.",
    )


def _requirements(program: WorkflowProgram, graph: Graph) -> dict[str, Any]:
    links = [link for step in program.steps for link in step.links]
    ends: list[Link | Result] = [*links, *program.results]
    conditions = [step.when for step in program.steps if step.when is not None]
    names = {
        "ScatterFeatureRequirement": any(step.scatter for step in program.steps),
        "MultipleInputFeatureRequirement": any(len(e.sources) > 1 or e.merge for e in ends),
        "StepInputExpressionRequirement": any(link.value_from for link in links),
        "SubworkflowFeatureRequirement": any(
            graph.is_workflow(step.application) for step in program.steps
        ),
        "InlineJavascriptRequirement": _needs_javascript(conditions, links),
    }
    return {name: {} for name, needed in names.items() if needed}


def _needs_javascript(conditions: Iterable[str], links: Iterable[Link]) -> bool:
    expressions = [*conditions, *(link.value_from for link in links if link.value_from)]
    return any(not _REFERENCE.fullmatch(one.strip()) for one in expressions if "$" in one)
