"""Which CWL a package is: the file itself, the one of a folder, or the one Facet 2 links to."""

from __future__ import annotations

from pathlib import Path

from apkg.errors import Location, SourceError
from apkg.files.there import files_in, is_file, is_folder


def find_cwl(package: str, *, wanted: str = "CWL file (*.cwl)") -> str:
    """``FILE`` or ``FILE#process`` of the CWL that ``package`` is or leads to.

    ``wanted`` is what a folder should have held, as it is told where there is no CWL in it.

    Raises:
        SourceError: it is no package, or its CWL is not here.
    """
    from apkg.sources.read import split_process

    path, process = split_process(package)
    if is_folder(path):
        found = _only(files_in(path, ".cwl"), path, "CWL files", wanted)
        return str(found) if process is None else f"{found}#{process}"
    if path.suffix.lower() == ".ipynb":
        raise SourceError(
            "is a notebook, not a package",
            hint=f"Convert it first: apkg convert {path}",
            location=Location(path=str(path)),
        )
    if path.suffix.lower() != ".json":
        return package
    linked = _linked_cwl(path)
    return package if linked is None else linked if process is None else f"{linked}#{process}"


def find_deployment(package: str) -> str:
    """What of a folder is deployed: its Facet 2, else its CWL; any other ``package`` as it is.

    Raises:
        SourceError: the folder holds neither, or several of them.
    """
    from apkg.sources.read import split_process

    path, process = split_process(package)
    if not is_folder(path):
        return package
    found = files_in(path, ".deploy.json")
    if process is not None or not found:
        return find_cwl(package, wanted="deployment document (*.deploy.json) and no CWL (*.cwl)")
    return str(_only(found, path, "deployment documents", ""))


def _only(found: tuple[Path, ...], folder: Path, several: str, wanted: str) -> Path:
    if len(found) == 1:
        return found[0]
    here = Location(path=str(folder))
    if not found:
        from apkg.pipeline.chain_manifest import chain_hint

        raise SourceError(
            f"the folder holds no {wanted}",
            hint=chain_hint(folder) or "Name a file, or the folder that directly holds one.",
            location=here,
        )
    names = ", ".join(path.name for path in found[:8])
    raise SourceError(
        f"the folder holds {len(found)} {several}: {names}",
        hint=f"Name one: {found[0]}",
        location=here,
    )


def _linked_cwl(path: Path) -> str | None:
    """The local CWL of a DeployProcess; ``None`` for a document that is CWL itself."""
    from apkg.files.documents import read_document
    from apkg.sources.deploy import is_cwl, is_deploy

    value = read_document(path).value
    if is_cwl(value) or not is_deploy(value):
        return None
    for href in _hrefs(value):
        file, mark, process = href.partition("#")
        place = path.parent / file
        if file and "://" not in file and is_file(place):
            return f"{place}{mark}{process}"
    raise SourceError(
        "is a DeployProcess, and the CWL that it links to is not here",
        hint="Name the CWL file itself.",
        location=Location(path=str(path)),
    )


def _hrefs(value: object) -> list[str]:
    """The links of 18-049r1: ``owsContext.offering.content`` and ``executionUnit``."""
    found = [_at(value, "processDescription", "process", "owsContext", "offering", "content")]
    units = _at(value, "executionUnit")
    found += units if isinstance(units, list) else [units]
    hrefs = [_at(item, "href") for item in found]
    return [href for href in hrefs if isinstance(href, str)]


def _at(value: object, *keys: str) -> object:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value
