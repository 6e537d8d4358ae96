"""``ogcapi`` and ``ogcapi-2``: the ``ogcapppkg`` of OGC API - Processes Part 2 (OGC 20-044).

The process is described as Part 1 does: 1.0 (OGC 18-062r2), or the draft of 2.0, which says how
values are passed, keeps all metadata in one list, and drops ``outputTransmission``.
"""

from __future__ import annotations

import json
from typing import Any

from apkg.emitters.dialects.interface import Emitted
from apkg.emitters.dialects.losses import losses
from apkg.emitters.dialects.offered import BOTH, offered
from apkg.emitters.dialects.ogcapi_parts import (
    credits_1,
    credits_2,
    described,
    execution_unit,
    input_description,
    input_metadata_1,
    input_metadata_2,
    links,
    output_description,
    parameter_metadata,
    parameter_object,
    value_passing,
)
from apkg.emitters.dialects.ogcapi_scope import scope
from apkg.emitters.dialects.units import PROFILES
from apkg.emitters.dialects.wps_t import PROCESS_METADATA
from apkg.emitters.interface import EmitOptions
from apkg.model import Application
from apkg.names import printable


class OgcApi:
    """Writes ``<id>.ogcapppkg.json`` with a process description of Part 1 1.0."""

    name = "ogcapi"
    suffix = ".ogcapppkg.json"

    def emit(self, application: Application, options: EmitOptions) -> Emitted:
        """The package as JSON text.

        Raises:
            ConversionError: the execution unit is the image, and there is none.
        """
        document = package(application, options, process_1(application, options))
        return Emitted(text=as_text(document), losses=losses(application, scope(options), options))


class OgcApi2:
    """Writes ``<id>.ogcapppkg.json`` with a process description of the draft of Part 1 2.0."""

    name = "ogcapi-2"
    suffix = ".ogcapppkg.json"

    def emit(self, application: Application, options: EmitOptions) -> Emitted:
        """The package as JSON text.

        Raises:
            ConversionError: the execution unit is the image, and there is none.
        """
        document = package(application, options, process_2(application, options))
        said = scope(options, values=True)
        return Emitted(text=as_text(document), losses=losses(application, said, options))


def as_text(document: dict[str, Any]) -> str:
    """JSON as all dialects write it."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def package(
    application: Application, options: EmitOptions, process: dict[str, Any]
) -> dict[str, Any]:
    """The package: process description, execution unit, and the profile of an image."""
    document: dict[str, Any] = {
        "processDescription": {"process": process},
        "executionUnit": execution_unit(application, options),
    }
    if options.execution_unit == "image":
        # Requirement /req/ogcapppkg/profile-docker asks for it by name.
        document["deploymentProfile"] = f"{PROFILES}dockerizedApplication"
    return document


def process_1(application: Application, options: EmitOptions) -> dict[str, Any]:
    """The process as Part 1 1.0 describes it."""
    known = application.metadata
    process = summary(application)
    metadata = [*links(application, options), *credits_1(known)]
    if metadata:
        process["metadata"] = metadata
    if known.security_note:
        note = [("SecurityNote", [printable(known.security_note)])]
        process["additionalParameters"] = parameter_object(PROCESS_METADATA, note)
    process |= {name: offered(known, name) for name in BOTH}
    process["inputs"] = {
        i.id: {**input_description(i), **input_metadata_1(i)} for i in application.inputs
    }
    process["outputs"] = {o.id: output_description(o) for o in application.outputs}
    return process


def process_2(application: Application, options: EmitOptions) -> dict[str, Any]:
    """The process as the draft of Part 1 2.0 describes it."""
    known = application.metadata
    process = summary(application)
    metadata = [*links(application, options), *credits_2(known)]
    if known.security_note:
        note = [("SecurityNote", [printable(known.security_note)])]
        metadata.append(parameter_metadata(PROCESS_METADATA, note))
    if metadata:
        process["metadata"] = metadata
    process["jobControlOptions"] = offered(known, "jobControlOptions")
    process["inputs"] = {
        i.id: {
            **input_description(i),
            "valuePassing": value_passing(i),
            **input_metadata_2(i),
        }
        for i in application.inputs
    }
    process["outputs"] = {o.id: output_description(o) for o in application.outputs}
    return process


def summary(application: Application) -> dict[str, Any]:
    """What a list of processes shows of one."""
    known = application.metadata
    process = {
        "id": application.id,
        **described(application.title, application.abstract),
        "version": known.version,
    }
    if known.keywords:
        process["keywords"] = [printable(word) for word in known.keywords]
    return process
