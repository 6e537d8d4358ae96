"""The assignments of an R cell: ``x <- 5``, ``x = 5``, ``5 -> x`` and ``assign("x", 5)``."""

from __future__ import annotations

import re

from apkg.sources.notebook.foreign.r_tokens import tokens_of
from apkg.sources.notebook.foreign.r_values import read_value
from apkg.sources.notebook.foreign.reading import (
    MAX_DEPTH,
    Assignment,
    CellReading,
    Refused,
    Token,
    read_statements,
    split_at,
    with_brackets,
)

_LEFT = ("<-", "<<-", "=")
_RIGHT = ("->", "->>")
_SEVERAL = "%<-%"
_CONDITIONS = ("if", "for", "while")
_CLOSERS = frozenset(")]}")
_NAME = re.compile(r"(?:[^\W\d_]|\.(?!\d))[\w.]*")
_RESERVED = frozenset(
    [
        "if", "else", "repeat", "while", "function", "for", "in", "next", "break", "TRUE",
        "FALSE", "NULL", "Inf", "NaN", "NA", "NA_integer_", "NA_real_", "NA_complex_",
        "NA_character_",
    ]
)  # fmt: skip


def read(source: str) -> CellReading:
    """What the R source of a cell assigns; never raises for what it holds."""
    return read_statements(source, tokens_of, _statements, _assignments)


def _statements(tokens: list[Token]) -> list[list[Token]]:
    """Tokens by statement: a newline ends one where it may, a ``;`` always."""
    found: list[list[Token]] = [[]]
    code = [token for token in tokens if token.kind != "comment"]
    previous = None
    for token, around in with_brackets(code):
        before, previous = previous, token.kind
        if token.kind == "newline":
            # Of several newlines only the first can end something: that keeps this linear.
            if before != "newline" and not around and not _continues(found[-1]):
                found.append([])
        elif token.op(";") and not around:
            found.append([])
        else:
            found[-1].append(token)
    return [statement for statement in found if statement]


def _continues(statement: list[Token]) -> bool:
    """Whether R would go on reading at the end of the line."""
    if not statement:
        return True
    last = statement[-1]
    if last.op(")"):
        return _closes_header(statement)
    if last.kind == "op":
        return last.text not in _CLOSERS
    return last.name("else", "repeat", "in", "function")


def _closes_header(statement: list[Token]) -> bool:
    """Whether the last ``)`` ends the ``(…)`` of an ``if``, ``for``, ``while`` or function."""
    depth = 0
    for place in range(len(statement) - 1, -1, -1):
        depth += statement[place].op(")") - statement[place].op("(")
        if depth == 0:
            before = statement[place - 1] if place else None
            return before is not None and (before.name(*_CONDITIONS, "function") or before.op("\\"))
    return False


def _assignments(statement: list[Token]) -> list[Assignment]:
    if statement[0].name("assign") and statement[1:] and statement[1].op("("):
        return [_assign_call(statement)]
    if statement[0].name(*_CONDITIONS, "repeat") or statement[0].op("{", "("):
        _refuse_hidden(statement, within=statement[0].text)
        return []
    operators = [
        token for token, around in with_brackets(statement)
        if not around and token.op(*_LEFT, *_RIGHT)
    ]  # fmt: skip
    if not operators:
        _refuse_hidden(statement, within="a call")
        return []
    parts = split_at(statement, *_LEFT, *_RIGHT)
    if all(token.op(*_RIGHT) for token in operators):
        parts.reverse()
    elif any(token.op(*_RIGHT) for token in operators):
        raise Refused("an assignment in two directions", "write one assignment a line")
    return _chain(parts, statement)


def _chain(parts: list[list[Token]], statement: list[Token]) -> list[Assignment]:
    """``a <- b <- 5``: the last part is the value, the others are names."""
    if len(parts) > MAX_DEPTH:
        raise Refused("a chain of too many assignments", "write one assignment a line")
    names = [_name(part) for part in parts[:-1]]
    literal = read_value(parts[-1])
    first, last = statement[0], statement[-1]
    return [
        Assignment(name=name, literal=literal, line=first.line, end_line=last.end_line)
        for name in names
    ]


def _name(tokens: list[Token]) -> str:
    if len(tokens) != 1 or tokens[0].kind not in {"name", "string"}:
        raise Refused(
            "an assignment to a part of a variable, or to more than one",
            "set the whole variable here, and change it in a later cell",
        )
    name = tokens[0].value
    if not _NAME.fullmatch(name) or name in _RESERVED:
        raise Refused(
            f"an assignment to `{name}`, a name that papermill cannot set in R",
            "use letters, digits, `.` and `_` only, and begin with a letter",
        )
    return name


def _assign_call(statement: list[Token]) -> Assignment:
    inner = split_at(statement[2:-1], ",") if statement[-1].op(")") else []
    if len(inner) != 2 or len(inner[0]) != 1 or inner[0][0].kind != "string":
        raise Refused("a call of assign() with more than a name and a value", "write name <- value")
    return Assignment(
        name=_name(inner[0]),
        literal=read_value(inner[1]),
        line=statement[0].line,
        end_line=statement[-1].end_line,
    )


def _refuse_hidden(statement: list[Token], *, within: str) -> None:
    """Refuse an assignment inside something else; a function's own variables are none.

    Raises:
        Refused: there is one.
    """
    following = iter([*statement[1:], statement[-1]])
    for token, around in with_brackets(statement):
        after = next(following)
        if token.name("function") or token.op("\\"):
            return
        plain = token.op("=") and (not around or statement[around[-1]].op("{"))
        call = token.name("assign") and after.op("(")
        if plain or call or token.op("<-", "<<-", _SEVERAL, *_RIGHT):
            where = f"inside `{within}`" if within != "a call" else "inside a call"
            raise Refused(f"an assignment {where} (line {token.line})", "write it on its own line")
