"""No engine, or none that answers: what to say, and what can be done without."""

from __future__ import annotations

import re
from collections.abc import Sequence

from apkg.errors import ToolError
from apkg.names import printable

_WITHOUT = (
    "Without an engine: apkg convert writes the package, apkg build --dry-run the build context, "
    "apkg run --no-container runs it here."
)
_REFUSED = re.compile(r"permission denied", re.IGNORECASE)
_PLACE = re.compile(r"(?:unix|tcp|ssh|npipe|fd)://[^\s:]*(?::\d+)?[^\s:]*")


def no_engine(names: Sequence[str]) -> ToolError:
    """Make the error for a machine without a container engine."""
    return ToolError(
        f"there is no container engine here: {' and '.join(names)} not found on PATH",
        hint="Install one: Debian and Ubuntu: sudo apt install podman (or docker.io); Fedora: "
        "sudo dnf install podman; macOS and Windows: Docker Desktop or Podman Desktop.\n"
        + _WITHOUT,
    )


def docker_trouble(lines: Sequence[str]) -> ToolError:
    """Make the error for a Docker that does not answer, of what its client wrote."""
    said = printable(next((line for line in reversed(lines) if line.strip()), "no answer").strip())
    match = _PLACE.search(said)
    place = f" at {match[0].rstrip('.')}" if match else ""
    if _REFUSED.search(said):
        return ToolError(
            f"you may not use the Docker daemon{place}: permission denied",
            hint="Let an administrator add you to the group of its socket (members of it are as "
            "good as root): sudo usermod -aG docker $USER; then log in again. Podman needs no "
            f"such right: sudo apt install podman, then --engine podman.\n{_WITHOUT}",
        )
    return ToolError(
        f"Docker is installed, but its daemon does not answer{place}: {said[:300]}",
        hint="Start it: sudo systemctl start docker (macOS and Windows: start Docker Desktop); "
        "check DOCKER_HOST and docker context ls, if it runs elsewhere.\n" + _WITHOUT,
    )
