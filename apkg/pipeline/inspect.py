"""Inspect: any description of an application, as the model."""

from __future__ import annotations

from apkg.sources.interface import Reading
from apkg.sources.read import read_application


def inspect(file: str) -> Reading:
    """Read a notebook, a CWL document (``FILE`` or ``FILE#id``) or a DeployProcess.

    Raises:
        SourceError: it cannot be read, or is none of these.
    """
    return read_application(file)
