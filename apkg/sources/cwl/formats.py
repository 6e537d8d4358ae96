"""``format`` of a CWL File: IRIs, curies of ``$namespaces``, and the media types they mean."""

from __future__ import annotations

from collections.abc import Mapping

from apkg.media import media_type
from apkg.sources.cwl.node import Node


def media_types(node: Node, namespaces: Mapping[str, str]) -> tuple[str, ...]:
    """The media types of a ``format``: one IRI, curie or media type, or a list of them.

    An expression, and an IRI that no media type is known for, becomes a note.
    """
    found = [_media_type(item, namespaces) for item in node.elements()]
    return tuple(dict.fromkeys(media for media in found if media))


def _media_type(node: Node, namespaces: Mapping[str, str]) -> str | None:
    text = node.text()
    if is_expression(text):
        node.note("This format is an expression; it is known only when the tool runs.")
        return None
    media = media_type(expand(text, namespaces))
    if media is None and text:
        node.note(f"No media type is known for the format `{text}`.", subject=text)
    return media


def is_expression(text: str) -> bool:
    """Whether CWL evaluates something in ``text`` (CWL v1.2 clause 3.5)."""
    return "$(" in text or "${" in text


def expand(curie: str, namespaces: Mapping[str, str]) -> str:
    """The IRI of a curie; what is no curie of a known prefix stays as it is."""
    prefix, colon, rest = curie.partition(":")
    if colon and prefix in namespaces and not rest.startswith("//"):
        return namespaces[prefix] + rest
    return curie
