"""Who gives what to whom: what was asked for, what is shared, and what fits and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from apkg.chains.interface import Wired
from apkg.chains.joins import Merge
from apkg.model import DataType, Input, PickValue
from apkg.typetext import type_text

End = tuple[str, str]


@dataclass(slots=True)
class Wiring:
    """For each input of a step its sources: ``step/output``, or an input of the chain."""

    sources: dict[End, list[str]] = field(default_factory=dict)
    links: list[Wired] = field(default_factory=list)
    merges: dict[End, Merge] = field(default_factory=dict)
    picks: dict[End, PickValue] = field(default_factory=dict)

    def add(self, source: str, target: End, link: Wired) -> None:
        """Link one source to one input."""
        self.sources.setdefault(target, []).append(source)
        self.links.append(link)

    def takers(self, step: str) -> Iterator[str]:
        """The steps that take something from ``step``."""
        for (taker, _), sources in self.sources.items():
            if any(source.startswith(f"{step}/") for source in sources):
                yield taker

    def is_free(self, giver: End) -> bool:
        """Whether no step takes this output yet."""
        name = end_text(giver)
        return all(name not in sources for sources in self.sources.values())

    def reaches(self, start: str, end: str) -> bool:
        """Whether what ``start`` gives goes, on whatever way, into ``end``."""
        seen, waiting = {start}, [start]
        while waiting:
            near = set(self.takers(waiting.pop())) - seen
            seen |= near
            waiting += near
        return end in seen


def end_text(end: End) -> str:
    """``step/name``."""
    return f"{end[0]}/{end[1]}"


def shown(kind: DataType, *, optional: bool = False) -> str:
    """A type as people write it."""
    return type_text(kind, optional)


def has_value(port: Input) -> bool:
    """Whether a step can do without a value for this input."""
    return port.optional or port.default is not None


def doubt(may_be_missing: bool, port: Input, conditional: bool) -> str:  # noqa: FBT001
    """What is doubtful about a link to ``port``, or nothing."""
    if may_be_missing and not conditional and not has_value(port):
        return "may be missing, and has to be there"
    return ""
