"""Problems with what people said, gathered so that all of them are told at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apkg.errors import ApkgError, Location, SourceError
from apkg.names import printable

_MOST = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: the dotted field, what is wrong, where, and what to write instead."""

    field: str
    message: str
    location: Location | None = None
    advice: str | None = None

    def __str__(self) -> str:
        text = f"{self.field}: {self.message}" if self.field else self.message
        return printable(text)


def stop(problems: Sequence[Problem], error: type[ApkgError] = SourceError) -> None:
    """Raise all of ``problems`` as one ``error``, if there are any.

    The first one gives location and hint; each of the others is a line of the message, with its
    own place and advice.
    """
    if not problems:
        return
    first, *others = problems
    lines = [str(first), *(_line(problem) for problem in others[: _MOST - 1])]
    if len(problems) > _MOST:
        lines.append(f"… and {len(problems) - _MOST} more")
    raise error("\n".join(lines), hint=first.advice, location=first.location)


def _line(problem: Problem) -> str:
    place = f"{problem.location}: " if problem.location else ""
    advice = f" ({problem.advice})" if problem.advice else ""
    return f"{place}{problem}{printable(advice)}"
