"""What is known about one rule: the words of ``apkg rules ID``."""

from __future__ import annotations

from dataclasses import dataclass

from apkg.report import Severity


@dataclass(frozen=True, slots=True)
class Example:
    """A minimal document. No ``text``: there is no such file.

    A notebook is written as its code cells, each below a line ``# %%`` (the percent format).
    ``beside`` are other files in its folder: name and text.
    """

    text: str | None
    name: str = "example.cwl"
    beside: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. ``source`` is the clause that it comes from, ``why`` what happens otherwise.

    ``severity`` is that of most findings. ``differs`` says where other tools do not follow the
    clause. ``right`` is None where nothing can be written that avoids the finding.
    """

    id: str
    title: str
    why: str
    source: str
    wrong: Example
    right: Example | None
    severity: Severity = "error"
    differs: str | None = None

    @property
    def profile(self) -> str:
        """The profile that the id begins with, such as ``platform:calrissian``."""
        return self.id.rpartition("/")[0]
