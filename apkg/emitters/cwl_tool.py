"""The CommandLineTool that runs a notebook through its launcher."""

from __future__ import annotations

import json
import re
from typing import Any

from apkg.emitters.binding import form
from apkg.emitters.cwl_types import cwl_type, held, type_of
from apkg.emitters.cwl_values import input_doc, plain_value
from apkg.emitters.interface import EmitOptions
from apkg.emitters.launcher import launcher
from apkg.errors import ConversionError
from apkg.media import cwl_format
from apkg.model import Application, ArrayType, Input, Output, Resources
from apkg.names import printable

#: The folder that the launcher makes for the notebook to work in.
RESULTS = "results"
#: What would end a block literal's readability, or mean something to CWL, inside JSON text.
_ESCAPED = re.compile(r"[$\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\U00010000-\U0010ffff]")
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
    """
    embedded = options.embed and application.program is not None
    command = f"{application.id}.launcher.py"
    tool: dict[str, Any] = {
        "class": "CommandLineTool",
        "id": name or application.id,
        "label": printable(application.title),
        "doc": printable(application.abstract or application.title),
        "baseCommand": ["python3", command] if embedded else [application.id],
        "inputs": {d.id: _input(d, with_default=with_defaults) for d in application.inputs},
        "outputs": {output.id: _output(application, output) for output in application.outputs},
    }
    if application.container is not None:
        tool["hints"] = {"DockerRequirement": {"dockerPull": application.container.image}}
    # Last, because the embedded notebook is long and the rest is what people read.
    tool["requirements"] = _requirements(application, options, embedded=embedded)
    return tool


def _requirements(
    application: Application, options: EmitOptions, *, embedded: bool
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    resources = _resources(application.resources)
    if resources:
        found["ResourceRequirement"] = resources
    if options.cwl_version != "v1.0":
        # v1.0 has no NetworkAccess: there every tool may use the network.
        found["NetworkAccess"] = {"networkAccess": application.network}
    if embedded:
        found["InitialWorkDirRequirement"] = {"listing": _listing(application)}
    return found


def _listing(application: Application) -> list[dict[str, str]]:
    program = application.program
    if program is None:
        raise ConversionError(f"{application.id} has no notebook to embed")
    return [
        {"entryname": f"{application.id}.launcher.py", "entry": launcher(application)},
        {"entryname": f"{application.id}.template.ipynb", "entry": escaped(program.notebook)},
    ]


def escaped(text: str) -> str:
    r"""JSON text in which CWL finds no ``$(...)``: inside JSON every ``$`` may be ``\u0024``."""
    return _ESCAPED.sub(
        lambda match: json.dumps(match[0])[1:-1] if match[0] != "$" else "\\u0024", text
    )


def _resources(resources: Resources) -> dict[str, Any]:
    pairs = ((name, getattr(resources, field)) for name, field in _RESOURCES)
    return {name: value for name, value in pairs if value is not None}


def _input(declared: Input, *, with_default: bool) -> dict[str, Any]:
    kind = type_of(declared)
    word, way = f"--{declared.id}=", form(declared)
    bound: dict[str, Any] = {"type": cwl_type(kind, optional=declared.optional)}
    prefix = {"prefix": word, "separate": False}
    if way == "repeat" and isinstance(kind, ArrayType):
        bound["type"] = {"type": "array", "items": cwl_type(kind.items), "inputBinding": prefix}
    described = bound | {"label": printable(declared.label), "doc": input_doc(declared)}
    if with_default and declared.default is not None and declared.default.value is not None:
        described["default"] = plain_value(declared.default.value)
    if way == "value":
        described["inputBinding"] = prefix
    elif way == "json":
        described["inputBinding"] = {"valueFrom": f"{word}$(self)"}
    return described


def _output(application: Application, output: Output) -> dict[str, Any]:
    described: dict[str, Any] = {
        "type": cwl_type(held(output.type), optional=output.optional),
        "label": printable(output.label),
        "doc": printable(output.doc or output.label),
    }
    if output.media_types:
        described["format"] = cwl_format(output.media_types[0])
    return {**described, "outputBinding": {"glob": _glob(application, output)}}


def _glob(application: Application, output: Output) -> str:
    if output.role == "executed-notebook":
        return f"{application.id}.executed.ipynb"
    if output.named_by is not None:
        return f"{RESULTS}/$(inputs.{output.named_by})"
    if "$(" in output.glob or "${" in output.glob:
        raise ConversionError(
            f"output {output.id}: its file name {output.glob!r} holds what CWL takes for a reference",
            hint="Rename the file.",
        )
    return RESULTS if output.glob == "." else f"{RESULTS}/{output.glob}"
