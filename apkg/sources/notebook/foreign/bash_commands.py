"""Bash tokens as simple commands, each with what it depends on (Bash manual, chapter 3.2)."""

from __future__ import annotations

from dataclasses import dataclass

from apkg.sources.notebook.foreign.bash_tokens import REDIRECTIONS
from apkg.sources.notebook.foreign.reading import MAX_DEPTH, Refused, Token

_BLOCKS = frozenset(["if", "while", "until"])
_BLOCKS_WITH_WORDS = frozenset(["for", "case", "select"])
_BLOCK_ENDS = frozenset(["fi", "done", "esac", "}"])
_IGNORED = frozenset(["then", "else", "elif", "do", "!", "time"])
_JOINERS = frozenset(["&&", "||", "|", "|&"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A simple command. ``inside`` is what decides whether it runs, "" if nothing does.

    ``local`` says that it belongs to a function, which only runs when called.
    """

    words: tuple[Token, ...]
    inside: str
    local: bool


class Commands:
    """Splits tokens into commands; :attr:`all` holds them."""

    __slots__ = (
        "_blocks",
        "_function",
        "_joiner",
        "_named",
        "_redirects",
        "_test",
        "_words",
        "all",
    )

    def __init__(self, tokens: list[Token]) -> None:
        self.all: list[Command] = []
        self._words: list[Token] = []
        self._blocks: list[str] = []
        self._joiner = ""
        self._redirects = False
        self._test = False
        #: After ``name(``, and after ``name()`` until its body begins.
        self._named = False
        self._function = False
        code = [token for token in tokens if token.kind != "comment"]
        for token in code:
            if token.kind == "word":
                self._word(token)
            elif token.kind == "arithmetic":
                self._arithmetic(token)
            else:
                self._operator(token)
        self._end("")

    def _word(self, token: Token) -> None:
        if self._redirects:
            self._redirects = False
        elif self._test:
            self._test = token.text != "]]"
        elif not self._words:
            self._first_word(token)
        elif token.text == "{" and self._words[0].text == "function":
            self._words.clear()
            self._open("function")
        else:
            self._words.append(token)

    def _first_word(self, token: Token) -> None:
        text = token.text
        if text in _BLOCKS:
            self._open(text)
        elif text == "{":
            self._open("function" if self._function else text)
        elif text in _BLOCK_ENDS:
            if self._blocks:
                self._blocks.pop()
        elif text not in _IGNORED:
            self._test = text == "[["
            if text in _BLOCKS_WITH_WORDS:
                self._open(text)
            self._words.append(token)

    def _arithmetic(self, token: Token) -> None:
        if not self._words:
            self._words.append(token)

    def _operator(self, token: Token) -> None:
        text = token.text
        if text in REDIRECTIONS:
            self._redirection(token)
        elif self._test and text != "\n":
            return
        elif text == "(":
            self._parenthesis()
        elif text == ")" and self._named:
            self._named = False
        elif text == ")":
            self._end("")
            if self._blocks and self._blocks[-1] in {"(", "function("}:
                self._blocks.pop()
        else:
            self._end(text)

    def _parenthesis(self) -> None:
        names_function = len(self._words) == 1 or (
            len(self._words) == 2 and self._words[0].text == "function"
        )
        if names_function and self._words[0].text not in _BLOCKS_WITH_WORDS:
            self._named = self._function = True
            self._words.clear()
        else:
            self._end("")
            self._open("function(" if self._function else "(")

    def _redirection(self, token: Token) -> None:
        self._redirects = True
        # The 2 of `2>` is no word of the command.
        if self._words and self._words[-1].end == token.start and self._words[-1].text.isdigit():
            self._words.pop()

    def _open(self, block: str) -> None:
        self._blocks.append(block)
        self._function = False
        if len(self._blocks) > MAX_DEPTH:
            raise Refused("blocks nested too deeply")

    def _end(self, separator: str) -> None:
        if self._words:
            block = self._blocks[-1] if self._blocks else ""
            self.all.append(
                Command(
                    words=tuple(self._words),
                    inside=block or self._joiner,
                    local=any(name.startswith("function") for name in self._blocks),
                )
            )
        elif separator == "\n":
            return
        self._words.clear()
        self._joiner = separator if separator in _JOINERS else ""
