"""Whether a picture is better read from left to right or from top to bottom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from apkg.emitters.pictures.interface import Direction, Edge

#: Roughly what a box with its share of the edges takes, in points: across and down the page.
_ACROSS, _DOWN = 190, 70
_PAGE = 1100


def direction(nodes: Sequence[str], edges: Sequence[Edge]) -> Direction:
    """Give the direction in which nodes and edges fit best into the width of a page."""
    ranks = _ranks(nodes, edges)
    depth = max(ranks.values(), default=0) + 1
    breadth = max(Counter(ranks.values()).values(), default=1)
    if depth * _ACROSS <= _PAGE:
        return "LR"
    return "TB" if breadth * _ACROSS <= max(_PAGE, depth * _DOWN) else "LR"


def _ranks(nodes: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    """The length of the longest way to each node; what stands in a circle stays where it is."""
    ranks = dict.fromkeys(nodes, 0)
    waiting = Counter(edge.target for edge in edges)
    after: dict[str, list[str]] = {}
    for edge in edges:
        after.setdefault(edge.source, []).append(edge.target)
    ready = [node for node in nodes if not waiting[node]]
    while ready:
        node = ready.pop()
        for target in after.get(node, ()):
            ranks[target] = max(ranks[target], ranks[node] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return ranks
