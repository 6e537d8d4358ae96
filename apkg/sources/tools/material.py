"""What is given of a tool, and what the folder around it holds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from apkg.errors import Location, SourceError
from apkg.files.read_bytes import decode, read_bytes
from apkg.files.there import is_folder, is_there
from apkg.sources.docker.config import ImageSettings
from apkg.sources.docker.stages import Dockerfile, read_dockerfile
from apkg.sources.snap import is_graph

_DOCKERFILES = ("Dockerfile", "Containerfile", "dockerfile")
_FOLDERS = ("", "docker", ".docker", "container", "build")
_CLI_ENDINGS = (".py", ".sh", ".bash", ".r", ".R")
_LIMIT_BYTES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """The sources of one tool. ``folder`` is the one that its image is built from."""

    folder: Path | None = None
    dockerfile: Dockerfile | None = None
    image: ImageSettings | None = None
    cli: Path | None = None
    graph: Path | None = None
    #: The image's own words that run the graph, where it holds it.
    graph_words: tuple[str, ...] = ()
    #: What a person would call the source in a message.
    name: str = "the tool"

    @property
    def place(self) -> Location | None:
        """The file that the user named, or that was found for them."""
        path = self.cli or self.graph
        if path is None and self.dockerfile is not None:
            return Location(path=self.dockerfile.path)
        return Location(path=str(path)) if path is not None else None


def gather(source: Path | None, *, cli: Path | None, image_config: Path | None) -> Material:
    """What ``source`` (a folder, Dockerfile, script, graph or image) and the options give.

    Raises:
        SourceError: a file is missing or broken, or is nothing that describes a tool.
    """
    image = None
    if image_config is not None:
        from apkg.sources.image import read_image_config

        image = read_image_config(image_config)
    if source is None:
        folder = cli.parent if cli is not None else None
        return Material(folder=folder, image=image, cli=cli, name=str(cli or image_config or ""))
    if not is_there(source):
        raise SourceError("there is no such file or folder", location=Location(path=str(source)))
    if is_folder(source):
        return _of_folder(source, cli, image)
    return _of_file(source, cli, image)


def find_dockerfile(folder: Path) -> Path | None:
    """The Dockerfile of a folder: its own, the only ``*.Dockerfile``, or that in ``docker/``."""
    for below in _FOLDERS:
        for name in _DOCKERFILES:
            if (folder / below / name).is_file():
                return folder / below / name
    named = [path for path in folder.iterdir() if is_dockerfile(path)]
    return named[0] if len(named) == 1 else None


def is_dockerfile(path: Path) -> bool:
    """Whether a file is a Dockerfile by its name: ``Dockerfile.gpu``, ``tool.Dockerfile``."""
    name = path.name.lower()
    plain = name.split(".")
    ignored = name.endswith((".dockerignore", ".py", ".md"))
    return not ignored and path.is_file() and bool({"dockerfile", "containerfile"} & set(plain))


def is_tool(path: Path) -> bool:
    """Whether a file or folder looks like what :func:`gather` takes."""
    if path.is_dir():
        layout = (path / "oci-layout").is_file() or (path / "manifest.json").is_file()
        return layout or find_dockerfile(path) is not None or only_graph(path) is not None
    if is_dockerfile(path) or path.suffix in _CLI_ENDINGS:
        return True
    if path.suffix.lower() == ".xml":
        return is_graph(path)
    from apkg.sources.image.archive import is_archive

    return is_archive(path) or (path.suffix.lower() == ".json" and is_image_json(path))


def _of_folder(folder: Path, cli: Path | None, image: ImageSettings | None) -> Material:
    found = find_dockerfile(folder)
    if found is not None:
        return Material(
            folder=folder, dockerfile=_dockerfile(found), image=image, cli=cli, name=str(found)
        )
    graph = only_graph(folder)
    if graph is not None and cli is None:
        return Material(folder=folder, image=image, graph=graph, name=str(graph))
    if (folder / "oci-layout").is_file() or (folder / "manifest.json").is_file():
        from apkg.sources.image import read_image_config

        return Material(
            folder=folder, image=image or read_image_config(folder), cli=cli, name=str(folder)
        )
    return Material(folder=folder, image=image, cli=cli, name=str(folder))


def only_graph(folder: Path) -> Path | None:
    """The SNAP graph that is the only one in a folder."""
    graphs = [path for path in sorted(folder.glob("*.xml"))[:50] if is_graph(path)]
    return graphs[0] if len(graphs) == 1 else None


def _of_file(path: Path, cli: Path | None, image: ImageSettings | None) -> Material:
    folder, name = path.parent, str(path)
    if is_dockerfile(path):
        dockerfile = _dockerfile(path)
        return Material(folder=folder, dockerfile=dockerfile, image=image, cli=cli, name=name)
    if path.suffix.lower() == ".xml":
        return Material(folder=folder, image=image, graph=path, name=name)
    if path.suffix in _CLI_ENDINGS:
        return Material(folder=folder, image=image, cli=cli or path, name=name)
    from apkg.sources.image import read_image_config
    from apkg.sources.image.archive import is_archive

    if is_archive(path) or path.suffix.lower() == ".json":
        return Material(image=image or read_image_config(path), cli=cli, name=name)
    if _has_from(path):
        return Material(
            folder=folder, dockerfile=_dockerfile(path), image=image, cli=cli, name=name
        )
    return Material(folder=folder, image=image, cli=cli or path, name=name)


def _has_from(path: Path) -> bool:
    lines = _text(path).splitlines()[:200]
    return any(line.strip().upper().startswith("FROM ") for line in lines) and any(
        line.strip().upper().startswith(("ENTRYPOINT", "CMD", "RUN ", "COPY ")) for line in lines
    )


def _dockerfile(path: Path) -> Dockerfile:
    return read_dockerfile(_text(path), path=str(path))


def _text(path: Path) -> str:
    return decode(read_bytes(path, limit=_LIMIT_BYTES), name=str(path))


def is_image_json(path: Path) -> bool:
    """Whether a JSON file is an image's configuration."""
    try:
        from apkg.sources.image.settings import settings_of

        data = json.loads(_text(path))
        return settings_of(data, path=str(path)) is not None
    except (SourceError, ValueError, RecursionError):
        return False
