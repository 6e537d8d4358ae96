"""Where the usage stands in a help text: after ``Usage:``, under ``SYNOPSIS``, or bare."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from apkg.sources.helptext.parts import Line, Pattern

_HEADING = re.compile(
    r"^\s*(?:[\w./-]+: )?(?:usage|synopsis|syntax|aufruf|verwendung|utilisation|uso)"
    r"(?: (?:of|for) (?P<of>[^\s:]+))?(?P<colon>\s*:)?\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_OR = re.compile(r"^\s*or\s*:?\s+(?=\S)", re.IGNORECASE)
_BARE = re.compile(r"^(?:[\w./+-]+: )?(?P<rest>[\w./+-]+(?: [\[<{(-].*[\[<]|(?: \w+){1,4} \[-).*)$")
_GRAMMAR = re.compile(r"^(?:[\[<{(|-]|[A-Z][A-Z_]+\b|\.\.\.)")
#: A gap with a sentence behind it: the row of a list, not more of the usage.
DESCRIBED = re.compile(r"\S(?:\s{2,}|\s*\t\s*)(?![\[<{(|-])\w")
#: ``[-k kind] specify kind of``: the row of a list in brackets.
_ROW = re.compile(r"\[-[^\[\]]*\] (?!\w+ *$)(?:[\w-]+ ){2}")
#: ``(to execute a class)`` below a pattern of java's.
_REMARK = re.compile(r"\([a-z]+(?: [\w-]+){2,}\)")
_PROGRAM = re.compile(r"<[^<>]+>|[\w./+~-]*[\w+]")


_Found = list[tuple[Line, int]]


def find_usage(lines: Sequence[Line]) -> tuple[tuple[Pattern, ...], set[int]]:
    """The usage patterns, and the numbers of the lines that they take."""
    for place, line in enumerate(lines):
        match = _HEADING.match(line.text)
        if match is None or not (match["colon"] or match["of"] or not match["rest"]):
            continue
        if match["of"]:
            return (Pattern((Line(line.number, match["of"]),)),), {line.number}
        found = _block(lines, place, match)
        if found:
            return _patterns(found), {line.number} | {row.number for row, _ in found}
        if scattered := _scattered(lines[place + 1 :]):
            return _patterns(scattered), {line.number} | {row.number for row, _ in scattered}
    return _bare(lines)


def _bare(lines: Sequence[Line]) -> tuple[tuple[Pattern, ...], set[int]]:
    """``nccopy [-k kind] … infile outfile`` without a heading, on one of the first lines."""
    first = [(place, line) for place, line in enumerate(lines) if line.text][:5]
    for place, line in first:
        if (match := _BARE.match(line.text)) and not DESCRIBED.search(line.text):
            found = _block(lines, place, match)
            return _patterns(found), {row.number for row, _ in found}
    return (), set()


def _block(lines: Sequence[Line], place: int, match: re.Match[str]) -> _Found:
    """The lines of the usage; 1 where one begins a pattern, 2 where an ``or:`` does."""
    line, rest = lines[place], match["rest"]
    found: _Found = []
    column = match.start("rest") if rest else -1
    if rest:
        if not _PROGRAM.match(rest):
            return []
        found.append((Line(line.number, rest), 1))
    for row in lines[place + 1 :]:
        if not row.text:
            if found or row.number > line.number + 1:
                break
            continue
        if _REMARK.fullmatch(row.words):
            continue
        begins = _begins(row, found, column, line.indent)
        if begins is None:
            break
        if column < 0:
            column = row.indent
        text = _OR.sub("", row.text)
        if not found and (described := DESCRIBED.search(text.strip())):
            text = text.strip()[: described.start() + 1]
        again = _HEADING.match(text)
        found.append((Line(row.number, again["rest"] if again else text), begins))
    return found


def _begins(row: Line, found: _Found, column: int, indent: int) -> int | None:
    """1 where ``row`` begins a pattern, 0 where it goes on with one, ``None``: it is no usage."""
    if not found:
        first = bool(_PROGRAM.match(row.words)) and not row.words.startswith("-")
        return 1 if first and not _is_sentence(row.words) else None
    if _OR.match(row.text):
        return 2
    if (again := _HEADING.match(row.text)) and again["colon"]:
        return 1
    if row.indent <= indent and not (indent == 0 == column):
        return None
    return None if _is_row(row, column) else _goes_on(row, found, column)


def _is_row(row: Line, column: int) -> bool:
    """Whether a list begins right below the usage."""
    if row.words.startswith("-") and row.indent < max(column, 1):
        return True
    title = row.words.endswith(":") and " " not in row.words
    return title or bool(_ROW.match(row.words) or DESCRIBED.search(row.words))


def _goes_on(row: Line, found: _Found, column: int) -> int | None:
    if row.words.split(" ", 1)[0] == found[0][0].words.split(" ", 1)[0]:
        return 1
    if len(row.words.split()) > 5 and not re.search(r"[\[<{|]|\.\.\.", row.words):
        return None
    last = found[-1][0]
    if len(found) > 1 and row.indent == last.indent and not _is_sentence(row.words):
        return 0
    if row.indent >= max(column, 1) or _GRAMMAR.match(row.words) or _is_open(found):
        return 0
    return None


def _is_sentence(text: str) -> bool:
    return text.endswith(":") or (text.endswith(".") and not text.endswith("..."))


def _is_open(found: _Found) -> bool:
    text = found[-1][0].text
    return text.count("[") > text.count("]") or text.endswith(("/", "|", "\\"))


def _scattered(lines: Sequence[Line]) -> _Found:
    """Patterns between sentences, as ``gdaldem`` prints them: one for each of its modes."""
    found: _Found = []
    for line, after in pairwise([*lines, Line(0, "")]):
        words = line.words
        if words.startswith("[") and found and found[-1][0].number == line.number - 1:
            found.append((Line(line.number, words), 0))
        elif line.indent and _PROGRAM.match(words) and not words.startswith("-"):
            opens = after.words.startswith("[-") and not DESCRIBED.search(after.words)
            if opens or (" [-" in words and not DESCRIBED.search(words)):
                found.append((Line(line.number, words), 1))
    return found


def _patterns(found: _Found) -> tuple[Pattern, ...]:
    groups: list[tuple[list[Line], bool]] = []
    for line, begins in found:
        if begins or not groups:
            groups.append(([], begins > 1))
        groups[-1][0].append(line)
    return tuple(Pattern(tuple(group), alternative) for group, alternative in groups)
