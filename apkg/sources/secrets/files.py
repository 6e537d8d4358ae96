"""Secrets in the files that an image takes, whatever they are: settings, keys, cells' outputs.

Contents are looked at in texts that people write; what is too much of it is told. Data is not.
"""

from __future__ import annotations

import ast
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from apkg.errors import Location
from apkg.names import printable
from apkg.report import Finding
from apkg.sources.secrets.code import Place, places_in_code
from apkg.sources.secrets.findings import in_text, not_searched

#: Bytes of one text, of one notebook, and of all that is searched in a folder; and its files.
_TEXT, _NOTEBOOK, _ALL, _MOST = 2**20, 2**26, 2**24, 50_000
#: Files that are secrets whatever they hold; a public key has a suffix.
_KEYS = re.compile(
    r"(?i)id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?|.+\.(?:p12|pfx|jks|keystore|kdbx|ppk)"
)
_SUFFIXES = """
.bash .bat .cfg .cnf .conf .config .env .ini .ipynb .jl .js .json .key .md .netrc .pem .php
.properties .ps1 .py .r .rmd .rst .sh .sql .tf .tfstate .tfvars .toml .txt .xml .yaml .yml .zsh
"""
#: Packages of others, which everybody can fetch anyway.
_PUBLIC = frozenset(["__pycache__", "node_modules", "site-packages"])
#: Where secrets are kept on purpose; these are searched first.
_LIKELY = re.compile(r"(?i)\..*|.*(?:cred|secret|token|passw|key|\.env|\.pem|config).*")


@dataclass(frozen=True, slots=True)
class _Found:
    path: Path
    size: int


def folder_findings(
    folder: Path, named: Callable[[Path], Path | None], *, allow: bool = False
) -> tuple[Finding, ...]:
    """Secrets in the files below ``folder``, which ``named`` tells the user's names of.

    A file that ``named`` gives no name is none of the user's. Links are not followed.
    """
    findings: list[Finding] = []
    left, more = _ALL, 0
    for found in sorted(_walk(folder), key=_order):
        name = named(found.path)
        if name is None:
            continue
        if _KEYS.fullmatch(found.path.name):
            here = Location(path=printable(str(name)))
            findings.append(in_text("a file", "a private key", here, kept=allow))
        elif _is_text(found):
            left -= found.size
            if left < 0:
                more += 1
                continue
            findings += _in_file(found.path, printable(str(name)), allow=allow)
    if more:
        findings.append(not_searched(more, Location(path=printable(str(named(folder) or folder)))))
    return tuple(findings)


def _walk(folder: Path) -> Iterator[_Found]:
    number = 0
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in _PUBLIC)
        for name in sorted(names):
            path = Path(root, name)
            if path.is_symlink() or not path.is_file():
                continue
            number += 1
            if number > _MOST:
                return
            yield _Found(path, path.stat().st_size)


def _order(found: _Found) -> tuple[bool, str]:
    return not _LIKELY.fullmatch(found.path.name), str(found.path)


def _is_text(found: _Found) -> bool:
    suffix = found.path.suffix.lower()
    if suffix == ".ipynb":
        return found.size <= _NOTEBOOK
    plain = not suffix or found.path.name.startswith(("Dockerfile", "Containerfile"))
    return found.size <= _TEXT and (plain or suffix in _SUFFIXES.split())


def _in_file(path: Path, name: str, *, allow: bool) -> Iterator[Finding]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return
    if path.suffix.lower() == ".ipynb":
        for cell, place in _in_outputs(text):
            here = Location(path=name, cell=cell)
            yield in_text("the output of a cell", place.kind, here, kept=allow)
        return
    for place in _places(path, text):
        here = Location(path=name, line=place.line)
        yield in_text("a file", place.kind, here, kept=allow)


def _places(path: Path, text: str) -> tuple[Place, ...]:
    tree = None
    if path.suffix.lower() == ".py":
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            tree = None
    return places_in_code(text, tree)


def _in_outputs(text: str) -> Iterator[tuple[int, Place]]:
    """What cells have printed; the cells themselves are looked at where notebooks are read."""
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        return
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    for number, cell in enumerate(cells if isinstance(cells, list) else (), start=1):
        outputs = cell.get("outputs") if isinstance(cell, dict) else None
        for output in outputs if isinstance(outputs, list) else ():
            for said in _said(output):
                places = places_in_code(said, None)
                yield from ((number, place) for place in places[:1])


def _said(output: object) -> Iterator[str]:
    if not isinstance(output, dict):
        return
    data = output.get("data")
    parts = data.items() if isinstance(data, dict) else ()
    texts = [value for kind, value in parts if str(kind).startswith(("text/", "application/json"))]
    for value in (output.get("text"), output.get("traceback"), output.get("evalue"), *texts):
        if isinstance(value, list):
            yield "".join(item for item in value if isinstance(item, str))
        elif isinstance(value, str):
            yield value
