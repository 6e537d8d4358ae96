"""How a build goes, on standard error: live on a terminal, plain lines elsewhere, or nothing."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Literal, TypeAlias

from apkg.cli.live import Clock, is_live
from apkg.cli.output import echo
from apkg.names import printable

if TYPE_CHECKING:
    from rich.text import Text

Mode: TypeAlias = Literal["live", "plain", "quiet"]
#: Lines of the log that are seen at once, and that are kept for when something goes wrong.
_SHOWN, _KEPT = 6, 25
#: Begins the line of a step, which stays in sight for as long as it takes.
_STEP = "step "


class Progress:
    """Takes the stages and the log of a build; use it as a context manager.

    ``live`` is a spinner with the time and the last lines, which are gone at the end; ``plain``
    writes every line; ``quiet`` nothing. ``last`` are the last lines, if nobody has seen them.
    """

    def __init__(self, mode: Mode) -> None:
        self._mode = mode
        self._lines: deque[str] = deque(maxlen=_KEPT)
        self._step = ""
        self._clock = Clock(self._rows)

    def __enter__(self) -> Progress:
        if self._mode == "live":
            self._clock.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._clock.stop()

    def stage(self, text: str) -> None:
        """Say what is done now."""
        self._clock.say(text)
        self._step = ""
        self._lines.clear()
        if self._mode == "plain":
            echo(f"{text} …", err=True)

    def log(self, line: str) -> None:
        """Take one line of the log."""
        if line.startswith(_STEP):
            self._step = printable(line)
        self._lines.append(printable(line))
        if self._mode == "plain":
            echo(line, err=True)

    def refresh(self) -> None:
        """Show now what would be shown at the next turn."""
        self._clock.refresh()

    @property
    def last(self) -> tuple[str, ...]:
        """The last lines that were not shown to stay."""
        return () if self._mode == "plain" else tuple(self._lines)

    def _rows(self) -> list[Text]:
        from rich.text import Text

        lines = [line for line in self._lines if not line.startswith(_STEP)]
        return [
            Text(f"  {line}", style=style, no_wrap=True, overflow="ellipsis")
            for style, found in (("", [self._step]), ("dim", lines[-_SHOWN:]))
            for line in found
            if line
        ]


def mode(*, quiet: bool) -> Mode:
    """How to show progress here."""
    if quiet:
        return "quiet"
    return "live" if is_live() else "plain"
