"""A runner's interpreter, which is apkg's own, and that of jobs without a container."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from apkg.runners.job import Job

_START = """\
import sys
sys.path.append({place!r})
from apkg.runners.{module} import main
sys.exit(main(sys.argv[1:]))
"""


def start(module: str) -> list[str]:
    """The words that start the function ``main`` of one of the modules here."""
    place = str(Path(__file__).parents[2])
    # -P: no module of the current folder stands in for one of Python's or the runner's.
    return [sys.executable, "-P", "-c", _START.format(place=place, module=module)]


def with_python(job: Job) -> dict[str, str]:
    """Let jobs find what they start by the name that runners know.

    Without a container, ``python3`` is the interpreter that apkg runs in. ``singularity`` may be
    installed as ``apptainer`` alone.
    """
    environment = dict(os.environ)
    if job.request.engine == "none":
        folder = Path(sys.executable).parent
        if not (folder / "python3").exists():
            folder = _stand_in(job, "python3", sys.executable)
        return before_path(environment, folder)
    other = shutil.which("apptainer")
    if job.request.engine == "singularity" and other and not shutil.which("singularity"):
        return before_path(environment, _stand_in(job, "singularity", other))
    return environment


def _stand_in(job: Job, name: str, program: str) -> Path:
    """Make a command ``name`` that is another program; gives its folder."""
    folder = job.scratch / "bin"
    folder.mkdir()
    script = folder / name
    script.write_text(f'#!/bin/sh\nexec "{program}" "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return folder


def before_path(environment: dict[str, str], folder: Path) -> dict[str, str]:
    """Look for programs in ``folder`` before anywhere else."""
    path = os.pathsep.join([str(folder), environment.get("PATH", os.defpath)])
    return {**environment, "PATH": path}
