"""A running container, as repo2docker wants it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from repo2docker.engine import Container  # type: ignore[import-untyped]

from apkg import process
from apkg.builders.command_engine import ANSWER_TIMEOUT, CommandEngine
from apkg.builders.interface import no_log
from apkg.builders.streamed import streamed


class ApkgContainer(Container):  # type: ignore[misc]
    """The container ``name`` of an engine; :meth:`reload` tells how it does."""

    def __init__(self, engine: CommandEngine, name: str) -> None:
        self._engine = engine
        self.name = name
        self._state: dict[str, Any] = {}

    def reload(self) -> None:
        """Ask the engine for the state of the container."""
        done = process.run(
            [self._engine.program, "container", "inspect", "--", self.name],
            on_line=no_log,
            environment=self._engine.environment,
            timeout=ANSWER_TIMEOUT,
        )
        # One that removes itself is gone when it has ended.
        described = json.loads(done.stdout) if done.status == 0 else []
        self._state = described[0]["State"] if described else {**self._state, "Status": "exited"}

    def logs(
        self, *, stream: bool = False, timestamps: bool = False, since: str | None = None
    ) -> Iterator[bytes] | bytes:
        """Give what the container has written: lines as they come, or all there is."""
        words = ["logs", *(["--follow"] if stream else [])]
        words += ["--timestamps"] if timestamps else []
        command = [
            self._engine.program,
            *words,
            *([f"--since={since}"] if since else []),
            self.name,
        ]

        def job(on_line: Callable[[str], None], stop: threading.Event) -> None:
            process.follow(
                command, on_line=on_line, environment=self._engine.environment, stop=stop
            )

        lines = (f"{line}\n".encode() for line in streamed(job))
        return lines if stream else b"".join(lines)

    def kill(self, *, signal: str = "KILL") -> None:
        """Send a signal to the container."""
        self._do("kill", f"--signal={signal}")

    def remove(self) -> None:
        """Remove the container, and the volumes that belong to it alone."""
        self._do("rm", "--force", "--volumes")

    def stop(self, *, timeout: int = 10) -> None:
        """Let the container end; kill it after ``timeout`` seconds."""
        self._do("stop", f"--time={timeout}")

    def wait(self) -> None:
        """Wait for the container to end."""
        self._do("wait", timeout=None)
        self.reload()

    @property
    def exitcode(self) -> int:
        """The exit code of what ran in it."""
        return int(self._state.get("ExitCode", 0))

    @property
    def status(self) -> str:
        """``created``, ``running`` or ``exited``, as of the last :meth:`reload`."""
        # Podman says "configured" before it is created, and "stopped" before it has exited.
        said = str(self._state.get("Status", "created"))
        return {"configured": "created", "stopped": "exited"}.get(said, said)

    def _do(self, *words: str, timeout: float | None = ANSWER_TIMEOUT) -> None:
        # One that has ended by itself in the meantime is what was wanted.
        process.run(
            [self._engine.program, *words, self.name],
            on_line=no_log,
            environment=self._engine.environment,
            timeout=timeout,
        )


def run_words(
    *, ports: Mapping[str, Any], publish_all_ports: bool, volumes: Mapping[str, Any]
) -> Sequence[str]:
    """Give the options of ``run`` for ports and volumes, as docker-py takes them."""
    words = ["--publish-all"] if publish_all_ports else []
    for inside, outside in ports.items():
        for one in outside if isinstance(outside, list) else [outside]:
            place = ":".join(map(str, one)) if isinstance(one, tuple) else str(one or "")
            words.append(f"--publish={place}:{inside}" if place else f"--publish={inside}")
    for source, target in volumes.items():
        where = target if isinstance(target, Mapping) else {"bind": target}
        words.append(f"--volume={source}:{where['bind']}:{where.get('mode', 'rw')}")
    return words
