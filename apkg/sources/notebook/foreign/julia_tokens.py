"""Julia source as tokens, as far as a parameter cell needs them."""

from __future__ import annotations

import re

from apkg.sources.notebook.foreign.julia_strings import plain_string, prefixed_string
from apkg.sources.notebook.foreign.reading import Lines, Refused, Token, token

_SPACE = re.compile(r"[ \t\f\u00a0\ufeff]+")
_LETTER = r"\w\u0300-\u036f\u2032-\u2037\u2057"
_PIECE = re.compile(
    rf"""(?P<comment>\#[^\n]*)
    |(?P<newline>\n)
    |(?P<name>[^\W\d][{_LETTER}]*(?:!(?!=))*)
    |(?P<number>0x[0-9a-fA-F_]+|0b[01_]+|0o[0-7_]+
        |(?:[0-9][0-9_]*(?:\.(?!\.)[0-9_]*)?|\.[0-9][0-9_]*)(?:[eEf][+-]?[0-9]+)?)
    |(?P<command>`(?:[^`\\]|\\.)*+`)
    |(?P<op>>>>=|===|!==|\.\.\.|<<=|>>=|//=|\|\|=|&&=
        |\.?(?:[-+*/^%÷⊻|&\\]=)|\.=(?!=)
        |==|!=|<=|>=|=>|->|::|<:|>:|&&|\|\||\|>|//|<<|>>|[^\s`])""",
    re.VERBOSE | re.DOTALL,
)
_CHARACTER = re.compile(r"'(?:\\(?:[xuU0-7][0-9a-fA-F]*|.)|[^\\\n])'")
_BLOCK_COMMENT = re.compile(r"#=|=#")
_CHARACTER_REFUSED = Refused(
    "a Char, which papermill sets as a String", 'write "a", and only("a") where a Char is needed'
)
_COMMAND_REFUSED = Refused("a command", "write its result")


def tokens_of(source: str) -> list[Token]:
    """The tokens of ``source``, comments and newlines among them.

    Raises:
        Refused: a string or block comment that never ends.
    """
    lines = Lines(source)
    tokens: list[Token] = []
    place = 0
    while place < len(source):
        if space := _SPACE.match(source, place):
            place = space.end()
            continue
        found = _special(source, place, lines, tokens) or _piece(source, place, lines)
        tokens.append(found)
        place = found.end
    return tokens


def _special(source: str, place: int, lines: Lines, before: list[Token]) -> Token | None:
    """A string, a character or a block comment, if one begins here."""
    if source[place] == '"':
        return plain_string(source, place, lines)
    if source.startswith("#=", place):
        return _block_comment(source, place, lines)
    if source[place] != "'" or (before and _transposes(before[-1], place)):
        return None
    match = _CHARACTER.match(source, place)
    if match is None:
        return None
    return token("string", source, match.span(), lines, refused=_CHARACTER_REFUSED)


def _transposes(before: Token, place: int) -> bool:
    """Whether a ``'`` right after this token is the adjoint operator."""
    value = before.kind in {"name", "number", "string"} or before.op(")", "]", "}", "'", ".")
    return value and before.end == place


def _piece(source: str, place: int, lines: Lines) -> Token:
    match = _PIECE.match(source, place)
    if match is None:
        text = source[place]
        raise Refused(f"`{text}`, which Julia does not know here", line=lines.at(place))
    kind, span = match.lastgroup or "", match.span()
    if kind == "comment":
        return token(kind, source, span, lines, match[0].lstrip("#"))
    if kind == "command":
        return token("string", source, span, lines, refused=_COMMAND_REFUSED)
    if kind == "name" and source.startswith('"', span[1]):
        return prefixed_string(source, place, match[0], lines)
    return token(kind, source, span, lines, match[0])


def _block_comment(source: str, place: int, lines: Lines) -> Token:
    depth = 0
    for match in _BLOCK_COMMENT.finditer(source, place):
        depth += 1 if match[0] == "#=" else -1
        if depth == 0:
            text = " ".join(source[place + 2 : match.start()].split())
            return token("comment", source, (place, match.end()), lines, text)
    raise Refused("a comment that never ends", "close it with `=#`", line=lines.at(place))
