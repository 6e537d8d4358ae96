"""``ogcapi-flat``: the process description itself under ``processDescription``, as Weaver takes it.

The form of the first drafts of Part 2: units are a list, options of execution and the profile's
name stand on top, and ``owsContext`` and ``visibility`` go on from Testbed-14.
"""

from __future__ import annotations

from typing import Any

from apkg.emitters.dialects.interface import Emitted
from apkg.emitters.dialects.losses import losses
from apkg.emitters.dialects.offered import BOTH, offered
from apkg.emitters.dialects.ogcapi import as_text, summary
from apkg.emitters.dialects.ogcapi_parts import (
    credits_1,
    execution_unit,
    input_description,
    input_parameters,
    output_description,
)
from apkg.emitters.dialects.ogcapi_scope import scope
from apkg.emitters.dialects.ports import (
    FILES,
    INPUT_METADATA,
    item,
    listed,
    media_types,
    output_item,
)
from apkg.emitters.dialects.units import inline_cwl, profile
from apkg.emitters.dialects.wps_t import catalogues, context, process_parameters
from apkg.emitters.interface import EmitOptions
from apkg.model import Application, DataType, Input, Output


class OgcApiFlat:
    """Writes ``<id>.deploy.json``."""

    name = "ogcapi-flat"
    suffix = ".deploy.json"

    def emit(self, application: Application, options: EmitOptions) -> Emitted:
        """The deployment document as JSON text.

        Raises:
            ConversionError: the execution unit is the image, and there is none.
        """
        document = {
            "processDescription": _process(application, options),
            **{name: offered(application.metadata, name) for name in BOTH},
            "immediateDeployment": True,
            "executionUnit": [_unit(application, options)],
            "deploymentProfileName": profile(options),
        }
        said = scope(options, visibility=True)
        return Emitted(text=as_text(document), losses=losses(application, said, options))


def _unit(application: Application, options: EmitOptions) -> dict[str, Any]:
    if options.execution_unit == "inline":
        return {"unit": inline_cwl(application, options)}
    return execution_unit(application, options)


def _process(application: Application, options: EmitOptions) -> dict[str, Any]:
    known = application.metadata
    process = {**summary(application), **context(options)}
    if known.visibility:
        process["visibility"] = known.visibility
    metadata = [*catalogues(application), *credits_1(known)]
    if metadata:
        process["metadata"] = metadata
    parameters = process_parameters(known, "values")
    if parameters:
        process["additionalParameters"] = [parameters]
    process["inputs"] = {i.id: _input(i) for i in application.inputs}
    process["outputs"] = {o.id: _output(o) for o in application.outputs}
    return process


def _input(declared: Input) -> dict[str, Any]:
    found = {
        **input_description(declared),
        **_formats(item(listed(declared))[0], declared.media_types),
    }
    said = input_parameters(declared)
    if said:
        parameters = [{"name": name, "values": values} for name, values in said]
        found["additionalParameters"] = [{"role": INPUT_METADATA, "parameters": parameters}]
    return found


def _output(output: Output) -> dict[str, Any]:
    kind, _ = output_item(output)
    return {**output_description(output), **_formats(kind, output.media_types)}


def _formats(kind: DataType, stated: tuple[str, ...]) -> dict[str, Any]:
    """Formats of files stand beside the schema: older releases of Weaver look only there."""
    if kind not in FILES or not stated:
        return {}
    names = media_types(kind, stated)
    return {"formats": [{"mediaType": n, "default": i == 0} for i, n in enumerate(names)]}
