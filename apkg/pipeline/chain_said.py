"""What a manifest says of a chain as a whole, beside its wiring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from apkg.errors import SourceError
from apkg.model import Application, Discovery, Input
from apkg.names import did_you_mean, printable
from apkg.pipeline.chain_examples import place_from
from apkg.sources.claims import Claim
from apkg.sources.consistency import problems
from apkg.sources.manifest.reading import ManifestReading
from apkg.sources.problems import stop

_OF_METADATA = ("version", "keywords", "authors", "license")
_OF_INPUT = ("label", "doc", "default")


def described(
    application: Application, said: ManifestReading, folder: Path, out: Path
) -> Application:
    """``application`` with what is said of it; examples stand below ``folder``, seen from ``out``.

    Raises:
        SourceError: an input is described that there is not, or its default is no value of it.

    """
    whole = said.layer.application
    metadata = {name: _value(whole, name) for name in _OF_METADATA if name in whole}
    described_inputs = said.layer.inputs
    _check_names(application, described_inputs)
    inputs = tuple(
        _input(declared, described_inputs.get(declared.id, {}), folder, out)
        for declared in application.inputs
    )
    made = replace(
        application,
        metadata=replace(application.metadata, **metadata),
        catalogues=_value(whole, "catalogues") if "catalogues" in whole else application.catalogues,
        inputs=inputs,
    )
    _check_defaults(made, described_inputs)
    return made


def _value(claims: Mapping[str, Claim], name: str) -> Any:
    return claims[name].value


def _input(declared: Input, claims: Mapping[str, Claim], folder: Path, out: Path) -> Input:
    told = {name: _value(claims, name) for name in _OF_INPUT if name in claims}
    if "default" in told:
        told["optional"] = declared.optional and declared.default is not None
    if "discovery" in claims:
        told["discovery"] = _found_by(declared.discovery, _value(claims, "discovery"))
    example = claims.get("example")
    place = None if example is None else place_from(str(example.value), folder, out)
    return replace(declared, **told, example=place or declared.example)


def _found_by(known: Discovery, said: Discovery) -> Discovery:
    """What the whole says of finding data goes before what its part says."""
    plain = Discovery()
    own = {
        field.name: getattr(said, field.name)
        for field in fields(Discovery)
        if getattr(said, field.name) != getattr(plain, field.name)
    }
    return replace(known, **own)


def _check_names(application: Application, said: Mapping[str, Mapping[str, Claim]]) -> None:
    known = [declared.id for declared in application.inputs]
    for name, claims in said.items():
        if name not in known:
            close = did_you_mean(name, known)
            raise SourceError(
                f"input {printable(name)} is described, and the chain has no such input",
                hint=f"Did you mean {close}?" if close else f"Its inputs: {', '.join(known)}.",
                location=next((c.location for c in claims.values() if c.location), None),
            )


def _check_defaults(application: Application, said: Mapping[str, Mapping[str, Claim]]) -> None:
    places = {
        f"inputs.{n}.default": c["default"].location for n, c in said.items() if "default" in c
    }
    stop([
        replace(problem, location=places[problem.field])
        for problem in problems(application)
        if problem.field in places
    ])  # fmt: skip
