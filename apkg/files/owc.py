"""OWS Context and WPS 2.0: namespaces, offering codes, and what a context says by itself.

OGC 12-084r2 (Atom), 14-055r2 (GeoJSON), 14-065r2 (WPS 2.0); the codes are those of Testbed-13
(18-049r1 clause 5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from apkg.model import Application

ATOM: Final = "http://www.w3.org/2005/Atom"
OWC: Final = "http://www.opengis.net/owc/1.0"
OWS: Final = "http://www.opengis.net/ows/2.0"
WPS: Final = "http://www.opengis.net/wps/2.0"
XLINK: Final = "http://www.w3.org/1999/xlink"
XML: Final = "http://www.w3.org/XML/1998/namespace"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
XS: Final = "http://www.w3.org/2001/XMLSchema#"

DOCKER_OFFERING: Final = "http://www.opengis.net/tb13/eoc/docker"
PROCESS_OFFERING: Final = "http://www.opengis.net/tb13/eoc/wpsProcessOffering"
OPENSEARCH_OFFERING: Final = "http://www.opengis.net/spec/owc-atom/1.0/opensearch"
OPENSEARCH_JSON_OFFERING: Final = "http://www.opengis.net/spec/owc-geojson/1.0/opensearch"
OPENSEARCH_TYPE: Final = "application/opensearchdescription+xml"
ATOM_PROFILE: Final = "http://www.opengis.net/spec/owc-atom/1.0/req/core"
JSON_PROFILE: Final = "http://www.opengis.net/spec/owc-geojson/1.0/req/core"
EOC_PROFILE: Final = "http://www.opengis.net/tb13/eoc"
_EOC: Final = "http://www.opengis.net/eoc/applicationContext"
#: A link of a process to its image, where no context holds a Docker offering.
DOCKER_ROLE: Final = f"{_EOC}/docker"
#: The offering of a CWL (18-049r1 clause 8.3), and the role of bindings and links to a CWL.
CWL_OFFERING: Final = f"{_EOC}/cwl"
INPUT_METADATA: Final = f"{_EOC}/inputMetadata"
PROCESS_METADATA: Final = f"{_EOC}/processMetadata"

#: What the example of Testbed-13 offers (18-049r1 clause 5).
JOB_CONTROL: Final = "async-execute dismiss"
TRANSMISSION: Final = "value reference"
#: How a process may be called where nobody says otherwise: in XML, and in JSON (18-049r1 8.3).
XML_OFFERED: Final = {"jobControlOptions": JOB_CONTROL, "outputTransmission": TRANSMISSION}
JSON_OFFERED: Final = {"jobControlOptions": "async-execute", "outputTransmission": "reference"}
#: How Testbed-13 words data types for people, where it is not as XML Schema calls them.
TYPE_WORDS: Final = {
    "long": "Long Integer",
    "dateTime": "Date and Time",
    "anyURI": "URI",
}
#: What WPS says of a format beside its media type; an annotation ``wps:encoding:image/tiff``.
FORMAT_FACTS: Final = ("encoding", "schema", "maximumMegabytes")
#: Annotations of the process that are attributes of its offering: ``wps:`` and their names.
PROCESS_ANNOTATIONS: Final = (
    "wps:processModel",
    "wps:jobControlOptions",
    "wps:outputTransmission",
)
#: Atom wants a date. Where nobody knows one, this is written, and read as none.
NO_DATE: Final = "1970-01-01T00:00:00Z"
_MIDNIGHT: Final = "T00:00:00Z"
#: Metadata that WPS has no element for: fields of :class:`apkg.model.Metadata`, and the names of
#: additional parameters (role ``processMetadata``) that say them.
PARAMETERS: Final[dict[str, str]] = {
    "security_note": "SecurityNote",
    "visibility": "Visibility",
    "license": "License",
    "code_repository": "CodeRepository",
    "citation": "Citation",
    "date_created": "DateCreated",
    "release_notes": "ReleaseNotes",
}


def context_texts(application: Application) -> dict[str, str]:
    """What a context says around the process, by the annotation that says it otherwise."""
    from uuid import NAMESPACE_URL, uuid5

    title = application.title or application.id
    name = f"{EOC_PROFILE}/{application.id}"
    updated = updated_of(application.metadata.date_created)
    return {
        "owc:lang": "en",
        "owc:title": title,
        "owc:subtitle": application.abstract or title,
        "owc:id": uuid5(NAMESPACE_URL, f"{name}/context").urn,
        "owc:updated": updated,
        "owc:entryTitle": title,
        "owc:entryUpdated": updated,
        "owc:entryId": uuid5(NAMESPACE_URL, name).urn,
        "owc:content": application.abstract or title,
    }


def updated_of(date: str | None) -> str:
    """A date (YYYY-MM-DD, or with a time) as Atom's ``updated`` (RFC 3339)."""
    from datetime import datetime

    text = date or ""
    stamp = text + _MIDNIGHT if len(text) == len("YYYY-MM-DD") else text
    try:
        known = datetime.fromisoformat(stamp)
    except ValueError:
        return NO_DATE
    exact = stamp[10:11] == "T" and stamp.count(":") > 1 and stamp.isascii()
    return stamp if exact and known.tzinfo is not None else NO_DATE


def date_of(updated: str) -> str | None:
    """The date that Atom's ``updated`` means; the inverse of :func:`updated_of`."""
    return None if updated in {"", NO_DATE} else updated.removesuffix(_MIDNIGHT)
