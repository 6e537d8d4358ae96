"""How a process may be called, as JSON says it: what was read, else what is usual there."""

from __future__ import annotations

from collections.abc import Callable

from apkg.files.owc import JSON_OFFERED
from apkg.model import Application, Metadata

BOTH = ("jobControlOptions", "outputTransmission")


def offered(known: Metadata, name: str) -> list[str]:
    """The words of ``jobControlOptions`` or ``outputTransmission``."""
    return dict(known.annotations).get(f"wps:{name}", JSON_OFFERED[name]).split()


def annotations_but(*names: str) -> Callable[[Application], str | None]:
    """Why annotations are lost in a dialect that has the fields ``names`` alone."""
    known = {f"wps:{name}" for name in names}

    def why(application: Application) -> str | None:
        others = [name for name, _ in application.metadata.annotations if name not in known]
        return f"there is no field for {', '.join(others)}" if others else None

    return why
