"""A script that hands its words on: ``exec python tool.py "$@"``.

Images are often started by a script that prepares the surroundings (an environment of conda, a
folder for results) and then starts the program itself with all the words that it was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from apkg.errors import SourceError
from apkg.files.read_bytes import decode, read_bytes
from apkg.names import printable
from apkg.sources.cli.shell.script import Script, unquoted
from apkg.sources.notebook.foreign.bash_tokens import REDIRECTIONS
from apkg.sources.notebook.foreign.reading import Token

_LIMIT_BYTES = 512 * 1024
_ALL = frozenset(['"$@"', "$@", '"${@}"', "${@}", '"$*"', "$*"])
#: Uses of single words of the script's own.
_OWN = re.compile(r"\$(?:[1-9]|\{[1-9]|\{@:|#|\{#)|\bgetopts?\b|\bshift\b")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*\+?=")
_VARIABLE = re.compile(r"\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})")
_WORDS = frozenset(["exec", "command", "then", "do", "else", "{", "!", "time"])
_HERE = re.compile(r"\bdirname\b.*(?:BASH_SOURCE|\$\{?0\b)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forwarding:
    """The words of the command that takes all words of the script: those before, those behind.

    Without any before it, the words themselves are the command.
    """

    before: tuple[str, ...]
    behind: tuple[str, ...] = ()


def forwarding(path: Path, *, place: str = "") -> Forwarding | None:
    """The one command that a script hands its words on to; ``None`` if it takes some itself.

    Args:
        path: The script.
        place: The folder of the script in its image, for ``$(dirname "$0")``.

    """
    try:
        source = decode(read_bytes(path, limit=_LIMIT_BYTES), name=printable(str(path)))
        script = Script(source.replace("\r\n", "\n"), printable(str(path)))
    except SourceError:
        return None
    if script.cases or any(_OWN.search(token.text) for token in script.tokens):
        return None
    found = [words for words in _commands(script.tokens) if any(w in _ALL for w in words)]
    if len(found) != 1:
        return None
    values = {a.name: _plain(a.value, place) for a in script.assignments() if not a.grows}
    words = [word if word in _ALL else _expanded(word, values) for word in _bare(found[0])]
    split = next(number for number, word in enumerate(words) if word in _ALL)
    return Forwarding(before=tuple(words[:split]), behind=tuple(words[split + 1 :]))


def _commands(tokens: list[Token]) -> Iterator[list[str]]:
    """The words of each simple command; what follows a redirection is none of them."""
    words: list[str] = []
    skip, end = False, 0
    for token in tokens:
        if token.kind == "word":
            words += [] if skip else [token.text]
            skip = False
        elif token.text in REDIRECTIONS:
            skip = True
            if words and words[-1].isdigit() and end == token.start:
                # ``2>&1``: the number is the stream's.
                words.pop()
        else:
            yield words
            words, skip = [], False
        end = token.end
    yield words


def _bare(words: list[str]) -> list[str]:
    """A command without the keywords and assignments before it."""
    place = 0
    while place < len(words) and (words[place] in _WORDS or _ASSIGNMENT.match(words[place])):
        place += 1
    return words[place:]


def _plain(value: str, place: str) -> str | None:
    """What a variable is given, if that is written out or the script's own folder."""
    if _HERE.search(value):
        return place or None if "/.." not in value else None
    return unquoted(value) if "$" not in value and "`" not in value else None


def _expanded(word: str, values: dict[str, str | None]) -> str:
    def known(match: re.Match[str]) -> str:
        return values.get(match[1] or match[2]) or match[0]

    return _VARIABLE.sub(known, unquoted(word))
