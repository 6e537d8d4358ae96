"""In which language a file defines its command line: by its ending, else by its first line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["python", "shell", "r"]

_ENDINGS: dict[str, Language] = {
    ".py": "python",
    ".pyw": "python",
    ".sh": "shell",
    ".bash": "shell",
    ".ksh": "shell",
    ".zsh": "shell",
    ".r": "r",
}
_SHEBANG = re.compile(rb"#!\s*(?:\S*/env\s+(?:-\S+\s+)*)?(?:\S*/)?([A-Za-z]+)")
_PROGRAMS: dict[bytes, Language] = {
    b"python": "python",
    b"pypy": "python",
    b"sh": "shell",
    b"bash": "shell",
    b"dash": "shell",
    b"ksh": "shell",
    b"zsh": "shell",
    b"ash": "shell",
    b"rscript": "r",
    b"littler": "r",
    b"r": "r",
}
#: What a file that defines a command line holds somewhere.
MARKS: dict[Language, re.Pattern[bytes]] = {
    "python": re.compile(
        rb"\b(?:argparse|configargparse|jsonargparse|optparse|click|typer|docopt|fire|defopt|tyro"
        rb"|clize|argh|plac|cloup)\b|sys\.argv"
    ),
    "shell": re.compile(rb"\bgetopts?\b|\$\{?[1-9]\b|\$[@*]|\$\{@"),
    "r": re.compile(rb"\boptparse\b|\bargparse(?:r)?\b|\bdocopt\b|\bcommandArgs\b|\bmake_option\b"),
}


def language_of(path: Path, start: bytes) -> Language | None:
    """The language of a file whose first bytes are ``start``; ``None`` if apkg reads none such."""
    by_ending = _ENDINGS.get(path.suffix.lower())
    if by_ending is not None:
        return by_ending
    match = _SHEBANG.match(start)
    return _PROGRAMS.get(match[1].lower()) if match else None


def command_name(path: Path) -> str:
    """What a person types to run the file: its name, or that of the package it starts."""
    if path.name in ("__main__.py", "__init__.py"):
        return path.absolute().parent.name
    return path.name
