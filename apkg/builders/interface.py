"""What is built, and what every container engine is asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


def no_log(_line: str) -> None:
    """Take a line and do nothing with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchedProgram:
    """A notebook that the image holds under ``/opt/apkg/<id>``, with its launcher on ``PATH``.

    ``launcher`` and ``notebook`` are texts; they become ``<id>.launcher.py`` and
    ``<id>.template.ipynb``. ``packages`` are what the launcher needs besides papermill (pip's
    requirement specifiers). ``language`` and ``kernel`` are those of the notebook.
    """

    id: str
    launcher: str
    notebook: str
    language: str
    kernel: str | None = None
    packages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextRequest:
    """What a build context is made of.

    ``folder`` declares the environment; ``base_image`` replaces the buildpack's own (``lean``
    cannot do without). ``programs`` is empty for a tool, whose image gets no layer of ours.
    ``labels`` are OCI image annotations (image-spec, annotations.md). ``pinned`` maps images as
    they are written to the same by digest. ``exclude`` are files and folders (POSIX paths from
    ``folder``) that are no part of the context: what earlier builds have written there. ``users``
    maps base images to the user that they run as (``""`` is root), where that is known.
    ``arguments`` are values for what the Dockerfile declares (``ARG``) before its first ``FROM``.
    """

    folder: Path
    programs: tuple[LaunchedProgram, ...] = ()
    lean: bool = False
    base_image: str | None = None
    labels: tuple[tuple[str, str], ...] = ()
    pinned: Mapping[str, str] | None = None
    exclude: tuple[str, ...] = ()
    users: Mapping[str, str] | None = None
    arguments: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildContext:
    """A folder that ``docker build -f <dockerfile> <folder>`` accepts as it is.

    ``dockerfile`` is relative to ``folder``. ``buildpack`` is repo2docker's name for what it
    found, ``base_images`` what the Dockerfile starts from, ``steps`` what it does, a line each.
    ``digest`` (``sha256:`` and hexadecimal digits) is the same for the same content.
    """

    folder: Path
    dockerfile: str
    buildpack: str
    base_images: tuple[str, ...]
    steps: tuple[str, ...]
    digest: str
    build_args: tuple[tuple[str, str], ...] = ()
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageRequest:
    """One build: ``context`` becomes the image ``tag``.

    ``options`` go to the engine's build command as they are (``--network=host``). Each line of
    the build goes to ``on_log`` at once. ``timeout`` is in seconds. Another thread ends the build
    by setting ``stop``.
    """

    context: BuildContext
    tag: str
    options: tuple[str, ...] = ()
    on_log: Callable[[str], None] = no_log
    timeout: float | None = None
    stop: threading.Event | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageInfo:
    """An image that the engine has: ``size`` in bytes, ``digests`` as ``name@sha256:…``."""

    id: str
    size: int
    digests: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    user: str = ""
    entrypoint: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()


class Engine(Protocol):
    """A container engine."""

    name: str

    def build(self, request: ImageRequest) -> None:
        """Build an image.

        Raises:
            ToolError: the engine has stopped, or a step of the build has failed.

        """

    def inspect(self, image: str) -> ImageInfo | None:
        """Tell what the engine has under this name, ``None`` for nothing."""

    def pull(self, image: str, on_log: Callable[[str], None] = no_log) -> None:
        """Fetch an image from its registry.

        Raises:
            ToolError: there is no such image, or the registry does not answer or refuses.

        """

    def push(self, image: str, on_log: Callable[[str], None] = no_log) -> str:
        """Send an image to its registry; gives ``name@sha256:…``, as the registry knows it.

        Raises:
            ToolError: the registry does not answer, or refuses.

        """

    def read(self, image: str, path: str) -> bytes:
        """Read the file ``path`` of an image, without running anything of it.

        Raises:
            ToolError: there is no such image or file.

        """

    def remove(self, image: str) -> None:
        """Take an image away; one that is not there, or in use, is left as it is."""
