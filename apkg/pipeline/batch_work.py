"""What is done for one source of a batch, in whatever process: read it, and stage its package."""

from __future__ import annotations

import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

from apkg import __version__
from apkg.errors import ApkgError, Location
from apkg.files.write import cannot_write
from apkg.names import printable
from apkg.pipeline.batch_digest import digest_of
from apkg.pipeline.batch_stage import stage_all
from apkg.pipeline.convert import Conversion, Prepared, given_by, prepare
from apkg.pipeline.options import ConvertOptions
from apkg.report import count
from apkg.sources.manifest.reading import ManifestReading

#: How much is told of each source as data.
Description: TypeAlias = Literal["", "brief", "full"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One application of a source, staged, or the error; ``bug`` is the traceback of ours.

    ``data`` is all about it as plain data, where that was asked for.
    """

    id: str = ""
    title: str = ""
    staged: tuple[tuple[Path, Path], ...] = ()
    digests: Mapping[str, bytes] = field(default_factory=dict)
    warnings: int = 0
    losses: int = 0
    error: ApkgError | None = None
    bug: str | None = None
    data: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """What came of a source. ``reads`` are the hashes of what was read, if all is settled.

    ``fatal`` is an error of the output folder: no other source would fare better.
    """

    source: str
    made: tuple[Made, ...] = ()
    reads: Mapping[str, str] | None = None
    fatal: ApkgError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Converts one source into the folder ``stage``; raises nothing."""

    options: ConvertOptions
    stage: Path
    follows_reads: bool = False
    described: Description = ""

    def __call__(self, source: str) -> Worked:
        """Read the source and stage what it gives."""
        if not self.follows_reads:
            return self._worked(source)
        from apkg.pipeline.batch_fingerprint import read_digests, the_reads

        reads, start = the_reads(), time.time_ns()
        reads.begin()
        worked = self._worked(source)
        read = reads.end()
        digests = read_digests(read, since=start)
        return Worked(source=source, made=worked.made, reads=digests, fatal=worked.fatal)

    def _worked(self, source: str) -> Worked:
        made: list[Made] = []
        try:
            made.extend(map(self._made, prepare(source, self.options, _given(self.options))))
        except ApkgError as error:
            made.append(self._failed(Conversion(source=Path(source), error=error)))
        except OSError as error:
            # Whatever a source cannot be read for is an ApkgError.
            return Worked(source=source, fatal=_without_stage(error, self.options.out))
        except Exception as error:  # noqa: BLE001 - one source must not stop the others
            made.append(self._broken(source, error))
        return Worked(source=source, made=tuple(made))

    def _made(self, one: Prepared | Conversion) -> Made:
        return self._staged(one) if isinstance(one, Prepared) else self._failed(one)

    def _staged(self, one: Prepared) -> Made:
        try:
            content = {path: text.encode() for path, text in one.documents.items()}
        except UnicodeEncodeError:
            return self._failed(
                Conversion(
                    source=one.source,
                    error=ApkgError(
                        "cannot be written: a document would hold half a character",
                        location=Location(path=str(one.source)),
                    ),
                )
            )
        done = Conversion(
            source=one.source,
            application=one.application,
            files=tuple(one.documents),
            findings=one.findings,
            losses=one.losses,
        )
        return Made(
            id=one.application.id,
            title=one.application.title,
            staged=stage_all(self.stage, content),
            digests={path.name: digest_of(data) for path, data in content.items()}
            if self.follows_reads
            else {},
            warnings=count(one.findings, "warning"),
            losses=len(one.losses),
            data=self._data(done),
        )

    def _failed(self, done: Conversion) -> Made:
        return Made(error=done.error, data=self._data(done))

    def _broken(self, source: str, error: Exception) -> Made:
        said = broken(source, "".join(traceback.format_exception(error)))
        failed = Conversion(source=Path(source), error=said.error)
        return Made(error=said.error, bug=said.bug, data=self._data(failed))

    def _data(self, done: Conversion) -> Mapping[str, Any] | None:
        if not self.described:
            return None
        from apkg.pipeline.batch_report import conversion_data

        return conversion_data(done, full=self.described == "full")


def broken(source: str, trace: str) -> Made:
    """What is said of a source over which apkg itself stumbled."""
    error = ApkgError(
        f"an error in apkg {__version__} itself, not in your file: {trace.splitlines()[-1][:200]}",
        hint="Please report it with this file; --report keeps where it was.",
        location=Location(path=printable(source)),
    )
    return Made(error=error, bug=trace)


@cache
def _given(options: ConvertOptions) -> ManifestReading:
    return given_by(options)


def _without_stage(error: OSError, out: Path) -> ApkgError:
    error.filename = str(out)
    return cannot_write(error)
