"""Titles and descriptions: a text, or one text for each language (as pygeoapi writes them)."""

from __future__ import annotations

from typing import Final

from apkg.sources.cwl.node import Node
from apkg.sources.deploy.kept import not_kept

_ENGLISH: Final = ("en", "en-GB", "en-US")


def words(node: Node) -> str:
    """The text of a title or description; of several languages the English, else the first."""
    texts = {name: member.text() for name, member in node.members()}
    said = {name: text for name, text in texts.items() if text}
    if not said:
        return node.text()
    chosen = next((name for name in _ENGLISH if name in said), next(iter(said)))
    if len(said) > 1:
        others = ", ".join(name for name in said if name != chosen)
        not_kept(node, f"of several languages one is kept, {chosen}", words=others)
    return said[chosen]
