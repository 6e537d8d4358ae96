"""Facet 2: the WPS-T DeployProcess document, shaped as the examples of OGC 18-049r1 clause 8.3."""

from __future__ import annotations

import json
from typing import Any

from apkg.emitters.cwl import cwl_document
from apkg.emitters.deploy_io import input_description, output_description
from apkg.emitters.interface import EmitOptions
from apkg.errors import ConversionError
from apkg.model import Application
from apkg.names import printable

PROFILES = "http://www.opengis.net/profiles/eoc/"
CWL_OFFERING = "http://www.opengis.net/eoc/applicationContext/cwl"
#: 18-049r1 clause 5 gives catalogues as OpenSearch offerings of the context document.
OPENSEARCH_OFFERING = "http://www.opengis.net/spec/owc-atom/1.0/opensearch"
PROCESS_METADATA = "http://www.opengis.net/eoc/applicationContext/processMetadata"


class DeployProcessEmitter:
    """Writes ``<id>.deploy.json``."""

    suffix = ".deploy.json"

    def emit(self, application: Application, options: EmitOptions) -> str:
        """The DeployProcess JSON text.

        Raises:
            ConversionError: the execution unit is the image, and there is none.
        """
        return json.dumps(deploy_process(application, options), indent=2, ensure_ascii=False) + "\n"


def deploy_process(application: Application, options: EmitOptions) -> dict[str, Any]:
    """The document as plain data, keys in the order of the report's examples."""
    return {
        "processDescription": {
            "process": _process(application, options),
            "processVersion": application.metadata.version,
            "jobControlOptions": ["async-execute"],
            "outputTransmission": ["reference"],
        },
        "immediateDeployment": True,
        "executionUnit": [_execution_unit(application, options)],
        "deploymentProfileName": PROFILES + _profile(options),
    }


def _profile(options: EmitOptions) -> str:
    # A Workflow as execution unit is one to the platform, too, even if it has a single step.
    is_workflow = options.execution_unit != "image" and options.style == "workflow"
    return "workflow" if is_workflow else "dockerizedApplication"


def _execution_unit(application: Application, options: EmitOptions) -> dict[str, Any]:
    if options.execution_unit == "inline":
        existing = None if options.cwl is None else dict(options.cwl)
        return {"unit": existing or cwl_document(application, options)}
    if options.execution_unit == "href":
        return {"href": options.cwl_href}
    if application.container is None:
        raise ConversionError(
            f"{application.id} names no image, and its execution unit has to be one",
            hint="Name it with --image, or deploy the CWL itself: --execution-unit href.",
        )
    return {"href": application.container.image}


def _process(application: Application, options: EmitOptions) -> dict[str, Any]:
    known = application.metadata
    process: dict[str, Any] = {
        "id": application.id,
        "title": printable(application.title),
        "owsContext": {
            "offering": {"code": CWL_OFFERING, "content": {"href": options.cwl_href}},
        },
        "abstract": printable(application.abstract),
        "keywords": [printable(word) for word in known.keywords],
    }
    if options.execution_unit != "image":
        # The CWL is the execution unit itself; the context would say it twice.
        del process["owsContext"]
    if known.visibility:
        process["visibility"] = known.visibility
    if application.catalogues:
        process["metadata"] = [
            {"role": OPENSEARCH_OFFERING, "title": printable(c.title), "href": c.href}
            if c.title
            else {"role": OPENSEARCH_OFFERING, "href": c.href}
            for c in application.catalogues
        ]
    if known.security_note:
        note = {"name": "SecurityNote", "values": [printable(known.security_note)]}
        process["additionalParameters"] = [{"role": PROCESS_METADATA, "parameters": [note]}]
    process["inputs"] = [input_description(declared) for declared in application.inputs]
    process["outputs"] = [output_description(output) for output in application.outputs]
    return process
