"""Reading on in files that others write."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_SECONDS = 0.3
_CHUNK = 1 << 20


@contextmanager
def followed(folder: Path, on_line: Callable[[str], None]) -> Iterator[None]:
    """While the block runs, and to the end, give every line of all files in ``folder``."""
    done = threading.Event()
    reader = _Reader(folder, on_line)

    def read() -> None:
        while not done.wait(_SECONDS):
            reader.read()

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        reader.read()
        reader.close()


class _Reader:
    def __init__(self, folder: Path, on_line: Callable[[str], None]) -> None:
        self._folder = folder
        self._on_line = on_line
        self._places: dict[Path, int] = {}
        self._rests: dict[Path, bytes] = {}

    def read(self) -> None:
        for path in sorted(self._folder.glob("*.log")):
            while data := self._more(path):
                *lines, self._rests[path] = (self._rests.get(path, b"") + data).split(b"\n")
                for line in lines:
                    self._on_line(line.decode("utf-8", "replace").rstrip("\r"))

    def _more(self, path: Path) -> bytes:
        place = self._places.get(path, 0)
        with path.open("rb") as file:
            file.seek(place)
            data = file.read(_CHUNK)
        self._places[path] = place + len(data)
        return data

    def close(self) -> None:
        for rest in filter(None, self._rests.values()):
            self._on_line(rest.decode("utf-8", "replace"))
