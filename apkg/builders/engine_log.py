"""The log of an engine: plain lines, handed on at once, the last ones kept."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable

from apkg.names import printable

_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|.)")
_KEPT = 2_000
#: How BuildKit, Docker's classic builder and Podman begin a step.
_STEPS = (
    re.compile(r"#\d+ \[(?P<step>[^]]*\b\d+/\d+)\] (?P<text>.*)"),
    re.compile(r"Step (?P<step>\d+/\d+) : (?P<text>.*)"),
    re.compile(r"(?:\[\d+/\d+\] )?STEP (?P<step>\d+/\d+): (?P<text>.*)"),
)
#: Digests, and what a builder says of itself.
_NOISE = re.compile(
    r"#\d+ (?:sha256:|\[internal\]|\[auth\]|DONE |CACHED$|\.\.\.$)"
    r"|#\d+ (?:transferring|resolve|extracting) "
    r"|\s*--+> |(?:Removing|Removed) intermediate container |[0-9a-f]{64}$|(?:#\d+)?\s*$"
)
_NUMBER = re.compile(r"#\d+ (?:\d+\.\d+ )?")


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


def shown(line: str) -> str | None:
    """What of a log's line somebody wants to see go by: steps, and what they print."""
    for pattern in _STEPS:
        if (match := pattern.match(line)) is not None:
            return f"step {match['step']}: {match['text']}"
    return None if _NOISE.match(line) else _NUMBER.sub("", line, count=1)
