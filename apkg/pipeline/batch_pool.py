"""Work on many items in processes; the results come in the order of the items.

A process that dies (out of memory, a crash) costs the item that it worked on, and no other.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from apkg.errors import ToolError

Item = TypeVar("Item")
Result = TypeVar("Result")
#: Items that a process has at once, least and most, and the seconds of work that they should be:
#: it is not to wait for us, who have to wait for a processor ourselves on a busy machine.
_LEAST, _MOST, _WORTH = 2, 32, 0.2
#: Seconds for more results to come in before we look at them: to wake up for each costs, too.
_NAP = 0.01
#: Items begun before the oldest is done, for each process: bounds what waits for its turn.
_AHEAD = 128
#: Seconds between two calls of ``on_wait``, and that idle processes have to leave.
_TICK, _LEAVE = 0.2, 2.0
#: Seconds that processes have that are to end at once.
_END = 0.6


class Known(Generic[Result]):
    """Stands among the items for one whose result is known already."""

    __slots__ = ("result",)

    def __init__(self, result: Result) -> None:
        self.result = result


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def jobs_for(number: int, asked: int | None, *, few: int) -> int:
    """How many processes for ``number`` sources, of which ``few`` are not worth a process."""
    if asked is None:
        return 1 if number < few else min(cores(), number)
    return max(1, min(asked, number))


def ordered(
    items: Iterable[Item | Known[Result]],
    work: Callable[[Item], Result],
    *,
    jobs: int,
    lost: Callable[[Item, str], Result],
    modules: Sequence[str] = (),
    on_wait: Callable[[], None] | None = None,
) -> Generator[Result, None, None]:
    """``work(item)`` for every item, in their order, in ``jobs`` processes (1: in this one).

    ``work`` and what it takes and gives must be picklable, and it must raise nothing; ``modules``
    are what it imports. ``lost(item, why)`` is the result of an item whose process died.
    ``on_wait`` is called now and then. Close the iterator to end all at once.

    Raises:
        ToolError: processes die before they have begun.
    """
    for module in modules:
        import_module(module)
    if jobs == 1:
        for item in items:
            yield item.result if isinstance(item, Known) else work(item)
        return
    pool = _Pool(work, jobs, lost, modules)
    try:
        yield from pool.results(iter(items), on_wait or _nothing)
        pool.leave()
    finally:
        pool.kill()


def _nothing() -> None:
    """Nobody wants to hear."""


class _Worker:
    """One process, the pipe to it, and the items that it has, by number, oldest first."""

    def __init__(self, process: BaseProcess, pipe: Connection) -> None:
        self.process, self.pipe = process, pipe
        self.given: deque[int] = deque()


class _Pool(Generic[Item, Result]):
    def __init__(
        self,
        work: Callable[[Item], Result],
        jobs: int,
        lost: Callable[[Item, str], Result],
        modules: Sequence[str],
    ) -> None:
        self._work, self._lost, self._jobs = work, lost, jobs
        self._context = _context(modules)
        self._workers: list[_Worker] = []
        self._again: deque[int] = deque()
        self._items: dict[int, Item] = {}
        self._done: dict[int, Result] = {}
        self._next, self._early_deaths = 0, 0
        self._at_once, self._pace, self._looked = _LEAST, _WORTH, time.monotonic()
        #: The item that is next, where no process has room for it.
        self._held: list[Item | Known[Result]] = []

    def results(
        self, items: Iterator[Item | Known[Result]], on_wait: Callable[[], None]
    ) -> Iterator[Result]:
        turn = 0
        while True:
            more = self._feed(items, turn + _AHEAD * self._jobs)
            self._again_to_all()
            while turn in self._done:
                yield self._done.pop(turn)
                turn += 1
            if self._items:
                self._collect(on_wait)
            elif not more:
                return

    def _feed(self, items: Iterator[Item | Known[Result]], limit: int) -> bool:
        """Give items to processes that have room; whether there may be more items."""
        while self._next < limit:
            if not self._held:
                self._held.extend(islice(items, 1))
                if not self._held:
                    return False
            item = self._held[0]
            if isinstance(item, Known):
                self._done[self._next] = item.result
            elif (worker := self._free()) is None:
                return True
            else:
                self._items[self._next] = item
                self._send(worker, self._next)
            self._held.clear()
            self._next += 1
        return True

    def _again_to_all(self) -> None:
        """Items whose process died before it came to them."""
        while self._again:
            worker = self._free() or self._workers[0]
            self._send(worker, self._again.popleft())

    def _free(self) -> _Worker | None:
        """The process with the least to do; a new one as long as all have something."""
        least = min(self._workers, key=lambda worker: len(worker.given), default=None)
        if least is None or (least.given and len(self._workers) < self._jobs):
            least = self._start()
        return least if len(least.given) < self._at_once else None

    def _send(self, worker: _Worker, number: int) -> None:
        worker.given.append(number)
        # Whether it has died, its end of the pipe tells.
        with suppress(OSError):
            worker.pipe.send(self._items[number])

    def _collect(self, on_wait: Callable[[], None]) -> None:
        ready = wait([worker.pipe for worker in self._workers], timeout=_TICK)
        on_wait()
        if ready and self._at_once > _LEAST:
            time.sleep(_NAP)
        number = sum(self._take(worker) for worker in list(self._workers) if worker.pipe in ready)
        now = time.monotonic()
        if number:
            pace = (now - self._looked) * len(self._workers) / number
            self._pace += (pace - self._pace) / 4
            self._at_once = max(_LEAST, min(_MOST, int(_WORTH / self._pace)))
            self._looked = now

    def _take(self, worker: _Worker) -> int:
        """Take all results that a process has sent; how many."""
        taken = 0
        try:
            while worker.pipe.poll():
                result = worker.pipe.recv()
                number = worker.given.popleft()
                del self._items[number]
                self._done[number] = result
                self._early_deaths = 0
                taken += 1
        except (EOFError, OSError):
            self._bury(worker)
        return taken

    def _bury(self, worker: _Worker) -> None:
        worker.pipe.close()
        worker.process.join(_LEAVE)
        worker.process.kill()
        worker.process.join()
        self._workers.remove(worker)
        if worker.given:
            number = worker.given.popleft()
            self._done[number] = self._lost(self._items.pop(number), _how(worker.process))
            self._again.extend(worker.given)
            return
        self._early_deaths += 1
        if self._early_deaths > self._jobs:
            raise ToolError(
                f"the processes of this batch end at once: {_how(worker.process)}",
                hint="--jobs 1 works without them.",
            )

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        others = [worker.pipe for worker in self._workers] if _forks(self._context) else []
        arguments = (theirs, [*others, ours] if _forks(self._context) else [], self._work)
        process = self._context.Process(target=_serve, args=arguments, daemon=True)
        # Until it ignores Ctrl-C, a new process is not to hear of one.
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def leave(self) -> None:
        """Let idle processes end in good order."""
        for worker in self._workers:
            worker.pipe.close()
        for worker in self._workers:
            worker.process.join(_LEAVE)

    def kill(self) -> None:
        """End all that is left; nothing that they have made is in its place yet."""
        for worker in self._workers:
            worker.process.terminate()
        limit = time.monotonic() + _END
        for worker in self._workers:
            # One that has a program running ends that first.
            worker.process.join(max(0.0, limit - time.monotonic()))
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()


def _serve(pipe: Connection, others: Sequence[Connection], work: Callable[[Any], Any]) -> None:
    """The life of a process: items in, results out, until nobody is at the other end."""
    # Ctrl-C reaches the whole group; the parent decides what becomes of this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
    # A copy of the parent's end that stays open here would hide the end of the parent.
    for other in others:
        other.close()
    gc.freeze()
    with suppress(EOFError, OSError):
        while True:
            pipe.send(work(pipe.recv()))


def _context(modules: Sequence[str]) -> Any:
    """How processes are made: copies of this one where that is safe, which is fastest."""
    if sys.platform == "linux" and threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, *modules])
    return context


def _forks(context: Any) -> bool:
    return bool(context.get_start_method() == "fork")


def _how(process: BaseProcess) -> str:
    code = process.exitcode
    if code is None or code >= 0:
        return f"its process ended with status {code}"
    with suppress(ValueError):
        name = signal.Signals(-code).name
        memory = ", as when memory runs out" if name == "SIGKILL" else ""
        return f"its process was ended by {name}{memory}"
    return f"its process was ended by signal {-code}"
