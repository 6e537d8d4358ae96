"""The order of the steps, and that there is one: no step waits for itself."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from apkg.chains.wiring import Wiring
from apkg.errors import UsageError
from apkg.names import printable


def order(steps: tuple[str, ...], found: Wiring) -> tuple[str, ...]:
    """Place each step behind those that it takes from, otherwise as they were named.

    Raises:
        UsageError: the links make a circle.

    """
    before: dict[str, set[str]] = {step: set() for step in steps}
    for (taker, _), sources in found.sources.items():
        before[taker] |= {source.partition("/")[0] for source in sources if "/" in source}
    sorter = TopologicalSorter(before)
    try:
        sorter.prepare()
    except CycleError as error:
        raise _circle(error.args[1], found) from error
    placed: list[str] = []
    ready: list[str] = []
    while sorter.is_active():
        ready = sorted([*ready, *sorter.get_ready()], key=steps.index)
        placed.append(ready.pop(0))
        sorter.done(placed[-1])
    return tuple(placed)


def _circle(way: list[str], found: Wiring) -> UsageError:
    links = dict.fromkeys(_on(way, found))
    return UsageError(
        f"the links make a circle: {' -> '.join(map(printable, way))}",
        hint=f"Take one of these links out: {', '.join(links)}",
    )


def _on(way: list[str], found: Wiring) -> Iterator[str]:
    hops = set(pairwise(way))
    for link in found.links:
        if (link.source.partition("/")[0], link.target.partition("/")[0]) in hops:
            yield f"{link.source}={link.target}"
