"""Runs Toil's CWL runner, and shows what its jobs write while they write it.

A program of its own, started by :mod:`apkg.runners.toil`; the options are Toil's. Lines of jobs
are marked on standard error, so that they can be told from Toil's own.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

#: Begins every line that a job has written.
MARK = "job: "


def main(arguments: list[str]) -> int:
    """Run Toil with these options, and return its exit code."""
    import cwltool.context
    from toil.cwl import cwltoil  # type: ignore[import-untyped]

    from apkg.runners.follow import followed
    from apkg.runners.toil_context import FOLDER, LiveContext

    if "--no-container" in arguments:
        cwltoil.toil_make_tool = _without_container(cwltoil.toil_make_tool)
    folder = os.environ.get(FOLDER)
    if not folder:
        return int(cwltoil.main(arguments))
    cwltool.context.RuntimeContext = LiveContext  # type: ignore[misc]
    with followed(Path(folder), _show):
        return int(cwltoil.main(arguments))


def _show(line: str) -> None:
    sys.stderr.write(f"{MARK}{line}\n")
    sys.stderr.flush()


def _without_container(make_tool: Any) -> Any:
    from apkg.runners.without_container import without_container

    def make(document: Any, context: Any) -> Any:
        without_container(document)
        return make_tool(document, context)

    return make
