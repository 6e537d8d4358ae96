"""Convert: sources to application packages, the documents that are missing for each."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from apkg.emitters.cwl import CwlEmitter
from apkg.emitters.dialects.interface import Loss
from apkg.emitters.dialects.registry import DIALECTS
from apkg.emitters.interface import EmitOptions, Emitter
from apkg.emitters.job_order import JobOrderEmitter
from apkg.errors import ApkgError, Location, SourceError
from apkg.files.write import write_all
from apkg.model import Application, Input
from apkg.names import file_stem
from apkg.pipeline.facet_2 import DeployEmitter, not_encodable, refuse
from apkg.pipeline.gather import Found, Job, gather
from apkg.pipeline.options import ConvertOptions
from apkg.report import Finding
from apkg.sources.manifest.reading import ManifestReading

EMITTERS: dict[str, Emitter] = {
    "cwl": CwlEmitter(),
    "deploy": DeployEmitter(),
    "inputs": JobOrderEmitter(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """One source converted, or not: then ``error`` says why."""

    source: Path
    application: Application | None = None
    files: tuple[Path, ...] = ()
    findings: tuple[Finding, ...] = ()
    losses: tuple[Loss, ...] = ()
    error: ApkgError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """One application that was read, and its documents by path; nothing is written yet."""

    source: Path
    application: Application
    documents: Mapping[Path, str]
    findings: tuple[Finding, ...] = ()
    losses: tuple[Loss, ...] = ()


def convert(
    source: Path | str | None,
    options: ConvertOptions,
    *,
    on_progress: Callable[[Path], None] | None = None,
) -> tuple[Conversion, ...]:
    """Convert what is at ``source``: a notebook, a tool, a document, or a folder of these.

    Each package is written whole or not at all; one that fails does not stop the others.

    Raises:
        ApkgError: there is nothing to convert, or an option is wrong.
    """
    if options.probe:
        from apkg.pipeline.probe import probed

        with probed(options) as told:
            answered = convert(source, replace(told, probe=False), on_progress=on_progress)
        return tuple(_of_image(one, told) for one in answered)
    taken: dict[str, Path] = {}
    return tuple(
        _written(one, options, taken) if isinstance(one, Prepared) else one
        for one in prepare(source, options, given_by(options), on_progress=on_progress)
    )


def prepare(
    source: Path | str | None,
    options: ConvertOptions,
    given: ManifestReading,
    *,
    on_progress: Callable[[Path], None] | None = None,
) -> Iterator[Prepared | Conversion]:
    """Read what is at ``source``; each application with its documents, or why there is none.

    ``given`` is what :func:`given_by` has read of ``options``.

    Raises:
        ApkgError: there is nothing to convert.
    """
    jobs = gather(None if source is None else str(source), options, given)
    if len(jobs) > 1:
        refuse_one_id(given, str(source), len(jobs))
    for job in jobs:
        if on_progress is not None:
            on_progress(job.source)
        yield from _prepare_job(job, options)


def refuse_one_id(given: ManifestReading, source: str, number: int) -> None:
    """Stop where one id is given for several sources.

    Raises:
        SourceError: it is.
    """
    if "id" in given.layer.application:
        raise SourceError(
            f"{source} holds {number} notebooks, and they cannot all have one id",
            hint="Name one of them instead of the folder.",
        )


def given_by(options: ConvertOptions) -> ManifestReading:
    """What the command line says of the application, in the manifest's vocabulary.

    Raises:
        ApkgError: an option is wrong.
    """
    if not options.settings and options.image is None and not options.stac:
        return ManifestReading()
    from apkg.sources.options import read_options

    return read_options(options.settings, image=options.image, stac=options.stac)


def _of_image(done: Conversion, told: ConvertOptions) -> Conversion:
    """What was read from the engine's answers came from the image, not from our scratch files."""
    scratch = {str(path) for path in (told.help_text, told.image_config) if path is not None}
    findings = [
        replace(finding, location=replace(finding.location, path=str(told.image)))
        if finding.location is not None and finding.location.path in scratch
        else finding
        for finding in done.findings
    ]
    source = Path(str(told.image)) if str(done.source) in scratch else done.source
    return replace(done, source=source, findings=tuple(findings))


