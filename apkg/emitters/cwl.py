"""Facet 1: the CWL document (OGC 18-049r1 clause 8.2.1, OGC 20-089 clause 7)."""

from __future__ import annotations

from typing import Any

from apkg.emitters.cwl_metadata import SCHEMA_ORG, metadata
from apkg.emitters.cwl_ports import workflow_input, workflow_output
from apkg.emitters.cwl_tool import command_line_tool
from apkg.emitters.cwl_workflow import chain_document
from apkg.emitters.interface import EmitOptions
from apkg.files.yaml_out import comment, dump
from apkg.model import Application, WorkflowProgram
from apkg.names import printable, unique

_HEADER = """\
Facet 1 of the application package "{id}": what it takes, what it gives, how it runs.
Run it with: apkg run {id}.cwl --inputs {id}.inputs.yml
"""


class CwlEmitter:
    """Writes ``<id>.cwl``."""

    suffix = ".cwl"

    def emit(self, application: Application, options: EmitOptions) -> str:
        """The CWL text: a ``$graph`` of Workflow and tool, or the bare tool.

        Raises:
            ConversionError: something in the application has no form in CWL.
        """
        if options.cwl is not None:
            return dump(dict(options.cwl))
        return cwl_header(application) + dump(cwl_document(application, options))


def cwl_header(application: Application) -> str:
    """The comment on top of a CWL file that is called like the application."""
    return comment(_HEADER.format(id=application.id).strip())


def cwl_document(application: Application, options: EmitOptions) -> dict[str, Any]:
    """The CWL document as plain data, keys in the order in which people write them."""
    if isinstance(application.program, WorkflowProgram):
        return chain_document(application, options)
    start = {"cwlVersion": options.cwl_version, "$namespaces": {"s": SCHEMA_ORG}}
    described = metadata(application, typed=options.style == "workflow")
    if options.style == "tool":
        tool = command_line_tool(application, options, with_defaults=True)
        return {**start, **tool, **described}
    tool = command_line_tool(
        application, options, name=f"{application.id}-tool", with_defaults=False
    )
    return {**start, **described, "$graph": [_workflow(application, str(tool["id"])), tool]}


def _workflow(application: Application, tool: str) -> dict[str, Any]:
    scattered = [declared.id for declared in application.inputs if declared.scatter]
    taken = [declared.id for declared in application.inputs]
    taken += [output.id for output in application.outputs]
    step = unique("process", taken)
    run: dict[str, Any] = {
        "run": f"#{tool}",
        "in": {declared.id: declared.id for declared in application.inputs},
        "out": [output.id for output in application.outputs],
    }
    workflow: dict[str, Any] = {
        "class": "Workflow",
        "id": application.id,
        "label": printable(application.title),
        "doc": printable(application.abstract or application.title),
    }
    if scattered:
        workflow["requirements"] = {"ScatterFeatureRequirement": {}}
        run |= {"scatter": scattered, "scatterMethod": "dotproduct"}
    workflow["inputs"] = {d.id: workflow_input(d) for d in application.inputs}
    workflow["outputs"] = {
        output.id: {
            **workflow_output(output, scattered=bool(scattered)),
            "outputSource": f"{step}/{output.id}",
        }
        for output in application.outputs
    }
    workflow["steps"] = {step: run}
    return workflow
