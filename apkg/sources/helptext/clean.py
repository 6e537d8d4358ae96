"""A help text as lines: no terminal escapes, no overstriking, no tabs, no frames."""

from __future__ import annotations

import re
from dataclasses import replace

from apkg.names import printable
from apkg.sources.helptext.parts import Line

_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
#: How ``man`` and ``groff`` print bold and underlined letters.
_OVERSTRUCK = re.compile(r"[^\x08\n]\x08")
_SHORT = re.compile(r"(?<![\w-])-(\w)\[([a-z]{2,})\](?![\w\[])")
_SHORTENED = re.compile(r"(?<![\w-])-\w\[[a-z]{2,}\] [A-Z<]|-(?:q\[uiet|v\[erbose|h\[elp|o\[ut)")
_LONGEST = 10_000
_TOP, _BOTTOM = "╭┌┏╔", "╰└┗╚├┣╠┡╞"
_SIDES = "│┃║"
_RULES = "─━═-╴╶ "
_MOST_BLANKS = 200


def clean_lines(text: str) -> tuple[Line, ...]:
    """The lines of ``text``; the title of a frame becomes a heading (``Options:``)."""
    plain = _OVERSTRUCK.sub("", _ESCAPE.sub("", text.replace("\r\n", "\n")))
    lines: list[Line] = []
    ascii_frame = False
    for number, raw in enumerate(plain.split("\n"), 1):
        row = printable(raw.rpartition("\r")[2][:_LONGEST].expandtabs(8)).rstrip()
        if not row or len(row) - len(row.lstrip()) > _MOST_BLANKS:
            lines.append(Line(number, ""))
            continue
        if row.lstrip().startswith(("+-", "+=")) and row.endswith(("-+", "=+")):
            title = row.strip().strip("+-= ")
            ascii_frame = bool(title) or not ascii_frame
            lines.append(Line(number, f"{title}:" if title else ""))
            continue
        lines.append(_line(number, row, ascii_frame=ascii_frame))
        ascii_frame = ascii_frame and row.lstrip().startswith("|")
    return _unabbreviated(lines)


def _unabbreviated(lines: list[Line]) -> tuple[Line, ...]:
    """``-o[utput] FILE``: a flag that may be shortened is its full word."""
    if not any(_SHORTENED.search(line.text) for line in lines):
        return tuple(lines)
    return tuple(replace(line, text=_SHORT.sub(r"-\1\2", line.text)) for line in lines)


def _line(number: int, row: str, *, ascii_frame: bool) -> Line:
    inner = row.strip()
    if inner[0] in _TOP:
        title = inner[1:].rstrip("╮┐┓╗").strip(_RULES + "┬┳╦┯")
        return Line(number, f"{title}:" if title else "")
    if inner[0] in _BOTTOM or not inner.strip("─━═╇┼╋┿"):
        return Line(number, "")
    if inner[0] in _SIDES or (ascii_frame and inner[0] == "|" and inner[-1] == "|"):
        start = row.index(inner[0])
        body = row[start + 1 :].removesuffix("|") if ascii_frame else row[start + 1 :]
        text = " " * (start + 1) + _without_sides(body)
        return Line(number, text.rstrip(), boxed=True)
    return Line(number, _without_sides(row).rstrip())


def _without_sides(text: str) -> str:
    for side in _SIDES:
        text = text.replace(side, " ")
    return text
