"""What a notebook's code opens, saves and asks of the network."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from apkg.sources.notebook.usage.values import Piece, render

Kind: TypeAlias = Literal["file", "directory"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileUse:
    """One place where a file or folder is read or written.

    Attributes:
        variable: The notebook variable that holds the path, or the folder the path lies in.
        literal: The whole path as the code has it, with constants (and the variables' own
            values) put in; ``None`` where a part is known at run time only.
        kind: What ``variable`` holds; without one, what is opened.
        target: What is opened: differs from ``kind`` for a file below a folder variable.
        below: The path (or pattern) below ``variable`` where that is the folder.
        media_type: Of what is opened.
        array: Whether ``variable`` holds a list of paths (without one: many files are opened).
        own: A read of something that the notebook has written before.
        call: The function, e.g. ``rasterio.open``; for a method its name, e.g. ``to_csv``.
        cell: The number of the cell, as given.
        line: The line in the cell, from 1.
        pieces: What the path is made of; see :meth:`glob`.

    """

    variable: str | None
    literal: str | None
    kind: Kind
    media_type: str | None
    call: str
    cell: int
    line: int
    target: Kind = "file"
    below: str | None = None
    array: bool = False
    own: bool = False
    pieces: tuple[Piece, ...] = field(default=(), repr=False)

    def glob(self, inputs: Collection[str] = ()) -> str:
        """The path as a glob pattern, ``*`` for whatever the variables in ``inputs`` decide."""
        return render(self.pieces, inputs)

    @property
    def depends(self) -> tuple[str, ...]:
        """The notebook variables that the path is made of, each once."""
        return tuple(dict.fromkeys(piece.name for piece in self.pieces if piece.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkUse:
    """Evidence of network use: an import, a call, or a URL that is opened.

    ``variable`` is the notebook variable that holds the URL: as a File input, the platform
    would fetch it before the notebook starts, and the network is not needed for it.
    """

    what: str
    cell: int
    line: int
    variable: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Everything found, in the order of cells and lines."""

    reads: tuple[FileUse, ...] = ()
    writes: tuple[FileUse, ...] = ()
    network: tuple[NetworkUse, ...] = ()
