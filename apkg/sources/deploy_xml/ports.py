"""Inputs and outputs of WPS 2.0 XML (``wps.xsd``), as Testbed-14 JSON says them."""

from __future__ import annotations

import re
from typing import Final

from apkg.files.owc import TYPE_WORDS
from apkg.files.read_xml import Element
from apkg.sources.deploy_xml.parts import Part, leaf, listing, mapping, put, spot

_TYPES: Final = {word.lower(): name for name, word in TYPE_WORDS.items()}


def read_port(element: Element) -> Part:
    """A ``wps:Input`` or ``wps:Output``. What WPS says by default is said."""
    members: dict[str, Part | None] = dict(description(element))
    for name in ("minOccurs", "maxOccurs") if element.name == "Input" else ():
        members[name] = leaf(attribute(element, name) or "1", element)
    for data in element.all("LiteralData", "ComplexData", "BoundingBoxData"):
        members["formats"] = listing(spot(data), (_format(f) for f in data.all("Format")))
        domains = (_domain(one) for one in data.all("LiteralDataDomain"))
        members["literalDataDomains"] = listing(spot(data), domains)
        members["supportedCRS"] = listing(spot(data), _crs(data))
    return mapping(spot(element), members)


def description(element: Element) -> dict[str, Part | None]:
    """What a process, an input and an output are described with (``ows:Title`` and so on)."""
    words = [w for keywords in element.all("Keywords") for w in keywords.all("Keyword")]
    return {
        "id": _text(element.child("Identifier")),
        "title": _text(element.child("Title")),
        "abstract": _text(element.child("Abstract")),
        "keywords": listing(spot(element), (leaf(word.text.strip(), word) for word in words)),
        "metadata": listing(spot(element), (_link(link) for link in element.all("Metadata"))),
        "additionalParameters": listing(
            spot(element), (_parameters(group) for group in element.all("AdditionalParameters"))
        ),
    }


def attribute(element: Element, name: str) -> str | None:
    """An attribute by its local name: people write ``reference`` for ``ows:reference``."""
    for key, value in element.attributes.items():
        if key.rpartition("}")[2] == name:
            return value
    return None


def exact(element: Element) -> str:
    """The text of a value as it stands, unless it is laid out over several lines."""
    text = element.text
    return text.strip() if "\n" in text[:1] + text.rstrip(" \t")[-1:] else text


def _text(element: Element | None) -> Part | None:
    return None if element is None else leaf(element.text.strip(), element)


def _link(element: Element) -> Part:
    return _attributes(element, ("role", "href", "title"))


def _attributes(element: Element, names: tuple[str, ...]) -> Part:
    found = {name: attribute(element, name) for name in names}
    members = {name: leaf(value, element) for name, value in found.items() if value is not None}
    return mapping(spot(element), members)


def _parameters(element: Element) -> Part:
    """``ows:AdditionalParameters``: a role, and named values."""
    members = dict[str, Part | None]()
    role = attribute(element, "role")
    members["role"] = None if role is None else leaf(role, element)
    members["parameters"] = listing(
        spot(element), (_parameter(one) for one in element.all("AdditionalParameter"))
    )
    return mapping(spot(element), members)


def _parameter(element: Element) -> Part:
    values = listing(spot(element), (leaf(exact(v), v) for v in element.all("Value")))
    return mapping(spot(element), {"name": _text(element.child("Name")), "values": values})


def _format(element: Element) -> Part:
    names = ("mimeType", "encoding", "schema", "maximumMegabytes")
    part = _attributes(element, names)
    stated = attribute(element, "default")
    if stated is None:
        return part
    put(part, ("default",), leaf(stated.strip() in {"true", "1"}, element))
    return part


def _crs(data: Element) -> list[Part]:
    """Coordinate reference systems, the default one first."""
    stated = list(data.all("SupportedCRS"))
    stated.sort(key=lambda one: attribute(one, "default") not in {"true", "1"})
    return [leaf(one.text.strip(), one) for one in stated]


def _domain(element: Element) -> Part:
    members: dict[str, Part | None] = {}
    for child in element.children:
        if child.name == "AllowedValues":
            where = spot(child)
            values = (leaf(exact(one), one) for one in child.all("Value"))
            members["allowedValues"] = listing(where, values)
            members["allowedRanges"] = listing(where, map(_range, child.all("Range")))
        elif child.name == "ValuesReference":
            link = attribute(child, "reference") or attribute(child, "href") or child.text.strip()
            reference = {"valueReference": leaf(link, child)}
            members["valuesReference"] = mapping(spot(child), reference)
        elif child.name == "AnyValue":
            members["anyValue"] = leaf(value=True, element=child)
        elif child.name == "DataType":
            members["dataType"] = _data_type(child)
        elif child.name == "UOM":
            members["uom"] = _uom(child)
        elif child.name == "DefaultValue":
            members["defaultValue"] = leaf(exact(child), child)
    return mapping(spot(element), members)


def _range(element: Element) -> Part:
    members: dict[str, Part | None] = {
        "minimumValue": _text(element.child("MinimumValue")),
        "maximumValue": _text(element.child("MaximumValue")),
        "spacing": _text(element.child("Spacing")),
    }
    closure = attribute(element, "rangeClosure")
    members["rangeClosure"] = None if closure is None else leaf(closure, element)
    return mapping(spot(element), members)


def _data_type(element: Element) -> Part:
    """The type by its IRI where there is one: the text beside it is for people."""
    text, reference = element.text.strip(), attribute(element, "reference")
    name = re.split(r"[#:/]", reference or "")[-1] or _TYPES.get(text.lower(), text)
    members: dict[str, Part | None] = {"name": leaf(name, element)}
    members["reference"] = None if reference is None else leaf(reference, element)
    return mapping(spot(element), members)


def _uom(element: Element) -> Part:
    reference = attribute(element, "reference")
    members: dict[str, Part | None] = {"name": leaf(element.text.strip() or reference, element)}
    members["reference"] = None if reference is None else leaf(reference, element)
    return mapping(spot(element), members)
