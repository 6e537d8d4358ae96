"""Which container engine a run takes, and whether it is there, before anything starts."""

from __future__ import annotations

import shutil
from typing import Final

from apkg.errors import ToolError
from apkg.runners.interface import EngineName

#: Programs that start containers without a daemon: who they are, and where they come from.
_PROGRAMS: Final = {
    "singularity": (
        ("singularity", "apptainer"),
        "Install Apptainer (https://apptainer.org; Debian: apptainer, singularity-container)",
    ),
    "udocker": (("udocker",), "Install it: pip install udocker && udocker install"),
}


def ready_engine(wanted: EngineName | None, image: str | None) -> EngineName:
    """Give the engine for a package that names ``image``; without ``wanted``, the first there is.

    Raises:
        ToolError: it is not installed, or does not answer.

    """
    if image is None or wanted == "none":
        # A package may run without a container; what else it needs, its runner says.
        return wanted or "docker"
    if wanted in _PROGRAMS:
        _check_program(wanted)
        return wanted
    from apkg.builders.engines import find_engine

    return "podman" if find_engine(wanted).name == "podman" else "docker"


def _check_program(name: str) -> None:
    programs, advice = _PROGRAMS[name]
    if not any(shutil.which(program) for program in programs):
        raise ToolError(
            f"{' or '.join(programs)} is not installed, or not on PATH",
            hint=f"{advice}, take another engine (--engine docker, podman), or run without a "
            "container: --no-container.",
        )
