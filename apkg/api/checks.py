"""``apkg.validate``: all findings about packages, as one value."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

from apkg.api.boundary import at_the_boundary
from apkg.api.given import Place, words_of
from apkg.api.packages import Package
from apkg.api.spoken import spoken_finding
from apkg.display import html
from apkg.errors import UsageError
from apkg.pipeline.check import CheckOptions, Engine, check
from apkg.report import Finding, Report, count


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Validation:
    """A report for each document. It is true where all are valid: ``assert apkg.validate(…)``."""

    reports: tuple[Report, ...]

    @property
    def valid(self) -> bool:
        """Whether no finding is an error."""
        return all(report.valid for report in self.reports)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of all reports."""
        return tuple(finding for report in self.reports for finding in report.findings)

    def __bool__(self) -> bool:
        return self.valid

    def __iter__(self) -> Iterator[Report]:
        return iter(self.reports)

    def __repr__(self) -> str:
        lines = [f"<Validation: {'valid' if self.valid else 'invalid'}, {self._counts()}"]
        lines += [f"  {f.severity}: {f.location}: {f.message} [{f.rule}]" for f in self.findings]
        return "\n".join(lines) + ">"

    def _repr_html_(self) -> str | None:
        return html(self)

    def _counts(self) -> str:
        numbers = f"{count(self.findings, 'error')} errors, {count(self.findings, 'warning')}"
        return f"{len(self.reports)} checked, {numbers} warnings"


@at_the_boundary
def validate(
    *what: Place | Package,
    profiles: str | Iterable[str] = (),
    ignore: str | Iterable[str] = (),
    strict: bool | None = None,
    engine: Engine = "apkg",
    network: bool = False,
) -> Validation:
    """Check packages, CWL, DeployProcess documents, manifests and notebooks, as ``apkg validate``.

    Args:
        what: Packages, files, folders (searched) and globs. Of a package its two facets.
        profiles: Rules beyond those for all: ``best-practice`` (OGC 20-089), ``documentation``,
            ``platform:calrissian``.
        ignore: Rules to leave out, such as ``cwl/prefix`` or ``cwl/*``.
        strict: Warnings make a document invalid, too.
        engine: ``cwltool`` adds the verdict of ``cwltool --validate``.
        network: Let cwltool fetch what a document refers to.

    Returns:
        A report for each document; one that cannot be read is invalid.

    Raises:
        UsageError: there is nothing to check, or a profile or rule does not exist.
        ToolError: cwltool is asked for, and not installed.
    """
    words = [word for one in what for word in _words(one)]
    options = CheckOptions(
        profiles=words_of(profiles),
        ignore=words_of(ignore),
        strict=strict,
        engine=engine,
        network=network,
    )
    found = check(words, options, read_stdin=_no_stdin)
    # What a searched folder holds besides packages is no news.
    reports = [_spoken(one) for one in found if one.kind != "unknown" or not one.valid]
    if not reports:
        raise UsageError("there is nothing to check: no package, manifest or notebook was found")
    return Validation(reports=tuple(reports))


def _words(one: Place | Package) -> list[str]:
    if not isinstance(one, Package):
        return [os.fspath(one)]
    facets: list[Path | None] = [one.cwl, one.deploy]
    return [str(facet) for facet in facets if facet is not None]


def _no_stdin() -> NoReturn:
    raise UsageError("standard input cannot be checked from here", hint="Name a file.")


def _spoken(report: Report) -> Report:
    return replace(report, findings=tuple(spoken_finding(one) for one in report.findings))
