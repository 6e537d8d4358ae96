"""``apkg.convert`` and ``apkg.inspect``: from a source to a package, and to the model."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from apkg.api.boundary import at_the_boundary
from apkg.api.given import Place, path_of, settings_of
from apkg.api.spoken import spoken_finding
from apkg.display import html
from apkg.emitters.dialects.interface import Loss
from apkg.emitters.interface import CwlVersion, ExecutionUnit, Style
from apkg.errors import SourceError, UsageError
from apkg.model import Application
from apkg.pipeline.convert import Conversion
from apkg.pipeline.options import ConvertOptions, beside
from apkg.report import Finding


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Package:
    """An application package (OGC 18-049r1): its application, and its files.

    ``files`` are those that were written. ``cwl`` is Facet 1, written or there before; None where
    it is not on this machine. ``process`` is the one that is meant of several in it. ``findings``
    are what was guessed and is worth knowing, ``losses`` what Facet 2's dialect cannot say.
    """

    application: Application
    files: tuple[Path, ...]
    cwl: Path | None
    process: str | None = None
    findings: tuple[Finding, ...] = ()
    losses: tuple[Loss, ...] = ()

    @property
    def deploy(self) -> Path | None:
        """Facet 2 (DeployProcess), if it was written."""
        return next((f for f in self.files if ".deploy." in f.name), None)

    @property
    def job_order(self) -> Path | None:
        """The job order with the defaults, if it was written."""
        return next((f for f in self.files if f.name.endswith(".inputs.yml")), None)

    def __fspath__(self) -> str:
        """The path of Facet 1, so that a package stands wherever its file could.

        Raises:
            SourceError: it is not here.
        """
        if self.cwl is None:
            raise SourceError(f"the CWL of {self.application.id} is not on this machine")
        return f"{self.cwl}#{self.process}" if self.process else str(self.cwl)

    def __repr__(self) -> str:
        names = ", ".join(str(file) for file in self.files) or "nothing written"
        return f"<{type(self).__name__} {self.application.id}: {names}>"

    def _repr_html_(self) -> str | None:
        return html(self)


@at_the_boundary
def convert(  # noqa: PLR0913 - each is an option of the command
    source: Place | None = None,
    *,
    out: Place = ".",
    image: str | None = None,
    settings: Mapping[str, object] | None = None,
    style: Style = "workflow",
    cwl_version: CwlVersion = "v1.2",
    embed: bool = True,
    cwl_url: str | None = None,
    execution_unit: ExecutionUnit | None = None,
    stac: bool = False,
    cli: Place | None = None,
    help_text: Place | None = None,
    image_config: Place | None = None,
    command: str | None = None,
    probe: bool = False,
    deploy_profile: str = "wps-t",
    strict: bool = False,
    allow_secrets: bool = False,
    force: bool = False,
) -> Package:
    """Turn a notebook, a tool or a document into an application package, as ``apkg convert``.

    The source is read, never executed. Written to the folder ``out`` is what is missing of
    ``<id>.cwl`` (Facet 1), ``<id>.deploy.json`` (Facet 2, OGC 18-049r1 clause 8) and
    ``<id>.inputs.yml`` (a job order).

    Args:
        source: A notebook, a folder with one notebook or a Dockerfile, a tool's source, a SNAP
            graph, a CWL document (``FILE`` or ``FILE#id``) or a DeployProcess. May be left out
            where ``help_text``, ``cli``, ``image_config`` or ``probe`` describe a tool.
        out: Folder to write to; made if missing.
        image: Container image that the application runs in.
        settings: Facts, as in ``apkg.yaml``: ``{"title": …, "inputs.scene.type": "File"}``, or
            nested: ``{"inputs": {"scene": {"type": "File"}}}``.
        style: ``workflow`` over a tool (OGC 20-089), or the bare ``tool``.
        cwl_version: Version of Facet 1.
        embed: Carry notebook and launcher in the CWL, or expect them in the image.
        cwl_url: Where Facet 1 will be published, for Facet 2's link.
        execution_unit: What Facet 2 deploys: ``image``, ``href`` or ``inline``.
        stac: Have a notebook's results described in a STAC catalogue (OGC 20-089).
        cli: Source of a tool's command line.
        help_text: What a tool prints for ``--help``, in a file.
        image_config: ``docker inspect`` JSON of a tool's image, in a file.
        command: The one sub-command to convert.
        probe: Ask the container engine about ``image``, and run it once with ``--help``.
        deploy_profile: The dialect of Facet 2.
        strict: Fail, and write nothing, if the dialect loses anything.
        allow_secrets: Pack what looks like a password, token or key.
        force: Overwrite existing files.

    Raises:
        UsageError: an option is wrong, or the source holds several applications.
        SourceError: the source cannot be read or understood.
        ApkgError: a file exists, and ``force`` is not given.
    """
    named = None if source is None else os.fspath(source)
    options = ConvertOptions(
        out=Path(out),
        image=image,
        settings=settings_of(settings),
        style=style,
        cwl_version=cwl_version,
        embed=embed,
        cwl_url=cwl_url,
        execution_unit=execution_unit,
        force=force,
        cli=beside(named, path_of(cli)),
        help_text=beside(named, path_of(help_text)),
        image_config=beside(named, path_of(image_config)),
        command=command,
        probe=probe,
        stac=stac,
        deploy_profile=_profile(deploy_profile),
        strict=strict,
        allow_secrets=allow_secrets,
    )
    if source is None and not options.describes_tool:
        raise UsageError("there is no source", hint="Name one, or describe a tool: help_text=…")
    return _only(named, options)


@at_the_boundary
def inspect(source: Place) -> Application:
    """Read a notebook, a CWL document (``FILE`` or ``FILE#id``), a DeployProcess, or a folder.

    ``application.origin("inputs.threshold.type")`` tells where a fact came from.

    Raises:
        SourceError: it cannot be read, is none of these, or a folder that holds several.
    """
    from apkg.pipeline.inspect import inspect as read

    return read(os.fspath(source)).application


def _only(source: str | None, options: ConvertOptions) -> Package:
    from apkg.pipeline.convert import convert as convert_all

    # What an engine is asked, it is asked once.
    if source is not None and not options.probe:
        _refuse_several(source, options)
    done = convert_all(source, options)
    error = next((one.error for one in done if one.error is not None), None)
    if error is not None:
        raise error
    if len(done) > 1:
        written = ", ".join(str(file) for one in done for file in one.files)
        raise UsageError(
            f"there are {len(done)} applications, and all were converted: {written}",
            hint="Name one of them with command=.",
        )
    return _package(source, done[0])


def _refuse_several(source: str, options: ConvertOptions) -> None:
    """Look before anything is written."""
    from apkg.pipeline.gather import gather
    from apkg.sources.manifest.reading import ManifestReading

    jobs = gather(source, options, ManifestReading())
    if len(jobs) > 1:
        names = ", ".join(job.source.name for job in jobs)
        raise UsageError(
            f"{source} holds {len(jobs)} notebooks: {names}",
            hint="Convert them one by one; apkg.convert makes one package.",
        )
    if jobs[0].source.suffix.lower() == ".ipynb":
        return
    ids = [found.reading.application.id for found in jobs[0].read()]
    if len(ids) > 1:
        raise UsageError(
            f"{source} holds {len(ids)} applications: {', '.join(ids)}",
            hint="Name a sub-command with command=, or a process with FILE#ID.",
        )


def _package(source: str | None, done: Conversion) -> Package:
    assert done.application is not None  # noqa: S101 - there was no error
    cwl, process = _facet_1(source, done)
    return Package(
        application=done.application,
        files=done.files,
        cwl=cwl,
        process=process,
        findings=tuple(spoken_finding(finding) for finding in done.findings),
        losses=done.losses,
    )


def _facet_1(source: str | None, done: Conversion) -> tuple[Path | None, str | None]:
    """The CWL that was written, or the one that the source is or links to."""
    from apkg.pipeline.package import find_cwl
    from apkg.sources.read import split_process

    written = next((file for file in done.files if file.suffix == ".cwl"), None)
    if written is not None or source is None:
        return written, None
    try:
        return split_process(find_cwl(source))
    except SourceError:
        return None, None


def _profile(name: str) -> str:
    from apkg.emitters.dialects.registry import DIALECTS

    if name not in DIALECTS:
        raise UsageError(
            f"there is no dialect {name!r} of Facet 2", hint=f"One of: {', '.join(DIALECTS)}."
        )
    return name
