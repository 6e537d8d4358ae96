"""What there is to convert at a place: notebooks, a tool, or documents that exist already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from apkg.errors import Location, SourceError
from apkg.files.there import files_in, is_file, is_folder, is_there
from apkg.names import did_you_mean, printable
from apkg.sources.interface import Reading
from apkg.sources.manifest.reading import ManifestReading

if TYPE_CHECKING:
    from apkg.pipeline.options import ConvertOptions


Writes: TypeAlias = tuple[Literal["cwl", "deploy", "inputs"], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One application that was read.

    ``cwl`` is the CWL that exists already: at ``cwl_path`` (``cwl_process`` in it), or inside
    a DeployProcess, from which it is written. ``writes`` are the documents that are missing.
    """

    reading: Reading
    writes: Writes = ("cwl", "deploy", "inputs")
    cwl: Mapping[str, Any] | None = None
    cwl_path: Path | None = None
    cwl_process: str | None = None
    steps: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One source, and how to read it; nothing has been read yet."""

    source: Path
    folder: Path
    read: Callable[[], tuple[Found, ...]]


def gather(source: str | None, options: ConvertOptions, given: ManifestReading) -> tuple[Job, ...]:
    """The jobs at ``source``: a file, a folder, ``FILE#id``, or nothing but options.

    Raises:
        SourceError: there is nothing that apkg reads.
    """
    path = Path(source) if source is not None else None
    if options.describes_tool or path is None:
        return (_tool(path, options, given),)
    if is_folder(path):
        return _folder(path, options, given)
    file = _existing_file(path)
    if path.suffix.lower() == ".ipynb":
        return (_notebook(path, options, given),)
    from apkg.sources.existing import is_existing

    if is_existing(file) and not _is_image_config(file):
        return (_existing(str(path), file, options, given),)
    return (_tool(path, options, given),)


def gather_one(path: Path, name: str | None, options: ConvertOptions) -> tuple[Reading, Job]:
    """Read the application called ``name`` at ``path``, or the only one that is there.

    Raises:
        SourceError: it cannot be read, or holds no such application, or several.
    """
    jobs = gather(str(path), options, ManifestReading())
    found = {one.reading.application.id: (one.reading, job) for job in jobs for one in job.read()}
    if name is None and len(found) == 1:
        return next(iter(found.values()))
    if name not in found:
        raise _none_or_several(path, name, list(found))
    return found[name]


def _none_or_several(path: Path, name: str | None, known: list[str]) -> SourceError:
    here = Location(path=str(path))
    if not known:
        return SourceError("holds no application", location=here)
    what = f"has no application {printable(name)}" if name else "holds several applications"
    close = did_you_mean(name, known) if name else None
    return SourceError(
        f"{what}: {', '.join(known)}",
        hint=f"Name one: {path}#{close or known[0]}",
        location=here,
    )


def _existing_file(path: Path) -> Path:
    """The file that ``FILE`` or ``FILE#id`` names."""
    if is_there(path):
        return path
    from apkg.sources.read import split_process

    file, _ = split_process(str(path))
    if not is_there(file):
        raise SourceError("there is no such file or folder", location=Location(path=str(file)))
    return file


def find_notebooks(source: Path) -> tuple[Path, ...]:
    """The notebook that ``source`` is, or the notebooks directly in the folder that it is.

    Raises:
        SourceError: it is not there, or cannot be read.
    """
    if is_file(source):
        return (source,)
    if not is_folder(source):
        here = Location(path=str(source))
        raise SourceError("there is no such file or folder", location=here)
    return tuple(path for path in files_in(source, ".ipynb") if path.suffix)


def _folder(folder: Path, options: ConvertOptions, given: ManifestReading) -> tuple[Job, ...]:
    notebooks = find_notebooks(folder)
    if notebooks:
        # A Dockerfile beside a notebook is the notebook's environment.
        return tuple(_notebook(path, options, given) for path in notebooks)
    from apkg.sources.tool import is_tool

    if is_tool(folder):
        return (_tool(folder, options, given),)
    from apkg.pipeline.chain_manifest import chain_hint

    raise SourceError(
        "the folder holds no notebook (*.ipynb), no Dockerfile and no SNAP graph",
        hint=chain_hint(folder)
        or "Name a file, or the folder that directly holds one; --cli names a tool's source.",
        location=Location(path=str(folder)),
    )


def _notebook(path: Path, options: ConvertOptions, given: ManifestReading) -> Job:
    def read() -> tuple[Found, ...]:
        from apkg.sources.notebook import read_notebook_application

        reading = read_notebook_application(
            path, options=given, allow_secrets=options.allow_secrets
        )
        return (Found(reading=_checked(reading, options)),)

    return Job(source=path, folder=path.parent, read=read)


def _tool(path: Path | None, options: ConvertOptions, given: ManifestReading) -> Job:
    place = (
        path
        or options.help_text
        or options.cli
        or options.image_config
        or Path(options.image or "")
    )

    def read() -> tuple[Found, ...]:
        from apkg.sources.tool import read_tool

        readings = read_tool(
            path,
            options=given,
            cli=options.cli,
            help_text=options.help_text,
            image_config=options.image_config,
            image=options.image,
            command=options.command,
        )
        return tuple(Found(reading=_guarded(reading, place, options)) for reading in readings)

    return Job(source=place, folder=place if is_folder(place) else place.parent, read=read)


def _existing(source: str, file: Path, options: ConvertOptions, given: ManifestReading) -> Job:
    def read() -> tuple[Found, ...]:
        from apkg.sources.existing import read_existing

        found = read_existing(source, options=given)
        reading = found.reading
        if found.cwl is not None and (not found.is_facet_1 or options.execution_unit == "inline"):
            reading = _with_document(reading, found.cwl, file, options)
        missing: Writes = ("deploy",) if found.is_facet_1 else ("cwl",)
        return (
            Found(
                reading=_guarded(reading, file, options),
                writes=("inputs",) if found.is_linked else (*missing, "inputs"),
                cwl=found.cwl,
                cwl_path=found.path if found.is_facet_1 else None,
                cwl_process=found.process,
                steps=found.steps,
            ),
        )

    return Job(source=file, folder=file.parent, read=read)


def _guarded(reading: Reading, place: Path, options: ConvertOptions) -> Reading:
    """Without secrets that nobody allowed: defaults are left out, and for others it stops."""
    from apkg.sources.secrets import guarded

    return _checked(guarded(reading, str(place), allow=options.allow_secrets), options)


def _checked(reading: Reading, options: ConvertOptions) -> Reading:
    if not options.allow_secrets:
        from apkg.sources.secrets import refuse

        refuse(reading.findings)
    return reading


def _with_document(
    reading: Reading, document: Mapping[str, Any], file: Path, options: ConvertOptions
) -> Reading:
    """A document that is copied as it stands is looked at as a whole."""
    from apkg.sources.secrets import document_findings

    found = document_findings(document, str(file), allow=options.allow_secrets)
    return replace(reading, findings=(*reading.findings, *found))


def _is_image_config(path: Path) -> bool:
    if path.suffix.lower() != ".json":
        return False
    from apkg.sources.tool import is_tool

    return is_tool(path)
