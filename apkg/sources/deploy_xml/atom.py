"""OWS Context in Atom (OGC 12-084r2): entries, offerings, and what is said around them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from apkg.files.owc import PROCESS_OFFERING
from apkg.files.read_xml import Element
from apkg.model import Person
from apkg.names import printable
from apkg.sources.deploy_xml.context import Content, Resource
from apkg.sources.deploy_xml.parts import Part, spot
from apkg.sources.deploy_xml.ports import attribute
from apkg.sources.deploy_xml.process import find_offering, read_offering


def resources(root: Element, name: str) -> Iterator[Resource]:
    """The entries of a feed, or the one entry that the document is."""
    feed = root if root.name == "feed" else None
    for entry in [root] if feed is None else root.all("entry"):
        yield Resource(
            where=spot(entry),
            contents=tuple(_contents(entry, name)),
            texts=_texts(feed, entry),
            authors=tuple(_authors(entry) or (_authors(feed) if feed else ())),
            identifier=printable(entry.texts("identifier")),
            rights=printable(entry.texts("rights") or (feed.texts("rights") if feed else "")),
        )


def _contents(entry: Element, name: str) -> Iterator[Content]:
    for offering in entry.all("offering"):
        code = attribute(offering, "code") or ""
        # Testbed-13's report writes ows:content for owc:content; links stand in operations, too.
        for content in offering.all("content", "operation"):
            described = any(e.name.startswith("Process") for e in content.children)
            yield Content(
                code=code,
                where=spot(content),
                text=content.text.strip(),
                href=attribute(content, "href") or "",
                title=attribute(content, "title") or "",
                process=partial(_process, content, name)
                if described or code == PROCESS_OFFERING
                else None,
            )


def _process(content: Element, name: str) -> Part:
    return read_offering(find_offering(content, name), name)


def _texts(feed: Element | None, entry: Element) -> dict[str, str]:
    found = {
        "owc:entryTitle": entry.texts("title"),
        "owc:entryId": entry.texts("id"),
        "owc:entryUpdated": entry.texts("updated"),
        "owc:content": entry.texts("content") or entry.texts("summary"),
    }
    if feed is not None:
        found |= {
            "owc:lang": attribute(feed, "lang") or "",
            "owc:title": feed.texts("title"),
            "owc:subtitle": feed.texts("subtitle"),
            "owc:id": feed.texts("id"),
            "owc:updated": feed.texts("updated"),
        }
    return {key: printable(text) for key, text in found.items() if text}


def _authors(element: Element) -> list[Person]:
    return [
        Person(
            name=printable(author.texts("name")),
            email=printable(author.texts("email")) or None,
            identifier=printable(author.texts("uri")) or None,
        )
        for author in element.all("author")
        if author.texts("name")
    ]
