"""Convert: sources to application packages, three documents for each."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from apkg.emitters.cwl import CwlEmitter
from apkg.emitters.deploy_process import DeployProcessEmitter
from apkg.emitters.interface import CwlVersion, EmitOptions, Emitter, ExecutionUnit, Style
from apkg.emitters.job_order import JobOrderEmitter
from apkg.errors import ApkgError, ConversionError, Location, SourceError
from apkg.files.write import write_all
from apkg.model import Application, Input
from apkg.report import Finding
from apkg.sources.interface import Reading
from apkg.sources.manifest.reading import ManifestReading
from apkg.sources.notebook import read_notebook_application

EMITTERS: tuple[Emitter, ...] = (CwlEmitter(), DeployProcessEmitter(), JobOrderEmitter())


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertOptions:
    """How to convert; the fields are the options of ``apkg convert``."""

    out: Path = Path()
    image: str | None = None
    settings: tuple[str, ...] = ()
    style: Style = "workflow"
    cwl_version: CwlVersion = "v1.2"
    embed: bool = True
    cwl_url: str | None = None
    execution_unit: ExecutionUnit = "image"
    force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """One source converted, or not: then ``error`` says why."""

    source: Path
    application: Application | None = None
    files: tuple[Path, ...] = ()
    findings: tuple[Finding, ...] = ()
    error: ApkgError | None = None


def convert(
    source: Path,
    options: ConvertOptions,
    *,
    on_progress: Callable[[Path], None] | None = None,
) -> tuple[Conversion, ...]:
    """Convert a notebook, or every notebook of a folder.

    Each package is written whole or not at all; one that fails does not stop the others.

    Raises:
        ApkgError: there is nothing to convert, or an option is wrong.
    """
    given = _given(options)
    notebooks = find_notebooks(source)
    if len(notebooks) > 1 and "id" in given.layer.application:
        raise SourceError(
            f"{source} holds {len(notebooks)} notebooks, and they cannot all have one id",
            hint="Name one of them instead of the folder.",
        )
    taken: dict[str, Path] = {}
    done: list[Conversion] = []
    for notebook in notebooks:
        if on_progress is not None:
            on_progress(notebook)
        try:
            done.append(_convert_one(notebook, given, options, taken))
        except ApkgError as error:
            done.append(Conversion(source=notebook, error=error))
    return tuple(done)


def _given(options: ConvertOptions) -> ManifestReading:
    if not options.settings and options.image is None:
        return ManifestReading()
    from apkg.sources.options import read_options

    return read_options(options.settings, image=options.image)


def find_notebooks(source: Path) -> tuple[Path, ...]:
    """The notebook that ``source`` is, or the notebooks in the folder that it is.

    Raises:
        SourceError: there is none.
    """
    here = Location(path=str(source))
    if source.is_file():
        return (source,)
    if not source.is_dir():
        raise SourceError("there is no such file or folder", location=here)
    try:
        found = sorted(path for path in source.iterdir() if path.suffix.lower() == ".ipynb")
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", location=here) from error
    if not found:
        raise SourceError(
            "the folder holds no notebook (*.ipynb)",
            hint="Name a notebook, or the folder that directly holds one.",
            location=here,
        )
    return tuple(found)


def read_application(path: Path, given: ManifestReading | None = None) -> Reading:
    """Read one source with what the command line says of it."""
    return read_notebook_application(path, options=given)


def _convert_one(
    notebook: Path, given: ManifestReading, options: ConvertOptions, taken: dict[str, Path]
) -> Conversion:
    reading = read_application(notebook, given)
    application = _with_present_examples(reading.application, notebook.parent)
    other = taken.setdefault(application.id.lower(), notebook)
    if other is not notebook:
        raise SourceError(
            f"has the same id as {other.name}: {application.id}",
            hint="Rename one of them, or give ids under 'applications' in apkg.yaml.",
            location=Location(path=str(notebook)),
        )
    emitting = EmitOptions(
        style=options.style,
        cwl_version=options.cwl_version,
        embed=options.embed,
        cwl_href=options.cwl_url or f"{application.id}.cwl",
        execution_unit=options.execution_unit,
        folder=_way(options.out, notebook.parent),
    )
    documents = {
        options.out / f"{application.id}{emitter.suffix}": _text(emitter, application, emitting)
        for emitter in EMITTERS
    }
    write_all(documents, force=options.force)
    return Conversion(
        source=notebook,
        application=application,
        files=tuple(documents),
        findings=reading.findings,
    )


def _text(emitter: Emitter, application: Application, options: EmitOptions) -> str:
    try:
        return emitter.emit(application, options)
    except UnicodeEncodeError as error:
        raise ConversionError(
            f"{application.id}: {error.object[error.start]!a} is half a character, "
            "and no document can hold it",
            hint="Take it out of the names, descriptions and values.",
        ) from error


def _way(start: Path, end: Path) -> str:
    """How to get from one folder to another, with ``/`` between the steps."""
    try:
        return Path(os.path.relpath(end, start)).as_posix()
    except ValueError:
        # Two drives: there is no relative way between them.
        return end.absolute().as_posix()


def _with_present_examples(application: Application, folder: Path) -> Application:
    inputs = tuple(_with_present_example(declared, folder) for declared in application.inputs)
    return replace(application, inputs=inputs)


def _with_present_example(declared: Input, folder: Path) -> Input:
    """A path that is not beside the source helps nobody as an example."""
    if declared.example is None:
        return declared
    paths: Sequence[str] = declared.example.split("\n")
    present = all("://" in path or _is_beside(folder, path) for path in paths)
    return declared if present else replace(declared, example=None)


def _is_beside(folder: Path, path: str) -> bool:
    try:
        return not Path(path).is_absolute() and (folder / path).exists()
    except (OSError, ValueError):
        return False
