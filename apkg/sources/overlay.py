"""An application taken apart into claims again, so that options and manifest can overrule them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields

from apkg.errors import Location, SourceError
from apkg.model import Application, Input, Metadata, Output, Resources
from apkg.names import did_you_mean
from apkg.sources.assemble import assemble
from apkg.sources.claims import Claim, Fields, Layer, in_order_of, merge
from apkg.sources.manifest.reading import ManifestReading

_WHOLE = ("id", "title", "abstract", "network", "catalogues")


def overlaid(application: Application, options: ManifestReading) -> Application:
    """``application`` with what ``options`` say of it.

    Raises:
        SourceError: an input is described that there is not, or a value is of another type.
    """
    _check(application, options)
    found = layer_of(application)
    merged = in_order_of(found, merge([options.layer, found]))
    merged = Layer(
        application=merged.application,
        inputs={n: f for n, f in merged.inputs.items() if n not in options.ignored_inputs},
        outputs={n: f for n, f in merged.outputs.items() if n not in options.ignored_outputs},
    )
    return assemble(merged, program=application.program)


def layer_of(application: Application) -> Layer:
    """An application as the claims that make it."""
    image = application.container.image if application.container else None
    whole = {name: getattr(application, name) for name in _WHOLE} | {"image": image}
    for part, kind in ((application.metadata, Metadata), (application.resources, Resources)):
        whole |= {field.name: getattr(part, field.name) for field in fields(kind)}
    return Layer(
        application=_claims(whole, application, ""),
        inputs=dict(_ports(application.inputs, "inputs", application)),
        outputs=dict(_ports(application.outputs, "outputs", application)),
    )


def _ports(
    ports: tuple[Input, ...] | tuple[Output, ...], group: str, application: Application
) -> Iterator[tuple[str, Fields]]:
    for port in ports:
        values = {f.name: getattr(port, f.name) for f in fields(port) if f.name != "id"}
        yield port.id, _claims(values, application, f"{group}.{port.id}.")


def _claims(values: Mapping[str, object], application: Application, prefix: str) -> Fields:
    found: dict[str, Claim] = {}
    for name, value in values.items():
        if value is None:
            continue
        origin = application.origin(f"{prefix}{name}")
        found[name] = Claim(
            value=value,
            source=origin.source if origin else "the document",
            guessed=origin.guessed if origin else False,
            location=origin.location if origin else None,
        )
    return found


def _check(application: Application, options: ManifestReading) -> None:
    known = [declared.id for declared in application.inputs]
    for name, said in options.layer.inputs.items():
        if name in known:
            continue
        close = did_you_mean(name, known)
        location: Location | None = next((c.location for c in said.values() if c.location), None)
        raise SourceError(
            f"input {name} is described, and the document has no such input",
            hint=f"Did you mean {close}?" if close else f"Its inputs are: {', '.join(known)}.",
            location=location,
        )
