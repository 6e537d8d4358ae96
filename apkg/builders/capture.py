"""repo2docker up to the build: which buildpack it picks, the Dockerfile, and the files for it.

Its engine is a :class:`~repo2docker.engine.ContainerEngine` that keeps what it is asked to build.
"""

from __future__ import annotations

import logging
import re
import tarfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from repo2docker.app import Repo2Docker  # type: ignore[import-untyped]

#: repo2docker refuses root, and the user's own name and number would change the Dockerfile.
USER = (("NB_USER", "jovyan"), ("NB_UID", "1000"))
_LOGGER = "repo2docker"


@dataclass(slots=True, kw_only=True)
class Captured:
    """What repo2docker asks its engine to build.

    ``dockerfile`` is the path of the Dockerfile in the folder, empty where repo2docker wrote one:
    then ``text`` is that, and ``files`` are what it copies besides the folder ``src``. ``tried``
    are the buildpacks asked, the last of which was picked; ``notes`` are repo2docker's warnings.
    """

    dockerfile: str = ""
    text: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    tried: list[Any] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def buildpack(self) -> str:
        """repo2docker's name for what it picked."""
        return type(self.tried[-1]).__name__ if self.tried else ""


def capture(
    folder: Path,
    *,
    base_image: str | None,
    lean: bool,
    captured: Captured,
    also: Sequence[str] = (),
) -> None:
    """Let repo2docker plan the build of ``folder``, of which it only sees declarations.

    ``also`` are requirements that a lean image gets besides those that the folder declares.
    The folder's own files stay out of what is captured: a ``.dockerignore`` there says so.
    ``captured`` is filled in as far as it gets. Raises whatever repo2docker raises.
    """
    with _quiet(captured.notes):
        application = _application(folder, captured, lean=lean, also=tuple(also))
        if base_image is not None:
            application.base_image = base_image
        application.build()


def _application(
    folder: Path, captured: Captured, *, lean: bool, also: tuple[str, ...]
) -> Repo2Docker:
    from repo2docker.app import Repo2Docker
    from repo2docker.contentproviders import Local  # type: ignore[import-untyped]
    from repo2docker.engine import ContainerEngine  # type: ignore[import-untyped]

    class CapturingEngine(ContainerEngine):  # type: ignore[misc]
        """Keeps what it is asked to build."""

        string_output = True

        def build(self, **asked: Any) -> Iterator[str]:
            _keep(captured, asked)
            return iter(())

        def inspect_image(self, image: str) -> None:
            """There is no image yet."""

    class CapturingRepo2Docker(Repo2Docker):  # type: ignore[misc]
        """Repo2docker without an engine."""

        def get_engine(self) -> ContainerEngine:
            return CapturingEngine(parent=self)

    application = CapturingRepo2Docker(
        repo=str(folder), output_image_spec="apkg", run=False, user_id=int(USER[1][1]),
        user_name=USER[0][1],
    )  # fmt: skip
    application.log = logging.getLogger(_LOGGER)
    application.content_providers = [Local]
    classes = list(application.buildpacks)
    if lean:
        from apkg.builders.lean import LeanBuildPack

        lean_one = type(LeanBuildPack.__name__, (LeanBuildPack,), {"also": also})
        classes = [lean_one]
        application.default_buildpack = lean_one
    application.buildpacks = [_noting(buildpack, captured.tried) for buildpack in classes]
    application.default_buildpack = _noting(application.default_buildpack, captured.tried)
    return application


def _noting(buildpack: Callable[..., Any], tried: list[Any]) -> Callable[..., Any]:
    def make(*arguments: Any, **options: Any) -> Any:
        made = buildpack(*arguments, **options)
        made.labels = _Labels(getattr(made, "labels", {}))
        tried.append(made)
        return made

    return make


class _Labels(dict[str, Any]):
    """Labels that say something: a folder has no ``ref``, and repo2docker would say ``None``."""

    def __setitem__(self, name: str, value: Any) -> None:
        """Take a label that has a value."""
        if value is not None:
            super().__setitem__(name, value)


def _keep(captured: Captured, asked: dict[str, Any]) -> None:
    captured.labels.update(asked.get("labels") or {})
    if asked.get("fileobj") is None:
        captured.dockerfile = asked["dockerfile"]
        return
    with tarfile.open(fileobj=asked["fileobj"]) as archive:
        files = {
            member.name: content.read()
            for member in archive
            if not member.name.startswith("src/") and (content := archive.extractfile(member))
        }
    captured.text = files.pop("Dockerfile").decode("utf-8")
    names = _stable_names(sorted(name for name in files if name in captured.text))
    for old, new in names.items():
        captured.text = captured.text.replace(old, new)
        captured.files[new] = files[old]


def _stable_names(names: list[str]) -> dict[str, str]:
    """Name files the same on every machine: repo2docker's names hold where it is installed."""
    found: dict[str, str] = {}
    for name in names:
        folder, _, slug = name.rpartition("/")
        if folder == "build_script_files":
            path = re.sub("-([0-9a-f]{2})", lambda m: chr(int(m[1], 16)), slug[:-7])
            slug = "-".join(path.split("/")[-2:])
        new = f"{folder}/{slug}" if folder else slug
        found[name] = f"{new}-{len(found)}" if new in found.values() else new
    return found


@contextmanager
def _quiet(notes: list[str]) -> Iterator[None]:
    """Take repo2docker's log and its libraries' warnings; leave the logger as it was."""
    logger = logging.getLogger(_LOGGER)
    before = logger.handlers, logger.propagate, logger.level
    stream = _Notes(notes)
    logger.handlers, logger.propagate = [stream], False
    logger.setLevel(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.handlers, logger.propagate = before[0], before[1]
        logger.setLevel(before[2])


class _Notes(logging.Handler):
    def __init__(self, notes: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._notes = notes

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what is said, on one line."""
        self._notes.append(" ".join(record.getMessage().split()))
