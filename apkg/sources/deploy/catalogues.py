"""Catalogues: where input products are found (18-049r1 clause 5).

They are OpenSearch offerings of the OWS context, or metadata links with the role of one.
"""

from __future__ import annotations

import re

from apkg.model import Catalogue
from apkg.sources.cwl.node import Node

_OPENSEARCH = re.compile("opensearch", re.IGNORECASE)


def catalogues(process: Node) -> tuple[Catalogue, ...]:
    """The OpenSearch description documents that a process names, each once."""
    found: dict[str, Catalogue] = {}
    for offering in process.get("owsContext").get("offering", "offerings").elements():
        if not _OPENSEARCH.search(offering.get("code").text()):
            continue
        for content in offering.get("content", "contents", "operation", "operations").elements():
            href = content.get("href")
            if href.text():
                title = content.get("title").text() or offering.get("title").text()
                found.setdefault(href.text(), Catalogue(href=href.text(), title=title))
                href.origin("catalogues")
    for item in process.get("metadata").elements():
        href = item.get("href")
        if href.text() and _OPENSEARCH.search(item.get("role").text()):
            title = item.get("title").text()
            found.setdefault(href.text(), Catalogue(href=href.text(), title=title))
            href.origin("catalogues")
    return tuple(found.values())
