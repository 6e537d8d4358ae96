"""schema.org metadata of a CWL document (OGC 20-089 requirement 11, Table 1)."""

from __future__ import annotations

from typing import Any

from apkg.model import Application, Person

SCHEMA_ORG = "https://schema.org/"


def metadata(application: Application, *, typed: bool) -> dict[str, Any]:
    """The ``s:`` fields of the document, in a fixed order, absent ones left out.

    ``typed`` writes ``class: s:Person``, as OGC 20-089 does for a ``$graph``; on a single process
    cwltool would warn of a class that only schema.org's own ontology defines.
    """
    known = application.metadata
    fields: dict[str, Any] = {
        "s:softwareVersion": known.version,
        "s:author": [_person(person, typed=typed) for person in known.authors],
        "s:license": known.license,
        "s:keywords": list(known.keywords),
        "s:codeRepository": known.code_repository,
        "s:citation": known.citation,
        "s:dateCreated": known.date_created,
        "s:releaseNotes": known.release_notes,
    }
    return {name: value for name, value in fields.items() if value}


def _person(person: Person, *, typed: bool) -> dict[str, str]:
    described = {
        "class": "s:Person" if typed else None,
        "s:name": person.name,
        "s:email": person.email,
        "s:identifier": person.identifier,
        "s:affiliation": person.affiliation,
    }
    return {name: value for name, value in described.items() if value}
