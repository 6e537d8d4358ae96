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
) -> Finished:
    """Run ``command`` to its end; each line of its standard error goes to ``on_line`` at once.

    ``environment`` replaces ours, ``timeout`` is in seconds.

    Raises:
        ToolError: the program is missing, or is not done in time.

    """
    try:
        process = subprocess.Popen(
            list(command),
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise ToolError(f"cannot run {command[0]}: {error.strerror or error}") from error
    with process, _ended(process), _signals_raised():
        stdout = _pump(process, on_line, timeout)
        return Finished(status=process.wait(), stdout=stdout.decode("utf-8", "replace"))


def _pump(
    process: subprocess.Popen[bytes], on_line: Callable[[str], None], timeout: float | None
) -> bytes:
    """Read both streams until the process has ended and nothing more comes."""
    assert process.stdout is not None  # noqa: S101 - both are pipes
    assert process.stderr is not None  # noqa: S101
    name = printable(str(process.args[0])) if isinstance(process.args, list) else "the program"
    deadline = None if timeout is None else time.monotonic() + timeout
    collected, lines = bytearray(), _Lines(on_line)
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ, collected.extend)
        selector.register(process.stderr, selectors.EVENT_READ, lines.feed)
        while selector.get_map():
            ready = selector.select(_TICK)
            for key, _ in ready:
                if not _forward(key.fileobj, key.data):
                    selector.unregister(key.fileobj)
            # A process left behind may hold the pipes open for ever.
            if not ready and process.poll() is not None:
                break
            if deadline is not None and time.monotonic() > deadline:
                raise ToolError(f"{name} was not done in {timeout:g} seconds")
    lines.close()
    return bytes(collected)


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
def _ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """End the process and all that came from it when the block is left by an exception."""
    try:
        yield
    except BaseException:
        _end(process)
        raise


def _end(process: subprocess.Popen[bytes]) -> None:
    family = _descendants(process.pid)
    _signal(os.killpg, [process.pid], signal.SIGTERM)
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
def _signals_raised() -> Iterator[None]:
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
