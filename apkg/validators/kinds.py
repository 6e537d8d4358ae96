"""What a document is, found from its content alone."""

from __future__ import annotations

from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["cwl", "deploy", "manifest", "notebook", "unknown"]
#: The dialects of the deployment document; see ``schemas/deploy-*.schema.json``.
Dialect: TypeAlias = Literal[
    "wps-t", "wps-t-early", "ogcapi", "ogcapi-2", "flat", "execute", "description"
]

PROCESS_CLASSES = ("CommandLineTool", "ExpressionTool", "Workflow", "Operation")
_DEPLOY_KEYS = frozenset(
    [
        "processDescription",
        "executionUnit",
        "deploymentProfileName",
        "deploymentProfile",
        "processOffering",
    ]
)
_DESCRIBE_KEYS = frozenset(["jobControlOptions", "outputTransmission", "executeEndpoint"])
#: Words of inputs that Part 1 2.0 has, and 1.0 has not.
_PART_1_2 = frozenset(
    [
        *("valuePassing", "dataClasses", "dataAccessAPIs", "dataAccessApis"),
        "executionUnitRequirements",
    ]
)
#: What only a request to execute a process says beside its inputs.
_REQUEST_KEYS = frozenset(["response", "mode", "subscriber"])
#: Inputs of processes that deploy others.
_PACKAGES = frozenset(["applicationPackage", "cwl", "package"])
_MANIFEST_KEYS = frozenset(
    ["codeRepository", "catalogues", "notebook", "runtime", "dateCreated", "chain"]
)
#: Words of a manifest that other documents use as well, a job order's inputs among them.
_ALSO_MANIFEST = frozenset(
    {
        *("id", "title", "abstract", "version", "keywords", "authors", "license", "citation"),
        *("releaseNotes", "visibility", "security", "image", "resources", "network", "inputs"),
        *("outputs", "applications", "validate"),
    }
)


def kind_of(value: object) -> Kind:
    """What the plain data of a document is."""
    if not isinstance(value, dict):
        return "unknown"
    if "nbformat" in value:
        return "notebook"
    if _is_cwl(value):
        return "cwl"
    if not _DEPLOY_KEYS.isdisjoint(value) or dialect_of(value) in ("execute", "description"):
        return "deploy"
    return "manifest" if _is_manifest(value) else "unknown"


def _is_manifest(value: dict[str, object]) -> bool:
    telling = not _MANIFEST_KEYS.isdisjoint(value) or {"title", "abstract"} <= set(value)
    known = [key for key in value if key in _MANIFEST_KEYS or key in _ALSO_MANIFEST]
    return telling and 2 * len(known) >= len(value)


def _is_cwl(value: dict[str, object]) -> bool:
    if "cwlVersion" in value or "$graph" in value or value.get("class") in PROCESS_CLASSES:
        return True
    # A tool whose very class is misspelt or missing is still meant as one.
    tool_keys = {"baseCommand", "inputs", "outputs", "steps", "requirements", "hints", "class"}
    return len(tool_keys & set(value)) >= 3


def dialect_of(value: dict[str, object]) -> Dialect:
    """Which dialect a deployment document is written in, or what it is instead."""
    if _is_execute(value):
        return "execute"
    if "processOffering" in value or isinstance(value.get("deploymentProfile"), dict):
        return "wps-t-early"
    description = value.get("processDescription")
    if not isinstance(description, dict):
        if "executionUnit" in value:
            return "ogcapi"
        described = isinstance(value.get("process"), dict) or not _DESCRIBE_KEYS.isdisjoint(value)
        return "description" if described else "wps-t"
    process = description.get("process")
    if isinstance(process, dict):
        return _nested(value, process)
    flat = not _ogc_style(description) or _flat_style(value)
    return "flat" if flat else _part_1(description)


def _nested(value: dict[str, object], process: dict[str, object]) -> Dialect:
    if _ogc_style(process) and "deploymentProfileName" not in value:
        return _part_1(process)
    listed = isinstance(value.get("executionUnit", []), list)
    ports = [process.get("inputs"), process.get("outputs")]
    return "wps-t" if listed and not any(isinstance(p, dict) for p in ports) else "flat"


def _ogc_style(process: dict[str, object]) -> bool:
    ports = [process.get("inputs"), process.get("outputs")]
    return any(isinstance(p, dict) for p in ports) and not any(isinstance(p, list) for p in ports)


def _part_1(process: dict[str, object]) -> Dialect:
    """Part 1 2.0 says how values are passed and accessed, and keeps values in its metadata."""
    ports = [p for name in ("inputs", "outputs") for p in _members(process.get(name))]
    passing = any(not _PART_1_2.isdisjoint(port) for port in ports)
    values = any("value" in item for port in (process, *ports) for item in _metadata(port))
    old = "outputTransmission" in process or "additionalParameters" in process
    return "ogcapi-2" if passing or (values and not old) else "ogcapi"


def _members(ports: object) -> list[dict[str, object]]:
    values = ports.values() if isinstance(ports, dict) else []
    return [port for port in values if isinstance(port, dict)]


def _metadata(port: dict[str, object]) -> list[dict[str, object]]:
    items = port.get("metadata")
    return [i for i in items if isinstance(i, dict)] if isinstance(items, list) else []


def _flat_style(value: dict[str, object]) -> bool:
    # Weaver and ZOO put these beside the description, where Part 2 has no place for them.
    return "jobControlOptions" in value or "outputTransmission" in value


def _is_execute(value: dict[str, object]) -> bool:
    inputs = value.get("inputs")
    if not _DEPLOY_KEYS.isdisjoint(value) or not {"id", "identifier", "class"}.isdisjoint(value):
        return False
    if isinstance(inputs, list | dict) and not _REQUEST_KEYS.isdisjoint(value):
        return True
    return carries_package(value)


def carries_package(value: dict[str, object]) -> bool:
    """Whether a request to execute a process gives it an application package."""
    inputs = value.get("inputs")
    if isinstance(inputs, dict):
        given = inputs.get("applicationPackage")
        return isinstance(given, str) or (isinstance(given, dict) and "schema" not in given)
    members = [i for i in inputs if isinstance(i, dict)] if isinstance(inputs, list) else []
    return any(one.get("id") in _PACKAGES and "schema" not in one for one in members)
