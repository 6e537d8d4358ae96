"""Runs cwltool where a tool's container is not wanted, even if the tool insists on it.

A program of its own, started by :mod:`apkg.runners.cwltool`; the options are cwltool's. cwltool
refuses ``--no-container`` for a tool whose ``DockerRequirement`` is a requirement and not a hint.
Here it becomes a hint when a process is loaded, wherever in the documents that process stands.
"""

from __future__ import annotations

import sys
from typing import Any

_LEFT_OUT = "DockerRequirement"


def main(arguments: list[str]) -> int:
    """Run cwltool with these options, and return its exit code."""
    from cwltool.argparser import arg_parser
    from cwltool.context import LoadingContext
    from cwltool.main import run

    options = vars(arg_parser().parse_args(arguments))
    context = LoadingContext({**options, "construct_tool_object": _make_process})
    return int(run(arguments, loadingContext=context))


def _make_process(document: Any, context: Any) -> Any:
    from cwltool.workflow import default_make_tool

    without_container(document)
    return default_make_tool(document, context)


def without_container(document: Any) -> None:
    """Move ``DockerRequirement`` of a process, and of its steps, from requirements to hints."""
    if not isinstance(document, dict):
        return
    requirements = document.get("requirements")
    if isinstance(requirements, list):
        moved = [entry for entry in requirements if entry.get("class") == _LEFT_OUT]
        if moved:
            requirements[:] = [entry for entry in requirements if entry not in moved]
            document["hints"] = [*(document.get("hints") or []), *moved]
    steps = document.get("steps")
    for step in steps if isinstance(steps, list) else ():
        without_container(step)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
