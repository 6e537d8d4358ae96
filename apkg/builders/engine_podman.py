"""Podman, with and without root."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from apkg import process
from apkg.builders.command_engine import CommandEngine, repository
from apkg.builders.engine_docker import build_words
from apkg.builders.engine_failure import build_failure
from apkg.builders.engine_log import EngineLog
from apkg.builders.interface import ImageRequest, no_log
from apkg.builders.podman_left import PodmanLeft, own_temporary
from apkg.names import printable


class PodmanEngine(CommandEngine):
    """The command ``podman``."""

    name = "podman"

    def build(self, request: ImageRequest) -> None:
        """Build an image.

        Raises:
            ToolError: a step has failed, or it was not done in time.

        """
        log, left = EngineLog(request.on_log), PodmanLeft(self)

        def on_line(line: str) -> None:
            log(line)
            left.see(log.lines[-1])

        with own_temporary(
            dict(os.environ if self.environment is None else self.environment)
        ) as ours:
            try:
                status = process.follow(
                    self.build_command(request),
                    on_line=on_line,
                    environment=ours,
                    timeout=request.timeout,
                    stop=request.stop,
                )
            except BaseException:
                left.remove()
                raise
        if status != 0:
            raise build_failure(request.tag, list(log.lines), request.options)

    def build_command(self, request: ImageRequest) -> list[str]:
        """Give the words with which podman is asked to build.

        Images are of Docker's format, as the other has no ``SHELL``.
        """
        folder = request.context.folder
        words = build_words(request, folder, folder / request.context.dockerfile)
        return [self.program, "build", "--format=docker", "--force-rm", "--layers", *words]

    def push(self, image: str, on_log: Callable[[str], None] = no_log) -> str:
        """Send an image to its registry; gives ``name@sha256:…``, as the registry knows it.

        Raises:
            ToolError: the registry does not answer, or refuses.

        """
        with tempfile.TemporaryDirectory(prefix="apkg-") as scratch:
            file = Path(scratch) / "digest"
            words = ["push", f"--digestfile={file}", "--", image]
            self.do(words, f"cannot push {printable(image)}", on_log=on_log)
            return f"{repository(image)}@{file.read_text(encoding='ascii').strip()}"

    def check(self) -> None:
        """See whether podman works for this user.

        Raises:
            ToolError: it does not.

        """
        self.do(["info"], "podman does not work here", timeout=60.0)
