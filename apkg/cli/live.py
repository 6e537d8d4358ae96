"""What stands on a terminal while something goes on: a spinner, what it is, and for how long."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from apkg.names import printable

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.live import Live
    from rich.spinner import Spinner

_PER_SECOND = 8


def is_live() -> bool:
    """Whether standard error is a terminal on which a line can be drawn again."""
    return sys.stderr.isatty() and os.environ.get("TERM") not in {"dumb", "unknown"}


class Clock:
    """A spinner with a title and the time since it was said; gone at the end.

    ``below`` gives what stands below it at the moment.
    """

    def __init__(self, below: Callable[[], Sequence[RenderableType]] = tuple) -> None:
        self._below = below
        self._title, self._start = "", time.monotonic()
        self._live: Live | None = None
        self._spinner: Spinner | None = None

    def start(self) -> None:
        """Draw from now on."""
        from rich.console import Console
        from rich.live import Live
        from rich.spinner import Spinner

        console = Console(stderr=True, highlight=False)
        self._spinner = Spinner("dots" if console.encoding.startswith("utf") else "line")
        self._live = Live(
            console=console,
            get_renderable=self._picture,
            refresh_per_second=_PER_SECOND,
            transient=True,
        )
        self._live.start()

    def stop(self) -> None:
        """Take it away."""
        if self._live is not None:
            self._live.stop()

    def say(self, title: str) -> None:
        """Say what goes on now, from 0:00 on."""
        self._title, self._start = printable(title), time.monotonic()

    def print(self, line: str) -> bool:
        """Print a line above, to stay; whether there is anything to print it above of."""
        if self._live is None:
            return False
        self._live.console.print(
            printable(line), markup=False, emoji=False, soft_wrap=True, highlight=False
        )
        return True

    def refresh(self) -> None:
        """Show now what would be shown at the next turn."""
        if self._live is not None:
            self._live.refresh()

    def _picture(self) -> RenderableType:
        from rich.console import Group
        from rich.text import Text

        if self._spinner is None:
            return Text()
        seconds = int(time.monotonic() - self._start)
        self._spinner.update(text=Text(f"{self._title} ({seconds // 60}:{seconds % 60:02})"))
        return Group(self._spinner, *self._below())
