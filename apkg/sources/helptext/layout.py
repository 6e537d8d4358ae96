"""A help text taken apart: usage, rows of options, rows of other lists, and prose.

A row begins where a line starts with a flag and stands left of the descriptions; everything
that is deeper belongs to the row above. What only looks like a row (an example, a sentence
that happens to start with ``--like``) is told by where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from apkg.sources.helptext.columns import (
    GAP,
    colon_style,
    description_column,
    is_start,
    split_row,
)
from apkg.sources.helptext.headings import Kind, is_heading, kind_of
from apkg.sources.helptext.parts import Entry, Layout, Line, Pattern
from apkg.sources.helptext.usagelines import DESCRIBED, find_usage

#: Stands in the prose where the usage stood.
USAGE_MARK = "\f"
_FRAGMENT = re.compile(r"^\s*\[+-[^\s\]]")
#: ``-amin N -anewer FILE -empty``: several options on one line, as ``find`` lists them.
_RUN_IN = re.compile(r"^\s+-[a-z][\w-]+(?: [^-\s,]\S*){0,3} -[a-z][\w-]+(?: [^,]*)?$")
#: A line that only states the default: GRASS, JCommander, Fire, absl.
_OWN_LINE = re.compile(
    r"^\(?[Dd]efault: ?((?<=\(default: )'[^'\[\]]*'(?=\))|(?<!\(default: )[^()\[\]]+)\)?$"
)
_KEY = re.compile(r"^\s+[A-Za-z]\w*=\S+ {2,}\S")
_NAME = re.compile(r"^\s*[\[<{]*[A-Za-z]\S*(?: ?\.\.\.\]?)?(?: {2,}|\s*:(?=\s)|$)")


@dataclass(slots=True)
class _Row:
    """A row being read: the column of its description is known once there is one."""

    left: str
    line: Line
    section: str
    option: bool
    help: list[str] = field(default_factory=list)
    column: int | None = None
    colon: bool = False

    def entry(self) -> Entry:
        """The row, unwrapped."""
        left = self.left.strip()
        marked = left.startswith("* ")
        own = [bool(_OWN_LINE.match(text)) for text in self.help]
        texts = [_OWN_LINE.sub(r"[default: \1]", text) for text in self.help]
        return Entry(
            left=left.removeprefix("* ").strip(),
            line=self.line.number,
            help=" ".join(text for text in texts if text).removeprefix("-- "),
            own_default=any(own),
            indent=self.line.indent,
            boxed=self.line.boxed,
            section=self.section,
            marked=marked,
        )


@dataclass(slots=True)
class _State:
    """What the reader knows while it goes down the lines."""

    column: int | None
    colon: bool
    section: str = ""
    kind: Kind = "other"
    current: _Row | None = None
    gap: bool = False
    before: Line | None = None
    base: int | None = None
    runs: list[list[_Row]] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    fragments: list[Line] = field(default_factory=list)


def take_apart(lines: Sequence[Line]) -> Layout:
    """The layout of the text; linear in its length."""
    patterns, used = find_usage(lines)
    body = [Line(line.number, "") if line.number in used else line for line in lines]
    rows = [line for line in body if line.text]
    state = _State(column=description_column(rows), colon=colon_style(rows))
    after = _next_lines(body)
    for place, line in enumerate(body):
        if line.number in used:
            _usage_line(state)
        elif not line.text:
            state.gap = True
        else:
            _line(state, line, after[place])
            state.before, state.gap = line, False
    headed = any(_under_options(run) for run in state.runs)
    options = [row for run in state.runs if _is_believed(run, headed=headed) for row in run]
    return Layout(
        patterns=patterns,
        fragments=(Pattern(tuple(state.fragments)),) if state.fragments else (),
        options=tuple(row.entry() for row in options),
        rows=tuple(row.entry() for row in state.rows),
        prose=tuple(state.prose),
    )


def _next_lines(body: Sequence[Line]) -> list[Line | None]:
    """For each line, the next one with text."""
    result: list[Line | None] = [None] * len(body)
    following: Line | None = None
    for place in range(len(body) - 1, -1, -1):
        result[place] = following
        if body[place].text:
            following = body[place]
    return result


def _usage_line(state: _State) -> None:
    state.current, state.before, state.gap = None, None, True
    if USAGE_MARK not in state.prose:
        state.prose.append(USAGE_MARK)


def _line(state: _State, line: Line, after: Line | None) -> None:
    if state.current is not None and _goes_on(state, state.current, line):
        _continue(state, state.current, line)
        return
    if _RUN_IN.match(line.text) and state.kind != "aside" and not GAP.search(line.words):
        state.current = None
        state.fragments.append(line)
        return
    if is_start(line) and not _is_fragment(line) and _may_start(state, line):
        _begin(state, line)
        return
    state.current = None
    if _more_usage(state, line):
        state.fragments.append(line)
        return
    _other(state, line, after)


def _more_usage(state: _State, line: Line) -> bool:
    """Lines of brackets below the usage, such as the "advanced options" of ogr2ogr."""
    if _FRAGMENT.match(line.text) and not DESCRIBED.search(line.text):
        return state.kind != "aside"
    below = bool(state.fragments) and state.before is state.fragments[-1] and not state.gap
    return below and line.indent > 0 and line.words[0] in "[|{"


def _other(state: _State, line: Line, after: Line | None) -> None:
    """A heading, the row of a list of names, or prose."""
    alone = state.gap or state.before is None
    titled = line.indent == 0 and line.words.endswith(":") and kind_of(line.words) != "other"
    if is_heading(line, after, alone=alone) and (titled or not _is_row(state, line)):
        state.section, state.kind, state.base = line.words, kind_of(line.words), None
        return
    if _is_row(state, line):
        _plain_row(state, line)
        return
    if not state.runs and not state.rows and _is_about(state.section):
        state.prose.append(("\n" if state.gap else "") + line.words)


def _is_about(section: str) -> bool:
    return not section or section.lower().startswith(("descr", "about", "name", "summary"))


def _is_fragment(line: Line) -> bool:
    """``[-a x] [-b y]``: more of the usage, not the row of one option."""
    return line.words.startswith("[") and (
        not DESCRIBED.search(line.words) and not re.match(r"\[-[^\[\]]*\] \w+ \w+", line.words)
    )


def _goes_on(state: _State, row: _Row, line: Line) -> bool:
    """Whether ``line`` belongs to the row above it."""
    if row.left.rstrip().endswith(",") and is_start(line) and not row.help:
        return True
    column = row.column if row.column is not None else state.column
    if state.gap:
        deep = row.column if row.column is not None else row.line.indent + 1
        return line.indent >= deep and not (is_start(line) and row.column is None)
    if not row.option and _is_new_row(state, row, line):
        return False
    if is_start(line):
        if row.colon:
            return line.indent > row.line.indent
        return column is not None and line.indent >= column
    return line.indent > row.line.indent


def _is_new_row(state: _State, row: _Row, line: Line) -> bool:
    """In lists of names: the same indent, or a description in the same column."""
    if is_start(line) or line.indent <= row.line.indent:
        return True
    if row.left.lstrip().startswith("{") and line.words.split(" ")[0] in row.left:
        return True
    gap = GAP.search(line.text, line.indent)
    if gap is None or not _NAME.match(line.text):
        return False
    return gap.end() == row.column or (state.kind == "commands" and line.indent < (row.column or 0))


def _continue(state: _State, row: _Row, line: Line) -> None:
    if row.left.rstrip().endswith(",") and is_start(line) and not row.help:
        left, text, column = split_row(line, state.column, colon=False)
        row.left, row.column = f"{row.left.rstrip()} {left.strip()}", column
        row.help.append(text)
        return
    if row.line.boxed and row.column is not None and line.indent < row.column:
        cell = GAP.split(line.words, 1)
        opened = row.left.count("[") > row.left.count("]")
        if opened:
            row.left += cell[0]
            row.help.append(cell[1] if len(cell) > 1 else "")
            return
    if row.column is None and not row.colon:
        row.column = line.indent
    row.help.append(line.words)


def _may_start(state: _State, line: Line) -> bool:
    """Not in a list of examples, and not in the middle of a paragraph."""
    if state.kind == "aside":
        return _described(state, line) and state.section.lower().startswith(("descr", "about"))
    if state.kind == "commands" and not _described(state, line):
        return False
    if line.text.endswith("\\"):
        return False
    before = state.before
    if before is None or state.gap or before.words.endswith(":"):
        return True
    last = state.runs[-1][-1] if state.runs else None
    in_run = last is not None and last.line.number <= before.number and state.current is last
    if in_run or state.current is not None or before.indent < line.indent or is_start(before):
        return True
    return before.words == state.section


def _described(state: _State, line: Line) -> bool:
    return GAP.search(line.text, line.indent) is not None or (state.colon and ":" in line.text)


def _begin(state: _State, line: Line) -> None:
    left, text, column = split_row(line, state.column, colon=state.colon)
    colon = state.colon and column is None and ":" in line.text
    row = _Row(left, line, state.section, option=True, column=column, colon=colon)
    if text:
        row.help.append(text)
    fresh = state.current is None or not state.current.option
    if fresh or not state.runs:
        state.runs.append([])
    state.runs[-1].append(row)
    state.current = row


def _is_believed(run: Sequence[_Row], *, headed: bool) -> bool:
    """Options are described, or stand under a heading that says that they are options."""
    if _under_options(run):
        return True
    if headed and not run[0].section and not any(_has_gap(row) for row in run):
        return False
    if len(run) > 1 and run[0].section.endswith(":") and all(_is_bare(row) for row in run):
        return kind_of(run[0].section) == "other"
    return any(row.help for row in run) and not all(_is_sentence(row) for row in run)


def _is_bare(row: _Row) -> bool:
    """``--html-report DIR``: nothing but a flag and its value."""
    return not row.help and re.fullmatch(r"\s*--?[\w-]+(?:[ =][A-Z_]+)?", row.left) is not None


def _has_gap(row: _Row) -> bool:
    return GAP.search(row.line.text, row.line.indent) is not None


def _under_options(run: Sequence[_Row]) -> bool:
    return bool(run[0].section) and kind_of(run[0].section) in {"options", "places"}


def _is_sentence(row: _Row) -> bool:
    """``--bounds can be given as …``: a sentence that begins with a flag."""
    return not row.help and len(row.left.split()) > 5


def _is_row(state: _State, line: Line) -> bool:
    """Whether a line is the row of a list that is not one of options."""
    if line.indent == 0 and state.kind != "places":
        return state.kind == "commands" and len(GAP.split(line.words)) > 2
    if _KEY.match(line.text):
        return True
    if state.kind in {"places", "commands"}:
        fits = state.base is None or line.indent <= state.base or GAP.search(line.text, line.indent)
        return bool(_NAME.match(line.text) and fits) or bool(
            state.kind == "places" and line.words.startswith(("{", "<", "["))
        )
    return bool(_NAME.match(line.text) and GAP.search(line.text, line.indent))


def _plain_row(state: _State, line: Line) -> None:
    gap = GAP.search(line.text, line.indent)
    left, text = (line.text[: gap.start()], line.text[gap.end() :]) if gap else (line.text, "")
    column = gap.end() if gap else None
    if match := re.match(r"^(\s*\S+(?: \.\.\.)?)\s*:\s+(.*)$", line.text):
        left, text, column = match[1], match[2], None
    if gap and line.boxed:
        left, text, column = _cells(line)
    row = _Row(left, line, state.section, option=False, column=column)
    if text:
        row.help.append(text.removeprefix(": "))
    if state.base is None:
        state.base = line.indent
    state.rows.append(row)
    state.current = row


def _cells(line: Line) -> tuple[str, str, int | None]:
    """The cells of a framed row: ``* name  TEXT  what it is``."""
    left, text, column = split_row(Line(line.number, line.text, boxed=True), None, colon=False)
    return left, text, column
