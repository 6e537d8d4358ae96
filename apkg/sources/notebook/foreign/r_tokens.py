"""R source as tokens (R Language Definition, chapter 10)."""

from __future__ import annotations

import re

from apkg.sources.notebook.foreign import escapes
from apkg.sources.notebook.foreign.reading import Lines, Refused, Token, token

_SPACE = re.compile(r"[ \t\f\u00a0\ufeff]+")
_RAW = re.compile(r"[rR](?P<quote>[\"'])(?P<dashes>-*)(?P<open>[\[({])")
_CLOSE = {"(": ")", "[": "]", "{": "}"}
_PIECE = re.compile(
    r"""(?P<comment>\#[^\n]*)
    |(?P<newline>\n)
    |(?P<string>"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+')
    |(?P<name>(?:[^\W\d_]|\.(?!\d))[\w.]*)
    |(?P<backtick>`(?:[^`\\]|\\.)+`)
    |(?P<number>0[xX][0-9a-fA-F]+(?:\.[0-9a-fA-F]*)?(?:[pP][+-]?[0-9]+)?[Li]?
        |(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[Li]?)
    |(?P<op><<-|->>|<-|->|<=|>=|==|!=|:=|\|>|::?:?|&&|\|\||%[^%\n]*%
        |[-+*/^<>=!&|~?$@,;(){}\[\]\\])""",
    re.VERBOSE | re.DOTALL,
)


def tokens_of(source: str) -> list[Token]:
    """The tokens of ``source``, comments and newlines among them.

    Raises:
        Refused: a string that never ends, or a character that R does not have.
    """
    lines = Lines(source)
    tokens: list[Token] = []
    place = 0
    while place < len(source):
        if space := _SPACE.match(source, place):
            place = space.end()
            continue
        found = _raw_string(source, place, lines) or _piece(source, place, lines)
        tokens.append(found)
        place = found.end
    return tokens


def _raw_string(source: str, place: int, lines: Lines) -> Token | None:
    match = _RAW.match(source, place)
    if match is None:
        return None
    closer = _CLOSE[match["open"]] + match["dashes"] + match["quote"]
    end = source.find(closer, match.end())
    if end < 0:
        raise Refused("a string that never ends", f"close it with `{closer}`", line=lines.at(place))
    value = source[match.end() : end]
    return token("string", source, (place, end + len(closer)), lines, value)


def _piece(source: str, place: int, lines: Lines) -> Token:
    match = _PIECE.match(source, place)
    if match is None:
        if source[place] in "\"'`":
            raise Refused("a string that never ends", "close it", line=lines.at(place))
        raise Refused(f"`{source[place]}`, which R does not know here", line=lines.at(place))
    kind = match.lastgroup or ""
    span = match.span()
    if kind == "comment":
        return token(kind, source, span, lines, match[0].lstrip("#"))
    if kind == "string":
        return _string(source, span, lines)
    if kind == "backtick":
        return token("name", source, span, lines, match[0][1:-1])
    return token(kind, source, span, lines, match[0])


def _string(source: str, span: tuple[int, int], lines: Lines) -> Token:
    try:
        value = escapes.unescape(source[span[0] + 1 : span[1] - 1], escapes.R)
    except Refused as refused:
        return token("string", source, span, lines, refused=refused)
    return token("string", source, span, lines, value)
