"""How a command-line tool in an image is run: base command, arguments, bindings (CWL v1.2 4.1)."""

from __future__ import annotations

from typing import Any

from apkg.emitters.cwl_types import cwl_type, type_of
from apkg.emitters.cwl_values import literal_glob
from apkg.emitters.interface import ProgramParts
from apkg.model import Argument, ArrayType, Binding, CommandProgram, Input, Output


def parts(program: CommandProgram) -> ProgramParts:
    """The tool's parts, as the program says them."""
    fields: dict[str, Any] = {}
    if program.arguments:
        fields["arguments"] = [_argument(argument) for argument in program.arguments]
    if program.stdout is not None:
        fields["stdout"] = program.stdout
    requirements: dict[str, Any] = {}
    if program.environment:
        definitions = {name: _escaped(value) for name, value in program.environment}
        requirements["EnvVarRequirement"] = {"envDef": definitions}
    if program.files:
        listing = [{"entryname": f.path, "entry": _escaped(f.text)} for f in program.files]
        requirements["InitialWorkDirRequirement"] = {"listing": listing}
    return ProgramParts(
        base_command=program.base_command,
        bind=_bind,
        glob=_glob,
        fields=fields,
        requirements=requirements,
    )


def _argument(argument: Argument) -> Any:
    if argument.position is None and argument.prefix is None:
        return _escaped(argument.value)
    bound: dict[str, Any] = {"valueFrom": _escaped(argument.value)}
    return _placed(argument.position, argument.prefix) | bound


def _escaped(text: str) -> str:
    r"""Text that CWL takes as it stands (CWL v1.2, 3.5 "Parameter references", on escapes).

    ``\$(`` and ``\${`` are no references. A text that holds one is read for escapes, and there
    ``\\`` is one backslash in every version, while ``\x`` differs between them.
    """
    if "$(" not in text and "${" not in text:
        return text
    text = text.replace("\\", "\\\\")
    return text.replace("$(", "\\$(").replace("${", "\\${")


def _placed(position: int | None, prefix: str | None) -> dict[str, Any]:
    named = (("position", position), ("prefix", prefix))
    return {name: value for name, value in named if value is not None}


def _bind(declared: Input) -> tuple[Any, dict[str, Any] | None]:
    """Type and binding; a repeated option carries its prefix on the items."""
    kind, binding = type_of(declared), declared.binding
    plain = cwl_type(kind, optional=declared.optional)
    if binding is None:
        return plain, None
    if binding.repeat and isinstance(kind, ArrayType):
        # As the items of an array a type is spelt out, and so can carry a binding.
        items = {
            **cwl_type(ArrayType(kind))["items"],
            "inputBinding": _of(binding, with_position=False),
        }
        outer = _placed(binding.position, None)
        return (["null", items] if declared.optional else items), outer
    return plain, _of(binding)


def _of(binding: Binding, *, with_position: bool = True) -> dict[str, Any]:
    bound = _placed(binding.position if with_position else None, binding.prefix)
    if binding.prefix is not None and not binding.separate:
        bound["separate"] = False
    if binding.item_separator is not None:
        bound["itemSeparator"] = binding.item_separator
    return bound


def _glob(output: Output) -> str:
    if output.named_by is not None:
        return f"$(inputs.{output.named_by})"
    return literal_glob(output)
