"""How to build: the options of ``apkg build`` as data, and what a build has made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from apkg.builders.interface import BuildContext, no_log
from apkg.model import Application
from apkg.report import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """What to build, and how.

    ``tag`` ``None`` takes what the application says. ``pull`` ``None`` fetches a base image where
    it is missing. ``engine_options`` go to the engine's build command as they are. ``context``
    is where a dry run writes. ``log`` ``None`` puts the log beside the package. ``timeout`` is
    in seconds. ``allow_secrets`` builds what looks like a password, token or key into the image.
    """

    out: Path = Path()
    tag: str | None = None
    push: bool = False
    lean: bool = False
    base_image: str | None = None
    pull: bool | None = None
    engine: str | None = None
    engine_options: tuple[str, ...] = ()
    timeout: float | None = None
    force: bool = False
    stac: bool = False
    allow_secrets: bool = False
    log: Path | None = None
    context: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Who is told how it goes: ``on_stage`` at each stage, ``on_log`` of each line."""

    on_stage: Callable[[str], None] = no_log
    on_log: Callable[[str], None] = no_log


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """An image, and the package that names it.

    ``reference`` is what the package names: the digest where the image was pushed, else the tag.
    ``size`` is in bytes. ``files`` are those that were written, ``locks`` among them.
    """

    image: str
    reference: str
    digest: str | None
    id: str
    size: int
    buildpack: str
    base_images: tuple[str, ...]
    context_digest: str
    up_to_date: bool
    applications: tuple[Application, ...]
    files: tuple[Path, ...] = ()
    locks: tuple[Path, ...] = ()
    log: Path | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What a build would do: its context has been written, and ``command`` would build it."""

    image: str
    context: BuildContext
    command: tuple[str, ...]
    context_digest: str
    applications: tuple[Application, ...]
    findings: tuple[Finding, ...] = ()
