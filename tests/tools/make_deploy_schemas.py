"""Write ``schemas/deploy-*.schema.json``: the dialects of the deployment document (Facet 2).

They share most of their parts, and a schema must be usable alone in an editor: so they are put
together here. Sources: OGC 18-049r1 clause 8.3, the Testbed-14 WPS-T JSON binding, OGC 18-062
(Part 1) and OGC 20-044 (Part 2).

    python tests/tools/make_deploy_schemas.py [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from make_cwl_schemas import readable

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
Node = dict[str, Any]
#: What messages call the definitions.
TITLES = {
    "Href": "a reference",
    "Offering": "processDescription",
    "Input": "an input",
    "Output": "an output",
    "Process": "the process",
    "Data": "an input or output",
    "ListedData": "an input or output",
    "Unit": "an execution unit",
    "Format": "a format",
    "Parameter": "an additional parameter",
    "AdditionalParameters": "additionalParameters",
    "LiteralDataDomain": "a literalDataDomain",
    "Range": "an allowed range",
    "Reference": "a reference",
    "Nested": "processDescription",
    "OwsContext": "owsContext",
}


def text(words: str, **more: Any) -> Node:
    """A string."""
    return {"type": "string", "description": words, **more}


def ref(name: str, words: str | None = None) -> Node:
    """A reference to a definition."""
    return {"$ref": f"#/$defs/{name}", **({"description": words} if words else {})}


def many(item: Node, words: str) -> Node:
    """A list; an empty one means the same as none."""
    return {"type": "array", "description": words, "items": item}


def obj(words: str, properties: Node, required: tuple[str, ...] = (), **more: Any) -> Node:
    """A mapping with these fields and no others."""
    return {
        "type": "object",
        "description": words,
        "properties": properties,
        **({"required": list(required)} if required else {}),
        "additionalProperties": False,
        **more,
    }


COMMON: Node = {
    "Any": {"description": "Any value."},
    "Occurs": {
        "description": "How often an input may be given: a number, also in quotes.",
        "anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^[0-9]+$"}],
    },
    "MaxOccurs": {
        "description": "How often at most: a number, also in quotes, or `unbounded`.",
        "anyOf": [
            {"type": "integer", "minimum": 0},
            {"type": "string", "pattern": "^([0-9]+|unbounded)$"},
        ],
    },
    "Parameter": obj(
        "One additional parameter.",
        {
            "name": text(
                "Its name, such as `EOImage`, `AllowedCollections`, `CatalogSearchField`."
            ),
            "values": {
                "description": "Its values, as a list of strings.",
                "anyOf": [{"type": "array", "items": ref("Any")}, {"type": ["string", "number"]}],
            },
            "value": {"description": "One value, as the Testbed-14 specification says it."},
        },
        ("name",),
    ),
    "AdditionalParameters": obj(
        "Parameters under one role, such as "
        "`http://www.opengis.net/eoc/applicationContext/inputMetadata`.",
        {
            "role": text("The role, an IRI."),
            "title": text("A title for people."),
            "href": text("Where more is said."),
            "parameters": many(ref("Parameter"), "The parameters."),
            "parameter": many(ref("Parameter"), "The parameters, as some platforms spell it."),
        },
    ),
    "AdditionalParameterList": {
        "description": "What no other field can say: EO image inputs, collections, search fields.",
        "anyOf": [
            {"type": "array", "items": ref("AdditionalParameters")},
            ref("AdditionalParameters"),
        ],
    },
    "Metadata": {
        "type": "object",
        "description": "A link or value that says more, under a role.",
        "properties": {
            "role": text("The role, an IRI."),
            "href": text("The link."),
            "title": text("A title for people."),
        },
    },
    "OwsContext": {
        "type": "object",
        "description": "Where the CWL (Facet 1) of the process stands.",
        "properties": {
            "offering": {
                "type": "object",
                "description": "The offering.",
                "properties": {
                    "code": text("`http://www.opengis.net/eoc/applicationContext/cwl`."),
                    "content": {
                        "type": "object",
                        "description": "The CWL, by its URL.",
                        "properties": {"href": text("The URL of the CWL.")},
                    },
                },
                "required": ["content"],
            }
        },
        "required": ["offering"],
    },
    "JobControlOptions": many(
        {"enum": ["sync-execute", "async-execute", "dismiss"]}, "How the process can be run."
    ),
    "OutputTransmission": many({"enum": ["value", "reference"]}, "How results can be delivered."),
    "Href": obj(
        "A reference: an image name, or the URL of a CWL.",
        {
            "href": text(
                "The image name or the URL; `URL#id` names one process of a CWL.", minLength=1
            ),
            "type": text("The media type, such as `application/cwl`."),
            "rel": text("The relation of the link."),
            "title": text("A title for people."),
            "hreflang": text("The language."),
            "mimeType": text("The media type, as Testbed-14 spells it."),
            "schema": text("The schema of what is there."),
            "encoding": text("The encoding of what is there."),
        },
        ("href",),
    ),
    "Format": obj(
        "One format.",
        {
            "mimeType": text("The media type, such as `image/tiff`.", minLength=1),
            "mediaType": text("The media type, as OGC API spells it.", minLength=1),
            "schema": {
                "type": ["string", "object", "null"],
                "description": "The schema of the data.",
            },
            "encoding": {
                "type": ["string", "null"],
                "description": "The encoding, such as `base64`.",
            },
            "default": {"type": "boolean", "description": "Whether this is the default format."},
            "maximumMegabytes": {
                "type": ["number", "null"],
                "description": "The largest size taken.",
            },
        },
        anyOf=[{"required": ["mimeType"]}, {"required": ["mediaType"]}],
    ),
    "NamedReference": {
        "description": "A name, with the IRI that defines it.",
        "anyOf": [
            {"type": "string"},
            obj(
                "A name, with the IRI that defines it.",
                {"name": text("The name."), "reference": text("The IRI.")},
            ),
        ],
    },
    "Range": obj(
        "An allowed range.",
        {
            "minimumValue": {"type": ["string", "number"], "description": "The least value."},
            "maximumValue": {"type": ["string", "number"], "description": "The greatest value."},
            "spacing": {"type": ["string", "number"], "description": "The step between values."},
            "rangeClosure": {
                "enum": ["closed", "open", "open-closed", "closed-open"],
                "description": "Whether the ends belong to the range.",
            },
        },
    ),
    "LiteralDataDomain": obj(
        "What values a literal may have.",
        {
            "allowedValues": many(ref("Any"), "The values that are allowed."),
            "allowedRanges": many(ref("Range"), "The ranges that are allowed."),
            "anyValue": {"type": "boolean", "description": "Whether any value is allowed."},
            "valuesReference": {"description": "Where the allowed values are listed."},
            "valueDefinition": {"description": "The allowed values, as later drafts wrap them."},
            "defaultValue": {"description": "The value where none is given."},
            "dataType": ref("NamedReference", "The type, such as `string` or `double`."),
            "uom": {"description": "The unit of measure."},
            "uoms": {"type": "array", "description": "The units of measure to choose from."},
            "default": {"type": "boolean", "description": "Whether this is the default domain."},
        },
    ),
    "Crs": {
        "description": "A coordinate reference system.",
        "anyOf": [
            {"type": "string"},
            obj(
                "A coordinate reference system.",
                {
                    "crs": text("Its IRI."),
                    "default": {"type": "boolean", "description": "The default?"},
                },
                ("crs",),
            ),
        ],
    },
}

DESCRIBED: Node = {
    "id": text("The identifier.", minLength=1),
    "title": text("A title for people."),
    "abstract": text("What it is, in a few sentences."),
    "keywords": many({"type": "string"}, "Words to find it by."),
    "metadata": many(ref("Metadata"), "Links and values that say more."),
    "additionalParameters": ref("AdditionalParameterList"),
    "owsContext": ref("OwsContext"),
}
DESCRIPTION = {"description": text("What it is, in a few sentences.")}
OCCURRENCES: Node = {"minOccurs": ref("Occurs"), "maxOccurs": ref("MaxOccurs")}
WPS_DATA: Node = {
    **DESCRIBED,
    **DESCRIPTION,
    "formats": many(ref("Format"), "The formats; exactly one is the default."),
    **OCCURRENCES,
}
WPS_INPUT: Node = {
    **WPS_DATA,
    "literalDataDomains": many(ref("LiteralDataDomain"), "What values a literal may have."),
    "supportedCRS": many(ref("Crs"), "For a bounding box: its coordinate reference systems."),
}
INPUT_WRAPPER: Node = {
    "type": "object",
    "description": "The kind of the input, wrapped as the drafts of 2019 do.",
    "properties": {
        "formats": many(ref("Format"), "The formats."),
        "literalDataDomains": many(ref("LiteralDataDomain"), "What values a literal may have."),
        "supportedCRS": many(ref("Crs"), "The coordinate reference systems of a bounding box."),
    },
    "additionalProperties": False,
}
OUTPUT_WRAPPER: Node = {
    **INPUT_WRAPPER,
    "description": "The kind of the output, wrapped as the drafts of 2019 do.",
}
VERSIONED: Node = {
    "jobControlOptions": ref("JobControlOptions"),
    "outputTransmission": ref("OutputTransmission"),
}
PROFILES = [
    f"http://www.opengis.net/profiles/eoc/{name}"
    for name in ("dockerizedApplication", "workflow", "wpsApplication", "builtinApplication")
]
PROFILE = text("The profile: what kind of execution unit this is.", minLength=1, examples=PROFILES)
IMMEDIATE: Node = {
    "description": "Whether the process can be run as soon as it is deployed.",
    "anyOf": [{"type": "boolean"}, {"enum": ["true", "false"]}],
}
UNIT: Node = {
    "Unit": obj(
        "A unit by value: a whole CWL document, or a container image.",
        {"unit": {"type": "object", "description": "The CWL, or `{type: docker, image: …}`."}},
        ("unit",),
    ),
    "WpsUnit": {
        "description": "What is executed: an image or CWL by reference, or a CWL by value.",
        "type": "object",
        "if": {"required": ["unit"]},
        "then": ref("Unit"),
        "else": ref("Href"),
    },
}


def wps_t() -> Node:
    """Testbed-14, as the two examples of OGC 18-049r1 clause 8.3."""
    process = obj(
        "The process.",
        {
            **DESCRIBED,
            **DESCRIPTION,
            "version": text("The version of the process."),
            "visibility": {"enum": ["public", "private"], "description": "Who may see it."},
            "type": text("The kind of process, as some platforms note it."),
            "inputs": many(ref("Input"), "The inputs."),
            "outputs": many(ref("Output"), "The outputs."),
            "executeEndpoint": text("Where the process is executed."),
            **VERSIONED,
        },
        ("id",),
    )
    offering = obj(
        "The process, its version, and how it can be run.",
        {
            "process": ref("Process"),
            "processVersion": text("The version of the process, such as `1.0.0`."),
            **VERSIONED,
            "processDescriptionURL": text("Where the description is published."),
            "processEndpointWPS1": text("A WPS 1.0 service that runs the process."),
        },
        ("process",),
    )
    return document(
        "deploy-wps-t",
        "WPS-T DeployProcess (Testbed-14 JSON)",
        "The deployment document of OGC 18-049r1 clause 8.3 (Facet 2).",
        {
            "processDescription": {
                "description": "The process, or a reference to its description.",
                "type": "object",
                "if": {"required": ["href"]},
                "then": ref("Href"),
                "else": ref("Offering"),
            },
            "immediateDeployment": IMMEDIATE,
            "executionUnit": {
                "type": "array",
                "description": "What is executed: the image, or the CWL.",
                "items": ref("WpsUnit"),
                "minItems": 1,
            },
            "deploymentProfileName": PROFILE,
        },
        ("processDescription", "executionUnit", "deploymentProfileName"),
        {
            **COMMON,
            **UNIT,
            "Input": obj("An input.", {**WPS_INPUT, "input": INPUT_WRAPPER}, ("id",)),
            "Output": obj("An output.", {**WPS_INPUT, "output": OUTPUT_WRAPPER}, ("id",)),
            "Process": process,
            "Offering": offering,
        },
    )


def wps_t_early() -> Node:
    """Testbed-14 as it was in spring 2018."""
    literal = {"LiteralDataDomain": {"description": "What values a literal may have."}}
    process = obj(
        "The process.",
        {
            **DESCRIBED,
            **DESCRIPTION,
            "version": text("The version of the process."),
            "inputs": many(ref("Input"), "The inputs."),
            "outputs": many(ref("Output"), "The outputs."),
            "executeEndpoint": text("Where the process is executed."),
            **VERSIONED,
        },
        ("id",),
    )
    reference = obj(
        "A unit by reference.",
        {"reference": text("The image or the URL."), "href": text("The URL.")},
    )
    return document(
        "deploy-wps-t-early",
        "WPS-T DeployProcess (Testbed-14, early form)",
        "The deployment document as drafts of spring 2018 had it; `deploy-wps-t` replaces it.",
        {
            "processOffering": obj(
                "The process.",
                {"process": ref("Process"), "processVersion": text("The version."), **VERSIONED},
                ("process",),
            ),
            "deploymentProfile": obj(
                "What is executed, and how.",
                {
                    "deploymentProfileName": PROFILE,
                    "executionUnit": {
                        "description": "What is executed.",
                        "anyOf": [ref("Reference"), {"type": "array", "items": ref("Reference")}],
                    },
                },
                ("executionUnit",),
            ),
            "executionUnit": many(ref("Reference"), "What is executed."),
            "deploymentProfileName": PROFILE,
            "immediateDeployment": IMMEDIATE,
        },
        ("processOffering",),
        {
            **COMMON,
            "Reference": reference,
            "Input": obj("An input.", {**WPS_INPUT, **literal}, ("id",)),
            "Output": obj("An output.", {**WPS_INPUT, **literal}, ("id",)),
            "Process": process,
        },
    )


def ogc_parts(*, strict: bool) -> Node:
    """The parts of OGC API - Processes, Part 1 and Part 2."""
    described = {k: v for k, v in DESCRIBED.items() if k not in ("id", "abstract", "owsContext")}
    data: Node = {
        **described,
        **DESCRIPTION,
        "schema": ref("JsonSchema"),
        **OCCURRENCES,
        "valuePassing": many({"enum": ["byValue", "byReference"]}, "How the value is given."),
    }
    if not strict:
        data |= {**WPS_INPUT, **data, "input": INPUT_WRAPPER, "output": OUTPUT_WRAPPER}
    required = ("schema",) if strict else ()
    listed = {**data, "id": text("The identifier.", minLength=1)}
    io = {
        "Data": obj("An input or output.", data, required),
        "ListedData": obj("An input or output.", listed, ("id", *required)),
    }
    mapping: Node = {"type": "object", "additionalProperties": ref("Data")}
    inputs = mapping if strict else {"anyOf": [mapping, many(ref("ListedData"), "The inputs.")]}
    process: Node = {
        "id": text("The identifier.", minLength=1),
        **described,
        **DESCRIPTION,
        "version": text("The version of the process."),
        **VERSIONED,
        "inputs": {"description": "The inputs, by id.", **inputs},
        "outputs": {"description": "The outputs, by id.", **inputs},
        "links": many({"type": "object"}, "Links to what belongs to the process."),
        "mutable": {"type": "boolean", "description": "Whether it can be replaced."},
    }
    if not strict:
        process |= {
            "abstract": text("What it is, in a few sentences."),
            "owsContext": ref("OwsContext"),
            "visibility": {"enum": ["public", "private"], "description": "Who may see it."},
            "type": text("The kind of process."),
            "processVersion": text("The version of the process."),
            "href": text("Where the description stands."),
        }
    return {
        **COMMON,
        **io,
        "JsonSchema": {
            "description": "The JSON schema of the value.",
            "type": ["object", "string"],
        },
        "Process": obj("The process.", process, ("id", "version") if strict else ("id",)),
        "Unit": {
            "type": "object",
            "description": "A unit by value: an image, or a CWL.",
            "properties": {
                "type": text("`docker`, `oci`, or another kind of unit."),
                "image": text("The container image.", minLength=1),
                "deployment": text("Where it runs: `local`, `remote`, `hpc`, `cloud`."),
                "config": {"type": "object", "description": "Processor, memory, storage, time."},
                "bindings": {"type": "object", "description": "How inputs reach the program."},
                "value": {"description": "The unit itself, such as a CWL object."},
                "mediaType": text("The media type of `value`, such as `application/cwl+json`."),
                "href": text(
                    "Where the unit stands; `URL#id` names one process of a CWL.", minLength=1
                ),
                "unit": {"type": "object", "description": "A whole CWL."},
            },
        },
        "Units": {
            "description": "What is executed.",
            "anyOf": [
                ref("Unit"),
                {"type": "array", "items": ref("Unit"), "minItems": 1},
                *([] if strict else [{"type": "string"}]),
            ],
        },
    }


def ogcapi_2() -> Node:
    """OGC API - Processes, Part 2, with the draft of Part 1 2.0: other words for metadata."""
    whole = ogcapi()
    defs = whole["$defs"]
    value: Node = {
        "description": "The value itself, where there is no link.",
        "anyOf": [{"type": "string"}, {"type": "object"}],
    }
    metadata = {**defs["Metadata"]["properties"], "value": value, "lang": text("The language.")}
    gone = ("additionalParameters", "outputTransmission")
    data = {k: v for k, v in defs["Data"]["properties"].items() if k not in gone} | {
        "dataClasses": many({"type": "string"}, "What kind of data these are, IRIs."),
        "dataAccessAPIs": {"type": "array", "description": "APIs by which data are read."},
        # The standard's own example spells it so.
        "dataAccessApis": {"type": "array", "description": "APIs by which data are read."},
        "executionUnitRequirements": {
            "type": "object",
            "description": "How data reach the execution unit.",
        },
    }
    process = {k: v for k, v in defs["Process"]["properties"].items() if k not in gone}
    defs |= {
        "Metadata": {**defs["Metadata"], "properties": metadata},
        "Data": {**defs["Data"], "properties": data},
        "Process": {**defs["Process"], "properties": process},
    }
    fields = {k: v for k, v in whole["properties"].items() if k != "$schema"}
    return document(
        "deploy-ogcapi-2",
        "OGC Application Package (OGC API - Processes - Part 2, process as in Part 1 2.0)",
        "The `ogcapppkg` of OGC 20-044, with a process description of the draft of Part 1 2.0.",
        fields,
        ("executionUnit",),
        defs,
    )


def ogcapi() -> Node:
    """OGC API - Processes, Part 2 (ogcapppkg)."""
    return document(
        "deploy-ogcapi",
        "OGC Application Package (OGC API - Processes - Part 2)",
        "The `ogcapppkg` of OGC 20-044, with a process description of Part 1.",
        {
            "processDescription": {
                "description": "The process, on its own or under `process`.",
                "type": "object",
                "if": {"required": ["process"]},
                "then": ref("Nested"),
                "else": ref("Process"),
            },
            "executionUnit": ref("Units"),
            "deploymentProfile": PROFILE,
            "deploymentProfileName": PROFILE,
            "immediateDeployment": IMMEDIATE,
        },
        ("executionUnit",),
        {
            **ogc_parts(strict=True),
            "Nested": obj("The process.", {"process": ref("Process")}, ("process",)),
        },
    )


def flat() -> Node:
    """The older and mixed forms that Weaver and others take."""
    parts = ogc_parts(strict=False)
    return document(
        "deploy-flat",
        "Deployment document, the flat and mixed forms",
        "A process description in OGC API words, WPS words or both, as Weaver and ZOO take it.",
        {
            "processDescription": {
                "description": "The process, on its own or under `process`.",
                "type": "object",
                "if": {"required": ["process"]},
                "then": ref("Nested"),
                "else": {"if": {"required": ["href"]}, "then": ref("Href"), "else": ref("Process")},
            },
            "executionUnit": ref("Units"),
            "deploymentProfile": PROFILE,
            "deploymentProfileName": PROFILE,
            "immediateDeployment": IMMEDIATE,
            **VERSIONED,
            "processVersion": text("The version of the process."),
        },
        ("processDescription",),
        {
            **parts,
            "Nested": obj(
                "The process, its version, and how it can be run.",
                {
                    "process": ref("Process"),
                    "processVersion": text("The version of the process."),
                    **VERSIONED,
                },
                ("process",),
            ),
        },
    )


def document(
    name: str, title: str, words: str, fields: Node, required: tuple[str, ...], defs: Node
) -> Node:
    """A whole schema, without the definitions that nothing in it uses."""
    schema: Node = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:apkg:schema:{name}:1",
        "title": title,
        **obj(words, {"$schema": text("The JSON schema of this document."), **fields}, required),
    }
    used: set[str] = set()
    waiting = [schema]
    while waiting:
        for found in refs_in(waiting.pop()) - used:
            used.add(found)
            waiting.append(defs[found])
    named = {
        key: {**({"title": TITLES[key]} if key in TITLES else {}), **defs[key]}
        for key in sorted(used)
    }
    return {**schema, "$defs": named}


def refs_in(node: object) -> set[str]:
    """The names of all definitions that ``node`` refers to."""
    if isinstance(node, list):
        return set().union(*(refs_in(item) for item in node)) if node else set()
    if not isinstance(node, dict):
        return set()
    own = {node["$ref"].rsplit("/", 1)[-1]} if isinstance(node.get("$ref"), str) else set()
    return own.union(*(refs_in(child) for child in node.values())) if node else own


def main() -> int:
    """Write the schemas, or with ``--check`` say whether they are up to date."""
    stale = []
    for schema in (wps_t(), wps_t_early(), ogcapi(), ogcapi_2(), flat()):
        name = schema["$id"].split(":")[3]
        path = SCHEMAS / f"{name}.schema.json"
        content = readable(schema) + "\n"
        if "--check" not in sys.argv:
            path.write_text(content, encoding="utf-8")
        elif not path.exists() or path.read_text("utf-8") != content:
            stale.append(path.name)
    for name in stale:
        print(f"{name} is out of date: run {Path(__file__).name}")
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
