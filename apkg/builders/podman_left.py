"""What Podman leaves when a build is stopped, and its removal.

It keeps a working container for each image that it has started from, an image of each step, and a
folder for the command that ran; it has no clean-up for them when it is ended by a signal.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apkg import process
from apkg.builders.interface import no_log
from apkg.errors import ToolError

if TYPE_CHECKING:
    from apkg.builders.command_engine import CommandEngine

_FROM = re.compile(r"^(?:\[\S+\] )?STEP \d+/\d+: FROM (?:--\S+ )*(\S+)", re.IGNORECASE)
_IMAGE = re.compile(r"^(?:\[\S+\] )?--> (?P<cached>Using cache )?(?P<id>[0-9a-f]{11,64})$")
_TIMEOUT = 60.0
#: Where mounts of this process are listed (proc_pid_mountinfo(5)); the fifth field is the place.
_MOUNTS = Path("/proc/self/mountinfo")


class PodmanLeft:
    """Sees the log of a build, and takes away what was made by then."""

    def __init__(self, engine: CommandEngine) -> None:
        self._engine = engine
        self._before = {str(one["Id"]) for one in self._containers()}
        self._bases: set[str] = set()
        #: In the order of the log, and whether the image was there before.
        self._images: dict[str, bool] = {}

    def see(self, line: str) -> None:
        """Take a line of the log."""
        if match := _FROM.match(line):
            self._bases.add(match[1])
        elif match := _IMAGE.match(line):
            # One that was there is named a second time, by the beginning of its id.
            known = any(image.startswith(match["id"]) for image in self._images)
            if not known:
                self._images[match["id"]] = match["cached"] is not None

    def remove(self) -> None:
        """Take away the working containers that came of this build's images, and its images."""
        described = [self._engine.describe(base) for base in sorted(self._bases)]
        started_from = (*self._images, *(str(one["Id"]) for one in described if one))
        own = [
            str(one["Id"])
            for one in self._containers()
            if one["Id"] not in self._before and str(one.get("ImageID")).startswith(started_from)
        ]
        if own:
            self._ask("rm", "--force", "--", *own)
        for image in [image for image, cached in reversed(self._images.items()) if not cached]:
            found = self._engine.describe(image)
            if found is not None and not found.get("RepoTags"):
                # Without --force: one that others build upon stays.
                self._ask("image", "rm", "--", image)

    def _containers(self) -> list[dict[str, Any]]:
        """List the working containers of builds, which Podman calls external."""
        listed = self._ask("ps", "--all", "--external", "--no-trunc", "--format=json")
        try:
            found = json.loads(listed or "[]")
        except ValueError:
            return []
        return [one for one in found if one.get("Command") == ["buildah"]]

    def _ask(self, *words: str) -> str:
        engine = self._engine
        try:
            return process.run(
                [engine.program, *words],
                on_line=no_log,
                environment=engine.environment,
                timeout=_TIMEOUT,
            ).stdout
        except ToolError:
            return ""


@contextmanager
def own_temporary(environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """Give ``environment`` with a folder for temporary files that is gone after the block."""
    place = environment.get("TMPDIR") or ("/var/tmp" if os.access("/var/tmp", os.W_OK) else None)  # noqa: S108 - where Podman puts them, too: they are large
    folder = Path(tempfile.mkdtemp(prefix="apkg-", dir=place))
    try:
        yield {**environment, "TMPDIR": str(folder)}
    finally:
        # Never through a mount, behind which there may be somebody's files.
        if not _has_mounts(folder.resolve()):
            shutil.rmtree(folder, ignore_errors=True)


def _has_mounts(folder: Path) -> bool:
    try:
        text = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    places = (line.split()[4].encode().decode("unicode_escape") for line in text.splitlines())
    return any(Path(place).is_relative_to(folder) for place in places)
