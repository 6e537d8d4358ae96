"""Backslash escapes of R, Julia and Bash's ``$'…'``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from apkg.sources.notebook.foreign.reading import Refused

_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "\\": "\\"}
R: Mapping[str, str] = {**_PLAIN, '"': '"', "'": "'", "`": "`", " ": " ", "\n": "\n"}
JULIA: Mapping[str, str] = {**_PLAIN, "e": "\x1b", '"': '"', "'": "'", "$": "$", "`": "`"}
BASH: Mapping[str, str] = {
    **_PLAIN, "e": "\x1b", "E": "\x1b", '"': '"', "'": "'", "?": "?", "\n": "\\\n"
}  # fmt: skip

_ESCAPE = re.compile(
    r"\\(?:x(?P<x>[0-9A-Fa-f]{1,2})|x\{(?P<xb>[0-9A-Fa-f]{1,2})\}"
    r"|u(?P<u>[0-9A-Fa-f]{1,4})|u\{(?P<ub>[0-9A-Fa-f]{1,4})\}"
    r"|U(?P<U>[0-9A-Fa-f]{1,8})|U\{(?P<Ub>[0-9A-Fa-f]{1,8})\}"
    r"|(?P<octal>[0-7]{1,3})|(?P<continued>\n[ \t]*)|(?P<other>.))",
    re.DOTALL,
)
_ASCII = 0x80
_SURROGATES = range(0xD800, 0xE000)
_MAX_CODE = 0x10FFFF


def unescape(text: str, letters: Mapping[str, str], *, keep_unknown: bool = False) -> str:
    """``text`` with its escapes replaced; ``letters`` are those of one character.

    A backslash at the end of a line joins it to the next, unless ``letters`` says otherwise.

    Raises:
        Refused: an escape that the language does not have, a byte outside ASCII, or a character
            that no text holds (NUL, surrogates).
    """

    def replaced(match: re.Match[str]) -> str:
        kind = match.lastgroup or ""
        found = match[kind]
        if kind == "other":
            return _letter(found, letters, keep_unknown=keep_unknown)
        if kind == "continued":
            return letters["\n"] + found[1:] if "\n" in letters else ""
        byte = kind in {"x", "xb", "octal"}
        return _character(int(found, 8 if kind == "octal" else 16), match[0], byte=byte)

    return _ESCAPE.sub(replaced, text)


def _letter(letter: str, letters: Mapping[str, str], *, keep_unknown: bool) -> str:
    if letter in letters:
        return letters[letter]
    if keep_unknown and letter != "c":
        return "\\" + letter
    raise Refused(f"a string with `\\{letter}`, which is no escape", "write `\\\\` for a backslash")


def _character(code: int, written: str, *, byte: bool) -> str:
    if byte and code >= _ASCII:
        raise Refused(
            f"a string with the byte `{written}`", "write the character itself, or `\\uXXXX`"
        )
    if code == 0 or code in _SURROGATES or code > _MAX_CODE:
        raise Refused(f"a string with `{written}`, which is no character", "leave it out")
    return chr(code)
