"""The envelope of a deployment document: the families seen in the wild, brought to one shape.

Families are numbered as in the project's notes: F1 Testbed-14, F2 its early form
(``processOffering`` and ``deploymentProfile``), F2b both mixed, F3 flat OGC API, F4 CWL by
reference alone, F6 OGC API Part 2 with a native execution unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from apkg.errors import SourceError
from apkg.sources.cwl.graph import CLASSES
from apkg.sources.cwl.node import Node

KEYS = ("processDescription", "processOffering", "executionUnit", "deploymentProfile")
#: Inputs of processes that deploy others, and what only requests to execute a process say.
_PACKAGES = ("applicationPackage", "cwl", "package")
_REQUEST = ("response", "mode", "subscriber")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One deployment document: where its process is described, and what executes it."""

    top: Node
    #: What is said around the process (version, job control); the top itself in flat documents.
    description: Node
    process: Node
    units: tuple[Node, ...]
    profile: str


def is_deploy(value: object) -> bool:
    """Whether plain data looks like a deployment document, or a process description alone."""
    if not isinstance(value, Mapping):
        return False
    return any(key in value for key in KEYS) or is_execute(value) or _is_description(value)


def is_cwl(value: object) -> bool:
    """Whether plain data looks like CWL."""
    return isinstance(value, Mapping) and (
        "cwlVersion" in value
        or "$graph" in value
        or (value.get("class") in CLASSES and "inputs" in value)
    )


def is_execute(value: object) -> bool:
    """Whether this is a request to execute a process, of one that deploys others perhaps."""
    if not isinstance(value, Mapping) or any(key in value for key in KEYS):
        return False
    if any(key in value for key in ("id", "identifier", "class", "cwlVersion")):
        return False
    asked = isinstance(value.get("inputs"), list | Mapping)
    return carries_package(value) or (asked and any(key in value for key in _REQUEST))


def carries_package(value: Mapping[str, object]) -> bool:
    """Whether a request to execute a process gives it an application package."""
    inputs = value.get("inputs")
    if isinstance(inputs, Mapping):
        given = inputs.get("applicationPackage")
        return isinstance(given, str) or (isinstance(given, Mapping) and "schema" not in given)
    members = [m for m in inputs if isinstance(m, Mapping)] if isinstance(inputs, list) else []
    return any(m.get("id") in _PACKAGES and "schema" not in m for m in members)


def read_envelope(top: Node) -> Envelope:
    """The parts of a deployment document.

    Raises:
        SourceError: it is an Execute request, or no deployment document at all.
    """
    if is_execute(top.value):
        package = carries_package(top.mapping)
        carrying = " that carries an application package" if package else ""
        raise SourceError(
            f"{top.document.name} is an Execute request{carrying}, not a deployment document.",
            hint="Give apkg the package that it refers to (the CWL or the DeployProcess JSON)."
            if package
            else "Give apkg the deployment of the process that it is sent to, or its CWL.",
            location=top.get("inputs").location,
        )
    description = top.get("processDescription", "processOffering")
    if description.mapping and "processOffering" in description.mapping:
        description = description.get("processOffering")
    if description.value is None and _is_description(top.value):
        description = top
    process = description.get("process") if "process" in description.mapping else description
    if not process.mapping and not isinstance(top.value, Mapping):
        raise _not_deploy(top)
    units = tuple(_units(top))
    if not process.mapping and not units:
        raise _not_deploy(top)
    profile = top.get("deploymentProfileName", "deploymentProfile")
    if profile.mapping:
        profile = profile.get("deploymentProfileName", "name", "href")
    return Envelope(
        top=top, description=description, process=process, units=units, profile=profile.text()
    )


def _units(top: Node) -> list[Node]:
    """The execution units, wherever they stand."""
    inside = top.get("deploymentProfile").get("executionUnit")
    return [*top.get("executionUnit").elements(), *inside.elements()]


def _is_description(value: object) -> bool:
    """A process description that stands alone, as a server answers it."""
    if not isinstance(value, Mapping) or is_cwl(value):
        return False
    if isinstance(value.get("process"), Mapping):
        return True
    return ("id" in value or "identifier" in value) and ("inputs" in value or "outputs" in value)


def _not_deploy(top: Node) -> SourceError:
    return SourceError(
        f"{top.document.name} is not a deployment document.",
        hint="A DeployProcess has `processDescription` and `executionUnit`.",
        location=top.location,
    )
