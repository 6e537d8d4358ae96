"""The words of a manifest: ``schemas/apkg-manifest.schema.json`` as tables for reading.

A test holds the two together. Options (``--set``) and a notebook's ``metadata.apkg`` use the
same tables, so that a fact is spelled alike wherever it is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "text",
    "flag",
    "count",
    "amount",
    "number",
    "texts",
    "media-type",
    "media-types",
    "people",
    "catalogues",
    "annotations",
    "value",
    "values",
    "type",
    "range",
    "resources",
    "inputs",
    "outputs",
    "applications",
    "settings",
    "chain",
]

#: Facts of one notebook: at the top of a folder's manifest they need to say whose they are.
SPECIFIC = ("id", "title", "abstract", "inputs", "outputs")
#: Facts about the manifest itself.
ABOUT: Mapping[str, Kind] = {
    "notebook": "text",
    "applications": "applications",
    "validate": "settings",
    "chain": "chain",
}
APPLICATION: Mapping[str, Kind] = {
    "id": "text",
    "title": "text",
    "abstract": "text",
    "version": "text",
    "keywords": "texts",
    "authors": "people",
    "license": "text",
    "codeRepository": "text",
    "citation": "text",
    "dateCreated": "text",
    "releaseNotes": "text",
    "visibility": "text",
    "security": "text",
    "image": "text",
    "baseCommand": "texts",
    "resources": "resources",
    "network": "flag",
    "stac": "flag",
    "catalogues": "catalogues",
    "annotations": "annotations",
    "inputs": "inputs",
    "outputs": "outputs",
}
RESOURCES: Mapping[str, Kind] = {
    "coresMin": "amount",
    "coresMax": "amount",
    "ramMin": "count",
    "ramMax": "count",
    "tmpdirMin": "count",
    "tmpdirMax": "count",
    "outdirMin": "count",
    "outdirMax": "count",
}
INPUT: Mapping[str, Kind] = {
    "type": "type",
    "label": "text",
    "doc": "text",
    "default": "value",
    "optional": "flag",
    "mediaType": "media-type",
    "mediaTypes": "media-types",
    "allowedValues": "values",
    "range": "range",
    "uom": "text",
    "supportedCRS": "texts",
    "eoImage": "flag",
    "allowedCollections": "texts",
    "catalogSearchField": "text",
    "uniqueAOI": "flag",
    "uniqueTOI": "flag",
    "scatter": "flag",
    "example": "text",
    "annotations": "annotations",
    "ignore": "flag",
}
OUTPUT: Mapping[str, Kind] = {
    "type": "type",
    "label": "text",
    "doc": "text",
    "glob": "text",
    "namedBy": "text",
    "optional": "flag",
    "mediaType": "media-type",
    "mediaTypes": "media-types",
    "annotations": "annotations",
    "ignore": "flag",
}
RANGE: Mapping[str, Kind] = {"minimum": "number", "maximum": "number", "spacing": "number"}
PERSON: Mapping[str, Kind] = {
    "name": "text",
    "email": "text",
    "affiliation": "text",
    "orcid": "text",
}
CATALOGUE: Mapping[str, Kind] = {"href": "text", "title": "text"}

#: The claim (see :func:`apkg.sources.assemble.assemble`) that a word makes, where it differs.
CLAIMS: Mapping[str, str] = {
    "baseCommand": "base_command",
    "codeRepository": "code_repository",
    "dateCreated": "date_created",
    "releaseNotes": "release_notes",
    "security": "security_note",
    "coresMin": "cores_min",
    "coresMax": "cores_max",
    "ramMin": "ram_min",
    "ramMax": "ram_max",
    "tmpdirMin": "tmpdir_min",
    "tmpdirMax": "tmpdir_max",
    "outdirMin": "outdir_min",
    "outdirMax": "outdir_max",
    "mediaType": "media_types",
    "mediaTypes": "media_types",
    "allowedValues": "allowed_values",
    "supportedCRS": "supported_crs",
    "namedBy": "named_by",
}
#: Words that together make the one claim ``discovery``, and its fields.
DISCOVERY: Mapping[str, str] = {
    "eoImage": "eo_image",
    "allowedCollections": "allowed_collections",
    "catalogSearchField": "catalog_search_field",
    "uniqueAOI": "unique_aoi",
    "uniqueTOI": "unique_toi",
}
