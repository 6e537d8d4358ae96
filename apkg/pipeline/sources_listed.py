"""Which sources a person means: files, folders, globs and lists of them, each one once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from apkg.errors import UsageError
from apkg.names import printable

_MAGIC = frozenset("*?[")
#: A list of names that is larger is something else.
LIST_BYTES = 64 * 1024 * 1024


def list_sources(
    words: Iterable[str], *, named: Iterable[str] = (), recursive: bool = False
) -> tuple[str, ...]:
    """The sources that ``words`` and then ``named`` stand for, in this order, each once.

    A folder stands for the notebooks directly in it, or for itself where it holds none; with
    ``recursive`` for those of every folder below it, too, and for each tool (Dockerfile, SNAP
    graph) there. ``words`` may be globs, which are sorted; ``named`` are taken as they are.

    Raises:
        UsageError: a glob matches nothing.
    """
    found: dict[str, str] = {}
    for path in (*expand(words), *map(Path, named)):
        for source in _below(path) if recursive else _at(path):
            found.setdefault(os.path.abspath(source), source)  # noqa: PTH100 - keeps FILE#id
    return tuple(found.values())


def expand(words: Iterable[str]) -> list[Path]:
    """Paths for ``words``; a quoted glob is expanded here, with ``**`` for any folders.

    Raises:
        UsageError: a glob matches nothing.
    """
    found: list[Path] = []
    for word in words:
        if not _is_glob(word):
            found.append(Path(word))
            continue
        from glob import glob

        matches = sorted(glob(word, recursive=True))  # noqa: PTH207 - the pattern may be absolute
        if not matches:
            raise UsageError(
                f"no file matches '{printable(word)}'",
                hint="Name a folder to search it as a whole; '**' stands for any folders.",
            )
        found += map(Path, matches)
    return found


def names_in(data: bytes) -> tuple[str, ...]:
    """The names in a list: one on a line (``#`` begins a comment), or each ended by NUL.

    ``find -print0`` writes the latter, in which a name may hold anything.

    Raises:
        UsageError: the list is far too large.
    """
    if len(data) > LIST_BYTES:
        raise UsageError(f"the list is larger than {LIST_BYTES // 2**20} MiB")
    if b"\0" in data:
        return tuple(os.fsdecode(name) for name in data.split(b"\0") if name)
    lines = (line.rstrip(b"\r") for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n"))
    return tuple(os.fsdecode(x) for x in lines if x.strip() and not x.startswith(b"#"))


def _is_glob(word: str) -> bool:
    return not _MAGIC.isdisjoint(word) and not os.path.lexists(word)


def _at(path: Path) -> Iterator[str]:
    notebooks = _notebooks(path) if os.path.isdir(path) else []  # noqa: PTH112 - never raises
    yield from notebooks or [str(path)]


def _below(path: Path) -> Iterator[str]:
    if not os.path.isdir(path):  # noqa: PTH112
        yield str(path)
        return
    from apkg.sources.tool import is_tool

    closed: list[OSError] = []
    number = 0
    # os.walk does not follow links to folders, so that a loop of links is no loop here.
    for root, folders, _ in os.walk(path, onerror=closed.append):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f != "__pycache__")
        found = _notebooks(Path(root)) or ([str(Path(root))] if is_tool(Path(root)) else [])
        number += len(found)
        yield from found
    # What cannot be searched is not passed over in silence: to read it says why.
    yield from (str(error.filename) for error in closed if error.filename != str(path))
    if not number:
        yield str(path)


def _notebooks(folder: Path) -> list[str]:
    try:
        names = sorted(n for n in os.listdir(folder) if n.lower().endswith(".ipynb"))  # noqa: PTH208
    except OSError:
        return []
    return [str(folder / name) for name in names]
