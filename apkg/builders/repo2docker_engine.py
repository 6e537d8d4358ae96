"""The engines of apkg for repo2docker: ``repo2docker --engine apkg …``.

repo2docker's own engine wants Docker's plug-in buildx. This one builds with what there is: buildx,
the BuildKit inside older clients, the classic builder, or Podman.
"""

from __future__ import annotations

import secrets
import tarfile
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from repo2docker.engine import (  # type: ignore[import-untyped]
    BuildError,
    ContainerEngine,
    ContainerEngineException,
    Image,
    ImageLoadError,
)
from traitlets import List, Unicode

from apkg.builders.engines import find_engine
from apkg.builders.interface import BuildContext, ImageRequest
from apkg.builders.registry_login import logged_in
from apkg.builders.repo2docker_container import ApkgContainer, run_words
from apkg.builders.streamed import streamed
from apkg.errors import ApkgError
from apkg.names import printable

_LIMITS = {
    "memory": "--memory",
    "memswap": "--memory-swap",
    "cpushares": "--cpu-shares",
    "cpusetcpus": "--cpuset-cpus",
}
#: docker-py's names of options of ``run``, which repo2docker's ``extra_run_kwargs`` are.
_RUN_OPTIONS = {
    "network": "--network",
    "network_mode": "--network",
    "user": "--user",
    "mem_limit": "--memory",
    "hostname": "--hostname",
    "runtime": "--runtime",
    "shm_size": "--shm-size",
    "working_dir": "--workdir",
}


