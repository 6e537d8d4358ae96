"""From what was collected to what is said: variables, literals, kinds and media types."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from apkg import media
from apkg.sources.notebook.usage import values
from apkg.sources.notebook.usage.collect import Raw
from apkg.sources.notebook.usage.model import FileUse, Kind, NetworkUse, Usage
from apkg.sources.notebook.usage.tables import NETWORK_SCHEMES
from apkg.sources.notebook.usage.values import Piece, Pieces

_NOT_A_PATH = re.compile(r"[\n\r\0<>]|^:memory:$|^/dev/|^$")


def usage_of(raws: Iterable[Raw], network: Iterable[NetworkUse]) -> Usage:
    """The uses, sorted by cell and line, each said once."""
    found: dict[str, list[FileUse]] = {"read": [], "write": [], "make": []}
    asked = list(network)
    for raw in raws:
        for path in raw.value.paths:
            use = _use(raw, path)
            if use is None:
                continue
            url = _url(use)
            if url is not None and raw.access == "read":
                asked.append(
                    NetworkUse(what=url, cell=use.cell, line=use.line, variable=use.variable)
                )
            if url is None or use.variable:
                found[raw.access].append(use)
    writes = _sorted([*found["write"], *_filled_folders(found["make"], found["write"])])
    return Usage(
        reads=tuple(_own_marked(_sorted(found["read"]), writes)),
        writes=tuple(writes),
        network=tuple(sorted(dict.fromkeys(asked), key=lambda use: (use.cell, use.line))),
    )


def _use(raw: Raw, pieces: Pieces) -> FileUse | None:
    if raw.access == "read":
        pieces = tuple(_wild(piece) for piece in pieces)
    text = values.literal(pieces)
    name = _variable(pieces)
    if (text is not None and _NOT_A_PATH.search(text)) or not (name or _says_something(pieces)):
        return None
    below = values.render(pieces[1:]).lstrip("/") if name and len(pieces) > 1 else None
    # The wildcards of a glob stand for many, unless all that is known is the variable itself.
    if raw.effect.pattern and name and below is None:
        return None
    target = _target(raw, text or _tail(pieces))
    media_type = _media_type(raw, text or _tail(pieces), target)
    if raw.effect.weak and media_type is None:
        return None
    return FileUse(
        variable=name,
        literal=text,
        kind="directory" if below is not None else target,
        target=target,
        below=below,
        media_type=media_type,
        array=_is_array(raw, pieces, name),
        call=raw.call,
        cell=raw.cell,
        line=raw.line,
        pieces=pieces,
    )


def _wild(piece: Piece) -> Piece:
    """A star in a path that is read stands for many; in one that is written, for itself."""
    return replace(piece, many=True) if "*" in (piece.text or "") else piece


def _variable(pieces: Pieces) -> str | None:
    """The variable that is the path, or the folder that the path lies in."""
    first = pieces[0]
    if not (first.whole and first.name) or "*" in (first.text or ""):
        return None
    if len(pieces) == 1 or (first.text or "").endswith("/"):
        return first.name
    return first.name if (pieces[1].text or "").startswith("/") else None


def _says_something(pieces: Pieces) -> bool:
    """Whether enough is fixed to find the file by: not in an unknown folder, nor just a star."""
    first = pieces[0]
    if first.text is None and len(pieces) > 1 and (pieces[1].text or "").startswith("/"):
        return False
    known = "".join(piece.text or "" for piece in pieces)
    return re.search(r"[^\W_]", known) is not None or known == "."


def _target(raw: Raw, text: str) -> Kind:
    if raw.effect.directory or media.is_directory_name(text):
        return "directory"
    return "file"


def _media_type(raw: Raw, text: str, target: Kind) -> str | None:
    found = media.media_type_of(text) or raw.effect.media_type
    return media.DIRECTORY if found is None and target == "directory" else found


def _tail(pieces: Pieces) -> str:
    """The fixed text that the path ends with."""
    tail: list[str] = []
    for piece in reversed(pieces):
        if piece.text is None:
            tail.append("x")
            break
        tail.append(piece.text)
    return "".join(reversed(tail))


def _is_array(raw: Raw, pieces: Pieces, name: str | None) -> bool:
    if name:
        return pieces[0].many
    return raw.effect.pattern or any(p.many or "*" in (p.text or "") for p in pieces)


def _url(use: FileUse) -> str | None:
    text = "".join(_until_unknown(use.pieces))
    return text if text.startswith(NETWORK_SCHEMES) else None


def _until_unknown(pieces: Pieces) -> Iterable[str]:
    for piece in pieces:
        if piece.text is None:
            return
        yield piece.text


def _sorted(uses: Iterable[FileUse]) -> list[FileUse]:
    return sorted(dict.fromkeys(uses), key=lambda use: (use.cell, use.line))


def _filled_folders(made: list[FileUse], writes: list[FileUse]) -> list[FileUse]:
    """The folders made that something is saved in."""
    starts: set[str] = set()
    for use in writes:
        path = use.glob()
        starts.update(path[: match.start()] for match in re.finditer("/", path))
    return [use for use in _sorted(made) if use.glob().rstrip("/") in starts]


def _own_marked(reads: list[FileUse], writes: list[FileUse]) -> Iterable[FileUse]:
    """The reads, marked where the same path, or one in the same folder, was written before."""
    first: dict[str, tuple[int, int]] = {}
    for use in writes:
        first.setdefault(use.glob(), (use.cell, use.line))
        if "/" in use.glob():
            first.setdefault(use.glob().rpartition("/")[0], (use.cell, use.line))
    for use in reads:
        path = use.glob().rstrip("/")
        folder, _, name = path.rpartition("/")
        before = first.get(path) or (first.get(folder) if "*" in name else None)
        yield replace(use, own=before is not None and before <= (use.cell, use.line))
