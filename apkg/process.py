"""The one place that runs other programs.

A program runs in a process group of its own. Whatever ends the wait for it (Ctrl-C, SIGTERM, a
timeout, an error of ours) ends the whole group, and every process that came from it.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NoReturn

from apkg.errors import ToolError
from apkg.names import printable

#: What is read at once, and the longest line that is handed on in one piece, in bytes.
_CHUNK = 65536
#: Seconds between two looks at the clock, and that a process has to end in good order.
_TICK, _GRACE, _GRACE_OF_REST = 0.2, 5.0, 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """How a program ended (negative: by a signal), and what it wrote to standard output."""

    status: int
    stdout: str


def run(
    command: Sequence[str],
    *,
    on_line: Callable[[str], None],
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    timeout: float | None = None,
    grace: float = 0.0,
) -> Finished:
    """Run ``command`` to its end; each line of its standard error goes to ``on_line`` at once.

    ``environment`` replaces ours, ``timeout`` is in seconds, and so is ``grace``: what a program
    that is to end early may take for it, even if it seems to do nothing.

    Raises:
        ToolError: the program is missing, or is not done in time.

    """
    collected, lines = bytearray(), _Lines(on_line)
    process = _start(command, environment, folder)
    with process, _ended(process, grace), signals_raised():
        _pump(process, (collected.extend, lines.feed), _limit(command, timeout))
        lines.close()
        return Finished(status=process.wait(), stdout=collected.decode("utf-8", "replace"))


def follow(
    command: Sequence[str],
    *,
    on_line: Callable[[str], None],
    environment: Mapping[str, str] | None = None,
    timeout: float | None = None,
    stop: threading.Event | None = None,
) -> int:
    """Run ``command`` to its end; gives its status. Both its streams go to ``on_line`` as one.

    Another thread ends it by setting ``stop``.

    Raises:
        ToolError: the program is missing, is not done in time, or has been stopped.

    """
    lines, limit = _Lines(on_line), _limit(command, timeout)

    def check() -> None:
        limit()
        if stop is not None and stop.is_set():
            raise ToolError(f"{printable(command[0])} has been stopped")

    process = _start(command, environment, None, merged=True)
    with process, _ended(process), signals_raised():
        _pump(process, (lines.feed,), check)
        lines.close()
        return process.wait()


def collect(
    command: Sequence[str],
    *,
    on_data: Callable[[bytes], None],
    on_line: Callable[[str], None],
    environment: Mapping[str, str] | None = None,
    timeout: float | None = None,
) -> int:
    """Run ``command`` as :func:`run` does; gives its status. Its output goes to ``on_data`` as is.

    Raises:
        ToolError: the program is missing, or is not done in time.

    """
    lines = _Lines(on_line)
    process = _start(command, environment, None)
    with process, _ended(process), signals_raised():
        _pump(process, (on_data, lines.feed), _limit(command, timeout))
        lines.close()
        return process.wait()


def _start(
    command: Sequence[str],
    environment: Mapping[str, str] | None,
    folder: Path | None,
    *,
    merged: bool = False,
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            list(command),
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if merged else subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise ToolError(f"cannot run {command[0]}: {error.strerror or error}") from error


def _limit(command: Sequence[str], timeout: float | None) -> Callable[[], None]:
    """Give what raises when the time, which starts now, is over."""
    deadline = None if timeout is None else time.monotonic() + timeout

    def check() -> None:
        if deadline is not None and time.monotonic() > deadline:
            raise ToolError(f"{printable(command[0])} was not done in {timeout:g} seconds")

    return check


def _pump(
    process: subprocess.Popen[bytes],
    sinks: Sequence[Callable[[bytes], None]],
    check: Callable[[], None],
) -> None:
    """Read what the process writes until it has ended and nothing more comes."""
    with selectors.DefaultSelector() as selector:
        for stream, sink in zip((process.stdout, process.stderr), sinks, strict=False):
            assert stream is not None  # noqa: S101 - as many pipes as sinks
            selector.register(stream, selectors.EVENT_READ, sink)
        while selector.get_map():
            ready = selector.select(_TICK)
            for key, _ in ready:
                if not _forward(key.fileobj, key.data):
                    selector.unregister(key.fileobj)
            # A process left behind may hold the pipes open for ever.
            if not ready and process.poll() is not None:
                break
            check()


def _forward(stream: object, sink: Callable[[bytes], None]) -> bool:
    assert isinstance(stream, IO) or hasattr(stream, "fileno")  # noqa: S101
    data = os.read(stream.fileno(), _CHUNK)
    sink(data)
    return bool(data)


class _Lines:
    """Cuts bytes into lines of text."""

    def __init__(self, on_line: Callable[[str], None]) -> None:
        self._rest = b""
        self._on_line = on_line

    def feed(self, data: bytes) -> None:
        *whole, self._rest = (self._rest + data).split(b"\n")
        for line in whole:
            self._on_line(line.decode("utf-8", "replace").rstrip("\r"))
        if len(self._rest) > _CHUNK:
            self.close()

    def close(self) -> None:
        if self._rest:
            self._on_line(self._rest.decode("utf-8", "replace"))
            self._rest = b""


@contextmanager
def _ended(process: subprocess.Popen[bytes], grace: float = 0.0) -> Iterator[None]:
    """End the process and all that came from it when the block is left by an exception."""
    try:
        yield
    except BaseException:
        _end(process, grace)
        raise


def _end(process: subprocess.Popen[bytes], grace: float) -> None:
    family = _descendants(process.pid)
    _signal(os.killpg, [process.pid], signal.SIGTERM)
    _wait(lambda: process.poll() is not None, grace)
    _wait(lambda: process.poll() is not None or _alive(family) == [process.pid], _GRACE)
    # cwltool sleeps ten seconds over a child that has ended already.
    _wait(lambda: process.poll() is not None, _GRACE_OF_REST)
    _signal(os.killpg, [process.pid], signal.SIGKILL)
    # What has a session of its own has heard nothing yet.
    _signal(os.kill, _alive(family), signal.SIGTERM)
    _wait(lambda: not _alive(family), _GRACE_OF_REST)
    _signal(os.kill, _alive(family), signal.SIGKILL)
    process.wait()


def _wait(is_done: Callable[[], bool], seconds: float) -> None:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit and not is_done():
        time.sleep(_TICK / 4)


def _signal(send: Callable[[int, int], None], numbers: Sequence[int], number: int) -> None:
    for target in numbers:
        with suppress(OSError):
            send(target, number)


def _descendants(root: int) -> dict[int, str]:
    """Find every process below ``root`` with its start time: Jupyter kernels leave the group."""
    table = {pid: stat for pid in _pids() if (stat := _stat(pid)) is not None}
    family, found = {}, {root}
    while found:
        family.update({pid: table[pid][1] for pid in found if pid in table})
        found = {pid for pid, (parent, _) in table.items() if parent in found} - family.keys()
    return family


def _alive(family: Mapping[int, str]) -> list[int]:
    return [pid for pid, start in family.items() if (s := _stat(pid)) is not None and s[1] == start]


def _pids() -> Iterator[int]:
    if sys.platform == "linux":
        yield from (int(entry.name) for entry in os.scandir("/proc") if entry.name.isdecimal())


def _stat(pid: int) -> tuple[int, str] | None:
    """Read the parent and the start time of a process that has not ended (Linux, proc(5))."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    state, parent, *rest = text.rpartition(") ")[2].split()
    return None if state in "ZX" else (int(parent), rest[17])


@contextmanager
def signals_raised() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end the block as Ctrl-C does, not the interpreter at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = (signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, _raise_exit) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _raise_exit(number: int, _frame: object) -> NoReturn:
    raise SystemExit(128 + number)
