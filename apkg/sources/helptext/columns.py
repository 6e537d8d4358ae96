"""Where the left side of a row ends and its description begins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from apkg.sources.helptext.parts import Line

#: How a row of an option list begins: ``-x``, ``--name``, ``--[no-]x``, ``[-x]``; not ``- text``.
START = re.compile(r"^\s*(?:\*\s+)?\[?-{1,2}(?::,|[\w?@#<\[{(]|-(?!-))")
GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
#: A colon inside of parentheses, as in ``(default: 3)``, ends no left side.
_COLON = re.compile(
    r"^\s*\[?-[^\s:]+(?: {1,2}(?:[^\s:(]+|[^\s:()]*\([^\s:()]*\)[^\s:]*)){0,4}\s*:(?= |$)"
)
_METAVAR_CELL = re.compile(
    r"<[^<>]*>(?:\.\.\.)?(?: \[[-\d.<>=x]+\])?|\[[^\[\]]*\|[^\[\]]*\]|\{[^{}]*\}"
    r"|[A-Z][A-Z0-9_]*(?: RANGE)?(?:\.\.\.)?"
    r"|[A-Z]+ RANGE \[[^\[\]]*\]|[A-Za-z_]+=\S+|\[\w+ ?\.\.\.\]|\[[A-Z_]+\](?:\.\.\.)?"
)
_ANGLES = re.compile(
    r"^(\s*\[?-[^\s<>,]*(?:,\s+-[^\s<>,]*)*(?:\s?<[^<>]*>(?:\.\.\.)?|=\S+)+\]?) (?=\S)"
)
_BRACKETED = re.compile(r"^(\s*\[-[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\]) (?=\S)")
_PLACEHOLDER = re.compile(r"^(\s*-[^\s,]+(?:,\s+-[^\s,]+)*(?: [A-Z][A-Z0-9_]*)?) (?=\S)")


def is_start(line: Line) -> bool:
    """Whether a line may begin the row of an option."""
    return START.match(line.text) is not None


def description_column(lines: Iterable[Line]) -> int | None:
    """The column where most of the descriptions begin."""
    count = Counter(gap.end() for line in lines if is_start(line) and (gap := _last_gap(line.text)))
    return count.most_common(1)[0][0] if count else None


def _last_gap(text: str) -> re.Match[str] | None:
    return GAP.search(text, len(text) - len(text.lstrip()))


def colon_style(lines: Sequence[Line]) -> bool:
    """Whether the rows are written ``-x value: what it does``."""
    starts = [line for line in lines if is_start(line)]
    indents = Counter(line.indent for line in starts if _COLON.match(line.text))
    if not indents:
        return False
    indent, colons = indents.most_common(1)[0]
    return colons * 2 >= sum(1 for line in starts if line.indent == indent)


def split_row(line: Line, column: int | None, *, colon: bool) -> tuple[str, str, int | None]:
    """Left side, description and the column where it begins (``None``: not on this line)."""
    text = line.text
    if colon and (match := _COLON.match(text)):
        rest = text[match.end() :].strip()
        return text[: match.end() - 1], rest, None
    cut = _cut(line, column)
    if cut is None:
        return text, "", None
    left, rest = text[:cut].rstrip(), text[cut:]
    rest = rest.removeprefix(": ")
    return left, rest.strip(), cut


def _cut(line: Line, column: int | None) -> int | None:
    text, start = line.text, line.indent
    gaps = list(GAP.finditer(text, start))
    place = 0
    while place < len(gaps):
        end = gaps[place + 1].start() if place + 1 < len(gaps) else len(text)
        cell = text[gaps[place].end() : end]
        more = place + 1 < len(gaps) or line.boxed
        if not (cell.startswith("-") and _flags_only(cell)) and not (
            more and _METAVAR_CELL.fullmatch(cell) and (line.boxed or gaps[place].end() != column)
        ):
            return gaps[place].end()
        place += 1
    if gaps and (line.boxed or text[gaps[-1].end()] == "-"):
        return None
    at_column = column is not None and start < column < len(text) and text[column - 1] == " "
    if at_column and column is not None and _is_text(text[:column], text[column:]):
        return column
    for shape in (_BRACKETED, _ANGLES):
        if (match := shape.match(text)) and text[match.end()] not in "-[":
            return match.end()
    match = _PLACEHOLDER.match(text)
    if match is None or text.count(" ", start) < 5 or text[match.end()] in "-[<":
        return None
    return match.end()


def _is_text(left: str, rest: str) -> bool:
    return not rest.startswith((" ", "-")) and not left.rstrip().endswith(",") and " " in rest


def _flags_only(cell: str) -> bool:
    words = re.split(r",? +", cell)
    return all(word.startswith("-") or _METAVAR_CELL.fullmatch(word) for word in words)
