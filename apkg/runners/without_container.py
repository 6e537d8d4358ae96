"""Documents whose tools may run without a container, even if they insist on it.

cwltool and Toil refuse ``--no-container`` for a tool whose ``DockerRequirement`` is a requirement
and not a hint. Here it becomes a hint when a process is loaded, wherever in the documents that
process stands.
"""

from __future__ import annotations

from typing import Any

_LEFT_OUT = "DockerRequirement"


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
