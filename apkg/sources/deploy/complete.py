"""A process description and its CWL, put together: the description for people, CWL for types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

from apkg.model import (
    Application,
    ArrayType,
    Default,
    EnumType,
    Input,
    Metadata,
    Output,
    Resources,
    Scalar,
)
from apkg.sources.deploy.ports import Stated
from apkg.sources.interface import Reading

_FILES = (Scalar("File"), Scalar("Directory"))


def complete(
    application: Application,
    inputs: Sequence[Stated],
    outputs: Sequence[Output],
    reading: Reading | None,
) -> Application:
    """``application`` with its inputs and outputs, and what only the CWL says of them."""
    if reading is None:
        return replace(
            application,
            inputs=tuple(stated.input for stated in inputs),
            outputs=tuple(outputs),
        )
    cwl = reading.application
    ours = {stated.input.id: stated for stated in inputs}
    results = {output.id for output in outputs}
    return replace(
        application,
        title=application.title or cwl.title,
        abstract=application.abstract or cwl.abstract,
        inputs=(
            *(_input(stated, _find(cwl.inputs, stated.input.id)) for stated in inputs),
            *(port for port in cwl.inputs if port.id not in ours),
        ),
        outputs=(
            *(_output(output, cwl.outputs) for output in outputs),
            *(port for port in cwl.outputs if port.id not in results),
        ),
        container=application.container or cwl.container,
        resources=cwl.resources if application.resources == Resources() else application.resources,
        network=cwl.network,
        metadata=_metadata(application.metadata, cwl.metadata),
        origins=cwl.origins,
    )


def _find(ports: tuple[Input, ...], name: str) -> Input | None:
    return next((port for port in ports if port.id == name), None)


def _input(stated: Stated, cwl: Input | None) -> Input:
    """CWL knows the type (it is what runs); the description knows what people are told."""
    ours = stated.input
    if cwl is None:
        return ours
    kind = cwl.type
    if isinstance(ours.type, EnumType) and kind == Scalar("string"):
        kind = ours.type
    bare = kind.items if isinstance(kind, ArrayType) else kind
    return replace(
        ours,
        type=kind,
        label=ours.label or cwl.label,
        doc=ours.doc or cwl.doc,
        optional=_optional(stated, cwl),
        default=_default(ours, cwl),
        semantics=(ours.semantics or cwl.semantics) if bare not in _FILES else None,
        media_types=ours.media_types or cwl.media_types,
        scatter=cwl.scatter,
        example=cwl.example,
        binding=cwl.binding or ours.binding,
        annotations=(*ours.annotations, *cwl.annotations),
    )


def _optional(stated: Stated, cwl: Input) -> bool:
    """The description says what may be left out; whether that means null, the CWL knows."""
    has_default = stated.input.default is not None or cwl.default is not None
    if stated.minimum is None or (stated.minimum == 0 and has_default):
        return cwl.optional
    return stated.minimum == 0


def _default(ours: Input, cwl: Input) -> Default | None:
    """The CWL's default is exact; that of the description was text."""
    return ours.default if cwl.default is None else cwl.default


def _output(ours: Output, ports: tuple[Output, ...]) -> Output:
    cwl = next((port for port in ports if port.id == ours.id), None)
    if cwl is None:
        return ours
    bare = cwl.type.items if isinstance(cwl.type, ArrayType) else cwl.type
    return replace(
        ours,
        type=cwl.type,
        label=ours.label or cwl.label,
        doc=ours.doc or cwl.doc,
        glob=ours.glob if ours.glob != "." else cwl.glob,
        named_by=cwl.named_by,
        optional=ours.optional or cwl.optional,
        semantics=ours.semantics if bare not in _FILES else None,
        supported_crs=ours.supported_crs if bare not in _FILES else (),
        media_types=ours.media_types or cwl.media_types,
    )


def _metadata(ours: Metadata, cwl: Metadata) -> Metadata:
    """What the description says, else the CWL; each starts with the same version unsaid."""
    unsaid = Metadata()
    said = {one.name: getattr(ours, one.name) for one in fields(Metadata)}
    return replace(cwl, **{k: v for k, v in said.items() if v != getattr(unsaid, k)})
