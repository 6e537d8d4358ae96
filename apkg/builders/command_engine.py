"""What is asked of docker and podman in the same words."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from apkg import process
from apkg.builders.engine_failure import failure
from apkg.builders.engine_log import EngineLog
from apkg.builders.image_file import FileOfImage
from apkg.builders.interface import ImageInfo, ImageRequest, no_log
from apkg.errors import ToolError
from apkg.names import printable

#: Seconds for an answer that needs no network.
ANSWER_TIMEOUT = 120.0
#: docker and podman, of whatever version, say one of these.
_NO_IMAGE = re.compile(r"no such image|image not known|no such object", re.IGNORECASE)
_DIGEST = re.compile(r"\bdigest: (sha256:[0-9a-f]{64})\b")


class CommandEngine:
    """An engine behind a command; what docker and podman do differently is theirs.

    ``program`` is the path of the command, ``environment`` replaces ours.
    """

    name = "engine"
    #: Options of ``cp`` with which it follows links.
    _follow_links: tuple[str, ...] = ()

    def __init__(self, program: str, *, environment: Mapping[str, str] | None = None) -> None:
        self.program = program
        self.environment = environment

    def build(self, request: ImageRequest) -> None:
        """Build an image; see :class:`apkg.builders.interface.Engine`."""
        raise NotImplementedError

    def inspect(self, image: str) -> ImageInfo | None:
        """Tell what the engine has under this name, ``None`` for nothing.

        Raises:
            ToolError: the engine does not answer.

        """
        described = self.describe(image)
        return None if described is None else _info(described)

    def describe(self, image: str) -> dict[str, Any] | None:
        """Give all that the engine says about an image, in its own words.

        Raises:
            ToolError: the engine does not answer.

        """
        lines: list[str] = []
        done = process.run(
            [self.program, "image", "inspect", "--", image],
            on_line=lines.append,
            environment=self.environment,
            timeout=ANSWER_TIMEOUT,
        )
        if done.status == 0:
            (described,) = json.loads(done.stdout)
            assert isinstance(described, dict)  # noqa: S101 - as both engines document
            return described
        if any(_NO_IMAGE.search(line) for line in lines):
            return None
        raise failure(f"{self.name} cannot tell about {printable(image)}", lines)

    def pull(self, image: str, on_log: Callable[[str], None] = no_log) -> None:
        """Fetch an image from its registry.

        Raises:
            ToolError: there is no such image, or the registry does not answer or refuses.

        """
        self.do(["pull", "--", image], f"cannot fetch {printable(image)}", on_log=on_log)

    def push(self, image: str, on_log: Callable[[str], None] = no_log) -> str:
        """Send an image to its registry; gives ``name@sha256:…``, as the registry knows it.

        Raises:
            ToolError: the registry does not answer, or refuses.

        """
        lines = self.do(["push", "--", image], f"cannot push {printable(image)}", on_log=on_log)
        name = repository(image)
        for line in reversed(lines):
            if match := _DIGEST.search(line):
                return f"{name}@{match[1]}"
        return self._known_digest(image, name)

    def _known_digest(self, image: str, name: str) -> str:
        info = self.inspect(image)
        digests = () if info is None else info.digests
        found = next((digest for digest in digests if digest.startswith(f"{name}@")), None)
        if found is None:
            raise ToolError(f"{self.name} has not said under which digest {image} was pushed")
        return found

    def read(self, image: str, path: str) -> bytes:
        """Read the file ``path`` of an image, without running anything of it.

        Raises:
            ToolError: there is no such image or file, or it is no file, or larger than 64 MB.

        """
        name = f"apkg-read-{secrets.token_hex(6)}"
        problem = f"cannot read {printable(path)} of {printable(image)}"
        # The command is never started; an image without one of its own cannot do without.
        create = ["create", f"--name={name}", "--pull=never", "--network=none", "--", image, "-"]
        try:
            self.do(create, problem, timeout=ANSWER_TIMEOUT)
            return self._copied(f"{name}:{path}", problem)
        finally:
            process.run(
                [self.program, "rm", "--force", "--volumes", name],
                on_line=no_log,
                environment=self.environment,
                timeout=ANSWER_TIMEOUT,
            )

    def _copied(self, source: str, problem: str) -> bytes:
        lines: list[str] = []
        archive = FileOfImage(problem)
        status = process.collect(
            [self.program, "cp", *self._follow_links, source, "-"],
            on_data=archive.feed,
            on_line=lines.append,
            environment=self.environment,
            timeout=ANSWER_TIMEOUT,
        )
        if status != 0:
            raise failure(problem, lines)
        return archive.content()

    def remove(self, image: str) -> None:
        """Take an image away; one that is not there, or in use, is left as it is."""
        process.run(
            [self.program, "image", "rm", "--", image],
            on_line=no_log,
            environment=self.environment,
            timeout=ANSWER_TIMEOUT,
        )

    def do(
        self,
        words: list[str],
        problem: str,
        *,
        on_log: Callable[[str], None] = no_log,
        timeout: float | None = None,
    ) -> list[str]:
        """Run a command of the engine, and give its last lines.

        Raises:
            ToolError: it has failed; the message begins with ``problem``.

        """
        log = EngineLog(on_log)
        status = process.follow(
            [self.program, *words], on_line=log, environment=self.environment, timeout=timeout
        )
        if status != 0:
            raise failure(problem, log.lines)
        return list(log.lines)


def repository(image: str) -> str:
    """Give the name of an image without tag and digest."""
    name = image.partition("@")[0]
    start, slash, last = name.rpartition("/")
    return f"{start}{slash}{last.partition(':')[0]}"


def _info(described: dict[str, Any]) -> ImageInfo:
    config = described.get("Config") or {}
    variables = [str(text).partition("=") for text in config.get("Env") or ()]
    identifier = str(described["Id"])
    return ImageInfo(
        # Podman writes the digits alone.
        id=identifier if ":" in identifier else f"sha256:{identifier}",
        size=int(described.get("Size") or 0),
        digests=tuple(map(str, described.get("RepoDigests") or ())),
        labels=tuple(sorted((str(k), str(v)) for k, v in (config.get("Labels") or {}).items())),
        user=str(config.get("User") or ""),
        entrypoint=tuple(map(str, config.get("Entrypoint") or ())),
        environment=tuple((name, value) for name, _, value in variables),
    )