class ApkgEngine(ContainerEngine):  # type: ignore[misc]
    """Builds and runs images with Docker or Podman, whatever there is here."""

    string_output = True

    container_engine = Unicode(
        "", config=True, help="docker or podman; without it the first of them that answers."
    )
    extra_build_args = List(
        Unicode(), config=True, help="Further options of the engine's build: --network=host"
    )

    def __init__(self, *, parent: Any) -> None:
        super().__init__(parent=parent)
        try:
            self._engine = find_engine(self.container_engine or None)
        except ApkgError as error:
            raise ContainerEngineException(_text(error)) from error

    def build(  # noqa: PLR0913 - as repo2docker calls it
        self,
        *,
        push: bool = False,
        buildargs: Mapping[str, str] | None = None,
        cache_from: list[str] | None = None,
        container_limits: Mapping[str, Any] | None = None,
        tag: str = "",
        dockerfile: str = "",
        fileobj: IO[bytes] | None = None,
        path: str = "",
        labels: Mapping[str, str] | None = None,
        platform: str | None = None,
        **_more: Any,
    ) -> Iterator[str]:
        """Build an image of a folder, or of an archive; gives the log line by line.

        The image is in the engine afterwards, whether ``load`` was given or not.

        Raises:
            BuildError: the engine has stopped, or a step has failed.
            ImageLoadError: the image cannot be pushed.

        """
        options = [f"--cache-from={image}" for image in cache_from or ()]
        options += [f"--platform={platform}"] if platform else []
        options += [*self._limits(container_limits or {}), *self.extra_build_args]
        with tempfile.TemporaryDirectory(prefix="apkg-") as scratch:
            folder = Path(scratch) if fileobj else Path(path or ".").absolute()
            if fileobj:
                _unpack(fileobj, folder)
            context = BuildContext(
                folder=folder,
                dockerfile=_inside(folder, dockerfile or "Dockerfile"),
                buildpack="",
                base_images=(),
                steps=(),
                digest="",
                build_args=_pairs(buildargs),
                labels=_pairs(labels),
            )
            with logged_in(self._engine, self.registry_credentials):
                yield from self._built(context, tag, tuple(options))
                if push:
                    yield from self._pushed(tag)

    def _built(self, context: BuildContext, tag: str, options: tuple[str, ...]) -> Iterator[str]:
        def job(on_line: Callable[[str], None], stop: threading.Event) -> None:
            self._engine.build(
                ImageRequest(context=context, tag=tag, options=options, on_log=on_line, stop=stop)
            )

        try:
            yield from (f"{line}\n" for line in streamed(job))
        except ApkgError as error:
            # repo2docker shows the log, and not what is raised; the last lines are in it already.
            yield f"\n{_text(error, lines=2)}\n"
            raise BuildError(_text(error)) from error

    def _pushed(self, tag: str) -> Iterator[str]:
        def job(on_line: Callable[[str], None], _stop: threading.Event) -> None:
            self._engine.push(tag, on_line)

        try:
            yield from (f"{line}\n" for line in streamed(job))
        except ApkgError as error:
            raise ImageLoadError(_text(error)) from error

    def _limits(self, limits: Mapping[str, Any]) -> list[str]:
        if getattr(self._engine, "builder", "classic") == "classic":
            return [f"{_LIMITS[name]}={value}" for name, value in limits.items()]
        if limits:
            self.log.warning("BuildKit knows no limits for a build; they are left out.\n")
        return []

    def inspect_image(self, image: str) -> Image | None:
        """Tell what the engine has under this name, ``None`` for nothing."""
        try:
            described = self._engine.describe(image)
        except ApkgError as error:
            raise ContainerEngineException(_text(error)) from error
        if described is None:
            return None
        tags = [str(t).removeprefix("localhost/") for t in described.get("RepoTags") or ()]
        config = {"WorkingDir": "", **(described.get("Config") or {})}
        return Image(tags=tags, config=config)

    def run(  # noqa: PLR0913 - as repo2docker calls it
        self,
        image_spec: str,
        *,
        command: list[str] | None = None,
        environment: list[str] | None = None,
        ports: Mapping[str, Any] | None = None,
        publish_all_ports: bool = False,
        remove: bool = False,
        volumes: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> ApkgContainer:
        """Start a container in the background.

        Raises:
            ContainerEngineException: it does not start, or an option is none of ours.

        """
        if unknown := more.keys() - _RUN_OPTIONS.keys() - {"name"}:
            raise ContainerEngineException(
                f"the engine apkg does not know {', '.join(sorted(unknown))} of extra_run_kwargs; "
                f"it knows name, {', '.join(_RUN_OPTIONS)}"
            )
        name = str(more.pop("name", None) or f"apkg-{secrets.token_hex(6)}")
        words = ["run", "--detach", f"--name={name}", *(["--rm"] if remove else [])]
        words += run_words(
            ports=ports or {}, publish_all_ports=publish_all_ports, volumes=volumes or {}
        )
        words += [f"--env={variable}" for variable in environment or ()]
        words += [f"{_RUN_OPTIONS[option]}={value}" for option, value in more.items()]
        container = ApkgContainer(self._engine, name)
        try:
            problem = f"{printable(image_spec)} does not start"
            self._engine.do([*words, "--", image_spec, *(command or ())], problem)
        except ApkgError as error:
            container.remove()
            raise ContainerEngineException(_text(error)) from error
        container.reload()
        return container


def _unpack(fileobj: IO[bytes], folder: Path) -> None:
    with tarfile.open(fileobj=fileobj) as archive:
        # "data" would change modes, and refuse links that are right inside the image.
        archive.extractall(folder, filter="tar")


def _inside(folder: Path, dockerfile: str) -> str:
    """Give the Dockerfile's path in ``folder``: repo2docker gives it from where it runs."""
    path = Path(dockerfile)
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else dockerfile


def _pairs(mapping: Mapping[str, str] | None) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, value in (mapping or {}).items())


def _text(error: ApkgError, *, lines: int | None = None) -> str:
    place = "" if error.location is None else f"{error.location}: "
    message = "\n".join(error.message.splitlines()[:lines])
    return f"{place}{message}" + (f"\n{error.hint}" if error.hint else "")
