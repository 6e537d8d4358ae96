"""Ctrl-C and SIGTERM end a batch between two packages, never in the middle of one."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_NUMBERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupts:
    """Handles the signals that end a program; use it as a context manager.

    The first raises KeyboardInterrupt (Ctrl-C) or SystemExit, at the end of :meth:`held` if that
    is going on; more of them change nothing, so that cleaning up is not cut short.
    """

    def __init__(self) -> None:
        self._before: dict[int, Any] = {}
        self._held = False
        self._ending = False
        self._waiting: int | None = None

    def __enter__(self) -> Interrupts:
        if threading.current_thread() is threading.main_thread():
            for number in _NUMBERS:
                # nohup has decided that SIGHUP does nothing.
                if signal.getsignal(number) is not signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._on_signal)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nothing raises in this block; what comes is raised at its end."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
        if self._waiting is not None:
            self._raise(self._waiting)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if self._held:
            self._waiting = number
        elif not self._ending:
            self._raise(number)

    def _raise(self, number: int) -> None:
        self._ending = True
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        raise SystemExit(128 + number)
