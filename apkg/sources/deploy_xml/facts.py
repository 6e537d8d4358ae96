"""What a context and WPS say beyond Testbed-14's JSON: people, licence, and annotations.

Annotations keep what the model has no field for, so that a document can be written again as it
was: ``owc:title``, ``wps:jobControlOptions``, ``wps:encoding:image/tiff``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from apkg.files.owc import (
    FORMAT_FACTS,
    PARAMETERS,
    context_texts,
    date_of,
)
from apkg.media import DIRECTORY as USUAL
from apkg.media import media_type
from apkg.model import Application, Input, Metadata, Output
from apkg.sources.deploy.schemas import DIRECTORY
from apkg.sources.deploy_xml.context import Resource

_Port = TypeVar("_Port", Input, Output)
_Pairs = tuple[tuple[str, str], ...]


def with_facts(
    application: Application, described: Mapping[str, Any], resource: Resource | None
) -> Application:
    """``application`` with what its process description and the context around it say."""
    process = _mapping(described.get("process"))
    known = _parameters(application.metadata, process)
    known = replace(known, annotations=(*known.annotations, *_model(described)))
    application = replace(
        application,
        metadata=known,
        inputs=tuple(_port(port, process.get("inputs")) for port in application.inputs),
        outputs=tuple(_port(port, process.get("outputs")) for port in application.outputs),
    )
    return application if resource is None else _in_context(application, resource)


def _in_context(application: Application, resource: Resource) -> Application:
    known = application.metadata
    known = replace(
        known,
        authors=resource.authors or known.authors,
        license=resource.rights or known.license,
        date_created=known.date_created or date_of(resource.texts.get("owc:entryUpdated", "")),
    )
    application = replace(application, metadata=known)
    usual = context_texts(application)
    said = ((name, resource.texts.get(name, text)) for name, text in usual.items())
    odd = tuple(pair for pair in said if usual[pair[0]] != pair[1])
    return replace(application, metadata=replace(known, annotations=(*known.annotations, *odd)))


def _parameters(known: Metadata, process: Mapping[str, Any]) -> Metadata:
    """Additional parameters of the process that are fields of the model."""
    fields = {name: field for field, name in PARAMETERS.items()}
    found: dict[str, str] = {}
    for group in _list(process.get("additionalParameters")):
        for one in _list(_mapping(group).get("parameters")):
            values = [str(value) for value in _list(_mapping(one).get("values"))]
            field = fields.get(str(_mapping(one).get("name")))
            if field is not None and values:
                found.setdefault(field, "\n".join(values))
    own = {field: text for field, text in found.items() if not getattr(known, field)}
    return replace(known, **own)  # type: ignore[arg-type]


def _model(described: Mapping[str, Any]) -> _Pairs:
    model = described.get("processModel")
    return (("wps:processModel", str(model)),) if model else ()


def _port(port: _Port, stated: object) -> _Port:
    members = [_mapping(one) for one in _list(stated)]
    described: Mapping[str, Any] = next((one for one in members if one.get("id") == port.id), {})
    pairs: _Pairs = (*_formats(described), *_reference(described))
    return replace(
        port,
        annotations=(*port.annotations, *pairs),
        media_types=_folders(described) or port.media_types,
    )


def _folders(described: Mapping[str, Any]) -> tuple[str, ...]:
    """The media types of a folder, where its own is not the usual one: Testbed-13 has another."""
    names = [str(_mapping(item).get("mimeType")) for item in _list(described.get("formats"))]
    return tuple(names) if set(names) & (set(DIRECTORY) - {USUAL}) else ()


def _formats(described: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    seen = set()
    for item in map(_mapping, _list(described.get("formats"))):
        name = str(item.get("mimeType", ""))
        media = media_type(name) or name
        if media not in seen:
            seen.add(media)
            facts = ((fact, item.get(fact)) for fact in FORMAT_FACTS)
            yield from ((f"wps:{fact}:{media}", str(said)) for fact, said in facts if said)


def _reference(described: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for domain in map(_mapping, _list(described.get("literalDataDomains"))[:1]):
        reference = _mapping(domain.get("valuesReference")).get("valueReference")
        if reference:
            yield "wps:valuesReference", str(reference)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