def _prepare_job(job: Job, options: ConvertOptions) -> Iterator[Prepared | Conversion]:
    try:
        found = job.read()
    except ApkgError as error:
        yield Conversion(source=job.source, error=error)
        return
    for one in found:
        try:
            yield _prepare_one(job, one, options)
        except ApkgError as error:
            yield Conversion(source=job.source, error=error)


def _prepare_one(job: Job, found: Found, options: ConvertOptions) -> Prepared:
    application = _with_present_examples(found.reading.application, job.folder)
    documents, losses = _emitted(application, job, found, options)
    if options.strict:
        refuse(options.deploy_profile, losses)
    return Prepared(
        source=job.source,
        application=application,
        documents=documents,
        findings=found.reading.findings,
        losses=losses,
    )


def _written(one: Prepared, options: ConvertOptions, taken: dict[str, Path]) -> Conversion:
    try:
        key = file_stem(one.application.id).lower()
        if key in taken:
            raise same_id(one.source, one.application.id, taken[key].name)
        taken[key] = one.source
        write_all(one.documents, force=options.force)
    except ApkgError as error:
        return Conversion(source=one.source, error=error)
    return Conversion(
        source=one.source,
        application=one.application,
        files=tuple(one.documents),
        findings=one.findings,
        losses=one.losses,
    )


def same_id(source: Path | str, name: str, other: str) -> SourceError:
    """What is said of a source with the id that ``other`` has, too."""
    return SourceError(
        f"has the same id as {other}: {name}",
        hint="Rename one of them, or give ids under 'applications' in apkg.yaml.",
        location=Location(path=str(source)),
    )


def documents_of(
    application: Application, job: Job, found: Found, options: ConvertOptions
) -> dict[Path, str]:
    """The missing documents of one application, each with the path where it belongs.

    Raises:
        ConversionError: a document has no way to say what the application says.
    """
    application = _with_present_examples(application, job.folder)
    return _emitted(application, job, found, options)[0]


def _emitted(
    application: Application, job: Job, found: Found, options: ConvertOptions
) -> tuple[dict[Path, str], tuple[Loss, ...]]:
    """The documents by path, and what neither facet can say in the dialect asked for."""
    emitting = _emit_options(application, job, found, options)
    emitters: dict[str, Emitter] = {**EMITTERS, "deploy": DeployEmitter(options.deploy_profile)}
    documents: dict[Path, str] = {}
    losses: tuple[Loss, ...] = ()
    for name in found.writes:
        emitter = emitters[name]
        path = options.out / f"{file_stem(application.id)}{emitter.suffix}"
        if isinstance(emitter, DeployEmitter):
            emitted = emitter.emitted(application, emitting)
            documents[path], losses = emitted.text, emitted.losses
        else:
            documents[path] = _text(emitter, application, emitting)
    return documents, losses


def _emit_options(
    application: Application, job: Job, found: Found, options: ConvertOptions
) -> EmitOptions:
    href = options.cwl_url or f"{file_stem(application.id)}.cwl"
    if found.cwl_path is not None and options.cwl_url is None:
        way = _way(options.out, found.cwl_path.parent)
        href = posixpath.normpath(posixpath.join(way, found.cwl_path.name))
        href += f"#{found.cwl_process}" if found.cwl_process else ""
    workflow = found.steps > 1 or (found.cwl is not None and application.container is None)
    usual = DIALECTS[options.deploy_profile].unit or ("href" if workflow else "image")
    style = options.style if found.cwl is None else ("workflow" if found.steps else "tool")
    return EmitOptions(
        style=style,
        cwl_version=options.cwl_version,
        embed=options.embed,
        cwl_href=href,
        execution_unit=options.execution_unit or usual,
        folder=_way(options.out, job.folder),
        cwl=found.cwl,
    )


def _text(emitter: Emitter, application: Application, options: EmitOptions) -> str:
    try:
        return emitter.emit(application, options)
    except UnicodeEncodeError as error:
        raise not_encodable(application, error) from error


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
