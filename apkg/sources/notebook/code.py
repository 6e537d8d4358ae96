"""Python cells as syntax trees, with IPython's own syntax blanked out, lines kept."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import warnings
from collections.abc import Mapping
from dataclasses import dataclass

from apkg.errors import Location
from apkg.sources.notebook.cells import Cell
from apkg.sources.notebook.literals import MAGIC

_CELL_MAGIC = re.compile(r"\s*%%(\w+)")
#: Cell magics whose body is still Python in the same namespace.
_PYTHON_MAGICS = frozenset(["time", "timeit", "capture", "prun", "memit", "mprun"])
_ASSIGNED = re.compile(r"[\w, \t]+")
#: Cells with more magics than this are not searched for them one by one.
_MOST_MAGICS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PythonCell:
    """A code cell and its tree; ``tree`` is ``None`` where it is not Python 3.

    ``lines`` are the source lines as written; ``comments`` maps line number to comment text
    without the ``#``, ``alone`` holds the lines that are nothing but a comment.
    """

    path: str
    cell: Cell
    tree: ast.Module | None
    problem: str | None
    problem_line: int | None
    lines: tuple[str, ...]
    comments: Mapping[int, str]
    alone: frozenset[int]

    def location(self, line: int | None = None) -> Location:
        """A line of this cell."""
        return Location(path=self.path, cell=self.cell.number, line=line)


def parse_cell(cell: Cell, *, path: str) -> PythonCell:
    """Parse one code cell of the notebook at ``path``; never raises for what the cell holds."""
    source = without_magics(cell.source)
    tree, problem, line = _parse(source)
    comments, alone = _comments(source)
    return PythonCell(
        path=path,
        cell=cell,
        tree=tree,
        problem=problem,
        problem_line=line,
        lines=tuple(split_lines(cell.source)),
        comments=comments,
        alone=alone,
    )


def split_lines(source: str) -> list[str]:
    r"""Lines as Python's parser counts them: ``\n``, ``\r\n`` and ``\r`` end one, nothing else."""
    return re.split(r"\r\n|\n|\r", source)


def without_magics(source: str) -> str:
    """``source`` with magics, shell escapes and help requests replaced by ``pass``."""
    lines = split_lines(source)
    if foreign_magic(source) is not None:
        return "\n" * (len(lines) - 1)
    joined = "\n".join(lines)
    if not any(mark in source for mark in "%!?") or _compiles(joined):
        return joined
    return "\n".join(_without_each(lines) or _without_all(lines))


def foreign_magic(source: str) -> str | None:
    """The cell magic that makes a cell something else than Python, such as ``bash``."""
    first = next((line for line in split_lines(source) if line.strip()), "")
    match = _CELL_MAGIC.match(first)
    return match.group(1) if match and match.group(1) not in _PYTHON_MAGICS else None


def _without_each(lines: list[str]) -> list[str] | None:
    """The lines with those blanked that Python's parser itself stumbles over.

    A line of a string that only looks like a magic stays as it is.
    """
    lines = list(lines)
    for _ in range(_MOST_MAGICS):
        tree, _problem, number = _parse("\n".join(lines))
        if tree is not None:
            return lines
        place = min(number or 0, len(lines)) - 1
        if place < 0 or not _blank(lines, place):
            return None
    return None


def _without_all(lines: list[str]) -> list[str]:
    lines = list(lines)
    for place in range(len(lines)):
        _blank(lines, place)
    return lines


def _blank(lines: list[str], place: int) -> bool:
    """Blank the magic at ``place``, with the lines that backslashes join to it."""
    line = lines[place]
    lines[place] = _without_magic(line)
    while line.endswith("\\") and lines[place] != line and place + 1 < len(lines):
        place += 1
        line, lines[place] = lines[place], ""
        if not line.endswith("\\"):
            return True
    return lines[place] != line


def _without_magic(line: str) -> str:
    head, mark, tail = line.partition("=")
    if mark and tail.lstrip()[:1] in {"%", "!"} and _ASSIGNED.fullmatch(head):
        return f"{head}= {MAGIC}()"
    text = line.strip()
    asks = text.endswith("?") and re.fullmatch(r"[\w)\]]", text.rstrip("? ")[-1:])
    if text.startswith(tuple("%!?,;/")) or asks:
        return f"{line[: len(line) - len(line.lstrip())]}pass"
    return line


def _compiles(source: str) -> bool:
    return _parse(source)[0] is not None


def _parse(source: str) -> tuple[ast.Module | None, str | None, int | None]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source), None, None
    except SyntaxError as error:
        return None, error.msg, error.lineno
    except (ValueError, RecursionError, MemoryError) as error:
        return None, str(error) or "nested too deeply", None


def _comments(source: str) -> tuple[dict[int, str], frozenset[int]]:
    found: dict[int, str] = {}
    alone: set[int] = set()
    if "#" not in source:
        return found, frozenset()
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                found[token.start[0]] = token.string.lstrip("#").strip()
                if not token.line[: token.start[1]].strip():
                    alone.add(token.start[0])
    except (tokenize.TokenError, SyntaxError):
        # What came before the broken place still counts.
        pass
    return found, frozenset(alone)
