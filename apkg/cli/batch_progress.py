"""How far a batch is: a bar with rate and time left, on a terminal only."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from apkg.names import printable

if TYPE_CHECKING:
    from rich.progress import Progress

#: Seconds before the bar is shown (short batches need none), and between two pictures of it.
_DELAY, _PERIOD = 0.5, 0.15


class Bar:
    """Shows ``done`` of ``total`` on standard error while lines go past it; a context manager.

    It draws when it is called, in no thread of its own: processes are made by fork meanwhile.
    """

    def __init__(self, total: int) -> None:
        self._total, self._done, self._failed = total, 0, 0
        self._start = self._drawn = time.monotonic()
        self._progress: Progress | None = None
        self._wanted = sys.stderr.isatty()
        #: What is to be printed at the next picture.
        self._waiting: list[Callable[[], None]] = []

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()
            self._progress = None
        self._print()

    def line(self, text: str, *, err: bool = False) -> None:
        """Print a line, past the bar."""
        self.do(lambda: click.echo(text, err=err), err=err)

    def do(self, show: Callable[[], None], *, err: bool = False) -> None:
        """Call what prints lines, past the bar."""
        if self._progress is None or not (err or sys.stdout.isatty()):
            show()
        else:
            self._waiting.append(show)

    def advance(self, *, failed: bool) -> None:
        """One more is done."""
        self._done += 1
        self._failed += failed
        self.tick()

    def tick(self) -> None:
        """Draw the bar, if it is time to."""
        now = time.monotonic()
        if not self._wanted or now - self._start < _DELAY or now - self._drawn < _PERIOD:
            return
        self._drawn = now
        if self._progress is None:
            self._progress = _progress(self._total)
        elif self._waiting:
            self._progress.stop()
            self._print()
        self._progress.update(
            self._progress.task_ids[0],
            completed=self._done,
            failed=f"{self._failed} failed" if self._failed else "",
        )
        self._progress.start()
        self._progress.refresh()

    def _print(self) -> None:
        waiting, self._waiting = self._waiting, []
        for show in waiting:
            show()


def seconds_text(seconds: float) -> str:
    """A time as a person says it: ``3.2 s``, ``12 min 5 s``."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    return f"{int(seconds) // 60} min {int(seconds) % 60} s"


def _progress(total: int) -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{speed:.0f}/s" if speed else "")

    progress = Progress(
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(compact=True),
        TextColumn("{task.fields[failed]}", style="red"),
        console=Console(stderr=True),
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    progress.add_task("", total=total, failed="")
    return progress


def shown(text: str) -> str:
    """A stranger's words without terminal escapes, on one line."""
    return printable(text).replace("\n", " ")
