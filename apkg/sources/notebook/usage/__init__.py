"""What a Python notebook opens and saves, and whether it uses the network: read, never run."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from apkg.sources.notebook.usage.model import FileUse, NetworkUse, Usage
from apkg.sources.notebook.usage.result import usage_of
from apkg.sources.notebook.usage.walk import Walk

__all__ = ["FileUse", "NetworkUse", "Usage", "find_usage"]


def find_usage(trees: Sequence[tuple[int, ast.Module]]) -> Usage:
    """What the code of the cells reads, writes and asks of the network.

    Args:
        trees: For each code cell its number and its parsed code, in the order of execution.

    """
    walk = Walk()
    for number, tree in trees:
        walk.cell(number, tree)
    walk.finish()
    return usage_of(walk.raws, walk.network.values())
