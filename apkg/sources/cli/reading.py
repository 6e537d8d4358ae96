"""What a reader of a command line's source hands over: the commands, and what it could not know."""

from __future__ import annotations

from dataclasses import dataclass

from apkg.report import Finding
from apkg.sources.commandline.model import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class CliReading:
    """The commands that a file defines, and notes about what is known at run time only."""

    commands: tuple[Command, ...]
    findings: tuple[Finding, ...] = ()
