"""How a notebook is run as a CommandLineTool: through its launcher."""

from __future__ import annotations

import json
import re
from typing import Any

from apkg.emitters.binding import form
from apkg.emitters.cwl_types import cwl_type, type_of
from apkg.emitters.cwl_values import literal_glob
from apkg.emitters.interface import EmitOptions, ProgramParts
from apkg.emitters.launcher import launcher
from apkg.model import Application, ArrayType, Input, NotebookProgram, Output

#: The folder that the launcher makes for the notebook to work in.
RESULTS = "results"
#: What would end a block literal's readability, or mean something to CWL, inside JSON text.
_ESCAPED = re.compile(r"[$\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\U00010000-\U0010ffff]")


def parts(application: Application, program: NotebookProgram, options: EmitOptions) -> ProgramParts:
    """The tool's parts: notebook and launcher embedded, or expected in the image."""
    script = f"{application.id}.launcher.py"
    requirements: dict[str, Any] = {}
    if options.embed:
        listing = [
            {"entryname": script, "entry": launcher(application)},
            {"entryname": f"{application.id}.template.ipynb", "entry": escaped(program.notebook)},
        ]
        requirements["InitialWorkDirRequirement"] = {"listing": listing}
    return ProgramParts(
        base_command=("python3", script) if options.embed else (application.id,),
        bind=_bind,
        glob=_glob,
        requirements=requirements,
    )


def escaped(text: str) -> str:
    r"""JSON text in which CWL finds no ``$(...)``: inside JSON every ``$`` may be ``\u0024``."""
    return _ESCAPED.sub(
        lambda match: json.dumps(match[0])[1:-1] if match[0] != "$" else "\\u0024", text
    )


def _bind(declared: Input) -> tuple[Any, dict[str, Any] | None]:
    kind = type_of(declared)
    plain = cwl_type(kind, optional=declared.optional)
    word, way = f"--{declared.id}=", form(declared)
    prefix = {"prefix": word, "separate": False}
    if way == "repeat" and isinstance(kind, ArrayType):
        return {"type": "array", "items": cwl_type(kind.items), "inputBinding": prefix}, None
    if way == "value":
        return plain, prefix
    return plain, {"valueFrom": f"{word}$(self)"}


def _glob(output: Output) -> str:
    if output.role == "executed-notebook":
        # The launcher leaves it beside the folder, not in it.
        return literal_glob(output)
    if output.named_by is not None:
        return f"{RESULTS}/$(inputs.{output.named_by})"
    return RESULTS if output.glob == "." else f"{RESULTS}/{literal_glob(output)}"
