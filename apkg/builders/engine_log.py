"""The log of an engine: plain lines, handed on at once, the last ones kept."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable

from apkg.names import printable

_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|.)")
_KEPT = 2_000


class EngineLog:
    """Takes lines as they come; ``lines`` are the last of them, without terminal escapes."""

    def __init__(self, on_log: Callable[[str], None]) -> None:
        self.lines: deque[str] = deque(maxlen=_KEPT)
        self._on_log = on_log

    def __call__(self, line: str) -> None:
        """Take one line."""
        # Of a progress bar, what it showed last.
        text = printable(_ESCAPE.sub("", line).rstrip("\r").rpartition("\r")[2]).rstrip()
        self.lines.append(text)
        self._on_log(text)
