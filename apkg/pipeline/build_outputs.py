"""What lies beside each other after a build: facets, job order, lock, log."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from apkg.builders.interface import Engine
from apkg.files.edit import original_bytes, replace_content
from apkg.files.write import write_all
from apkg.model import Application, NotebookProgram
from apkg.pipeline.build_options import BuildOptions
from apkg.pipeline.build_sources import Part, Sources
from apkg.pipeline.convert import EMITTERS, documents_of
from apkg.pipeline.image_reference import Reference, edit_package
from apkg.pipeline.options import ConvertOptions
from apkg.report import Finding

#: Where the image keeps what it holds of an application.
IMAGE_FOLDER = "/opt/apkg"
_LOCK = ".lock.txt"
_NAMES: tuple[Literal["cwl", "deploy", "inputs"], ...] = ("cwl", "deploy", "inputs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The files that were written, and what to look at."""

    files: tuple[Path, ...]
    findings: tuple[Finding, ...]


def package_names(identifier: str) -> tuple[str, ...]:
    """The names of the files of one application's package, lock and log included."""
    documents = (f"{identifier}{emitter.suffix}" for emitter in EMITTERS.values())
    return (*documents, f"{identifier}{_LOCK}", f"{identifier}.build.log")


def write_package(
    sources: Sources, options: BuildOptions, engine: Engine, *, image: str, reference: str
) -> Written:
    """Write what is missing of each package and the locks, and name the image in what is there.

    ``image`` is what ``engine`` calls it, ``reference`` what the package is to
    call it.

    Raises:
        ApkgError: a file cannot be read or written, or the image has no lock.

    """
    texts: dict[Path, str] = {}
    changed: dict[Path, str] = {}
    findings: list[Finding] = []
    info = engine.inspect(image)
    kept = frozenset(info.digests if info is not None and not options.push else ())
    for part in sources.parts:
        name = Reference(
            id=part.application.id,
            image=reference,
            old=_old_names(part),
            kept=kept,
        )
        edits = edit_package(options.out, name)
        changed |= edits.texts
        findings += edits.findings
        texts |= _missing_documents(part, reference, options)
        texts |= _lock(part.application, options, image, engine)
    # Nothing is written before everything is known.
    data = {path: original_bytes(path, text) for path, text in changed.items()}
    write_all(texts, force=True)
    for path, content in data.items():
        replace_content(path, content)
    return Written(files=(*changed, *texts), findings=tuple(findings))


def _old_names(part: Part) -> frozenset[str]:
    """What the application's image was called before it was built."""
    container = part.found.reading.application.container
    return frozenset([container.image] if container is not None else ())


def _missing_documents(part: Part, reference: str, options: BuildOptions) -> dict[Path, str]:
    """Convert's documents for the image, those that are not there yet."""
    identifier = part.application.id
    missing = tuple(
        name
        for name in _NAMES
        if not (options.out / f"{identifier}{EMITTERS[name].suffix}").exists()
    )
    container = part.application.container
    assert container is not None  # noqa: S101 - the sources are those of an image
    application = replace(part.application, container=replace(container, image=reference))
    converting = ConvertOptions(out=options.out, embed=False)
    return documents_of(application, part.job, replace(part.found, writes=missing), converting)


def _lock(
    application: Application, options: BuildOptions, image: str, engine: Engine
) -> dict[Path, str]:
    path = lock_path(application, options)
    if path is None:
        return {}
    text = engine.read(image, f"{IMAGE_FOLDER}/{application.id}/lock.txt").decode(errors="replace")
    return {} if _holds(path, text) else {path: text}


def lock_path(application: Application, options: BuildOptions) -> Path | None:
    """Where the lock of a notebook's image lies; a tool's image is its author's, and has none."""
    if not isinstance(application.program, NotebookProgram):
        return None
    return options.out / f"{application.id}{_LOCK}"


def _holds(path: Path, text: str) -> bool:
    try:
        return path.read_bytes() == text.encode()
    except OSError:
        return False
