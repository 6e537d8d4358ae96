"""``wps:ProcessOffering`` as the ``processDescription`` of Testbed-14 JSON."""

from __future__ import annotations

from dataclasses import replace

from apkg.errors import Location, SourceError
from apkg.files.owc import WPS
from apkg.files.read_xml import Element
from apkg.sources.deploy_xml.parts import Part, leaf, listing, mapping, spot
from apkg.sources.deploy_xml.ports import attribute, description, read_port


def find_offering(element: Element, name: str) -> Element:
    """The ProcessOffering that ``element`` is or holds, below ``ProcessOfferings`` perhaps.

    A ``wps:Process`` that stands alone, as a profile does, is one of which nothing more is said.

    Raises:
        SourceError: there is none.
    """
    inside = (element, *element.walk())
    found = next((e for e in inside if e.name == "ProcessOffering"), None)
    alone = next((e for e in inside if (e.namespace, e.name) == (WPS, "Process")), None)
    if found is not None:
        return found
    if alone is not None:
        return replace(alone, name="ProcessOffering", attributes={}, children=[alone])
    old = next((e for e in inside if e.name == "ProcessDescription"), None)
    raise SourceError(
        "this is a process description of WPS 1.0"
        if old
        else f"there is no wps:ProcessOffering in {element.name}",
        hint="apkg reads the ProcessOffering of WPS 2.0: ask the server with "
        "request=DescribeProcess&version=2.0.0.",
        location=Location(path=name, line=(old or element).line, column=(old or element).column),
    )


def read_offering(element: Element, name: str) -> Part:
    """The description of the process in a ProcessOffering.

    Raises:
        SourceError: there is no process in it.
    """
    process = element.child("Process")
    if process is None:
        raise SourceError(
            "this ProcessOffering has no wps:Process",
            hint="apkg reads what inputs and outputs a process has; other models say no such.",
            location=Location(path=name, line=element.line),
        )
    members: dict[str, Part | None] = {"process": _process(process)}
    for key in ("processVersion", "processModel"):
        text = attribute(element, key)
        members[key] = None if text is None else leaf(text, element)
    for key in ("jobControlOptions", "outputTransmission"):
        words = (attribute(element, key) or "").split()
        members[key] = listing(spot(element), (leaf(word, element) for word in words))
    return mapping(spot(element), members)


def _process(element: Element) -> Part:
    members = description(element)
    for key, name in (("inputs", "Input"), ("outputs", "Output")):
        members[key] = listing(spot(element), (read_port(port) for port in element.all(name)))
    return mapping(spot(element), members)
