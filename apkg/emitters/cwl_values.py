"""Values and descriptions that Workflow and tool write alike."""

from __future__ import annotations

from typing import Any

from apkg.emitters.cwl_types import type_of
from apkg.errors import ConversionError
from apkg.model import Input, Output, Value
from apkg.names import printable


def input_doc(declared: Input) -> str:
    """The description, with the choices where the type itself cannot hold them."""
    text = declared.doc or declared.label
    if declared.allowed_values or type_of(declared) != declared.type:
        choices = declared.allowed_values or getattr(declared.type, "symbols", ())
        text = f"{text} (one of: {', '.join(map(str, choices))})" if choices else text
    return printable(text)


def plain_value(value: Value) -> Any:
    """A value as YAML and JSON write it."""
    return [plain_value(item) for item in value] if isinstance(value, tuple) else value


def literal_glob(output: Output) -> str:
    """The output's pattern, which must not mean anything to CWL.

    Raises:
        ConversionError: it holds a parameter reference or expression.
    """
    if "$(" in output.glob or "${" in output.glob:
        raise ConversionError(
            f"output {output.id}: CWL would take {output.glob!r}, its file name, for a reference",
            hint="Rename the file.",
        )
    return output.glob
