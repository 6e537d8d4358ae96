"""The full log of a build, in a file that is there from the first line on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TextIO

from apkg.builders.engine_log import shown
from apkg.errors import ApkgError, Location
from apkg.names import printable


class BuildLog:
    """Hands on what is worth seeing, and writes all to ``path`` as soon as it is opened.

    A build that has nothing to do opens no log: the last one stays. What stops a build is the
    last line; an interrupted build leaves neither the log nor the folders made for it.
    """

    def __init__(self, path: Path, on_log: Callable[[str], None]) -> None:
        self._path = path
        self._on_log = on_log
        self._before: list[str] = []
        self._made: list[Path] = []
        self._stream: TextIO | None = None

    @property
    def written(self) -> Path | None:
        """The file, if there is one."""
        return None if self._stream is None else self._path

    def open(self) -> None:
        """Begin to write, with all that was said before.

        Raises:
            ApkgError: the file cannot be written.

        """
        self._made = [folder for folder in self._path.parents if not folder.exists()]
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._stream = self._path.open("w", encoding="utf-8", errors="replace")
        except OSError as error:
            raise ApkgError(
                f"cannot be written: {error.strerror or error}",
                hint="Choose another folder with -o, or another file with --log.",
                location=Location(path=str(self._path)),
            ) from error
        for line in self._before:
            self._write(line)

    def __call__(self, line: str) -> None:
        """Take one line."""
        text = printable(line)
        self._write(text)
        if (seen := shown(text)) is not None:
            self._on_log(seen)

    def _write(self, line: str) -> None:
        if self._stream is None:
            self._before.append(line)
            return
        self._stream.write(f"{line}\n")
        # Who looks at the file wants to see how it goes.
        self._stream.flush()

    def __enter__(self) -> BuildLog:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._stream is None:
            return
        if isinstance(error, ApkgError):
            self._write(f"error: {printable(error.message)}")
            told = f"The full log is in {self._path}."
            error.hint = f"{error.hint}\n{told}" if error.hint else told
        self._stream.close()
        if isinstance(error, KeyboardInterrupt | SystemExit):
            self._remove()

    def _remove(self) -> None:
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
            for folder in self._made:
                folder.rmdir()
