"""What ``apkg launch`` is pointed at: a folder to work in, and the image to work with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from apkg.errors import ApkgError, Location, SourceError, UsageError
from apkg.model import Application
from apkg.names import printable
from apkg.pipeline.image_name import default_tag, image_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """``folder`` is worked in, ``notebook`` (a file's name in it) is opened.

    ``image`` is ``None`` where the server of this environment is started; ``advice`` says how the
    image comes to be.
    """

    folder: Path
    notebook: str | None = None
    image: str | None = None
    advice: str = ""


def find_target(text: str, *, image: str | None, container: bool) -> Target:
    """Find what ``text`` names: a folder, a notebook, a package's document, or an image.

    The image is the one given, else the one of the package's Facet 1, else the one that
    ``apkg build`` would make.

    Raises:
        UsageError: an image is named where none is wanted, or its name is none.
        SourceError: there is nothing of this name, or it cannot be read.

    """
    if image is not None and not container:
        raise UsageError("--image and --no-container exclude each other")
    path = Path(text)
    if not path.exists():
        return _of_image(text, image, container=container)
    folder = path if path.is_dir() else path.parent
    found = Target(folder=folder, notebook=_notebook(path))
    if not container:
        return found
    build = f"apkg build {printable(str(folder))}"
    if image is not None:
        named, advice = str(image_name(image)), f"Build it: {build} -t {printable(image)}"
    else:
        named, advice = _image_of(path), f"Build it: {build}"
    return Target(folder=folder, notebook=found.notebook, image=named, advice=advice)


def _of_image(text: str, image: str | None, *, container: bool) -> Target:
    missing = SourceError(
        "there is no such file or folder", location=Location(path=printable(text))
    )
    if image is not None or not container or text.startswith((".", "/", "~")):
        raise missing
    try:
        named = str(image_name(text))
    except UsageError:
        raise missing from None
    if Path(text).suffix.lower() in {".ipynb", ".cwl", ".json"}:
        raise missing
    advice = f"There is no folder of this name either. Is it to be fetched? docker pull {named}"
    return Target(folder=Path(), notebook=_notebook(Path()), image=named, advice=advice)


def _notebook(path: Path) -> str | None:
    """The notebook that is named, or the only one of the folder."""
    if path.is_file():
        return path.name if path.suffix.lower() == ".ipynb" else None
    from apkg.pipeline.gather import find_notebooks

    notebooks = find_notebooks(path)
    return notebooks[0].name if len(notebooks) == 1 else None


def _image_of(path: Path) -> str:
    if path.is_file() and path.suffix.lower() != ".ipynb":
        return _image_in(path)
    from apkg.pipeline.build_sources import read_sources

    sources = read_sources(path)
    facets = {image for app in sources.applications for image in _said(app, sources.folder)}
    if len(facets) == 1:
        return facets.pop()
    return default_tag(sources.applications, sources.folder)


def _image_in(document: Path) -> str:
    from apkg.sources.read import read_application

    container = read_application(document).application.container
    if container is None:
        raise SourceError(
            "names no image", hint="Name one with -t.", location=Location(path=str(document))
        )
    return container.image


def _said(application: Application, folder: Path) -> Iterator[str]:
    """The image of Facet 1, where ``apkg build`` may have left it."""
    for place in (folder, Path()):
        facet_1 = place / f"{application.id}.cwl"
        if facet_1.is_file():
            try:
                yield _image_in(facet_1)
            except ApkgError:
                # It is for validate to say what is wrong with it.
                continue
            return
