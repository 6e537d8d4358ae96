"""What an image is set up to run, whether a Dockerfile or the image itself says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from apkg.errors import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageSettings:
    """The OCI image configuration, as far as it tells how a program is run.

    A command in shell form has ``shell`` true and its text as the one word. ``None`` is unsaid,
    ``()`` says that there is none. ``voice`` names who speaks, such as ``Dockerfile``.
    """

    voice: str
    entrypoint: tuple[str, ...] | None = None
    entrypoint_shell: bool = False
    command: tuple[str, ...] | None = None
    command_shell: bool = False
    workdir: str = "/"
    user: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    #: The names that the image itself goes by (``docker inspect``: ``RepoTags``).
    names: tuple[str, ...] = ()
    base: str = ""
    location: Location | None = None
