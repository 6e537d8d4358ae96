"""``wps-t``: the WPS-T DeployProcess, shaped as the examples of OGC 18-049r1 clause 8.3."""

from __future__ import annotations

import json
from typing import Any

from apkg.emitters.dialects.interface import Emitted
from apkg.emitters.dialects.losses import losses
from apkg.emitters.dialects.offered import BOTH, offered
from apkg.emitters.dialects.units import CWL_OFFERING, image, inline_cwl, profile
from apkg.emitters.dialects.wps_t_io import input_description, output_description
from apkg.emitters.dialects.wps_t_scope import SCOPE
from apkg.emitters.interface import EmitOptions
from apkg.model import Application, Metadata
from apkg.names import printable

#: 18-049r1 clause 5 gives catalogues as OpenSearch offerings of the context document.
OPENSEARCH_OFFERING = "http://www.opengis.net/spec/owc-atom/1.0/opensearch"
PROCESS_METADATA = "http://www.opengis.net/eoc/applicationContext/processMetadata"


class WpsT:
    """Writes ``<id>.deploy.json``."""

    name = "wps-t"
    suffix = ".deploy.json"

    def emit(self, application: Application, options: EmitOptions) -> Emitted:
        """The DeployProcess JSON text.

        Raises:
            ConversionError: the execution unit is the image, and there is none.
        """
        document = deploy_process(application, options)
        return Emitted(
            text=json.dumps(document, indent=2, ensure_ascii=False) + "\n",
            losses=losses(application, SCOPE, options),
        )


def deploy_process(application: Application, options: EmitOptions) -> dict[str, Any]:
    """The document as plain data, keys in the order of the report's examples."""
    return {
        "processDescription": {
            "process": _process(application, options),
            "processVersion": application.metadata.version,
            **{name: offered(application.metadata, name) for name in BOTH},
        },
        "immediateDeployment": True,
        "executionUnit": [execution_unit(application, options)],
        "deploymentProfileName": profile(options),
    }


def execution_unit(application: Application, options: EmitOptions) -> dict[str, Any]:
    """What is executed, as Testbed-14 writes it: ``unit`` by value, all else as ``href``."""
    if options.execution_unit == "inline":
        return {"unit": inline_cwl(application, options)}
    if options.execution_unit == "href":
        return {"href": options.cwl_href}
    return {"href": image(application)}


def context(options: EmitOptions) -> dict[str, Any]:
    """Where the CWL is, if it is not the execution unit itself: that would say it twice."""
    if options.execution_unit != "image" or not options.cwl_href:
        return {}
    offering = {"code": CWL_OFFERING, "content": {"href": options.cwl_href}}
    return {"owsContext": {"offering": offering}}


def catalogues(application: Application) -> list[dict[str, str]]:
    """Catalogues as metadata links."""
    return [
        {"role": OPENSEARCH_OFFERING, **({"title": printable(c.title)} if c.title else {})}
        | {"href": c.href}
        for c in application.catalogues
    ]


def process_parameters(known: Metadata, key: str) -> dict[str, Any] | None:
    """What is said of the whole process as additional parameters; ``key`` holds the values."""
    if not known.security_note:
        return None
    note = {"name": "SecurityNote", key: [printable(known.security_note)]}
    return {"role": PROCESS_METADATA, "parameters": [note]}


def _process(application: Application, options: EmitOptions) -> dict[str, Any]:
    known = application.metadata
    process: dict[str, Any] = {
        "id": application.id,
        "title": printable(application.title),
        **context(options),
        "abstract": printable(application.abstract),
        "keywords": [printable(word) for word in known.keywords],
    }
    if known.visibility:
        process["visibility"] = known.visibility
    if application.catalogues:
        process["metadata"] = catalogues(application)
    parameters = process_parameters(known, "values")
    if parameters:
        process["additionalParameters"] = [parameters]
    bound = not options.with_cwl
    process["inputs"] = [input_description(i, bound=bound) for i in application.inputs]
    process["outputs"] = [output_description(o, bound=bound) for o in application.outputs]
    return process
