"""The use case behind the command: names, globs and standard input in, reports out."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias

from apkg.errors import UsageError
from apkg.names import printable
from apkg.pipeline.validate import ValidateOptions, validate_paths, validate_text
from apkg.report import Report

Engine: TypeAlias = Literal["apkg", "cwltool"]
STDIN = "<stdin>"
#: Profiles that hold for every document; to ask for one changes nothing.
ALWAYS = frozenset(["document", "cwl", "deploy", "consistency", "manifest", "notebook"])
_MAGIC = frozenset("*?[")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """The options of ``apkg validate``; what a project's settings say is added to them."""

    profiles: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: bool | None = None
    engine: Engine = "apkg"
    network: bool = False


def check(
    words: Sequence[str], options: CheckOptions, *, read_stdin: Callable[[], bytes]
) -> tuple[Report, ...]:
    """A report for each document that ``words`` name: files, folders, globs, ``-``.

    Raises:
        UsageError: a glob matches nothing, or a profile, rule or setting does not exist.
        ToolError: the engine that is asked for is not installed.
    """
    from apkg.pipeline.settings import read_settings

    project = read_settings(Path.cwd())
    profiles = dict.fromkeys(options.profiles + project.profiles)
    chosen = ValidateOptions(
        profiles=tuple(name for name in profiles if name not in ALWAYS),
        ignore=options.ignore + project.ignore,
        strict=bool(project.strict) if options.strict is None else options.strict,
    )
    if chosen.ignore:
        from apkg.pipeline.reports import check_ignored

        check_ignored(chosen.ignore)
    reports = validate_paths(expand([word for word in words if word != "-"]), options=chosen)
    if "-" in words:
        reports = (validate_text(read_stdin(), name=STDIN, options=chosen), *reports)
    if options.engine == "cwltool":
        from apkg.pipeline.engines import with_cwltool

        reports = with_cwltool(reports, network=options.network)
        reports = tuple(_without_ignored(report, chosen.ignore) for report in reports)
    return reports


def expand(words: Sequence[str]) -> list[Path]:
    """Paths for ``words``; a quoted glob is expanded here, with ``**`` for any folders.

    Raises:
        UsageError: a glob matches nothing.
    """
    found: list[Path] = []
    for word in words:
        path = Path(word)
        if _MAGIC.isdisjoint(word) or os.path.lexists(word):
            found.append(path)
            continue
        from glob import glob

        matches = sorted(glob(word, recursive=True))  # noqa: PTH207 - the pattern may be absolute
        if not matches:
            raise UsageError(
                f"no file matches '{printable(word)}'",
                hint="Name a folder to search it as a whole; '**' stands for any folders.",
            )
        found += map(Path, matches)
    return found


def _without_ignored(report: Report, ignore: tuple[str, ...]) -> Report:
    if "engine/*" in ignore:
        ignore += ("engine/cwltool", "engine/not-checked")
    kept = tuple(finding for finding in report.findings if finding.rule not in ignore)
    return replace(report, findings=kept)
