"""Check many documents: in processes, and the reports in the order of the documents."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from apkg.errors import Location
from apkg.names import printable
from apkg.pipeline.batch_interrupt import Interrupts
from apkg.pipeline.batch_pool import Known, jobs_for, ordered
from apkg.pipeline.check import STDIN, CheckOptions, chosen, finished, with_engine
from apkg.pipeline.sources_listed import expand
from apkg.pipeline.validate import PathValidator, ValidateOptions, files_of, validate_text
from apkg.report import Finding, Report

if TYPE_CHECKING:
    from apkg.pipeline.check_memory import CheckMemory

#: Below this many documents, to start processes takes longer than they save.
_FEW, _FEW_WITH_ENGINE = 150, 3
_MODULES = ("apkg.pipeline.check_batch", "apkg.validators.cwl", "apkg.validators.deploy", "yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A report; ``bug`` is the traceback where apkg itself stumbled over the document.

    ``reads`` are the hashes of what it depends on, where they were asked for and are settled.
    ``unchanged`` is a report of an earlier run.
    """

    report: Report
    bug: str | None = None
    reads: Mapping[str, str] | None = None
    unchanged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckBatch:
    """What is to be checked: files in their order, each with whether the user named it."""

    files: Sequence[tuple[Path, bool]]
    stdin: bool
    checker: Checker


@dataclass(frozen=True, slots=True, kw_only=True)
class Checker:
    """Checks one file; raises nothing.

    ``validator`` remembers the files that it has read: another run needs another.
    ``follows_reads`` asks for the hashes of all that a report depends on.
    """

    options: CheckOptions
    validating: ValidateOptions
    validator: PathValidator
    follows_reads: bool = False

    def __call__(self, item: tuple[Path, bool]) -> Checked:
        """The report about one file."""
        if not self.follows_reads:
            return self._checked(item, self.validator)
        from apkg.pipeline.batch_fingerprint import look_marks, read_digests, the_reads

        reads, start = the_reads(), time.time_ns()
        reads.begin()
        # Its own validator, so that what it depends on is read now.
        checked = self._checked(item, PathValidator(self.validating))
        read = reads.end()
        digests = None if checked.bug else read_digests(read, since=start)
        if digests is not None:
            digests = look_marks(reads.looks()) | digests
        return replace(checked, reads=digests)

    def _checked(self, item: tuple[Path, bool], validator: PathValidator) -> Checked:
        path, named = item
        try:
            report = validator.report(path, named=named)
            return Checked(report=finished(report, self.options, self.validating))
        except Exception as error:  # noqa: BLE001 - one document must not stop the others
            trace = "".join(traceback.format_exception(error))
            why = f"an error in apkg itself: {trace.splitlines()[-1][:200]}"
            return Checked(report=_unchecked(item, why).report, bug=trace)


def find_documents(words: Sequence[str], named: Sequence[str], options: CheckOptions) -> CheckBatch:
    """The documents that ``words`` (files, folders, globs, ``-``) and ``named`` stand for.

    Raises:
        UsageError: a glob matches nothing, or a profile, rule or setting does not exist.
        ToolError: the engine that is asked for is not installed.
    """
    validating = chosen(options)
    with_engine((), options)
    validator = PathValidator(validating)
    paths = [*expand(word for word in words if word != "-"), *map(Path, named)]
    return CheckBatch(
        files=files_of(paths),
        stdin="-" in words,
        checker=Checker(options=options, validating=validating, validator=validator),
    )


def check_batch(
    batch: CheckBatch,
    *,
    read_stdin: Callable[[], bytes],
    jobs: int | None = None,
    memory: CheckMemory | None = None,
    on_wait: Callable[[], None] | None = None,
) -> Generator[Checked, None, None]:
    """A report for each document, standard input first; close it to end early.

    What ``memory`` knows is not read again.
    """
    checker = replace(batch.checker, follows_reads=memory is not None)
    if batch.stdin:
        report = validate_text(read_stdin(), name=STDIN, options=checker.validating)
        yield Checked(report=finished(report, checker.options, checker.validating))
    few = _FEW if checker.options.engine == "apkg" else _FEW_WITH_ENGINE
    number = jobs_for(len(batch.files), jobs, few=few)
    with ExitStack() as stack:
        stack.enter_context(Interrupts())
        files = (_item(file, memory) for file in batch.files)
        found = ordered(
            files, checker, jobs=number, lost=_unchecked, modules=_MODULES, on_wait=on_wait
        )
        reports = stack.enter_context(closing(found))
        for (path, named), checked in zip(batch.files, reports, strict=True):
            if memory is not None and not checked.unchanged:
                memory.keep(path, checked.report, checked.reads, named=named)
            yield checked


def _item(
    file: tuple[Path, bool], memory: CheckMemory | None
) -> tuple[Path, bool] | Known[Checked]:
    path, named = file
    report = None if memory is None else memory.known(path, named=named)
    return file if report is None else Known(Checked(report=report, unchanged=True))


def _unchecked(item: tuple[Path, bool], why: str) -> Checked:
    name = printable(str(item[0]))
    finding = Finding(
        rule="document/unreadable",
        severity="error",
        message=f"could not be checked: {why}",
        location=Location(path=name),
        advice="The other documents are not concerned.",
    )
    return Checked(report=Report(path=name, kind="unreadable", findings=(finding,)))
