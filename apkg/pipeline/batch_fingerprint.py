"""Whether a source would be converted to the same again: what stands for all that it depends on.

That is the version of apkg and of Python, the options, the content of every file that was read,
and the names of the files around the source (a manifest that is new there, an input's example).
"""

from __future__ import annotations

import hashlib
import os
import platform
import stat
import sys
import sysconfig
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from apkg import __version__
from apkg.files.there import LOOKED
from apkg.pipeline.batch_digest import file_digest
from apkg.pipeline.options import ConvertOptions

#: What is in folders below is looked at so far, as names only.
_DEEPEST, _MOST = 3, 5000
#: Files whose presence a notebook's conversion does not depend on, unless a manifest is there.
_NOTEBOOK = ".ipynb"
_MANIFESTS = frozenset(["apkg.yaml", "apkg.yml"])
#: What stands for the presence of what was looked for.
ABSENT, FOLDER, FILE = _MARKS = ("", "/", ".")


def options_key(options: ConvertOptions) -> bytes:
    """What stands for the version and the options; not for where to write, and over what."""
    return key_of(repr(replace(options, out=Path(), force=False)))


def key_of(options: str) -> bytes:
    """What stands for ``options``, and the versions of apkg and Python."""
    text = f"{__version__}\n{platform.python_version()}\n{options}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


class Around:
    """The names in the folders of sources; each folder is looked at once.

    ``out`` is left out, as are the documents in it: the batch itself writes them. So are
    ``others``: files that the batch writes elsewhere.
    """

    def __init__(self, out: Path, others: Collection[Path] = ()) -> None:
        self._out = os.path.realpath(out)
        self._left_out = {self._out, *map(os.path.realpath, others)}
        self._known: dict[str, bytes] = {}

    def key(self, source: str) -> bytes:
        """What stands for the names around ``source``; a folder is around itself."""
        folder = source if os.path.isdir(source) else os.path.dirname(source)  # noqa: PTH112, PTH120
        folder = os.path.realpath(folder or ".")
        if folder not in self._known:
            self._known[folder] = self._key(folder)
        return self._known[folder]

    def _key(self, folder: str) -> bytes:
        names: list[str] = []
        for name in self._names(folder, "", 0):
            names.append(name)
            if len(names) > _MOST:
                break
        if _MANIFESTS.isdisjoint(names):
            names = [name for name in names if not name.lower().endswith(_NOTEBOOK)]
        text = "\0".join(names)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()

    def _names(self, folder: str, way: str, depth: int) -> Iterator[str]:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            return
        own = folder == self._out
        for entry in entries:
            if entry.name.startswith(".") or entry.name == "__pycache__":
                continue
            if entry.path in self._left_out:
                continue
            if own and entry.name.endswith((".cwl", ".json", ".yml", ".xml", ".atom")):
                continue
            yield way + entry.name
            if depth < _DEEPEST and entry.is_dir(follow_symlinks=False):
                yield from self._names(entry.path, f"{way}{entry.name}/", depth + 1)


class Reads:
    """Which files are opened for reading in this process, between :meth:`begin` and :meth:`end`.

    Python tells by its audit event ``open``; once asked for, it cannot be told to stop. What was
    looked for, and may not be there, is told by :mod:`apkg.files.there`.
    """

    def __init__(self) -> None:
        self._paths: dict[str, None] | None = None
        self._looks: dict[str, None] = {}
        paths = sysconfig.get_paths()
        own = [
            str(Path(__file__).parents[1]),
            *(paths[n] for n in ("stdlib", "purelib", "platlib")),
        ]
        self._own = tuple(f"{os.path.realpath(path)}{os.sep}" for path in own)
        sys.addaudithook(self._on_event)

    def begin(self) -> None:
        """Forget what was read before."""
        self._paths, self._looks = {}, {}

    def end(self) -> tuple[str, ...]:
        """The files that were read, as absolute paths; not those of Python and apkg themselves."""
        paths, self._paths = self._paths or {}, None
        return self._others(paths)

    def looks(self) -> tuple[str, ...]:
        """What was looked for before :meth:`end`, as absolute paths."""
        return self._others(self._looks)

    def _others(self, paths: Iterable[str]) -> tuple[str, ...]:
        return tuple(path for path in paths if not path.startswith(self._own))

    def _on_event(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._paths is None or event not in ("open", LOOKED):
            return
        if event == LOOKED:
            self._looks[os.path.abspath(arguments[0])] = None  # noqa: PTH100
            return
        path, mode, flags = arguments
        if isinstance(path, bytes):
            path = os.fsdecode(path)
        reads = mode.startswith("r") if isinstance(mode, str) else not flags & os.O_ACCMODE
        if reads and isinstance(path, str):
            self._paths[os.path.abspath(path)] = None  # noqa: PTH100


@cache
def the_reads() -> Reads:
    """The one of this process."""
    return Reads()


def read_digests(paths: Collection[str], *, since: int) -> dict[str, str] | None:
    """The hashes of files by path; None where one may have changed ``since`` then (in ns)."""
    digests: dict[str, str] = {}
    for path in paths:
        digest = file_digest(Path(path))
        try:
            changed = os.stat(path).st_mtime_ns >= since  # noqa: PTH116
        except OSError:
            return None
        if digest is None or changed:
            return None
        digests[path] = digest.hex()
    return digests


def look_marks(paths: Collection[str]) -> dict[str, str]:
    """What is there, by path: a mark instead of the hash, as nobody has read it."""
    return {path: _mark(path) for path in paths}


def _mark(path: str) -> str:
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116
    except (OSError, ValueError):
        return ABSENT
    return FOLDER if stat.S_ISDIR(mode) else FILE


class Digests:
    """The hashes of files as they are now; what many sources read is hashed once."""

    def __init__(self) -> None:
        self._known: dict[str, str | None] = {}

    def are(self, expected: Mapping[str, str], *, once: str) -> bool:
        """Whether each file has the hash that it is expected to have; ``once`` is not kept."""
        return all(
            (_mark(path) if said in _MARKS else self._digest(path, keep=path != once)) == said
            for path, said in expected.items()
        )

    def _digest(self, path: str, *, keep: bool) -> str | None:
        if path in self._known:
            return self._known[path]
        digest = file_digest(Path(path))
        text = None if digest is None else digest.hex()
        if keep:
            self._known[path] = text
        return text


def relative(paths: Mapping[str, str], folder: Path, *, back: bool = False) -> dict[str, str]:
    """The hashes by path from ``folder``, or ``back`` by absolute path: projects are moved."""
    start = os.path.abspath(folder)  # noqa: PTH100
    if back:
        return {os.path.normpath(os.path.join(start, p)): d for p, d in paths.items()}  # noqa: PTH118
    return {os.path.relpath(p, start): d for p, d in paths.items()}
