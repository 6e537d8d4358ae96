"""What the classic builder leaves when a build is stopped, and its removal.

BuildKit and Podman leave nothing but their caches. The classic builder keeps an image of every
step; without a name on the last of them, nothing ever refers to them again.
"""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING, Any

from apkg import process
from apkg.builders.interface import no_log

if TYPE_CHECKING:
    from apkg.builders.command_engine import CommandEngine

_STEP = re.compile(r"^Step \d+/\d+ : (\S+)")
_RUNNING = re.compile(r"^ ---> Running in ([0-9a-f]{12})$")
_REMOVED = re.compile(r"^Removing intermediate container ([0-9a-f]{12})$")
_IMAGE = re.compile(r"^ ---> ([0-9a-f]{12})$")
_CACHED = " ---> Using cache"
#: Seconds: for the daemon to see that its client has gone, and for one answer of it.
_PATIENCE, _TICK, _TIMEOUT = 15.0, 0.2, 30.0


class ClassicLeft:
    """Sees the log of a build, and takes away what was made by then."""

    def __init__(self, engine: CommandEngine) -> None:
        self._engine = engine
        self._made: list[str] = []
        self._containers: set[str] = set()
        self._keeps = True

    def see(self, line: str) -> None:
        """Take a line of the log."""
        if match := _STEP.match(line):
            # The base image is nothing that the build has made.
            self._keeps = match[1].upper() == "FROM"
        elif line == _CACHED:
            self._keeps = True
        elif match := _RUNNING.match(line):
            self._containers.add(match[1])
        elif match := _REMOVED.match(line):
            self._containers.discard(match[1])
        elif (match := _IMAGE.match(line)) and not self._keeps:
            self._made.append(match[1])

    def remove(self) -> None:
        """Wait until the daemon has taken away the container, and take away the images."""
        limit = time.monotonic() + _PATIENCE
        # With --force-rm the daemon does it itself as soon as it sees that its client has gone.
        while any(map(self._exists, self._containers)) and time.monotonic() < limit:
            time.sleep(_TICK)
        self._made += self._children()
        for image in reversed(self._made):
            described = self._engine.describe(image)
            if described is not None and not described.get("RepoTags"):
                self._ask("image", "rm", "--no-prune", "--", image)

    def _exists(self, container: str) -> bool:
        return self._ask("container", "inspect", "--", container)[0] == 0

    def _children(self) -> list[str]:
        """Give what the daemon had made of the last image before it saw that it should stop."""
        listed = self._ask("image", "ls", "--quiet", "--no-trunc", "--filter=dangling=true")[1]
        found = self._ask("image", "inspect", "--", *listed.split())[1] if listed else "[]"
        images: list[dict[str, Any]] = json.loads(found)
        made = tuple(f"sha256:{image}" for image in self._made)
        return [str(i["Id"]) for i in images if made and str(i.get("Parent")).startswith(made)]

    def _ask(self, *words: str) -> tuple[int, str]:
        engine = self._engine
        done = process.run(
            [engine.program, *words],
            on_line=no_log,
            environment=engine.environment,
            timeout=_TIMEOUT,
        )
        return done.status, done.stdout
