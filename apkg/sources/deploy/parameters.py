"""``additionalParameters``: discovery of input data and bindings (18-049r1, TB14 profile)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from apkg.files.owc import PARAMETERS
from apkg.model import Discovery
from apkg.sources.cwl.node import Node

_TRUE = "true"
#: The names of parameters that are read; all others are told as not kept.
KNOWN: Final = frozenset(
    {
        *("EOImage", "AllowedCollections", "CatalogSearchField", "UniqueAOI", "UniqueTOI"),
        *("position", "prefix", "separate", "itemSeparator", "path", "UOM", "SecurityNote"),
        *PARAMETERS.values(),
    }
)
_READ_ROLES: Final = re.compile(
    r"opensearch|applicationContext/(?:cwl|docker)|(?:https?://schema\.org/|s:|schema:)"
    r"(?:author|creator|license|codeRepository|citation|dateCreated|releaseNotes)$",
    re.IGNORECASE,
)


def parameters(node: Node) -> dict[str, Node]:
    """All parameters of a process or port by name, from any of the shapes in use.

    A list of ``{role, parameters: [{name, values}]}``, of ``{name, value}``, or one mapping; in
    Part 1 2.0 of OGC API - Processes, ``metadata`` whose value is a mapping.
    """
    found: dict[str, Node] = {}
    for name, value in named_parameters(node):
        found.setdefault(name, value)
    return found


def named_parameters(node: Node) -> Iterator[tuple[str, Node]]:
    """As :func:`parameters`, also those of one name."""
    for group in node.get("additionalParameters", "additionalParameter").elements():
        for item in _items(group):
            if item.get("name").text():
                yield item.get("name").text(), item.get("values", "value")
    for item in node.get("metadata").elements():
        if _holds_parameters(item):
            yield from item.get("value").members()


def said_by_metadata(item: Node) -> bool:
    """Whether a link or value of ``metadata`` is read, as parameters or by its role."""
    role = item.get("role").text()
    return _holds_parameters(item) or _READ_ROLES.search(role) is not None


def _holds_parameters(item: Node) -> bool:
    return "applicationContext" in item.get("role").text() and bool(item.get("value").mapping)


def _items(group: Node) -> Iterator[Node]:
    inner = group.get("parameters", "parameter")
    if inner.value is None and "name" in group.mapping:
        yield group
    yield from (item for item in inner.elements() if item.mapping)


def flag(node: Node | None) -> bool | None:
    """A parameter that is true or false, however it is spelt."""
    texts = () if node is None else node.texts()
    return texts[0].lower() == _TRUE if texts else None


def discovery(found: dict[str, Node]) -> Discovery:
    """How data for an input is found."""
    collections = found.get("AllowedCollections")
    names = [] if collections is None else _split(collections)
    search = found.get("CatalogSearchField")
    return Discovery(
        eo_image=flag(found.get("EOImage")) or False,
        allowed_collections=tuple(names),
        catalog_search_field=None if search is None else next(iter(search.texts()), None),
        unique_aoi=flag(found.get("UniqueAOI")),
        unique_toi=flag(found.get("UniqueTOI")),
    )


def inherit(own: Discovery, process: Discovery) -> Discovery:
    """``own``, with what the process says for all of its image inputs where it is silent."""
    if not own.eo_image:
        return own
    aoi = process.unique_aoi if own.unique_aoi is None else own.unique_aoi
    toi = process.unique_toi if own.unique_toi is None else own.unique_toi
    return replace(own, unique_aoi=aoi, unique_toi=toi)


def security_note(found: dict[str, Node]) -> str | None:
    """What users are told of security and privacy (``processMetadata`` of a process)."""
    node = found.get("SecurityNote")
    if node is None or not node.texts():
        return None
    node.origin("security_note")
    return "\n".join(node.texts())


def unit_of_measure(found: dict[str, Node]) -> str | None:
    """The unit of a value, which Part 1 of OGC API - Processes has no field for."""
    node = found.get("UOM")
    return None if node is None else next(iter(node.texts()), None)


def output_path(found: dict[str, Node]) -> str | None:
    """Where an output is found (Testbed-14, role ``profiles/eoc/output``)."""
    node = found.get("path")
    return None if node is None else next(iter(node.texts()), None)


def _split(node: Node) -> list[str]:
    return [part.strip() for text in node.texts() for part in text.split(",") if part.strip()]
