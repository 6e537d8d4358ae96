"""Inputs and outputs of a DeployProcess document (WPS 2.0 process model in Testbed-14 JSON)."""

from __future__ import annotations

import json
from typing import Any

from apkg.model import ArrayType, DataType, Discovery, EnumType, Input, Output, Range, Scalar, Value
from apkg.names import printable

INPUT_METADATA = "http://www.opengis.net/eoc/applicationContext/inputMetadata"
#: WPS 2.0 data types of XML Schema, by CWL type.
_DATA_TYPES = {
    "boolean": "boolean", "int": "integer", "long": "integer", "float": "float",
    "double": "double", "string": "string",
}  # fmt: skip
_DIRECTORY, _ANY_FILE, _JSON = (
    "application/directory",
    "application/octet-stream",
    "application/json",
)
DEFAULT_CRS = ("urn:ogc:def:crs:OGC:1.3:CRS84", "http://www.opengis.net/def/crs/EPSG/0/4326")


def input_description(declared: Input) -> dict[str, Any]:
    """One input. Occurrences are strings, as the interface of 18-049r1 defines them."""
    kind, several = _item(declared)
    required = not (declared.optional or declared.default is not None)
    described: dict[str, Any] = {
        "id": declared.id,
        "title": printable(declared.label),
        "abstract": printable(declared.doc or declared.label),
        "formats": _formats(kind, declared.media_types, literal=_is_literal(declared, kind)),
        "minOccurs": "1" if required else "0",
        "maxOccurs": "unbounded" if several else "1",
    }
    if declared.semantics == "bbox":
        described["supportedCRS"] = list(declared.supported_crs or DEFAULT_CRS)
    elif _is_literal(declared, kind):
        described["literalDataDomains"] = [_domain(declared, kind)]
    parameters = _discovery(declared.discovery)
    if parameters:
        described["additionalParameters"] = [{"role": INPUT_METADATA, "parameters": parameters}]
    return described


def output_description(output: Output) -> dict[str, Any]:
    """One output: id, title, abstract, formats."""
    kind = output.type.items if isinstance(output.type, ArrayType) else output.type
    return {
        "id": output.id,
        "title": printable(output.label),
        "abstract": printable(output.doc or output.label),
        "formats": _formats(kind, output.media_types, literal=False),
    }


def _item(declared: Input) -> tuple[DataType, bool]:
    """The type of one occurrence, and whether there may be several."""
    if declared.semantics == "bbox":
        return declared.type, declared.scatter
    if isinstance(declared.type, ArrayType):
        return declared.type.items, True
    return declared.type, declared.scatter


def _is_literal(declared: Input, kind: DataType) -> bool:
    scalar = isinstance(kind, Scalar) and kind.name in _DATA_TYPES
    return declared.semantics != "bbox" and (scalar or isinstance(kind, EnumType))


def _formats(
    kind: DataType, media_types: tuple[str, ...], *, literal: bool
) -> list[dict[str, Any]]:
    names = ("text/plain",) if literal else media_types or (_fallback(kind),)
    return [{"mimeType": name, "default": place == 0} for place, name in enumerate(names)]


def _fallback(kind: DataType) -> str:
    if isinstance(kind, Scalar):
        return {"Directory": _DIRECTORY, "File": _ANY_FILE}.get(kind.name, _JSON)
    return _JSON


def _domain(declared: Input, kind: DataType) -> dict[str, Any]:
    name = "string"
    if isinstance(kind, Scalar):
        name = _DATA_TYPES[kind.name]
    if declared.semantics in {"date", "dateTime", "time", "anyURI"} and name == "string":
        name = str(declared.semantics)
    domain: dict[str, Any] = {"dataType": {"name": name}}
    allowed = kind.symbols if isinstance(kind, EnumType) else declared.allowed_values
    if allowed:
        domain["allowedValues"] = [text(value) for value in allowed]
    elif declared.range is not None:
        domain["allowedRanges"] = [_range(declared.range)]
    else:
        domain["anyValue"] = True
    default = _one_default(declared, restricted="anyValue" not in domain)
    if default is not None:
        domain["defaultValue"] = text(default)
    if declared.uom:
        domain["uom"] = {"name": declared.uom}
    return domain


def _one_default(declared: Input, *, restricted: bool) -> Value:
    """The default of one occurrence: WPS 2.0 has no word for a list of them.

    A list goes as JSON where any text is allowed, and is left to the CWL where it is not.
    """
    value = declared.default.value if declared.default else None
    if not isinstance(value, tuple):
        return value
    if len(value) == 1:
        return value[0]
    return value if value and not restricted else None


def _range(bounds: Range) -> dict[str, str]:
    named = (
        ("minimumValue", bounds.minimum),
        ("maximumValue", bounds.maximum),
        ("spacing", bounds.spacing),
    )
    found = {name: text(value) for name, value in named if value is not None}
    return {**found, "rangeClosure": "closed"}


def text(value: Value) -> str:
    """A value as the document's strings hold it: JSON's spelling, strings as they are."""
    if isinstance(value, str):
        return value
    plain: Any = list(value) if isinstance(value, tuple) else value
    return json.dumps(plain, ensure_ascii=False)


def _discovery(known: Discovery) -> list[dict[str, Any]]:
    """The additional parameters of 18-049r1 by which clients find input products."""
    named: list[tuple[str, list[str]]] = [
        ("EOImage", ["true"] if known.eo_image else []),
        (
            "AllowedCollections",
            [",".join(known.allowed_collections)] if known.allowed_collections else [],
        ),
        ("CatalogSearchField", [known.catalog_search_field] if known.catalog_search_field else []),
        ("UniqueAOI", [] if known.unique_aoi is None else [text(known.unique_aoi)]),
        ("UniqueTOI", [] if known.unique_toi is None else [text(known.unique_toi)]),
    ]
    return [{"name": name, "values": values} for name, values in named if values]
