"""Identifiers that are at once safe in CWL, OGC process ids, Docker references and file names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

MAX_ID_LENGTH = 64
#: Letters that NFKD does not take apart, with their usual Latin spelling.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L"}
)
_SEPARATORS = re.compile(r"([-_.])[-_.]+")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_PROCESS_ID = re.compile(r"[A-Za-z0-9]+(?:[-_.]+[A-Za-z0-9]+)*_*")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
#: ``main`` is cwltool's default process; the others are file names Windows keeps for itself.
_RESERVED = frozenset(
    ["main", "con", "prn", "aux", "nul"] + [f"{p}{n}" for p in ("com", "lpt") for n in range(1, 10)]
)


def is_process_id(text: str) -> bool:
    """Whether ``text`` may stand as process id and file name as it is.

    Capitals are for people who chose them: :func:`process_id` makes none, as Docker takes none.
    """
    return (
        len(text) <= MAX_ID_LENGTH
        and text.lower() not in _RESERVED
        and _PROCESS_ID.fullmatch(text) is not None
    )


def process_id(text: str) -> str:
    """The process id for a file name or title: lower case ASCII, ``-``, ``_`` and ``.`` inside."""
    plain = re.sub(r"[^a-z0-9._-]+", "-", _ascii(text).lower())
    plain = _SEPARATORS.sub(r"\1", plain).strip("-_.")[:MAX_ID_LENGTH].rstrip("-_.")
    if not plain:
        return f"process-{_digest(text)}"
    return f"{plain}-process" if plain in _RESERVED else plain


def file_stem(identifier: str) -> str:
    """What the files of a process are called: its id, where that is a file name on any system."""
    return identifier if is_process_id(identifier) else process_id(identifier)


def parameter_id(name: str) -> str:
    """The CWL id of a variable: the name itself where it is ASCII, else its transliteration."""
    if name == "class":
        # In a job order a mapping with this key is a File or a Directory.
        return "class_"
    if _VARIABLE.fullmatch(name):
        return name
    plain = re.sub(r"[^A-Za-z0-9_]+", "_", _ascii(name)).strip("_")
    if not plain or not plain[0].isalpha():
        plain = f"p_{plain}" if plain else f"p_{_digest(name)}"
    return plain


def unique(name: str, taken: Collection[str]) -> str:
    """``name``, or ``name_2``, ``name_3`` … : the first that is not ``taken`` (case ignored)."""
    used = {other.lower() for other in taken}
    candidate, number = name, 2
    while candidate.lower() in used:
        candidate, number = f"{name}_{number}", number + 1
    return candidate


def did_you_mean(wrong: str, known: Iterable[str]) -> str | None:
    """The known name that ``wrong`` most likely was meant to be."""
    import difflib

    names = {name.lower(): name for name in known}
    close = difflib.get_close_matches(wrong.lower(), list(names), n=1, cutoff=0.6)
    return names[close[0]] if close else None


def printable(text: str) -> str:
    """``text`` without terminal escapes, other control characters and bidirectional overrides."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def escaped_json(text: str) -> str:
    """JSON text that a terminal may show: the same values, such characters written as escapes."""
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def escaped_xml(text: str) -> str:
    """XML text that a terminal may show: the same values, such characters as references."""
    return _CONTROL.sub(lambda match: f"&#x{ord(match[0]):x};", text)


def words(name: str) -> str:
    """``cloud_cover`` or ``cloud-cover`` as words: ``Cloud cover``."""
    text = " ".join(re.split(r"[\s_.-]+", name)).strip()
    return text[:1].upper() + text[1:]


def _ascii(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(
        c if c.isascii() else ("" if unicodedata.combining(c) else " ") for c in decomposed
    )


def _digest(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
