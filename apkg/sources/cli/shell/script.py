"""A shell script as tokens, with its functions and ``case`` blocks found."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from apkg.errors import Location, SourceError
from apkg.sources.notebook.foreign.bash_tokens import Tokens
from apkg.sources.notebook.foreign.reading import Refused, Token

_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)(\+?)=(.*)", re.DOTALL)
_MOST_BLOCKS = 100
_LONGEST_LINE = 1000


@dataclass(frozen=True, slots=True)
class Assignment:
    """``NAME=value`` as written; ``grows`` for ``+=``."""

    name: str
    value: str
    line: int
    start: int
    grows: bool = False


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm of a ``case``: its patterns, and the tokens up to ``;;``."""

    patterns: tuple[str, ...]
    body: tuple[Token, ...]
    line: int

    @property
    def text(self) -> str:
        """The body's words, one after the other."""
        return " ".join(token.text for token in self.body)

    def assignments(self) -> list[Assignment]:
        """What the body assigns."""
        return list(assignments_in(self.body))


@dataclass(frozen=True, slots=True)
class Case:
    """``case subject in … esac`` and where it stands."""

    subject: str
    arms: tuple[Arm, ...]
    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class Span:
    """A function's body, from one offset to another."""

    name: str
    start: int
    end: int


class Script:
    """All tokens of a script, without comments and the bodies of here-documents."""

    def __init__(self, source: str, name: str) -> None:
        """Take ``source`` apart.

        Raises:
            SourceError: a quote or bracket never ends.

        """
        self.name = name
        # The patterns that look at whole lines are for lines that a person writes.
        self.source = "\n".join(_short(line) for line in source.split("\n"))
        try:
            tokens = Tokens(source)
        except (Refused, RecursionError) as error:
            line = getattr(error, "line", None)
            what = getattr(error, "what", "code nested too deeply")
            raise SourceError(
                f"the shell script cannot be read: {what}",
                hint="Give what the script prints for --help with --help-text FILE.",
                location=Location(path=name, line=line),
            ) from error
        self.tokens = [token for token in tokens.all if token.kind != "comment"]
        self.comments = [token for token in tokens.all if token.kind == "comment"]
        self.functions = list(itertools.islice(_functions(self.tokens), _MOST_BLOCKS))
        self._starts = [function.start for function in self.functions]
        self.cases = list(itertools.islice(_cases(self.tokens), _MOST_BLOCKS))

    def function_at(self, offset: int) -> Span | None:
        """The function that the place is in."""
        place = bisect_right(self._starts, offset) - 1
        if place < 0 or offset >= self.functions[place].end:
            return None
        return self.functions[place]

    def assignments(self) -> list[Assignment]:
        """All assignments, in order."""
        return list(assignments_in(self.tokens))

    def at(self, line: int) -> Location:
        """A line of the script."""
        return Location(path=self.name, line=line)


def _short(line: str) -> str:
    """The line; a comment of the same length where it is longer than any that is meant."""
    return line if len(line) <= _LONGEST_LINE else "#" * len(line)


def unquoted(text: str) -> str:
    """A word without the quotes around all of it."""
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return text


def assignments_in(tokens: list[Token] | tuple[Token, ...]) -> Iterator[Assignment]:
    """The assignments among tokens."""
    for token in tokens:
        match = _ASSIGNMENT.fullmatch(token.text) if token.kind == "word" else None
        if match is not None:
            yield Assignment(match[1], match[3], token.line, token.start, bool(match[2]))


def _functions(tokens: list[Token]) -> Iterator[Span]:
    for place, token in enumerate(tokens[:-3]):
        if token.kind != "word":
            continue
        opener = place + 3 if tokens[place + 1].op("(") and tokens[place + 2].op(")") else None
        name = token.text
        if token.text == "function" and tokens[place + 1].kind == "word":
            opener, name = place + 2, tokens[place + 1].text
            if tokens[opener].op("("):
                opener += 2
        if opener is None:
            continue
        while opener < len(tokens) and tokens[opener].kind == "newline":
            opener += 1
        while opener < len(tokens) and tokens[opener].op("\n"):
            opener += 1
        if opener < len(tokens) and tokens[opener].text == "{":
            yield Span(name, tokens[opener].start, _closing(tokens, opener))


def _closing(tokens: list[Token], opener: int) -> int:
    depth = 0
    for token in tokens[opener:]:
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0:
            return token.end
    return tokens[-1].end


def _cases(tokens: list[Token]) -> Iterator[Case]:
    for place, token in enumerate(tokens[:-2]):
        if token.text == "case" and token.kind == "word" and tokens[place + 2].text == "in":
            yield _case(tokens, place)


def _case(tokens: list[Token], place: int) -> Case:
    arms: list[Arm] = []
    first, number = tokens[place], place + 3
    while number < len(tokens) and tokens[number].text != "esac":
        patterns: list[str] = []
        line = tokens[number].line
        while number < len(tokens) and not tokens[number].op(")"):
            if tokens[number].text == "esac":
                break
            if tokens[number].kind == "word":
                patterns.append(unquoted(tokens[number].text))
                line = tokens[number].line
            number += 1
        end = _arm_end(tokens, number)
        if patterns:
            arms.append(Arm(tuple(patterns), tuple(tokens[number + 1 : end]), line))
        number = end if end < len(tokens) and tokens[end].text == "esac" else end + 1
    last = tokens[min(number, len(tokens) - 1)]
    return Case(tokens[place + 1].text, tuple(arms), first.start, last.end, first.line)


def _arm_end(tokens: list[Token], start: int) -> int:
    """The place of the ``;;`` (or ``esac``) that ends an arm, past the blocks inside of it."""
    depth = 0
    for place in range(start, len(tokens)):
        token = tokens[place]
        if token.kind == "word" and token.text == "case" and place + 2 < len(tokens) and (
            tokens[place + 2].text == "in"
        ):  # fmt: skip
            depth += 1
        elif token.text == "esac":
            if depth == 0:
                return place
            depth -= 1
        elif depth == 0 and token.text in (";;", ";&", ";;&"):
            return place
    return len(tokens)
