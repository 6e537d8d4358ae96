"""The assignments of a Julia cell: ``x = 5``, ``x::Float64 = 0.3`` and ``global x = 5``."""

from __future__ import annotations

from apkg.sources.notebook.foreign.julia_tokens import tokens_of
from apkg.sources.notebook.foreign.julia_types import declared_type
from apkg.sources.notebook.foreign.julia_values import read_value
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

_BLOCKS = frozenset(
    [
        "if", "for", "while", "begin", "let", "function", "macro", "struct", "module",
        "baremodule", "try", "quote", "do",
    ]
)  # fmt: skip
#: Statements whose assignments set no variable of the notebook.
_OWN_SCOPE = frozenset(
    [
        "function", "macro", "struct", "mutable", "abstract", "primitive", "module",
        "baremodule", "using", "import", "export", "public", "let", "quote",
    ]
)  # fmt: skip
_CONDITIONAL = ("if", "for", "while", "begin", "try")
_OPEN_ENDED = frozenset([")", "]", "}", "'", "..."])
_COMPARISONS = frozenset(["==", "===", "!=", "!==", "<=", ">="])


def read(source: str) -> CellReading:
    """What the Julia source of a cell assigns; never raises for what it holds."""
    return read_statements(source, tokens_of, _statements, _assignments)


def _statements(tokens: list[Token]) -> list[list[Token]]:
    """Tokens by statement: a newline or ``;`` ends one outside of brackets and blocks."""
    found: list[list[Token]] = [[]]
    blocks = 0
    code = [token for token in tokens if token.kind != "comment"]
    for token, around in with_brackets(code):
        if not around:
            blocks = _blocks_after(token, found[-1], blocks)
        ends = token.op(";") or (token.kind == "newline" and not _continues(found[-1]))
        if ends and not around and not blocks:
            found.append([])
        elif token.kind != "newline":
            found[-1].append(token)
    if blocks:
        raise Refused("a block without its `end`", line=found[-1][0].line if found[-1] else None)
    return [statement for statement in found if statement]


def _blocks_after(token: Token, statement: list[Token], blocks: int) -> int:
    """How many blocks are open after ``token``."""
    before = statement[-1] if statement else None
    if token.kind != "name" or (before and before.op(".", ":") and before.end == token.start):
        return blocks
    typed = token.text == "type" and before is not None and before.name("abstract", "primitive")
    if token.text in _BLOCKS or typed:
        return blocks + 1
    return max(blocks - 1, 0) if token.text == "end" else blocks


def _continues(statement: list[Token]) -> bool:
    """Whether Julia would go on reading at the end of the line."""
    if not statement:
        return False
    last = statement[-1]
    return last.kind == "op" and last.text not in _OPEN_ENDED


def _assignments(statement: list[Token]) -> list[Assignment]:
    first = statement[0]
    if first.name() and first.text in _OWN_SCOPE:
        return []
    if first.name(*_CONDITIONAL):
        _refuse_hidden(statement, within=first.text)
        return []
    for token, around in with_brackets(statement):
        if not around and _updates(token):
            raise Refused("a change of a variable", "set it to its value at once")
    parts = split_at(statement, "=")
    if len(parts) == 1:
        _refuse_hidden(statement, within="")
        return []
    return _chain(parts, statement)


def _updates(token: Token) -> bool:
    """Whether this is ``+=``, ``.=`` or another operator that changes a variable."""
    text = token.text
    return token.kind == "op" and len(text) > 1 and text[-1] == "=" and text not in _COMPARISONS


def _chain(parts: list[list[Token]], statement: list[Token]) -> list[Assignment]:
    """``a = b = 5``: the last part is the value, the others are variables."""
    if len(parts) > MAX_DEPTH:
        raise Refused("a chain of too many assignments", "write one assignment a line")
    targets = [_target(part) for part in parts[:-1]]
    literal = read_value(parts[-1])
    found: list[Assignment] = []
    for name, annotation in targets:
        kind, optional = literal.type, literal.value is None
        if annotation:
            kind, optional = declared_type(annotation, literal)
        found.append(
            Assignment(
                name=name,
                literal=type(literal)(literal.value, kind),
                line=statement[0].line,
                end_line=statement[-1].end_line,
                optional=optional,
            )
        )
    return found


def _target(tokens: list[Token]) -> tuple[str, list[Token]]:
    """The variable on the left of ``=``, and the tokens of its declared type."""
    if tokens and tokens[0].name("const"):
        raise Refused(
            "a constant, which papermill may not set again",
            "write it without `const`; its type may be declared: name::Float64 = 0.5",
        )
    if tokens and tokens[0].name("local"):
        raise Refused("a local variable", "write it without `local`")
    if tokens and tokens[0].name("global"):
        tokens = tokens[1:]
    if len(tokens) > 1 and tokens[0].name() and tokens[1].op("("):
        raise Refused("a function", "define it in a later cell")
    if any(not around and token.op(",") for token, around in with_brackets(tokens)):
        raise Refused("an assignment to several variables", "write one assignment a line")
    simple = len(tokens) == 1 or (len(tokens) > 2 and tokens[1].op("::"))
    if not simple or not tokens[0].name():
        raise Refused(
            "an assignment to a part of a variable, or inside an expression",
            "set the whole variable here, and change it in a later cell",
        )
    return tokens[0].text, tokens[2:]


def _refuse_hidden(statement: list[Token], *, within: str) -> None:
    """Refuse an assignment inside something else; named arguments are none.

    Raises:
        Refused: there is one.
    """
    for place, (token, around) in enumerate(with_brackets(statement)):
        loop_variable = place > 1 and statement[place - 2].name("for")
        if loop_variable or not (token.op("=") or _updates(token)):
            continue
        if not around or not _is_call(statement, around[-1]):
            where = f"`{within}`" if within else "an expression"
            raise Refused(
                f"an assignment inside {where} (line {token.line})", "write it on its own line"
            )


def _is_call(statement: list[Token], opener: int) -> bool:
    """Whether the bracket at ``opener`` holds the arguments of a call."""
    if not opener or not statement[opener].op("("):
        return False
    before = statement[opener - 1]
    touches = before.end == statement[opener].start
    return touches and (before.kind == "name" or before.op(")", "]", "}", ".", "!"))
