"""Inputs and outputs of a DeployProcess document (WPS 2.0 process model in Testbed-14 JSON)."""

from __future__ import annotations

from typing import Any

from apkg.emitters.dialects.ports import (
    DEFAULT_CRS,
    INPUT_METADATA,
    is_literal,
    is_plain,
    item,
    listed,
    media_types,
    occurrences,
    output_item,
    text,
)
from apkg.model import Binding, DataType, Discovery, EnumType, Input, Output, Range, Scalar, Value
from apkg.names import printable

INPUT_BINDING = "http://www.opengis.net/eoc/inputBinding"
OUTPUT_PATH = "http://www.opengis.net/profiles/eoc/output"
#: WPS 2.0 data types of XML Schema, by CWL type.
_DATA_TYPES = {
    "boolean": "boolean", "int": "integer", "long": "integer", "float": "float",
    "double": "double", "string": "string",
}  # fmt: skip
#: WPS 2.0 knows one ``integer``; XML Schema's word for one of 64 bits stands beside it.
_LONG = "http://www.w3.org/2001/XMLSchema#long"


def input_description(declared: Input, *, bound: bool = False) -> dict[str, Any]:
    """One input. Occurrences are strings, as the interface of 18-049r1 defines them.

    ``bound`` tells where it stands on the command line, which the CWL says where there is one.
    """
    declared = listed(declared)
    kind, _ = item(declared)
    literal = is_literal(declared, kind)
    least, most = occurrences(declared)
    described: dict[str, Any] = {
        "id": declared.id,
        "title": printable(declared.label),
        "abstract": printable(declared.doc or declared.label),
        "formats": _formats(kind, declared.media_types, literal=literal),
        "minOccurs": str(least),
        "maxOccurs": "unbounded" if most is None else str(most),
    }
    if declared.semantics == "bbox":
        described["supportedCRS"] = list(declared.supported_crs or DEFAULT_CRS)
    elif literal:
        described["literalDataDomains"] = [literal_domain(declared, kind)]
    groups = [(INPUT_METADATA, discovery_parameters(declared.discovery))]
    if bound and declared.binding is not None:
        groups.append((INPUT_BINDING, _binding(declared.binding)))
    _add_parameters(described, groups)
    return described


def output_description(output: Output, *, bound: bool = False) -> dict[str, Any]:
    """One output: id, title, abstract, formats, and how often where that is not once."""
    kind, several = output_item(output)
    literal = is_literal(output, kind)
    described: dict[str, Any] = {
        "id": output.id,
        "title": printable(output.label),
        "abstract": printable(output.doc or output.label),
        "formats": _formats(kind, output.media_types, literal=literal),
    }
    if several or output.optional:
        described["minOccurs"] = "0" if output.optional else "1"
        described["maxOccurs"] = "unbounded" if several else "1"
    if output.semantics == "bbox":
        described["supportedCRS"] = list(output.supported_crs or DEFAULT_CRS)
    elif literal:
        value = Input(id="", type=output.type, semantics=output.semantics)
        described["literalDataDomains"] = [literal_domain(value, kind)]
    if bound and output.glob != ".":
        _add_parameters(described, [(OUTPUT_PATH, [("path", [output.glob])])])
    return described


def literal_domain(declared: Input, kind: DataType) -> dict[str, Any]:
    """The values that a literal may have, all of them as text."""
    domain: dict[str, Any] = {"dataType": _data_type(declared, kind)}
    stated = kind.symbols if isinstance(kind, EnumType) else declared.allowed_values
    allowed = [text(value) for value in stated if is_plain(value)]
    if allowed:
        domain["allowedValues"] = allowed
    elif declared.range is not None:
        domain["allowedRanges"] = [range_texts(declared.range)]
    else:
        domain["anyValue"] = True
    default = literal_default(declared)
    if default is not None:
        domain["defaultValue"] = default
    if declared.uom:
        domain["uom"] = {"name": declared.uom}
    return domain


def literal_default(declared: Input) -> str | None:
    """The default of one occurrence: WPS 2.0 has no word for a list of them.

    A list goes as JSON where any text is allowed, and is left to the CWL where it is not.
    """
    value = declared.default.value if declared.default else None
    if not is_plain(value):
        return None
    if not isinstance(value, tuple):
        return None if value is None else text(value)
    kind, _ = item(declared)
    restricted = isinstance(kind, EnumType) or declared.allowed_values or declared.range
    if len(value) == 1 and not (isinstance(value[0], tuple) or text(value[0]).startswith("[")):
        return text(value[0])
    return None if restricted else text(value)


def range_texts(bounds: Range) -> dict[str, str]:
    """An allowed range as its texts."""
    named = (
        ("minimumValue", bounds.minimum),
        ("maximumValue", bounds.maximum),
        ("spacing", bounds.spacing),
    )
    found = {name: text(value) for name, value in named if value is not None and is_plain(value)}
    return {**found, "rangeClosure": "closed"}


def discovery_parameters(known: Discovery) -> list[tuple[str, list[str]]]:
    """The additional parameters of 18-049r1 by which clients find input products."""
    named: list[tuple[str, list[str]]] = [
        ("EOImage", ["true"] if known.eo_image else []),
        (
            "AllowedCollections",
            [",".join(known.allowed_collections)] if known.allowed_collections else [],
        ),
        ("CatalogSearchField", [known.catalog_search_field] if known.catalog_search_field else []),
        ("UniqueAOI", _flag(known.unique_aoi)),
        ("UniqueTOI", _flag(known.unique_toi)),
    ]
    return [(name, values) for name, values in named if values]


def _flag(value: Value) -> list[str]:
    return [] if value is None else [text(value)]


def _binding(binding: Binding) -> list[tuple[str, list[str]]]:
    """Where an input stands on the command line, as Testbed-14 tells it beside the CWL."""
    named: list[tuple[str, Value]] = [
        ("position", binding.position),
        ("prefix", binding.prefix),
        ("separate", None if binding.separate else False),
        ("itemSeparator", binding.item_separator),
    ]
    return [(name, [text(value)]) for name, value in named if value is not None]


def _add_parameters(
    described: dict[str, Any], groups: list[tuple[str, list[tuple[str, list[str]]]]]
) -> None:
    found = [
        {"role": role, "parameters": [{"name": name, "values": values} for name, values in said]}
        for role, said in groups
        if said
    ]
    if found:
        described["additionalParameters"] = found


def _formats(kind: DataType, stated: tuple[str, ...], *, literal: bool) -> list[dict[str, Any]]:
    names = ("text/plain",) if literal else media_types(kind, stated)
    return [{"mimeType": name, "default": place == 0} for place, name in enumerate(names)]


def _data_type(declared: Input, kind: DataType) -> dict[str, str]:
    name = _DATA_TYPES[kind.name] if isinstance(kind, Scalar) else "string"
    if declared.semantics in {"date", "dateTime", "time", "anyURI"} and name == "string":
        name = str(declared.semantics)
    return {"name": name, **({"reference": _LONG} if kind == Scalar("long") else {})}
