"""Words of JSON Schema that say more of a value than the model knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from apkg.sources.cwl.node import Node

_DEPTH: Final = 20
_ALTERNATIVES: Final = ("oneOf", "anyOf", "allOf")
#: What is known of a value wherever it stands, and what follows from the rest.
_KNOWN: Final = frozenset(
    {
        *("type", "format", "enum", "const", "nullable", "items", "properties", "required"),
        *_ALTERNATIVES,
        *("contentMediaType", "contentEncoding", "$ref", "$id", "additionalProperties"),
    }
)
_INPUT: Final = frozenset(
    {
        *("default", "minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"),
        *("minItems", "maxItems"),
    }
)
#: What is known of a whole value, and not of what is in it.
_WHOLE: Final = frozenset({"default", "minItems", "maxItems"})
#: Formats of a text that only an input has.
_MEANINGS: Final = frozenset(
    {"date", "date-time", "time", "uri", "url", "iri", "uri-reference", "ogc-bbox"}
)
_WIDTHS: Final = frozenset(
    {
        *("int32", "int64", "long", "float", "double", "binary", "file", "directory", "ogc-bbox"),
    }
)


def schema_words(node: Node, *, output: bool) -> Iterator[Node]:
    """The words of the schema of an input or output that do not come along."""
    yield from _words(node, frozenset() if output else _INPUT, 0, meaning=True)


def _words(node: Node, more: frozenset[str], depth: int, *, meaning: bool) -> Iterator[Node]:
    if depth > _DEPTH or not node.mapping:
        return
    for name, member in node.members():
        if name not in _KNOWN and name not in more and member.value not in (None, [], {}, ""):
            yield member
    yield from _format(node.get("format"), meaning=meaning)
    # A box, and a file or an object of GeoJSON, are what they are, whatever is in them.
    form = node.get("format").text()
    if node.get("contentMediaType").text() or form == "ogc-bbox" or form.startswith("geojson"):
        return
    for key in _ALTERNATIVES:
        for member in node.get(key).elements():
            yield from _words(member, more - {"default"}, depth + 1, meaning=meaning)
    yield from _words(node.get("items"), more - _WHOLE, depth + 1, meaning=meaning)
    for _, member in node.get("properties").members():
        yield from _words(member, frozenset(), depth + 1, meaning=False)


def _format(node: Node, *, meaning: bool) -> Iterator[Node]:
    text = node.text()
    known = text in _WIDTHS or (meaning and text in _MEANINGS) or text.startswith("geojson")
    if text and not known:
        yield node
