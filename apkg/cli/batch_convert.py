"""``apkg convert`` on many sources: a line for each, a report, totals."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Any

import click

from apkg.cli.batch_progress import Bar, seconds_text, shown
from apkg.cli.errors import BUG, FAILED, OK, error_text
from apkg.pipeline.batch import BatchOptions, convert_batch
from apkg.pipeline.batch_report import Lines, error_data, json_text

if TYPE_CHECKING:
    from apkg.pipeline.batch_outcome import Outcome, Package
    from apkg.pipeline.batch_work import Description
    from apkg.pipeline.options import ConvertOptions


def convert_many(
    sources: Sequence[str],
    options: ConvertOptions,
    batch: BatchOptions,
    *,
    report: Path | None,
    output_format: str,
) -> int:
    """Convert, print, and give the exit code: that of the worst that happened."""
    if not sources:
        raise click.UsageError("There is nothing to convert: no source is named.")
    described: Description = "full" if output_format == "json" else "brief" if report else ""
    others = (report,) if report else ()
    batch = replace(batch, described=described, others=others)
    with ExitStack() as stack:
        lines = None if report is None else stack.enter_context(closing(Lines(report)))
        shower = stack.enter_context(_Shower(len(sources), output_format))
        outcomes = convert_batch(sources, options, batch, on_wait=shower.bar.tick)
        for outcome in stack.enter_context(closing(outcomes)):
            if lines is not None:
                lines.add(_line(outcome))
            shower.show(outcome)
    return shower.code


class _Shower:
    """Prints outcomes as they come, and at the end, whatever ends it, the totals."""

    def __init__(self, total: int, output_format: str) -> None:
        self.bar = Bar(total)
        self.code = OK
        self._total, self._json = total, output_format == "json"
        self._counts: Counter[str] = Counter()
        self._start = time.monotonic()

    def __enter__(self) -> _Shower:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self.bar.__exit__()
        if self._json and kind is None:
            click.echo("\n]" if self._counts else "[]")
        click.echo(self._totals(), err=True)

    def show(self, outcome: Outcome) -> None:
        for package in outcome.packages:
            if package.error is not None:
                self.code = max(self.code, BUG if package.bug else FAILED)
                self.bar.line(error_text(package.error), err=True)
            if self._json:
                self._element(_data(outcome, package))
            else:
                self.bar.line(shown(f"{outcome.source}: {_said(outcome, package)}"))
        self._counts[outcome.status] += 1
        self.bar.advance(failed=outcome.status == "failed")

    def _element(self, data: Any) -> None:
        # One after the other, so that not all of them are in memory; together one JSON list.
        begin = "[\n" if not self._counts else ",\n"
        click.echo(begin + indent(json_text(data, indent=2), "  "), nl=False)

    def _totals(self) -> str:
        done, seconds = self._counts.total(), time.monotonic() - self._start
        parts = [
            f"{self._counts[status]} {status}"
            for status in ("converted", "unchanged", "failed")
            if self._counts[status]
        ]
        left = self._total - done
        parts += [f"{left} not begun or not finished"] if left else []
        rate = f", {done / seconds:.0f} per second" if seconds > 1 else ""
        number = f"{self._total} source{'' if self._total == 1 else 's'}"
        return f"{number}: {', '.join(parts)} ({seconds_text(seconds)}{rate})"


def _said(outcome: Outcome, package: Package) -> str:
    if package.error is not None:
        return "failed"
    if outcome.status == "unchanged":
        return f"{package.id} (unchanged)"
    counts = [(len(package.files), "file"), (package.warnings, "warning")]
    parts = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in counts if n]
    parts += [f"{package.losses} lost"] if package.losses else []
    return f"{package.id} ({', '.join(parts)})"


def _line(outcome: Outcome) -> dict[str, Any]:
    """A line of the report."""
    packages = [_data(outcome, package) for package in outcome.packages]
    for data in packages:
        del data["source"]
        data.pop("application", None)
    return {"source": outcome.source, "status": outcome.status, "packages": packages}


def _data(outcome: Outcome, package: Package) -> dict[str, Any]:
    if package.data is not None and package.error is None:
        return dict(package.data)
    data: dict[str, Any] = {"source": outcome.source}
    if package.error is None:
        data |= {"id": package.id, "title": package.title}
    data |= {"files": list(package.files), "findings": [], "losses": []}
    if outcome.status == "unchanged":
        data["unchanged"] = True
    if package.error is not None:
        data["error"] = error_data(package.error)
        data["error"] |= {"traceback": package.bug} if package.bug else {}
    return data
