"""Inputs and outputs of a CWL Workflow (CWL v1.2 Workflow, clauses 5.1 and 5.2)."""

from __future__ import annotations

from typing import Any

from apkg.emitters.cwl_types import cwl_type, held, type_of
from apkg.emitters.cwl_values import input_doc, plain_value
from apkg.media import cwl_format
from apkg.model import ArrayType, Input, Output, Scalar, UnionType
from apkg.names import printable


def workflow_input(declared: Input) -> dict[str, Any]:
    """A Workflow input: type, label, doc, and default where there is one."""
    kind = type_of(declared)
    described: dict[str, Any] = {
        "type": cwl_type(ArrayType(kind) if declared.scatter else kind, optional=declared.optional),
        "label": printable(declared.label),
        "doc": input_doc(declared),
    }
    if declared.media_types:
        described["s:encodingFormat"] = _one_or_more(declared.media_types)
    if declared.default is not None and declared.default.value is not None:
        default = plain_value(declared.default.value)
        described["default"] = [default] if declared.scatter else default
    return described


def workflow_output(output: Output, *, scattered: bool = False) -> dict[str, Any]:
    """A Workflow output without its source; an array of results where the step is scattered."""
    kind, optional = held(output.type), output.optional
    if scattered:
        # A run that leaves it out leaves a gap in the list.
        one = UnionType((Scalar("null"), kind)) if optional else kind
        kind, optional = ArrayType(one), False
    described: dict[str, Any] = {
        "type": cwl_type(kind, optional=optional),
        "label": printable(output.label),
        "doc": printable(output.doc or output.label),
    }
    if output.media_types:
        described["format"] = cwl_format(output.media_types[0])
    return described


def _one_or_more(values: tuple[str, ...]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)
