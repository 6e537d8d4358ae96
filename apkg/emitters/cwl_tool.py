"""The CommandLineTool: what all programs share. What differs is each kind's own room."""

from __future__ import annotations

from typing import Any

from apkg.emitters import cwl_command, cwl_notebook
from apkg.emitters.cwl_types import cwl_type, held
from apkg.emitters.cwl_values import input_doc, plain_value
from apkg.emitters.interface import EmitOptions, ProgramParts
from apkg.errors import ConversionError
from apkg.media import cwl_format
from apkg.model import (
    Application,
    CommandProgram,
    CwlProgram,
    Input,
    NotebookProgram,
    Output,
    Resources,
    WorkflowProgram,
)
from apkg.names import printable

_RESOURCES = (
    ("coresMin", "cores_min"), ("coresMax", "cores_max"), ("ramMin", "ram_min"),
    ("ramMax", "ram_max"), ("tmpdirMin", "tmpdir_min"), ("tmpdirMax", "tmpdir_max"),
    ("outdirMin", "outdir_min"), ("outdirMax", "outdir_max"),
)  # fmt: skip


def command_line_tool(
    application: Application, options: EmitOptions, *, with_defaults: bool, name: str | None = None
) -> dict[str, Any]:
    """The tool as plain data.

    The image is a hint, not a requirement: an engine asked to work without containers refuses
    a requirement, and uses a hint wherever it has an engine (CWL v1.2, clause 4.2).

    Raises:
        ConversionError: nobody has said how the application is run.
    """
    parts = _parts(application, options)
    tool: dict[str, Any] = {
        "class": "CommandLineTool",
        "id": name or application.id,
        "label": printable(application.title),
        "doc": printable(application.abstract or application.title),
        "baseCommand": list(parts.base_command),
        **parts.fields,
        "inputs": {d.id: _input(d, parts, default=with_defaults) for d in application.inputs},
        "outputs": {output.id: _output(output, parts) for output in application.outputs},
    }
    if application.container is not None:
        tool["hints"] = {"DockerRequirement": {"dockerPull": application.container.image}}
    # Last, because an embedded notebook is long and the rest is what people read.
    tool["requirements"] = {**_requirements(application, options), **parts.requirements}
    return tool


def _parts(application: Application, options: EmitOptions) -> ProgramParts:
    match application.program:
        case NotebookProgram() as program:
            return cwl_notebook.parts(application, program, options)
        case CommandProgram() as program:
            return cwl_command.parts(program)
        case CwlProgram() | WorkflowProgram():
            raise ConversionError(f"{application.id} is not one command but a process of its own")
        case None:
            raise ConversionError(
                f"{application.id}: nothing says which command runs it",
                hint="Describe the tool: its CWL, its Dockerfile or its command line. A deployment "
                "document needs its image (--image), or the CWL that it links beside it.",
            )


def _requirements(application: Application, options: EmitOptions) -> dict[str, Any]:
    found: dict[str, Any] = {}
    resources = _resources(application.resources)
    if resources:
        found["ResourceRequirement"] = resources
    if options.cwl_version != "v1.0":
        # v1.0 has no NetworkAccess: there every tool may use the network.
        found["NetworkAccess"] = {"networkAccess": application.network}
    return found


def _resources(resources: Resources) -> dict[str, Any]:
    pairs = ((name, getattr(resources, field)) for name, field in _RESOURCES)
    return {name: value for name, value in pairs if value is not None}


def _input(declared: Input, parts: ProgramParts, *, default: bool) -> dict[str, Any]:
    kind, binding = parts.bind(declared)
    described = {"type": kind, "label": printable(declared.label), "doc": input_doc(declared)}
    if default and declared.default is not None and declared.default.value is not None:
        described["default"] = plain_value(declared.default.value)
    return described | ({"inputBinding": binding} if binding is not None else {})


def _output(output: Output, parts: ProgramParts) -> dict[str, Any]:
    described: dict[str, Any] = {
        "type": cwl_type(held(output.type), optional=output.optional),
        "label": printable(output.label),
        "doc": printable(output.doc or output.label),
    }
    if output.media_types:
        described["format"] = cwl_format(output.media_types[0])
    if output.role == "stdout":
        return described | {"type": "stdout"}
    return {**described, "outputBinding": {"glob": parts.glob(output)}}
