"""``--resume``: which sources of a batch need no work, as nothing changed since an earlier one."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from apkg.pipeline.batch_fingerprint import Around, Digests, options_key, relative
from apkg.pipeline.batch_stage import PREFIX
from apkg.pipeline.batch_state import Kept, State
from apkg.pipeline.options import ConvertOptions


class Memory:
    """What earlier batches in the output folder have done; use it as a context manager.

    ``others`` are files that this batch writes elsewhere.
    """

    def __init__(self, options: ConvertOptions, others: Collection[Path] = ()) -> None:
        self._out = options.out
        self._key = options_key(options)
        self._around = Around(options.out, others)
        self._digests = Digests()

    def __enter__(self) -> Memory:
        self._state = State(self._out)
        return self

    def __exit__(self, *_: object) -> None:
        self._state.close()

    def unchanged(self, source: str) -> Sequence[Mapping[str, Any]] | None:
        """What was kept of a source that would give the same again, and whose files are there."""
        kept = self._state.find(self._name(source))
        if kept is None or kept.key != self._key_of(source):
            return None
        names = [name for package in kept.packages for name in package["files"]]
        if not all(os.path.lexists(self._out / name) for name in names):
            return None
        reads = relative(kept.reads, self._out, back=True)
        same = self._digests.are(reads, once=os.path.abspath(source))  # noqa: PTH100
        return kept.packages if same else None

    def intend(self, source: str, digests: Mapping[str, bytes]) -> None:
        """Note what is about to get its place, by file name."""
        self._state.intend(self._name(source), digests)

    def keep(
        self,
        source: str,
        packages: Sequence[Mapping[str, Any]],
        reads: Mapping[str, str] | None,
        digests: Mapping[str, bytes],
    ) -> None:
        """Note what is in its place; without ``reads`` the source is done again next time."""
        own = {p: d for p, d in (reads or {}).items() if f"{os.sep}{PREFIX}" not in p}
        kept = Kept(
            key=b"" if reads is None else self._key_of(source),
            reads=relative(own, self._out),
            packages=packages,
        )
        self._state.keep(self._name(source), kept, digests)

    def owner(self, path: Path) -> str | None:
        """The source that a file in the output folder was made of, if nobody has changed it."""
        name = self._state.owner(path)
        return None if name is None else os.path.normpath(self._out / name)

    def is_own(self, source: str, owner: str) -> bool:
        """Whether ``owner`` is this source."""
        return os.path.abspath(source) == os.path.abspath(owner)  # noqa: PTH100

    def _key_of(self, source: str) -> bytes:
        return self._key + self._around.key(source)

    def _name(self, source: str) -> str:
        return os.path.relpath(source, self._out)
