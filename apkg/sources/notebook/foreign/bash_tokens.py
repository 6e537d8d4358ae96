"""Bash source as tokens; here-documents and arithmetic commands are skipped whole."""

from __future__ import annotations

import re

from apkg.sources.notebook.foreign.bash_words import Word, WordScanner
from apkg.sources.notebook.foreign.reading import Lines, Refused, Token, token

_SPACE = re.compile(r"(?:[ \t]|\\\n)+")
_COMMENT = re.compile(r"#[^\n]*")
_OPERATOR = re.compile(r";;&|;;|;&|&&|\|\||\|&|&>>|&>|<<<|<<-|<<|>>|<&|>&|<>|>\||[;&|<>()]|\n")
_PARENTHESIS = re.compile(r"[()]")
REDIRECTIONS = frozenset(["&>>", "&>", "<<<", "<<-", "<<", ">>", "<&", ">&", "<>", ">|", "<", ">"])


class Tokens:
    """The tokens of a Bash cell, and the :class:`Word` of each token of kind ``word``."""

    __slots__ = ("_documents", "_lines", "_scanner", "_source", "_words", "all")

    def __init__(self, source: str) -> None:
        """Read all of ``source``.

        Raises:
            Refused: a quote or bracket never ends.
        """
        self._source = source
        self._lines = Lines(source)
        self._scanner = WordScanner(source)
        self._words: dict[int, Word] = {}
        #: Here-documents announced on this line: their last line, and whether tabs are dropped.
        self._documents: list[tuple[str, bool]] = []
        self.all: list[Token] = []
        place = 0
        while place < len(source):
            space = _SPACE.match(source, place)
            place = space.end() if space else self._next(place)

    def word(self, of: Token) -> Word:
        """The word that a token of kind ``word`` is."""
        return self._words[of.start]

    def _next(self, place: int) -> int:
        source = self._source
        if comment := _COMMENT.match(source, place):
            self._add("comment", comment.span(), comment[0].lstrip("#"))
            return comment.end()
        if source.startswith("((", place):
            return self._arithmetic(place)
        if source.startswith(("<(", ">("), place) or not _OPERATOR.match(source, place):
            return self._word(place)
        match = _OPERATOR.match(source, place)
        end = match.end() if match else place + 1
        self._add("newline" if source[place] == "\n" else "op", (place, end))
        return self._after_documents(end) if source[place] == "\n" else end

    def _word(self, place: int) -> int:
        try:
            word = self._scanner.word(place)
        except Refused as refused:
            line = self._lines.at(place)
            raise Refused(refused.what, refused.advice, line=line) from refused
        before = self.all[-1] if self.all else None
        if before is not None and before.op("<<", "<<-"):
            self._documents.append((word.value, before.text == "<<-"))
        self._words[place] = word
        self._add("word", (place, word.end))
        return word.end

    def _arithmetic(self, place: int) -> int:
        depth = 0
        for match in _PARENTHESIS.finditer(self._source, place):
            depth += 1 if match[0] == "(" else -1
            if depth == 0:
                self._add("arithmetic", (place, match.end()))
                return match.end()
        raise Refused("a `((` that is never closed", line=self._lines.at(place))

    def _after_documents(self, place: int) -> int:
        for delimiter, tabs in self._documents:
            while place < len(self._source):
                end = self._source.find("\n", place)
                end = len(self._source) if end < 0 else end
                line = self._source[place:end]
                place = end + 1
                if (line.lstrip("\t") if tabs else line) == delimiter:
                    break
        self._documents.clear()
        return place

    def _add(self, kind: str, span: tuple[int, int], value: str = "") -> None:
        self.all.append(token(kind, self._source, span, self._lines, value))
