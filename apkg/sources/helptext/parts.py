"""What a help text consists of, before it is told as a :class:`Command`."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Line:
    """One line without escapes, tabs and frames. ``number`` counts from 1."""

    number: int
    text: str
    #: Whether it stood in a frame (Typer, rich-click), where columns are cells.
    boxed: bool = False

    @property
    def indent(self) -> int:
        """Blanks before the first character."""
        return len(self.text) - len(self.text.lstrip(" "))

    @property
    def words(self) -> str:
        """The line without the blanks around it."""
        return self.text.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The values behind a flag, or in one place of the command line.

    ``minimum`` and ``maximum`` count them (``None``: no limit), ``separator`` joins them in one
    word, ``glued`` and ``equals`` say how the word hangs on its flag.
    """

    metavar: str = ""
    minimum: int = 1
    maximum: int | None = 1
    separator: str | None = None
    choices: tuple[str, ...] = ()
    glued: bool = False
    equals: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An option as one place of the text shows it. ``slot`` is ``None`` for a flag."""

    flags: tuple[str, ...]
    line: int
    slot: Slot | None = None
    off_flag: str | None = None
    help: str = ""
    repeated: bool = False
    required: bool = False
    exclusive: str | None = None
    #: Whether the usage shows it in brackets, or in words of its own, so that a value there is
    #: its own. The first form of one that the usage alone shows may be a cluster such as ``-aBc``.
    bracketed: bool = False
    #: Whether it is listed among the positional arguments, which it names (GDAL 3.11).
    placed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A positional argument as the usage, or a list of arguments, shows it."""

    name: str
    line: int
    slot: Slot = field(default_factory=Slot)
    required: bool = True
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of a list: what stands on the left, and its (unwrapped) description."""

    left: str
    line: int
    help: str = ""
    indent: int = 0
    boxed: bool = False
    section: str = ""
    #: Whether a frame's first column marks it as required (``*``).
    marked: bool = False
    #: Whether the default stands on a line of its own (``Default: 1``).
    own_default: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """One usage pattern: its lines. ``alternative`` follows an ``or:``."""

    lines: tuple[Line, ...]
    alternative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The text taken apart. ``prose`` is what describes the command, line by line."""

    patterns: tuple[Pattern, ...]
    fragments: tuple[Pattern, ...]
    options: tuple[Entry, ...]
    rows: tuple[Entry, ...]
    prose: tuple[str, ...]
