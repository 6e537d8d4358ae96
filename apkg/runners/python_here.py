"""A runner's interpreter, which is apkg's own, and that of jobs without a container."""

from __future__ import annotations

import os
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
    """Let ``python3`` be the interpreter that apkg runs in, where there is no container."""
    environment = dict(os.environ)
    if job.request.engine != "none":
        return environment
    folder = Path(sys.executable).parent
    if not (folder / "python3").exists():
        folder = job.scratch / "bin"
        folder.mkdir()
        script = folder / "python3"
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
        script.chmod(0o755)
    return before_path(environment, folder)


def before_path(environment: dict[str, str], folder: Path) -> dict[str, str]:
    """Look for programs in ``folder`` before anywhere else."""
    path = os.pathsep.join([str(folder), environment.get("PATH", os.defpath)])
    return {**environment, "PATH": path}
