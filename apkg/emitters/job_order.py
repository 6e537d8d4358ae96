"""``<id>.inputs.yml``: a CWL job order filled with the defaults, every input explained."""

from __future__ import annotations

import posixpath
from typing import Any

from apkg.emitters.cwl_types import type_of
from apkg.emitters.cwl_values import input_doc, plain_value
from apkg.emitters.interface import EmitOptions
from apkg.files.yaml_out import comment, scalar
from apkg.model import Application, ArrayType, DataType, EnumType, Input, Scalar
from apkg.typetext import type_text

_HEADER = """\
Job order for {id}.cwl: the values for one run.
Run it with: apkg run {id}.cwl --inputs {id}.inputs.yml
"""
_REPLACE = "<-- your value here"


class JobOrderEmitter:
    """Writes ``<id>.inputs.yml``."""

    suffix = ".inputs.yml"

    def emit(self, application: Application, options: EmitOptions) -> str:
        """The job order's text; a required input without a value is commented out."""
        blocks = [_block(declared, options) for declared in application.inputs]
        if not blocks:
            blocks = ["# This application has no inputs.\n{}\n"]
        elif all(block.rstrip().rpartition("\n")[2].startswith("#") for block in blocks):
            # A file of nothing but comments is null to YAML, and no job order to engines.
            blocks.append("{}\n")
        return "\n".join([comment(_HEADER.format(id=application.id).strip()), *blocks])


def _block(declared: Input, options: EmitOptions) -> str:
    name = type_text(declared.type, declared.optional, declared.semantics)
    lines = comment(f"{declared.id}: {name}") + comment(input_doc(declared))
    if declared.range is not None:
        bounds = (declared.range.minimum, declared.range.maximum)
        low, high = ("" if bound is None else str(bound) for bound in bounds)
        lines += comment(f"Allowed: {low or 'any'} to {high or 'any'}")
    # Some names mean something else to YAML (``no``, ``on``, ``null``) and are quoted.
    key, value = scalar(declared.id), _value(declared, options)
    if value is None and not declared.optional:
        return f"{lines}# {key}: {_placeholder(declared.type)}  {_REPLACE}\n"
    return f"{lines}{key}: {scalar(value)}\n"


def _value(declared: Input, options: EmitOptions) -> Any:
    if declared.example is not None:
        return _path_value(type_of(declared), declared.example, options)
    if declared.default is None:
        return None
    value = plain_value(declared.default.value)
    return [value] if declared.scatter and value is not None else value


def _path_value(kind: DataType, example: str, options: EmitOptions) -> Any:
    if isinstance(kind, ArrayType):
        return [_path_value(kind.items, part, options) for part in example.split("\n")]
    name = kind.name if isinstance(kind, Scalar) else "File"
    remote = "://" in example
    key = "location" if remote else "path"
    return {"class": name, key: example if remote else posixpath.join(options.folder, example)}


def _placeholder(kind: DataType) -> str:
    match kind:
        case Scalar(name="File" | "Directory" as name):
            return f"{{class: {name}, path: ...}}"
        case ArrayType(items=items):
            return f"[{_placeholder(items)}]"
        case EnumType(symbols=symbols):
            return scalar(symbols[0])
        case Scalar(name=name):
            return {"boolean": "true", "string": "text"}.get(name, "0")
        case _:
            return "..."
