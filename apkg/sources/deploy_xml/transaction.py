"""``wps:DeployProcess``: the XML of WPS-T (OGC 13-071r1, Testbed-13; Testbed-14's early servers).

A process offering, and below ``DeploymentProfile`` or beside it the execution unit, by reference.
"""

from __future__ import annotations

from apkg.errors import Location, SourceError
from apkg.files.documents import parse_document
from apkg.files.read_xml import Element
from apkg.sources.deploy_xml.parts import Part, at, leaf, listing, mapping, spot
from apkg.sources.deploy_xml.ports import attribute
from apkg.sources.deploy_xml.process import find_offering, read_offering

_READS = "apkg reads the deployment (wps:DeployProcess), not what is asked of a deployed process."


def read_deployment(root: Element, name: str) -> Part:
    """The deployment document that a ``wps:DeployProcess`` is.

    Raises:
        SourceError: it describes no process, or its CWL cannot be read.
    """
    described = read_offering(find_offering(root, name), name)
    units = [_unit(unit, name) for unit in root.walk() if unit.name == "ExecutionUnit"]
    profile = next((e for e in root.walk() if e.name == "DeploymentProfileName"), None)
    at_once = next((e for e in root.walk() if e.name == "ImmediateDeployment"), None)
    members: dict[str, Part | None] = {
        "processDescription": described,
        "executionUnit": listing(spot(root), (unit for unit in units if unit is not None)),
        "deploymentProfileName": None if profile is None else leaf(profile.text.strip(), profile),
        "immediateDeployment": None if at_once is None else leaf(at_once.text.strip(), at_once),
    }
    return mapping(spot(root), members)


def refuse_request(root: Element, name: str) -> SourceError:
    """What is said of a request to execute a process."""
    whom = root.texts("Identifier")
    return SourceError(
        f"{name} is an Execute request{f' to {whom[:60]}' if whom else ''}, "
        "not a deployment document.",
        hint=_READS,
        location=Location(path=name, line=root.line, column=root.column),
    )


def _unit(element: Element, name: str) -> Part | None:
    """``Reference`` with a link to an image or a CWL, or the CWL itself as text."""
    for link in element.walk():
        href = attribute(link, "href")
        if href:
            return at({"reference": href}, spot(link))
    texts = (e.text.strip() for e in (element, *element.walk()))
    text = next((text for text in texts if text), "")
    if not text:
        return None
    if "\n" not in text and "cwlVersion" not in text:
        return at({"reference": text}, spot(element))
    return at({"unit": parse_document(text, name=name).value}, spot(element))
