"""Docker, with whichever builder its client brings."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from apkg import process
from apkg.builders.classic_context import classic_context
from apkg.builders.classic_left import ClassicLeft
from apkg.builders.command_engine import CommandEngine
from apkg.builders.engine_failure import build_failure
from apkg.builders.engine_log import EngineLog
from apkg.builders.interface import ImageRequest
from apkg.errors import ToolError
from apkg.names import printable

#: ``buildx`` is a plug-in of the client, ``buildkit`` is built into clients before 23,
#: ``classic`` is what every daemon of Docker can do by itself.
Builder: TypeAlias = Literal["buildx", "buildkit", "classic"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Build:
    request: ImageRequest
    folder: Path
    dockerfile: Path
    log: EngineLog


class DockerEngine(CommandEngine):
    """Docker's client ``program``, which builds with ``builder``."""

    name = "docker"
    _follow_links = ("--follow-link",)

    def __init__(
        self,
        program: str,
        *,
        builder: Builder = "classic",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(program, environment=environment)
        self.builder: Builder = builder

    def build(self, request: ImageRequest) -> None:
        """Build an image.

        Raises:
            ToolError: the engine has stopped, a step has failed, it was not done in time, or the
                Dockerfile needs BuildKit, which is not there.

        """
        log = EngineLog(request.on_log)
        context = request.context
        if self.builder != "classic":
            file = context.folder / context.dockerfile
            self._run(_Build(request=request, folder=context.folder, dockerfile=file, log=log))
            return
        with tempfile.TemporaryDirectory(prefix="apkg-") as scratch:
            folder, file = classic_context(context, Path(scratch), log)
            self._run(_Build(request=request, folder=folder, dockerfile=file, log=log))

    def _run(self, build: _Build) -> None:
        left = ClassicLeft(self) if self.builder == "classic" else None
        request = build.request

        def on_line(line: str) -> None:
            build.log(line)
            if left is not None:
                left.see(build.log.lines[-1])

        try:
            status = self._followed(build, on_line)
        except BaseException:
            if left is not None:
                left.remove()
            raise
        if status != 0:
            self._check_still_there(request.tag)
            raise build_failure(request.tag, list(build.log.lines), request.options)

    def _check_still_there(self, tag: str) -> None:
        """Tell of a daemon that has gone: what its client writes then tells of anything else."""
        try:
            self.check()
        except ToolError as error:
            raise ToolError(
                f"{printable(tag)} is not built: the container engine has stopped\n{error.message}",
                hint="Its log says why: journalctl -u docker. Start it again (sudo systemctl start "
                "docker), and build once more; steps that were done are not done again.",
            ) from error

    def _followed(self, build: _Build, on_line: Callable[[str], None]) -> int:
        enabled = "0" if self.builder == "classic" else "1"
        environment = os.environ if self.environment is None else self.environment
        return process.follow(
            self.build_command(build.request, build.folder, build.dockerfile),
            on_line=on_line,
            environment={**environment, "DOCKER_BUILDKIT": enabled, "DOCKER_CLI_HINTS": "false"},
            timeout=build.request.timeout,
            stop=build.request.stop,
        )

    def build_command(self, request: ImageRequest, folder: Path, dockerfile: Path) -> list[str]:
        """Give the words with which the client is asked to build."""
        words = {
            "buildx": ["buildx", "build", "--load", "--progress=plain"],
            "buildkit": ["build", "--progress=plain"],
            "classic": ["build", "--rm", "--force-rm"],
        }
        return [self.program, *words[self.builder], *build_words(request, folder, dockerfile)]

    def check(self) -> None:
        """See whether the daemon answers.

        Raises:
            ToolError: it does not run, or not for this user.

        """
        from apkg.builders.engine_trouble import docker_trouble

        lines: list[str] = []
        done = process.run(
            [self.program, "version", "--format={{.Server.Version}}"],
            on_line=lines.append,
            environment=self.environment,
            timeout=60.0,
        )
        if done.status != 0:
            raise docker_trouble(lines)


def build_words(request: ImageRequest, folder: Path, dockerfile: Path) -> list[str]:
    """Give the options of ``build`` that docker and podman share, and the folder.

    Raises:
        ToolError: a name of a build argument or a label is empty.

    """
    context = request.context
    if any(not name for name, _ in (*context.build_args, *context.labels)):
        raise ToolError("a build argument or a label has no name")
    return [
        f"--tag={request.tag}",
        f"--file={dockerfile}",
        *(f"--build-arg={name}={value}" for name, value in context.build_args),
        *(f"--label={name}={value}" for name, value in context.labels),
        *request.options,
        "--",
        str(folder),
    ]
