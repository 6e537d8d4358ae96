"""The use case behind the command: names, globs and standard input in, reports out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias

from apkg.pipeline.sources_listed import expand
from apkg.pipeline.validate import ValidateOptions, validate_paths, validate_text
from apkg.report import Report

Engine: TypeAlias = Literal["apkg", "cwltool"]
STDIN = "<stdin>"
#: Profiles that hold for every document; to ask for one changes nothing.
ALWAYS = frozenset(["document", "cwl", "deploy", "consistency", "manifest", "notebook"])


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
    validating = chosen(options)
    reports = validate_paths(expand([w for w in words if w != "-"]), options=validating)
    if "-" in words:
        reports = (validate_text(read_stdin(), name=STDIN, options=validating), *reports)
    with_engine((), options)
    return tuple(finished(report, options, validating) for report in reports)


def chosen(options: CheckOptions) -> ValidateOptions:
    """The options, with what the settings of the project add to them.

    Raises:
        UsageError: a rule or setting does not exist.
    """
    from apkg.pipeline.settings import read_settings

    project = read_settings(Path.cwd())
    profiles = dict.fromkeys(options.profiles + project.profiles)
    ignore = options.ignore + project.ignore
    if ignore:
        from apkg.pipeline.reports import check_ignored

        check_ignored(ignore)
    return ValidateOptions(
        profiles=tuple(name for name in profiles if name not in ALWAYS),
        ignore=ignore,
        strict=bool(project.strict) if options.strict is None else options.strict,
    )


def finished(report: Report, options: CheckOptions, validating: ValidateOptions) -> Report:
    """The report with the verdict of the engine that was asked for.

    Raises:
        ToolError: the engine is not installed.
    """
    if options.engine == "apkg":
        return report
    (judged,) = with_engine((report,), options)
    return _without_ignored(judged, validating.ignore)


def with_engine(reports: Sequence[Report], options: CheckOptions) -> tuple[Report, ...]:
    """The reports with the verdict of the engine that was asked for.

    Raises:
        ToolError: the engine is not installed.
    """
    if options.engine == "apkg":
        return tuple(reports)
    from apkg.pipeline.engines import with_cwltool

    return with_cwltool(reports, network=options.network)


def _without_ignored(report: Report, ignore: tuple[str, ...]) -> Report:
    if "engine/*" in ignore:
        ignore += ("engine/cwltool", "engine/not-checked")
    kept = tuple(finding for finding in report.findings if finding.rule not in ignore)
    return replace(report, findings=kept)
