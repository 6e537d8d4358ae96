"""Which files of a folder a build sees: ``.dockerignore``, by the rules of Docker's builder.

https://docs.docker.com/build/concepts/context/#dockerignore-files. The matcher of docker-py can be
made to take hours by a pattern of many stars; this one takes time in proportion.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Sequence
from functools import cache

from apkg.errors import Location, SourceError

_MOST_PATTERNS = 2_000


class Ignored:
    """Patterns in order: the last one that fits a path, or a folder above it, decides."""

    def __init__(self, patterns: Sequence[str]) -> None:
        rules = [(p.removeprefix("!"), p.startswith("!")) for p in patterns]
        self._rules = [(_parts(text), kept) for text, kept in rules if _parts(text)]

    def __contains__(self, path: str) -> bool:
        ignored, parts = False, tuple(path.split("/"))
        for pattern, kept in self._rules:
            if kept is ignored and _covers(pattern, parts):
                ignored = not kept
        return ignored

    def may_keep_below(self, folder: str) -> bool:
        """Whether an exception (``!folder/file``) may speak of something in this folder."""
        parts = tuple(folder.split("/"))
        return any(_may_lead_to(pattern, parts) for pattern, kept in self._rules if kept)


def read_patterns(text: str, name: str) -> tuple[str, ...]:
    """The patterns of a ``.dockerignore``.

    Raises:
        SourceError: there are thousands of them.

    """
    lines = (line.strip() for line in text.splitlines())
    patterns = tuple(line for line in lines if line and not line.startswith("#"))
    if len(patterns) > _MOST_PATTERNS:
        raise SourceError(
            f"{len(patterns)} patterns, and at most {_MOST_PATTERNS} are taken",
            hint="Name folders instead of the files in them.",
            location=Location(path=name),
        )
    return patterns


def _parts(pattern: str) -> tuple[str, ...]:
    found: list[str] = []
    for part in pattern.strip().split("/"):
        if part == "..":
            del found[-1:]
        elif part not in {"", "."} and not (part == "**" and found[-1:] == ["**"]):
            found.append(part)
    return tuple(found)


def _covers(pattern: tuple[str, ...], path: tuple[str, ...]) -> bool:
    """Whether the pattern fits the path or a folder above it."""
    # The places in the path that the parts of the pattern so far may have reached.
    reached = {0}
    for part in pattern:
        if part == "**":
            reached = set(range(min(reached), len(path) + 1))
        else:
            reached = {n + 1 for n in reached if n < len(path) and _regex(part).match(path[n])}
        if not reached:
            return False
    # "dir/**" is all that is in the folder, not the folder.
    return pattern[-1] != "**" or len(pattern) == 1 or max(reached) > _least(pattern)


def _may_lead_to(pattern: tuple[str, ...], folder: tuple[str, ...]) -> bool:
    for wanted, part in zip(pattern, folder, strict=False):
        if wanted == "**":
            return True
        if not _regex(wanted).match(part):
            return False
    return True


def _least(pattern: tuple[str, ...]) -> int:
    return sum(part != "**" for part in pattern)


@cache
def _regex(part: str) -> re.Pattern[str]:
    # Go writes [^a] and \*, Python [!a] and [*]. Its translation never backtracks.
    text = re.sub(r"\\(.)", _literal, part.replace("[^", "[!"))
    return re.compile(fnmatch.translate(text))


def _literal(match: re.Match[str]) -> str:
    return f"[{match[1]}]" if match[1] in "*?[" else match[1]
