"""What a reader of a command line could not know, and says instead of guessing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from apkg.errors import Location
from apkg.names import printable
from apkg.report import Finding
from apkg.sources.cli.python.values import Value, describe

_LONGEST = 300


@dataclass(slots=True)
class Notes:
    """Collects findings, each once.

    ``about`` holds the commands whose arguments a finding is about; one that is not in it is about
    the file.
    """

    findings: list[Finding] = field(default_factory=list)
    about: dict[Finding, set[tuple[str, ...]]] = field(default_factory=dict)
    _command: tuple[str, ...] | None = None

    @contextmanager
    def of(self, words: tuple[str, ...]) -> Iterator[None]:
        """What is noted meanwhile is about the arguments of this command."""
        before, self._command = self._command, words
        try:
            yield
        finally:
            self._command = before

    def add(
        self,
        rule: str,
        message: str,
        location: Location | None,
        *,
        subject: str | None = None,
        advice: str | None = None,
    ) -> None:
        """A note under ``cli.<rule>``."""
        finding = Finding(
            rule=f"cli.{rule}",
            severity="note",
            message=printable(message)[:_LONGEST],
            location=location,
            advice=advice,
            subject=subject,
        )
        if finding not in self.findings:
            self.findings.append(finding)
        if self._command is not None:
            self.about.setdefault(finding, set()).add(self._command)

    def unresolved(self, what: str, name: str, value: Value, location: Location | None) -> None:
        """A part of an argument is only known when the code runs."""
        self.add(
            "unresolved",
            f"the {what} of {name} is {describe(value)}, which is not known without running the "
            "code: left out",
            location,
            subject=name,
            advice="Write a plain value there, or say it in apkg.yaml.",
        )
