"""What every validator of documents looks like."""

from __future__ import annotations

from typing import Protocol

from apkg.files.documents import Document
from apkg.report import Finding


class Validator(Protocol):
    """One room of rules over one kind of document."""

    @property
    def name(self) -> str:
        """The profile that its rule ids begin with, such as ``cwl`` or ``best-practice``."""

    def accepts(self, document: Document) -> bool:
        """Whether this validator has anything to say about ``document``."""

    def check(self, document: Document) -> tuple[Finding, ...]:
        """All that is wrong with ``document``; never raises for what is in it."""
