"""``wps:ProcessOffering`` (14-065r2 clause 9 and ``wps.xsd``) out of its plain data."""

from __future__ import annotations

from typing import Any

from apkg.emitters.dialects.xml_writer import Xml, add
from apkg.files.owc import OWS, TYPE_WORDS, WPS, XLINK

_REFERENCE = f"{{{OWS}}}reference"


def fill_offering(element: Xml, offering: dict[str, Any], *, domains: str = "") -> None:
    """Make ``element`` the ProcessOffering that ``offering`` describes.

    ``domains`` is the namespace of LiteralDataDomain: none in ``wps.xsd``; Testbed-13's example
    writes it without a prefix inside an Atom feed, which makes it one of Atom.
    """
    for name in ("processVersion", "processModel"):
        if name in offering:
            element.set(name, offering[name])
    for name in ("jobControlOptions", "outputTransmission"):
        element.set(name, " ".join(offering[name]))
    process = add(element, WPS, "Process")
    described = offering["process"]
    _describe(process, described)
    for port in described["inputs"]:
        _input(process, port, domains)
    for port in described["outputs"]:
        output = add(process, WPS, "Output")
        _describe(output, port)
        _data(output, port, domains)


def _describe(element: Xml, described: dict[str, Any]) -> None:
    """``ows:BasicIdentificationType``, in its order."""
    for name in ("title", "abstract"):
        if described.get(name):
            add(element, OWS, name.capitalize(), described[name])
    if described.get("keywords"):
        words = add(element, OWS, "Keywords")
        for word in described["keywords"]:
            add(words, OWS, "Keyword", word)
    add(element, OWS, "Identifier", described["id"])
    for link in described.get("metadata", ()):
        linked = {f"{{{XLINK}}}{name}": link.get(name) for name in ("role", "href", "title")}
        add(element, OWS, "Metadata", attributes=linked)
    for group in described.get("additionalParameters", ()):
        role = {f"{{{XLINK}}}role": group["role"]}
        parameters = add(element, OWS, "AdditionalParameters", attributes=role)
        for one in group["parameters"]:
            parameter = add(parameters, OWS, "AdditionalParameter")
            add(parameter, OWS, "Name", one["name"])
            for value in one["values"]:
                add(parameter, OWS, "Value", value)


def _input(process: Xml, port: dict[str, Any], domains: str) -> None:
    """Occurrences are written where they are not once, which is what WPS takes them for."""
    counts = {name: port[name] for name in ("minOccurs", "maxOccurs") if port[name] != "1"}
    element = add(process, WPS, "Input", attributes=counts)
    _describe(element, port)
    _data(element, port, domains)


def _data(element: Xml, port: dict[str, Any], domains: str) -> None:
    if "supportedCRS" in port:
        box = add(element, WPS, "BoundingBoxData")
        _formats(box, port)
        for place, crs in enumerate(port["supportedCRS"]):
            add(box, WPS, "SupportedCRS", crs, {"default": "true" if place == 0 else None})
    elif "literalDataDomains" in port:
        literal = add(element, WPS, "LiteralData")
        _formats(literal, port)
        for domain in port["literalDataDomains"]:
            _domain(add(literal, domains, "LiteralDataDomain"), domain)
    else:
        _formats(add(element, WPS, "ComplexData"), port)


def _formats(data: Xml, port: dict[str, Any]) -> None:
    for item in port["formats"]:
        facts = {name: item.get(name) for name in ("mimeType", "encoding", "schema")}
        facts |= {"maximumMegabytes": item.get("maximumMegabytes")}
        facts |= {"default": "true" if item.get("default") else None}
        add(data, WPS, "Format", attributes=facts)


def _domain(element: Xml, domain: dict[str, Any]) -> None:
    """The group ``LiteralDataDomain`` of ``wps.xsd``, in its order."""
    if "allowedValues" in domain or "allowedRanges" in domain:
        allowed = add(element, OWS, "AllowedValues")
        for value in domain.get("allowedValues", ()):
            add(allowed, OWS, "Value", value)
        for bounds in domain.get("allowedRanges", ()):
            _range(allowed, bounds)
    elif "valuesReference" in domain:
        reference = domain["valuesReference"]["valueReference"]
        add(element, OWS, "ValuesReference", attributes={_REFERENCE: reference})
    else:
        add(element, OWS, "AnyValue")
    kind = domain["dataType"]
    words = TYPE_WORDS.get(kind["name"], kind["name"].capitalize())
    add(element, OWS, "DataType", words, {_REFERENCE: kind["reference"]})
    if "uom" in domain:
        uom = domain["uom"]
        add(element, OWS, "UOM", uom["name"], {_REFERENCE: uom.get("reference")})
    if "defaultValue" in domain:
        add(element, OWS, "DefaultValue", domain["defaultValue"])


def _range(allowed: Xml, bounds: dict[str, str]) -> None:
    closure = {f"{{{OWS}}}rangeClosure": bounds.get("rangeClosure")}
    element = add(allowed, OWS, "Range", attributes=closure)
    for name in ("minimumValue", "maximumValue", "spacing"):
        if name in bounds:
            add(element, OWS, name[0].upper() + name[1:], bounds[name])
