"""What every part of the launcher stands on: its table, its exit codes, and how it stops."""

from __future__ import annotations

import json
import sys
from typing import Any

# part: begin
# A value that JSON can hold, and the structure that describes its type: a name ("int", "File",
# "Any" ...), a list of types (any of them), or one of {"enum": symbols}, {"array": type},
# {"record": [[name, type] ...]}.
Json = Any
Kind = Any

# table: begin
NAME = "notebook"
LANGUAGE = "python"
INPUTS: list[dict[str, Any]] = []
FOLDERS: list[tuple[str, str]] = []
# table: end

RESULTS = "results"
FAILED, USAGE, MISSING = 1, 2, 3
LONGEST_SHOWN = 80


class StopError(Exception):
    """The notebook cannot be run, or has failed: what to say, and the exit code."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


def say(message: str) -> None:
    """Write one message to standard error."""
    sys.stderr.write(message + "\n")
    sys.stderr.flush()


def shown(value: Json) -> str:
    """Show a value in a message: one short line."""
    text = json.dumps(value)
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "..."
