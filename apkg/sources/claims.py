"""Claims: what each voice says of an application, kept apart until one of them wins.

Every reader (options, manifest, notebook metadata, declarations, inference) returns a
:class:`Layer` of claims. :func:`merge` lets the first layer that speaks win, field by field,
and the winning claim's origin stays with the value, so that ``apkg inspect`` can tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from apkg.errors import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One voice's value for one field. ``source`` names the voice as a person would."""

    value: object
    source: str
    guessed: bool = False
    location: Location | None = None


Fields: TypeAlias = Mapping[str, Claim]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """All claims of one voice; inputs and outputs by id, in the order they were found."""

    application: Fields = field(default_factory=dict)
    inputs: Mapping[str, Fields] = field(default_factory=dict)
    outputs: Mapping[str, Fields] = field(default_factory=dict)


def merge(layers: Iterable[Layer]) -> Layer:
    """One layer in which, for every field, the first of ``layers`` that speaks has won."""
    application: dict[str, Claim] = {}
    inputs: dict[str, dict[str, Claim]] = {}
    outputs: dict[str, dict[str, Claim]] = {}
    for layer in layers:
        _add(application, layer.application)
        for target, source in ((inputs, layer.inputs), (outputs, layer.outputs)):
            for name, fields in source.items():
                _add(target.setdefault(name, {}), fields)
    return Layer(application=application, inputs=inputs, outputs=outputs)


def _add(target: dict[str, Claim], fields: Fields) -> None:
    for name, claim in fields.items():
        target.setdefault(name, claim)


def in_order_of(first: Layer, merged: Layer) -> Layer:
    """``merged`` with inputs and outputs in the order of ``first``, whoever spoke first."""

    def ordered(names: Iterable[str], fields: Mapping[str, Fields]) -> dict[str, Fields]:
        known = [name for name in names if name in fields]
        return {name: fields[name] for name in dict.fromkeys([*known, *fields])}

    return Layer(
        application=merged.application,
        inputs=ordered(first.inputs, merged.inputs),
        outputs=ordered(first.outputs, merged.outputs),
    )
