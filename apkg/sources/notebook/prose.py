"""Title and abstract from the markdown of a notebook: its first heading and paragraph."""

from __future__ import annotations

import re

from apkg.names import printable
from apkg.sources.claims import Claim
from apkg.sources.notebook.cells import Notebook
from apkg.sources.notebook.declaration import claims

MAX_ABSTRACT = 2000
_HEADING = re.compile(r"^ {0,3}#{1,6}(?=\s)")
_UNDERLINE = re.compile(r"^\s{0,3}(=+|-+)\s*$")
_NOT_PROSE = re.compile(r"^\s*(?:[-*+]\s|[>|]|\d+[.)]\s|!\[|<|```|\$\$|---|\*\*\*)")
_INLINE = (
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"<[a-zA-Z/][^<>]{0,500}>"), ""),
    (re.compile(r"!\[[^\]]*\]\([^()]*\)"), ""),
    (re.compile(r"\[([^\[\]]*)\]\([^()]*\)"), r"\1"),
    (re.compile(r"\[([^\[\]]*)\]\[[^\]]*\]"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])([*_])(?=\S)([^*_]+?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"`+([^`]*)`+"), r"\1"),
)


def prose_claims(notebook: Notebook) -> dict[str, Claim]:
    """Claims on ``title`` and ``abstract``."""
    found: dict[str, Claim] = {}
    for cell in notebook.cells:
        if cell.kind != "markdown":
            continue
        title, abstract = _read(cell.source[:20_000], after_title="title" in found)
        here = notebook.location(cell.number)
        if title and "title" not in found:
            found |= claims("first heading", here, title=title)
        if abstract and "title" in found:
            return found | claims("first paragraph", here, abstract=abstract)
    return found


def _read(source: str, *, after_title: bool) -> tuple[str, str]:
    lines = source.splitlines()
    title, start = ("", 0) if after_title else _title(lines)
    if not title and not after_title:
        return "", ""
    return title, _paragraph(lines[start:])


def _title(lines: list[str]) -> tuple[str, int]:
    for number, line in enumerate(lines):
        match = _HEADING.match(line)
        heading = _heading_text(line[match.end() :]) if match else ""
        if heading:
            return heading, number + 1
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if line.strip() and _UNDERLINE.match(following) and not _NOT_PROSE.match(line):
            return plain(line), number + 2
    return "", 0


def _heading_text(text: str) -> str:
    """A heading without the closing ``##``, which a space sets off (``C#`` keeps its own)."""
    text = text.strip()
    bare = text.rstrip("#")
    return plain(bare if not bare or bare[-1].isspace() else text)


def _paragraph(lines: list[str]) -> str:
    found: list[str] = []
    for line in [*lines, ""]:
        usable = line.strip() and not _HEADING.match(line) and not _NOT_PROSE.match(line)
        if usable:
            found.append(line.strip())
        elif found and plain(" ".join(found)):
            break
    return plain(" ".join(found))[:MAX_ABSTRACT]


def plain(text: str) -> str:
    """Markdown's inline marks taken off, control characters made visible, spaces joined."""
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return " ".join(printable(text.replace("\\", "")).split())
