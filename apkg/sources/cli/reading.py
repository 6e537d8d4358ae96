"""What a reader of a command line's source hands over: the commands, and what it could not know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from apkg.report import Finding
from apkg.sources.commandline.model import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class CliReading:
    """The commands that a file defines, and notes about what is known at run time only.

    ``about`` holds the words of the commands that a note is about; all others are about the file.
    """

    commands: tuple[Command, ...]
    findings: tuple[Finding, ...] = ()
    about: Mapping[Finding, frozenset[tuple[str, ...]]] = field(default_factory=dict)
