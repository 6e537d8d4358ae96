"""OWS Context in GeoJSON (OGC 14-055r2): features, offerings, and what is said around them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial

from apkg.errors import SourceError
from apkg.files.documents import Document, parse_document
from apkg.files.owc import PROCESS_OFFERING
from apkg.files.read_places import JsonPath
from apkg.files.read_xml import looks_like_xml, parse_xml
from apkg.model import Person
from apkg.names import printable
from apkg.sources.deploy_xml.context import Content, Resource
from apkg.sources.deploy_xml.parts import Part, at, mapping, part_of
from apkg.sources.deploy_xml.process import find_offering, read_offering

_HINT = "Its content is the process as JSON, or its wps:ProcessOffering as a text."


def resources(document: Document) -> Iterator[Resource]:
    """The features of a context."""
    top = _mapping(document.value)
    features = top.get("features")
    for index, feature in enumerate(features if isinstance(features, list) else ()):
        described = _mapping(_mapping(feature).get("properties"))
        path: JsonPath = ("features", index, "properties")
        around = _mapping(top.get("properties"))
        yield Resource(
            where=document.places.find(("features", index), key=False),
            contents=tuple(_contents(document, described, (*path, "offerings"))),
            texts=_texts(top, _mapping(feature)),
            authors=tuple(_authors(described) or _authors(around)),
            rights=_text(described.get("rights")) or _text(around.get("rights")),
        )


def _contents(
    document: Document, properties: Mapping[str, object], path: JsonPath
) -> Iterator[Content]:
    offerings = properties.get("offerings")
    for index, offering in enumerate(offerings if isinstance(offerings, list) else ()):
        code = _text(_mapping(offering).get("code"))
        for key in ("contents", "operations"):
            stated = _mapping(offering).get(key)
            for place, content in enumerate(stated if isinstance(stated, list) else ()):
                if isinstance(content, Mapping):
                    yield _content(document, code, content, (*path, index, key, place))


def _content(
    document: Document, code: str, content: Mapping[str, object], path: JsonPath
) -> Content:
    inner = content.get("content")
    reads = code == PROCESS_OFFERING and inner is not None
    return Content(
        code=code,
        where=document.places.find(path, key=False),
        text=inner if isinstance(inner, str) else _as_text(inner),
        href=_text(content.get("href")),
        title=_text(content.get("title")),
        process=partial(_process, document, (*path, "content")) if reads else None,
    )


def _process(document: Document, path: JsonPath) -> Part:
    """The process description at ``path``: JSON, or the text of XML or JSON."""
    part = part_of(document, path)
    if isinstance(part.value, str):
        where, text = part.place.spot, part.value
        try:
            if looks_like_xml(text):
                root = parse_xml(text, name=document.name)
                found = read_offering(find_offering(root, document.name), document.name)
                return at(found.value, where)
            part = at(parse_document(text, name=document.name).value, where)
        except SourceError as error:
            # A line of the text is no line of the document.
            place = document.location(path)
            raise SourceError(error.message, hint=error.hint, location=place) from error
    if not isinstance(part.value, dict):
        raise SourceError(
            "this offering holds no process", hint=_HINT, location=document.location(path)
        )
    if isinstance(part.value.get("process"), dict):
        return part
    return mapping(part.place.spot, {"process": part})


def _texts(top: Mapping[str, object], feature: Mapping[str, object]) -> dict[str, str]:
    around, inside = _mapping(top.get("properties")), _mapping(feature.get("properties"))
    found = {
        "owc:lang": around.get("lang"),
        "owc:title": around.get("title"),
        "owc:subtitle": around.get("subtitle"),
        "owc:id": top.get("id"),
        "owc:updated": around.get("updated"),
        "owc:entryTitle": inside.get("title"),
        "owc:entryId": feature.get("id"),
        "owc:entryUpdated": inside.get("updated"),
        "owc:content": inside.get("abstract"),
    }
    return {key: _text(value) for key, value in found.items() if _text(value)}


def _authors(properties: Mapping[str, object]) -> list[Person]:
    stated = properties.get("authors")
    members = [_mapping(one) for one in (stated if isinstance(stated, list) else ())]
    return [
        Person(
            name=_text(one.get("name")),
            email=_text(one.get("email")) or None,
            identifier=_text(one.get("uri")) or None,
        )
        for one in members
        if _text(one.get("name"))
    ]


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _as_text(value: object) -> str:
    """A CWL that stands in the context as JSON, as its text."""
    return json.dumps(value) if isinstance(value, Mapping) else ""


def _text(value: object) -> str:
    return printable(value).strip() if isinstance(value, str) else ""
