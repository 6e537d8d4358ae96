"""Lines of a job as an iterator, as they come."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TypeAlias

from apkg import process

_TICK = 0.2
#: Runs to its end, writes lines, and ends early when the event is set.
Job: TypeAlias = Callable[[Callable[[str], None], threading.Event], None]


def streamed(job: Job) -> Iterator[str]:
    """Run ``job`` in another thread; give its lines, then raise what it has raised.

    Whoever ends the iteration before (Ctrl-C, SIGTERM) ends the job.
    """
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    stop, raised = threading.Event(), list[BaseException]()

    def work() -> None:
        try:
            job(lines.put, stop)
        except BaseException as error:  # noqa: BLE001 - raised again where the lines are read
            raised.append(error)
        finally:
            lines.put(None)

    thread = threading.Thread(target=work, name="apkg-engine", daemon=True)
    with process.signals_raised():
        thread.start()
        try:
            while (line := _next(lines)) is not None:
                yield line
        finally:
            stop.set()
            thread.join()
    if raised:
        raise raised[0]


def _next(lines: queue.SimpleQueue[str | None]) -> str | None:
    while True:
        # A signal that another thread has got is seen between two looks.
        with suppress(queue.Empty):
            return lines.get(timeout=_TICK)
