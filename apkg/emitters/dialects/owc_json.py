"""``owc-json``: the context of :mod:`.owc_atom` in GeoJSON (OGC 14-055r2).

Contents stand in their native format (clause 7.1.1): the process is JSON, in Testbed-14's words.
"""

from __future__ import annotations

import json
from typing import Any

from apkg.emitters.dialects.context import JSON_SCOPE, elsewhere, person, texts, unit_offering
from apkg.emitters.dialects.interface import Emitted
from apkg.emitters.dialects.losses import losses
from apkg.emitters.dialects.wps_offering import process_offering
from apkg.emitters.interface import EmitOptions
from apkg.files.owc import (
    EOC_PROFILE,
    JSON_PROFILE,
    OPENSEARCH_JSON_OFFERING,
    OPENSEARCH_TYPE,
    PROCESS_OFFERING,
)
from apkg.model import Application
from apkg.names import printable


class OwcJson:
    """Writes ``<id>.owc.json``."""

    name = "owc-json"
    suffix = ".owc.json"

    def emit(self, application: Application, options: EmitOptions) -> Emitted:
        """The GeoJSON text.

        Raises:
            ConversionError: the execution unit is the image, and there is none.
        """
        written = json.dumps(_context(application, options), indent=2, ensure_ascii=False)
        return Emitted(text=written + "\n", losses=losses(application, JSON_SCOPE, options))


def _context(application: Application, options: EmitOptions) -> dict[str, Any]:
    said = texts(application)
    return {
        "type": "FeatureCollection",
        "id": said["owc:id"],
        "properties": {
            "lang": said["owc:lang"],
            "title": said["owc:title"],
            "subtitle": said["owc:subtitle"],
            "updated": said["owc:updated"],
            "links": {"profiles": [JSON_PROFILE, EOC_PROFILE]},
        },
        "features": [_feature(application, options, said)],
    }


def _feature(
    application: Application, options: EmitOptions, said: dict[str, str]
) -> dict[str, Any]:
    known = application.metadata
    properties: dict[str, Any] = {
        "title": said["owc:entryTitle"],
        "abstract": said["owc:content"],
        "updated": said["owc:entryUpdated"],
    }
    if known.authors:
        properties["authors"] = [person(author) for author in known.authors]
    if known.license:
        properties["rights"] = printable(known.license)
    properties["offerings"] = _offerings(application, options)
    return {
        "type": "Feature",
        "id": said["owc:entryId"],
        "geometry": None,
        "properties": properties,
    }


def _offerings(application: Application, options: EmitOptions) -> list[dict[str, Any]]:
    unit = unit_offering(application, options)
    described = process_offering(
        application, bound=not options.with_cwl, elsewhere=elsewhere(application.metadata)
    )
    contents: list[tuple[str, dict[str, Any]]] = [
        (unit.code, {"type": unit.type, "href": unit.href, "content": unit.text}),
        (PROCESS_OFFERING, {"type": "application/json", "content": described}),
    ]
    for one in application.catalogues:
        linked = {"type": OPENSEARCH_TYPE, "href": one.href, "title": printable(one.title) or None}
        contents.append((OPENSEARCH_JSON_OFFERING, linked))
    return [
        {"code": code, "contents": [{k: v for k, v in content.items() if v is not None}]}
        for code, content in contents
    ]
