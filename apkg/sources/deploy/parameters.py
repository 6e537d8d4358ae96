"""``additionalParameters``: discovery of input data and bindings (18-049r1, TB14 profile)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from apkg.model import Discovery
from apkg.sources.cwl.node import Node

_TRUE = "true"


def parameters(node: Node) -> dict[str, Node]:
    """All parameters of a process or port by name, from any of the shapes in use.

    A list of ``{role, parameters: [{name, values}]}``, of ``{name, value}``, or one mapping.
    """
    found: dict[str, Node] = {}
    for group in node.get("additionalParameters", "additionalParameter").elements():
        for item in _items(group):
            name = item.get("name").text()
            if name:
                found.setdefault(name, item.get("values", "value"))
    return found


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


def binding(found: dict[str, Node]) -> tuple[tuple[str, str], ...]:
    """The command line binding that Testbed-14 carries beside the CWL, as annotations."""
    names = ("position", "prefix", "separate", "itemSeparator", "path")
    pairs = ((name, next(iter(found[name].texts()), "")) for name in names if name in found)
    return tuple((f"cwl:{name}", text) for name, text in pairs if text)


def _split(node: Node) -> list[str]:
    return [part.strip() for text in node.texts() for part in text.split(",") if part.strip()]
