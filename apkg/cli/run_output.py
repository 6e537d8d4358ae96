"""What ``apkg run`` shows: the log while it runs, its results at the end."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path

from apkg.cli.live import Clock, is_live
from apkg.cli.output import aligned, echo
from apkg.media import IANA, media_type_of

_LAST_LINES = 40
_STEP = 1000


class RunLog:
    """The log of a run; use it as a context manager.

    Every line stays on standard error; on a terminal, what runs and for how long stands below it.
    With ``quiet`` there is nothing, and :meth:`tell` shows the last lines when they matter.
    """

    def __init__(self, title: str, *, quiet: bool) -> None:
        self._quiet = quiet
        self._unseen: deque[str] = deque(maxlen=_LAST_LINES)
        self._clock = Clock()
        self._clock.say(title)

    def __enter__(self) -> RunLog:
        if not self._quiet and is_live():
            self._clock.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._clock.stop()

    def line(self, line: str) -> None:
        """Take one line of the run."""
        if self._quiet:
            self._unseen.append(line)
        elif not self._clock.print(line):
            echo(line, err=True)

    def tell(self) -> None:
        """Show the last lines that nobody has seen."""
        for line in self._unseen:
            echo(line, err=True)


def show_results(outputs: Mapping[str, object]) -> None:
    """One row for each file, folder and value: name, place, size, media type, checksum."""
    rows = [row for name, value in outputs.items() for row in _rows(name, value)]
    for line in aligned(rows):
        echo(line)


def _rows(name: str, value: object) -> Iterator[tuple[str, ...]]:
    if isinstance(value, list) and any(_is_place(item) for item in value):
        for item in value:
            yield from _rows(name, item)
    elif isinstance(value, dict) and _is_place(value):
        yield name, _path(value), _size(value), _media(value), str(value.get("checksum") or "")
    else:
        text = "(none)" if value is None else json.dumps(value, ensure_ascii=False)
        yield name, text, "", "", ""


def _is_place(value: object) -> bool:
    return isinstance(value, dict) and value.get("class") in {"File", "Directory"}


def _path(value: Mapping[str, object]) -> str:
    path = Path(str(value.get("path") or value.get("location")))
    here = Path.cwd()
    shown = str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
    return f"{shown}/" if value.get("class") == "Directory" else shown


def _size(value: Mapping[str, object]) -> str:
    """Of a file its size, of a folder that of all its files."""
    if value.get("class") == "Directory":
        path = Path(str(value.get("path")))
        return _bytes(sum(one.lstat().st_size for one in path.rglob("*") if one.is_file()))
    size = value.get("size")
    return _bytes(size) if isinstance(size, int) else ""


def _bytes(size: float) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if size < _STEP:
            return f"{size:.0f} B" if unit == "B" else f"{size:.1f} {unit}"
        size /= _STEP
    return f"{size:.1f} TB"


def _media(value: Mapping[str, object]) -> str:
    declared = value.get("format")
    if isinstance(declared, str):
        return declared.removeprefix(IANA)
    found = None if value.get("class") == "Directory" else media_type_of(_path(value))
    return (found or "").partition(";")[0]
