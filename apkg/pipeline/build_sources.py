"""What a folder or notebook gives to build: the applications of one image."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from apkg.builders.interface import LaunchedProgram
from apkg.errors import Location, SourceError, UsageError
from apkg.model import Application, Container, NotebookProgram
from apkg.names import process_id
from apkg.pipeline.gather import Found, Job, gather
from apkg.pipeline.options import ConvertOptions
from apkg.report import Finding
from apkg.sources.manifest.reading import ManifestReading

#: Findings that building settles: the image has a name, and no entry point.
_ABOUT_IMAGES = ("image-assumed", "docker/entrypoint")
_SECRETS = ("secrets/default", "secrets/text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One application of the image, and where it was read."""

    job: Job
    found: Found
    application: Application


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """All that goes into one image. ``folder`` declares its environment."""

    folder: Path
    parts: tuple[Part, ...]

    @property
    def applications(self) -> tuple[Application, ...]:
        """The applications, in the order of their files."""
        return tuple(part.application for part in self.parts)

    @property
    def name(self) -> str:
        """What the files of this build are called: like the application, else like the folder."""
        if len(self.parts) == 1:
            return self.parts[0].application.id
        return process_id(self.folder.resolve().name)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is worth knowing about the sources."""
        found = [finding for part in self.parts for finding in part.found.reading.findings]
        return tuple(f for f in found if not f.rule.endswith(_ABOUT_IMAGES))

    def in_image(self, image: str) -> Sources:
        """The same with applications that run in ``image``."""
        container = Container(image=image)
        parts = (
            replace(part, application=replace(part.application, container=container))
            for part in self.parts
        )
        return replace(self, parts=tuple(parts))


def read_sources(source: Path, *, stac: bool = False, allow_secrets: bool = False) -> Sources:
    """Read the notebook, or the notebooks or the tool of the folder, at ``source``.

    Raises:
        UsageError: it is neither.
        SourceError: something cannot be read, two applications have one id, or a notebook holds
            a secret: the image takes the folder as it is.

    """
    if source.is_file() and source.suffix.lower() != ".ipynb":
        raise UsageError(
            f"{source} is neither a folder nor a notebook",
            hint="Name the folder that declares the environment (or holds the Dockerfile).",
        )
    options = ConvertOptions(stac=stac, allow_secrets=allow_secrets)
    jobs = gather(str(source), options, _given(stac=stac))
    parts = [
        Part(job=job, found=found, application=found.reading.application)
        for job in jobs
        for found in job.read()
    ]
    _check_ids(parts)
    if not allow_secrets:
        from apkg.sources.secrets import refuse

        refuse([f for part in parts for f in part.found.reading.findings], rules=_SECRETS)
    if not source.is_file() and not any(_is_notebook(part) for part in parts):
        _check_dockerfile(source)
    folder = source if source.is_dir() else source.parent
    return Sources(folder=folder, parts=tuple(parts))


def _given(*, stac: bool) -> ManifestReading:
    if not stac:
        return ManifestReading()
    from apkg.sources.options import read_options

    return read_options((), image=None, stac=stac)


def _check_ids(parts: list[Part]) -> None:
    seen: dict[str, Part] = {}
    for part in parts:
        first = seen.setdefault(part.application.id.lower(), part)
        if first is not part:
            raise SourceError(
                f"has the same id as {first.job.source.name}: {part.application.id}",
                hint="Rename one of them, or give ids under 'applications' in apkg.yaml.",
                location=Location(path=str(part.job.source)),
            )


def _is_notebook(part: Part) -> bool:
    return isinstance(part.application.program, NotebookProgram)


def _check_dockerfile(folder: Path) -> None:
    from apkg.sources.tools.material import find_dockerfile

    if find_dockerfile(folder) is None:
        raise SourceError(
            "the folder holds no notebook and no Dockerfile, so there is no image to build",
            hint="Write a Dockerfile that installs the tool.",
            location=Location(path=str(folder)),
        )


def launched(sources: Sources) -> tuple[LaunchedProgram, ...]:
    """The notebooks with their launchers, as the image holds them; a tool has none.

    Raises:
        ConversionError: two inputs of a notebook set one variable.

    """
    from apkg.emitters.launcher import launcher, launcher_packages

    found = []
    for application in sources.applications:
        program = application.program
        if isinstance(program, NotebookProgram):
            needed = launcher_packages(application)
            found.append(
                LaunchedProgram(
                    id=application.id,
                    launcher=launcher(application),
                    notebook=program.notebook,
                    language=program.language,
                    kernel=program.kernel,
                    packages=tuple(name for name in needed if not name.startswith("papermill")),
                )
            )
    return tuple(found)
