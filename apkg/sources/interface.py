"""What a source is: something on disk that can be read into an :class:`Application`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from apkg.model import Application
from apkg.report import Finding


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, and what is worth knowing about how it was read."""

    application: Application
    findings: tuple[Finding, ...] = ()


class Source(Protocol):
    """A kind of source, such as CWL or a Dockerfile."""

    @property
    def name(self) -> str:
        """What a person calls this kind of source."""
        ...

    def accepts(self, path: Path) -> bool:
        """Whether the file or folder looks like one that this source reads."""
        ...

    def read(self, path: Path, *, process: str | None = None) -> Reading:
        """The application in ``path``; ``process`` names one of several.

        Raises:
            SourceError: if it cannot be read or understood.
        """
        ...
