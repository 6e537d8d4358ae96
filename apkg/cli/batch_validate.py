"""What ``apkg validate`` prints: each report as it comes, and at the end how many there were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from textwrap import indent
from typing import TYPE_CHECKING, Literal, TypeAlias

import click

from apkg.cli.batch_progress import Bar, shown
from apkg.cli.errors import BUG, FAILED, INVALID, OK, USAGE
from apkg.cli.findings import Sources, show_report
from apkg.cli.output import echo
from apkg.pipeline.batch_report import json_text

if TYPE_CHECKING:
    from apkg.errors import ApkgError
    from apkg.pipeline.check_batch import Checked
    from apkg.report import Report

Format: TypeAlias = Literal["text", "json", "sarif", "github", "junit"]


class Shower:
    """Takes the reports one by one; ``given`` are texts that are in no file, by name."""

    def __init__(self, total: int, output_format: Format, given: Mapping[str, bytes]) -> None:
        self.bar = Bar(total)
        self._format, self._sources = output_format, Sources(given)
        self._total, self._taken, self._shown, self._valid = total, 0, 0, 0
        self._unchanged = 0
        self._counts: Counter[str] = Counter()
        self._wrong: set[str] = set()
        self._bugs = False
        #: All of them, for formats that are one document.
        self._all: list[Report] = []

    def __enter__(self) -> Shower:
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.__exit__()

    def forgets(self, error: ApkgError) -> None:
        """Say why ``--resume`` remembers nothing; all is checked."""
        place = f" ({error.location})" if error.location else ""
        text = f"note: --resume remembers nothing: {error.message}{place}"
        self.bar.line(shown(text), err=True)

    def show(self, checked: Checked) -> bool:
        """Show a report; whether it is worth a word: what else a folder holds is no news."""
        report = checked.report
        self._taken += 1
        self._bugs = self._bugs or checked.bug is not None
        if checked.bug is not None:
            self.bar.line(checked.bug, err=True)
        seen = report.kind != "unknown" or not report.valid
        if seen:
            self._count(report)
            self._unchanged += checked.unchanged
            self._print(report)
            self._shown += 1
        self.bar.advance(failed=not report.valid)
        return seen

    def end(self) -> int:
        """Print what comes last; the exit code: 1 where something is invalid, before 3."""
        if self._format == "json":
            click.echo("\n]" if self._shown else "[]")
        elif self._format != "text":
            from apkg.pipeline.reports import render

            click.echo(render(self._all, self._format), nl=False)
        if not self._shown:
            echo("There is nothing to check: no package, manifest or notebook was found.", err=True)
        elif self._format == "text":
            echo(self._totals(), err=True)
        return BUG if self._bugs else self._code()

    def _code(self) -> int:
        if not self._shown:
            return USAGE
        if not self._wrong:
            return OK
        return FAILED if self._wrong == {"document/unreadable"} else INVALID

    def _count(self, report: Report) -> None:
        self._valid += report.valid
        for finding in report.findings:
            self._counts[finding.severity] += 1
            if finding.severity == "error":
                self._wrong.add(finding.rule)

    def _print(self, report: Report) -> None:
        if self._format == "text":
            self.bar.do(lambda: show_report(report, self._sources))
        elif self._format == "json":
            # One after the other, so that not all of them are in memory; together one JSON list.
            begin = ",\n" if self._shown else "[\n"
            text = begin + indent(json_text(described(report), indent=2), "  ")
            self.bar.do(lambda: click.echo(text, nl=False))
        else:
            self._all.append(report)

    def _totals(self) -> str:
        counts = ", ".join(
            f"{number} {word}{'' if number == 1 else 's'}"
            for word in ("error", "warning", "note")
            if (number := self._counts[word])
        )
        text = f"{self._shown} checked, {self._valid} valid" + (f": {counts}" if counts else "")
        others, left = self._taken - self._shown, self._total - self._taken
        text += f" ({others} other file{'' if others == 1 else 's'} passed over)" if others else ""
        text += f"; {self._unchanged} unchanged since they were read" if self._unchanged else ""
        return text + (f"; {left} not checked" if left else "")


def described(report: Report) -> dict[str, object]:
    """A report as JSON data."""
    from apkg.pipeline.describe import describe_finding

    return {
        "path": report.path,
        "kind": report.kind,
        "valid": report.valid,
        "findings": [describe_finding(finding) for finding in report.findings],
    }
