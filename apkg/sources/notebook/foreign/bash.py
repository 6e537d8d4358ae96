"""The assignments of a Bash cell: ``x=5``, ``export x=5``, ``declare -i x=5`` and ``x=(a b)``."""

from __future__ import annotations

import math
import re

from apkg.model import ArrayType
from apkg.sources.notebook.foreign.bash_commands import Command, Commands
from apkg.sources.notebook.foreign.bash_tokens import Tokens
from apkg.sources.notebook.foreign.bash_words import Word
from apkg.sources.notebook.foreign.reading import (
    Assignment,
    CellReading,
    Problem,
    Refused,
    Token,
    broken,
    comments_of,
    problem_of,
)
from apkg.sources.notebook.foreign.values import BOOLEAN, DOUBLE, STRING, Literal, array, integer

_DECLARATIONS = frozenset(["export", "declare", "typeset", "readonly", "local"])
_INTEGER = re.compile(r"-?[1-9][0-9]*|0")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)?\.[0-9]+")
_SCIENTIFIC = re.compile(r"-?[0-9]+(?:\.[0-9]*)?[eE][+-]?[0-9]+")
#: ``: ${x:=5}``, ``((x = 5))`` and ``let x=5``: assignments that are no words of their own.
_DEFAULTED = re.compile(r"\$\{[A-Za-z_][A-Za-z0-9_]*:?=")
_ARITHMETIC = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\s*(?:=(?!=)|[-+*/%&|^]=|<<=|>>=|\+\+|--)")
_ALONE = "write name=value on its own line; what papermill sets comes after this cell and wins"
_FLAGS = {
    "r": Refused("a read-only variable, which papermill may not set again", "write name=value"),
    "A": Refused("a dictionary (declare -A)", "write one variable for each of its values"),
    "n": Refused("another name for a variable (declare -n)", "write name=value"),
    "l": Refused("a variable whose letters change (declare -l)", "write it in lower case"),
    "u": Refused("a variable whose letters change (declare -u)", "write it in upper case"),
}


def read(source: str) -> CellReading:
    """What the Bash source of a cell assigns; never raises for what it holds."""
    try:
        tokens = Tokens(source)
        commands = Commands(tokens.all).all
    except Refused as refused:
        return CellReading(problems=(broken(refused),))
    assignments: list[Assignment] = []
    problems: list[Problem] = []
    for command in commands:
        for words, flags in _assigning(command, tokens):
            try:
                assignments.append(_assignment(command, words[-1], flags, tokens))
            except Refused as refused:
                problems.append(problem_of(refused, source, words))
    return CellReading(
        assignments=tuple(assignments),
        comments=comments_of(tokens.all),
        problems=tuple(problems),
    )


def _assigning(command: Command, tokens: Tokens) -> list[tuple[list[Token], frozenset[str]]]:
    """The words of ``command`` that set a variable, each with the flags of its declaration."""
    words = list(command.words)
    if command.local:
        return []
    first = next((n for n, word in enumerate(words) if not _assigns(word, tokens)), len(words))
    if first == len(words):
        return [([word], frozenset()) for word in words]
    name = words[first].text
    if name in _DECLARATIONS:
        flags = _flags(name, [word.text for word in words[first + 1 :]])
        return [
            ([words[first], word] if len(words) == first + 2 else [word], flags)
            for word in words[first + 1 :]
            if _assigns(word, tokens)
        ]
    return [([word], frozenset("=")) for word in words if _hidden(word, name)]


def _assigns(word: Token, tokens: Tokens) -> bool:
    return word.kind == "word" and tokens.word(word).target is not None


def _flags(command: str, words: list[str]) -> frozenset[str]:
    letters = {letter for word in words if word.startswith("-") for letter in word[1:]}
    letters |= {"readonly": {"r"}, "local": {"local"}}.get(command, set())
    # export knows -n and -f only, and neither sets a variable.
    return frozenset() if command == "export" else frozenset(letters)


def _hidden(word: Token, command: str) -> bool:
    if word.kind == "arithmetic" or (command == "let" and word.text != "let"):
        return _ARITHMETIC.search(word.text) is not None
    return word.kind == "word" and _DEFAULTED.search(word.text) is not None


def _assignment(
    command: Command, token: Token, flags: frozenset[str], tokens: Tokens
) -> Assignment:
    if "=" in flags:
        raise Refused("an assignment inside a command", _ALONE)
    if command.inside:
        inside = "(…)" if command.inside == "(" else command.inside
        raise Refused(f"an assignment that depends on `{inside}`", _ALONE)
    for flag in sorted(flags & _FLAGS.keys()):
        raise Refused(_FLAGS[flag].what, _FLAGS[flag].advice)
    if "local" in flags:
        raise Refused("a local variable outside of a function", "write name=value")
    word = tokens.word(token)
    target = word.target
    if target is None or target.element or target.operator != "=":
        raise Refused("a change of a variable", "set it to its whole value at once")
    return Assignment(
        name=target.name,
        literal=_literal(word, flags),
        line=command.words[0].line,
        end_line=token.end_line,
    )


def _literal(word: Word, flags: frozenset[str]) -> Literal:
    if word.items is not None:
        return _array(word.items)
    if word.refused is not None:
        raise word.refused
    if "i" in flags:
        whole = integer(word.value) if _INTEGER.fullmatch(word.value) else None
        if whole is None:
            raise Refused("no plain integer (declare -i)", "write its result")
        return whole
    if "a" in flags:
        raise Refused("an array without brackets", "write name=(a b)")
    return _typed(word)


def _typed(word: Word) -> Literal:
    """A number or true and false where that loses nothing: ``05`` and ``3.10`` are strings.

    Text in quotes is a string, whatever it looks like.
    """
    text = word.value
    if word.quoted:
        return Literal(text, STRING)
    if text in {"true", "false"}:
        return Literal(text == "true", BOOLEAN)
    if _INTEGER.fullmatch(text):
        return integer(text) or Literal(text, STRING)
    if _DECIMAL.fullmatch(text) or _SCIENTIFIC.fullmatch(text):
        number = float(text)
        exact = text.lower().find("e") > 0 or not text.endswith("0") or repr(number) == text
        if math.isfinite(number) and exact:
            return Literal(number, DOUBLE)
    return Literal(text, STRING)


def _array(items: tuple[Word, ...]) -> Literal:
    """Numbers, or true and false, if all items are; else all are strings as written."""
    for item in items:
        if item.refused is not None:
            raise item.refused
        if item.value.startswith("[") and "]=" in item.value:
            raise Refused("an array with indices", "write name=(a b)")
    typed = array([_typed(item) for item in items])
    if typed is not None:
        return typed
    return Literal(tuple(item.value for item in items), ArrayType(STRING))
