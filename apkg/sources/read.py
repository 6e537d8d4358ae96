"""Any document or notebook as an application: looks at the content, and asks who reads it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from apkg.errors import Location, SourceError
from apkg.files.there import is_folder, is_there
from apkg.names import printable
from apkg.sources.interface import Reading

if TYPE_CHECKING:
    from apkg.files.documents import Document

_READS = (
    "apkg reads notebooks (.ipynb), CWL (.cwl, YAML or JSON), WPS-T DeployProcess or OGC API "
    "ogcapppkg documents (JSON), OWS Contexts and WPS 2.0 process offerings (XML)."
)


def read_application(path: Path | str) -> Reading:
    """The application in ``FILE`` or ``FILE#process``, and what is worth knowing about it.

    Raises:
        SourceError: the file is missing or broken, or is nothing that apkg reads.
    """
    file, process = split_process(str(path))
    if is_folder(file):
        raise SourceError(
            f"{printable(str(file))} is a folder.",
            hint="Name one file in it: a notebook, a CWL or a DeployProcess document.",
            location=Location(path=printable(str(file))),
        )
    if file.suffix.lower() == ".ipynb":
        return _notebook(file)
    from apkg.files.documents import read_document

    return read_document_application(read_document(file, xml=True), file, process)


def split_process(text: str) -> tuple[Path, str | None]:
    """``FILE#process``, unless a file has that very name."""
    whole = Path(text)
    name, mark, process = text.rpartition("#")
    if not mark or not name or is_there(whole):
        return whole, None
    return Path(name), process or None


def read_document_application(document: Document, file: Path, process: str | None) -> Reading:
    """The application in a document that has been read.

    Raises:
        SourceError: it is nothing that apkg reads.
    """
    from apkg.sources.deploy import is_cwl, is_deploy, read_deploy_document
    from apkg.sources.deploy_xml import is_context, read_context

    if is_notebook(document.value):
        return _notebook(file)
    if is_context(document.value):
        return read_context(document, process)
    if is_cwl(document.value):
        from apkg.sources.cwl import read_cwl_document

        return read_cwl_document(document, process=process)
    if is_deploy(document.value):
        return read_deploy_document(document)
    raise SourceError(
        f"{document.name} seems to be {_seems(document.value)}, not an application.",
        hint=_READS,
        location=document.location(()),
    )


def is_notebook(value: object) -> bool:
    """Whether plain data looks like a Jupyter notebook, whatever its file is called."""
    return isinstance(value, dict) and "nbformat" in value


def _notebook(file: Path) -> Reading:
    from apkg.sources.notebook import read_notebook_application

    reading: Reading = read_notebook_application(file)
    return reading


def _seems(value: object) -> str:
    """What a person would call a document that is no application."""
    kinds = (
        ("asyncapi", "an AsyncAPI document"),
        ("openapi", "an OpenAPI document"),
        ("swagger", "an OpenAPI document"),
        ("stac_version", "a STAC document"),
        ("$schema", "a JSON schema, or a document of another schema"),
        ("services", "a Docker Compose file"),
        ("class", "a CWL fragment or job order"),
    )
    if isinstance(value, dict):
        found = next((name for key, name in kinds if key in value), None)
        if found is None and value.get("type") in ("FeatureCollection", "Feature"):
            found = "GeoJSON"
        listed = ", ".join(f"`{printable(str(key))[:40]}`" for key in list(value)[:4])
        return found or (f"a mapping of {listed}" if listed else "an empty mapping")
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "empty"
    return "plain text"
