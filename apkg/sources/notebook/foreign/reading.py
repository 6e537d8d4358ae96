"""What the three readers share: tokens, assignments, comments, and what could not be read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from apkg.sources.notebook.foreign.values import Literal

#: Brackets inside brackets, and blocks inside blocks: more is no parameter cell.
MAX_DEPTH = 40


class Refused(Exception):  # noqa: N818 - an outcome, caught where the cell is read
    """Something is no literal. ``what`` says what it is instead, ``advice`` what to write."""

    def __init__(self, what: str, advice: str = "", *, line: int | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.advice = advice
        self.line = line


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A piece of source. ``start`` and ``end`` are offsets, ``line`` and ``end_line`` from 1.

    ``kind`` is name, number, string, op, newline or comment. A string's ``value`` is what it
    stands for; ``refused`` says why it stands for nothing that can be read.
    """

    kind: str
    text: str
    start: int
    end: int
    line: int
    end_line: int
    value: str = ""
    refused: Refused | None = None

    def op(self, *texts: str) -> bool:
        """Whether this is one of the operators ``texts``."""
        return self.kind == "op" and self.text in texts

    def name(self, *texts: str) -> bool:
        """Whether this is one of the names ``texts``; any name if none is given."""
        return self.kind == "name" and (not texts or self.text in texts)


class Lines:
    """Line numbers of offsets into one text."""

    __slots__ = ("_starts",)

    def __init__(self, source: str) -> None:
        self._starts = [0, *(i + 1 for i, c in enumerate(source) if c == "\n")]

    def at(self, offset: int) -> int:
        """The line, from 1, that ``offset`` is on."""
        return bisect_right(self._starts, offset)


def token(
    kind: str,
    source: str,
    span: tuple[int, int],
    lines: Lines,
    value: str = "",
    *,
    refused: Refused | None = None,
) -> Token:
    """The token of ``kind`` that stands at ``span`` of ``source``."""
    start, end = span
    return Token(
        kind=kind,
        text=source[start:end],
        start=start,
        end=end,
        line=lines.at(start),
        end_line=lines.at(end - 1),
        value=value,
        refused=refused,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A variable and the literal it is set to, from ``line`` to ``end_line`` of the cell."""

    name: str
    literal: Literal
    line: int
    end_line: int
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment without its mark; ``alone`` if nothing else is on its line."""

    line: int
    text: str
    alone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A statement that assigns, and cannot be read. ``text`` is its first line as written."""

    line: int
    text: str
    what: str
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellReading:
    """Everything a cell holds that matters: assignments, comments, and problems."""

    assignments: tuple[Assignment, ...] = ()
    comments: tuple[Comment, ...] = ()
    problems: tuple[Problem, ...] = ()


def problem_of(refused: Refused, source: str, tokens: list[Token]) -> Problem:
    """The problem that the statement ``tokens`` has for the reason ``refused``."""
    text = source[tokens[0].start : tokens[-1].end]
    return Problem(line=tokens[0].line, text=text, what=refused.what, advice=refused.advice)


def comments_of(tokens: list[Token]) -> tuple[Comment, ...]:
    """The comments among ``tokens``, which still holds the newlines."""
    found: list[Comment] = []
    previous_line = 0
    for token in tokens:
        if token.kind == "comment":
            alone = token.line != previous_line
            found.append(Comment(line=token.end_line, text=token.value, alone=alone))
        elif token.kind != "newline":
            previous_line = token.end_line
    return tuple(found)


_OPENERS = {"(": ")", "[": "]", "{": "}"}


def with_brackets(tokens: list[Token]) -> Iterator[tuple[Token, tuple[int, ...]]]:
    """Each token with the places, in ``tokens``, of the brackets around it, outermost first.

    An opening and a closing bracket count as outside of themselves.

    Raises:
        Refused: brackets that do not match, or more than :data:`MAX_DEPTH` of them.
    """
    stack: tuple[int, ...] = ()
    for place, token in enumerate(tokens):
        closing = token.op(")", "]", "}")
        if closing:
            if not stack or _OPENERS[tokens[stack[-1]].text] != token.text:
                raise Refused(f"a `{token.text}` that closes nothing", line=token.line)
            stack = stack[:-1]
        yield token, stack
        if token.op("(", "[", "{"):
            stack = (*stack, place)
            if len(stack) > MAX_DEPTH:
                raise Refused("brackets nested too deeply", line=token.line)
    if stack:
        opener = tokens[stack[-1]]
        raise Refused(f"a `{opener.text}` that is never closed", line=opener.line)


def split_at(tokens: list[Token], *ops: str) -> list[list[Token]]:
    """``tokens`` split at the operators ``ops`` outside of all brackets."""
    parts: list[list[Token]] = [[]]
    for token, around in with_brackets(tokens):
        if not around and token.op(*ops):
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def is_group(tokens: list[Token], opener: int) -> bool:
    """Whether the bracket at ``opener`` is closed by the last token."""
    depth = 0
    for place in range(opener, len(tokens)):
        depth += tokens[place].op("(", "[", "{") - tokens[place].op(")", "]", "}")
        if depth == 0:
            return place == len(tokens) - 1
    return False


def read_statements(
    source: str,
    tokens_of: Callable[[str], list[Token]],
    statements_of: Callable[[list[Token]], list[list[Token]]],
    assignments_of: Callable[[list[Token]], list[Assignment]],
) -> CellReading:
    """Read ``source`` with the three steps of a language; what one refuses is a problem."""
    try:
        tokens = tokens_of(source)
        statements = statements_of(tokens)
    except Refused as refused:
        return CellReading(problems=(broken(refused),))
    assignments: list[Assignment] = []
    problems: list[Problem] = []
    for statement in statements:
        try:
            assignments.extend(assignments_of(statement))
        except Refused as refused:
            problems.append(problem_of(refused, source, statement))
    return CellReading(
        assignments=tuple(assignments), comments=comments_of(tokens), problems=tuple(problems)
    )


def broken(refused: Refused) -> Problem:
    """The problem of a cell that is no valid source."""
    return Problem(line=refused.line or 1, text="", what=refused.what, advice=refused.advice)
