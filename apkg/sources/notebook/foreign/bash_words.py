"""Bash source as words and operators (Bash Reference Manual, chapter 3)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from apkg.sources.notebook.foreign import escapes
from apkg.sources.notebook.foreign.bash_expansions import expansion_end
from apkg.sources.notebook.foreign.reading import Refused

#: ``NAME=``, ``NAME+=`` and ``NAME[…]=`` at the start of a word.
_TARGET = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(\[[^\]\n]*\])?(\+?=)")
#: What a word may hold without meaning anything else.
_PLAIN = re.compile(r"[^\s\\'\"$`;&|<>()]+")
_QUOTED_PLAIN = re.compile(r'[^\\"$`]+')
_ANSI = re.compile(r"\$'((?:[^'\\]|\\.)*+)'", re.DOTALL)
_EXPANDS = re.compile(r"\$(?:[A-Za-z0-9_@*#?$!{(\[-])")
_ENDS = frozenset(" \t\n;&|<>()")
_GLOB = re.compile(r"[*?\[{]")
_HOME = re.compile(r"(?:\A|:)~")
_VARIABLE_ADVICE = "write the text itself, in single quotes if it holds a plain `$`"


@dataclass(frozen=True, slots=True)
class Target:
    """The left of an assignment: a name, maybe one element of it, and ``=`` or ``+=``."""

    name: str
    element: bool
    operator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word from ``start`` to ``end``. ``value`` is its text, after ``=`` if it has a target.

    ``refused`` says why the value is only known when the cell runs; ``quoted`` whether any
    part is in quotes; ``items`` are the words of ``NAME=(…)``.
    """

    start: int
    end: int
    value: str
    quoted: bool = False
    refused: Refused | None = None
    target: Target | None = None
    items: tuple[Word, ...] | None = None


class WordScanner:
    """Reads the one word that begins at a place; :meth:`word` is its only door."""

    __slots__ = ("_parts", "_place", "_quoted", "_refused", "_source")

    def __init__(self, source: str) -> None:
        self._source = source
        self._place = 0
        self._clear()

    def word(self, start: int) -> Word:
        """The word that begins at ``start``.

        Raises:
            Refused: a quote or bracket in it never ends; its ``line`` is not known here.
        """
        match = _TARGET.match(self._source, start)
        if match is None:
            return self._simple(start, start, None)
        target = Target(match[1], match[2] is not None, match[3])
        if self._source.startswith("(", match.end()):
            return self._array(start, match.end() + 1, target)
        return self._simple(start, match.end(), target)

    def _array(self, start: int, place: int, target: Target) -> Word:
        items: list[Word] = []
        source = self._source
        while place < len(source) and source[place] != ")":
            if source[place].isspace():
                place += 1
            elif source.startswith("\\\n", place):
                place += 2
            elif source[place] == "#":
                end = source.find("\n", place)
                place = len(source) if end < 0 else end
            elif source[place] in _ENDS:
                raise Refused(f"an array with a bare `{source[place]}`", "put it in quotes")
            else:
                items.append(self._item(place))
                place = items[-1].end
        if place >= len(source):
            raise Refused("an array that never ends", "close it with `)`")
        return Word(start=start, end=place + 1, value="", target=target, items=tuple(items))

    def _item(self, place: int) -> Word:
        word = self._simple(place, place, None)
        raw = self._source[place : word.end]
        if word.refused is None and not word.quoted and _GLOB.search(raw):
            refused = Refused("a pattern of file names", "write the names out, or quote it")
            return Word(start=place, end=word.end, value="", refused=refused)
        return word

    def _clear(self) -> None:
        self._parts: list[str] = []
        self._quoted = False
        self._refused: Refused | None = None

    def _simple(self, start: int, place: int, target: Target | None) -> Word:
        self._clear()
        self._place = place
        while self._place < len(self._source) and self._source[self._place] not in _ENDS:
            self._part()
        if self._source.startswith(("<(", ">("), self._place):
            self._expansion(self._place + 1, "the output of a command")
        return Word(
            start=start,
            end=self._place,
            value="".join(self._parts),
            quoted=self._quoted,
            refused=self._refused,
            target=target,
        )

    def _part(self) -> None:
        source, place = self._source, self._place
        character = source[place]
        if character == "\\":
            self._escaped()
        elif character == "'":
            self._single_quoted()
        elif character == '"':
            self._double_quoted()
        elif character in "$`":
            self._dollar()
        elif match := _PLAIN.match(source, place):
            if not self._quoted and _HOME.search(match[0]) and (
                not self._parts or ":~" in match[0]
            ):  # fmt: skip
                self._refuse("the home folder (`~`)", "write the whole path")
            self._take(match[0], match.end())
        else:
            # White space that the shell does not know: part of the word.
            self._take(character, place + 1)

    def _take(self, text: str, end: int) -> None:
        self._parts.append(text)
        self._place = end

    def _refuse(self, what: str, advice: str) -> None:
        self._refused = self._refused or Refused(what, advice)

    def _escaped(self) -> None:
        escaped = self._source[self._place + 1 : self._place + 2]
        self._quoted = self._quoted or escaped != "\n"
        self._take("" if escaped == "\n" else escaped, self._place + 2)

    def _single_quoted(self) -> None:
        end = self._source.find("'", self._place + 1)
        if end < 0:
            raise Refused("a string that never ends", "close it with `'`")
        self._quoted = True
        self._take(self._source[self._place + 1 : end], end + 1)

    def _double_quoted(self) -> None:
        self._quoted = True
        source = self._source
        self._place += 1
        while self._place < len(source) and source[self._place] != '"':
            if match := _QUOTED_PLAIN.match(source, self._place):
                self._take(match[0], match.end())
            elif source[self._place] == "\\":
                escaped = source[self._place + 1 : self._place + 2]
                kept = escaped if escaped in '$`"\\' else f"\\{escaped}"
                self._take("" if escaped == "\n" else kept, self._place + 2)
            else:
                self._dollar(inside=True)
        if self._place >= len(source):
            raise Refused("a string that never ends", 'close it with `"`')
        self._place += 1

    def _dollar(self, *, inside: bool = False) -> None:
        source, place = self._source, self._place
        if source[place] == "`" or source.startswith("$(", place):
            self._expansion(place, "the output of a command")
        elif not inside and (match := _ANSI.match(source, place)):
            self._ansi(match)
        elif not inside and source.startswith('$"', place):
            self._place += 1
        elif _EXPANDS.match(source, place):
            self._expansion(place, "the value of another variable (`$`)")
        else:
            self._take("$", place + 1)

    def _ansi(self, match: re.Match[str]) -> None:
        self._quoted = True
        try:
            text = escapes.unescape(match[1], escapes.BASH, keep_unknown=True)
        except Refused as refused:
            self._refuse(refused.what, refused.advice)
            text = ""
        self._take(text, match.end())

    def _expansion(self, place: int, what: str) -> None:
        end = expansion_end(self._source, place)
        if end < 0:
            raise Refused("a `$(`, `${` or backtick that never ends", "close it")
        advice = "write its result" if "command" in what else _VARIABLE_ADVICE
        self._refuse(what, advice)
        self._take("", end)
