"""What a line of help says: cleaned for people, and its first words for guessing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from apkg.names import printable

_LIMIT = 3_000
#: What parsers add to a help line, and CWL says in places of its own.
_ADDED = re.compile(
    r"""\s*(?:
        [(\[]\s*(?:defaults?(?:\s+is|\s+to|\s+value\s+is)?\s*[:=]?|env(?:\s*var)?\s*[:=]|
            possible\s+values?\s*:|choices?\s*:|one\s+of\s*:)\s*(?!to\b)[^()\[\]]*(?:\[[^\]]*\])?[^()\[\]]*[)\]]
        |[(\[]\s*(?:required|optional|mandatory)\s*(?:,[^()]*)?[)\]]
        |%\(default\)s
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[\"'`*]")
_ARTICLES = re.compile(
    r"(?:(?:the|an?|optional|required|local|full|absolute|relative|one or more|list of|one|single|"
    r"comma[- ]separated list of|space[- ]separated list of|specify|set|use|select|provide|"
    r"your|read|load|import|open)\s+)+",
    re.IGNORECASE,
)
#: Where the first noun phrase of a help line ends.
_STOP = re.compile(
    r"[,;:.!?](?=\s|$)|\s(?:to|for|of|in|into|on|from|with|without|containing|that|which|where|"
    r"when|used|as|by|at|is|are|will|if|using|per|holding|listing|describing|and)\b",
    re.IGNORECASE,
)
_VERB_BEFORE = frozenset(["the", "a", "an", "this", "these", "each", "all"])
_NAMING = frozenset(
    ["name", "names", "path", "paths", "filename", "filenames", "location", "filepath"]
)


def clean(text: str) -> str:
    """A help text as a description: one paragraph, without the parser's own additions."""
    plain = " ".join(printable(text[:_LIMIT]).split())
    plain = _ADDED.sub("", plain).strip()
    plain = re.sub(r"\s+([.,;:])(?=\s|$)", r"\1", plain)
    return re.sub(r"(?<![.])\.\.$", ".", plain).lstrip(" .,;")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One noun phrase of a help line, in lower case words."""

    words: tuple[str, ...]

    @property
    def noun(self) -> str:
        """What the phrase is about: its last word, of an ``image list`` the one before."""
        words = self.words[:-1] if self.words[-1:] in (("list",), ("lists",)) else self.words
        return words[-1] if words else ""


def first_sentence(text: str) -> str:
    """The first sentence of a help text, which is what the option is."""
    plain = " ".join(clean(text).split())
    return re.split(r"(?<=[.;!?])\s", plain, maxsplit=1)[0]


def phrases(text: str) -> tuple[Phrase, ...]:
    """What a help line says the argument is: alternatives (``URL or catalog``) one by one.

    ``Path to the input image`` gives ``path`` and ``input image``: a name tells what it names.
    """
    plain = _BRACKETS.sub(" ", first_sentence(text)).replace("file name", "filename")
    plain = plain.replace("File name", "filename").replace("file path", "filepath")
    found: list[Phrase] = []
    for part in re.split(r"\s+or\s+|\s*/\s+|\s+/\s*", plain)[:4]:
        found += _phrases(part)
    return tuple(found)


def _phrases(text: str) -> list[Phrase]:
    found: list[Phrase] = []
    rest = text.strip()
    for _ in range(3):
        rest = _ARTICLES.sub("", rest, count=1) if _ARTICLES.match(rest) else rest
        stop = _STOP.search(rest)
        head = rest[: stop.start()] if stop else rest
        phrase = Phrase(tuple(re.findall(r"[a-z0-9]+", head.lower())))
        if _VERB_BEFORE & set(phrase.words[1:]):
            # ``resize the image`` is what to do, and no image.
            break
        if not phrase.words:
            break
        found.append(phrase)
        if stop is None or phrase.noun not in _NAMING or not _names_on(stop[0]):
            break
        rest = rest[stop.end() :].strip()
    return found


def _names_on(word: str) -> bool:
    return word.strip().lower() in {"to", "of", "for"}
