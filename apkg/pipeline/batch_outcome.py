"""What became of the sources of a batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from apkg.errors import ApkgError

Status: TypeAlias = Literal["converted", "unchanged", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One package of a source, in its place, or why there is none.

    ``warnings`` and ``losses`` are counts; ``bug`` is the traceback of an error of apkg itself;
    ``data`` is all about it, where that was asked for.
    """

    id: str = ""
    title: str = ""
    files: tuple[str, ...] = ()
    warnings: int = 0
    losses: int = 0
    error: ApkgError | None = None
    bug: str | None = None
    data: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one source; several packages if it is a tool of several commands."""

    source: str
    status: Status
    packages: tuple[Package, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """A source that needs no work, with what was kept of its packages."""

    source: str
    packages: Sequence[Mapping[str, Any]]
