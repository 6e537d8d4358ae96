"""The command's own words, its description and its sub-commands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath, PureWindowsPath

from apkg.names import printable
from apkg.sources.helptext.headings import kind_of
from apkg.sources.helptext.layout import USAGE_MARK
from apkg.sources.helptext.parts import Entry, Line
from apkg.sources.helptext.tree import Node, Word, is_flag, render
from apkg.sources.helptext.usage import is_placeholder

_RUNNERS = re.compile(r"(?:python[\d.]*|java|Rscript|bash|sh|perl|node|julia|ruby)(?:\.exe)?")
_BARE = re.compile(r"[A-Za-z0-9][\w.:+-]*")
_LONGEST_TITLE = 120
#: Words of a usage that name a value although nothing marks them as such.
_VALUE = re.compile(
    r"(?:src|dst|in|out)_\w+|(?:input|output|src|dst)\w*|\w*(?:file|dataset|image|raster|vector"
    r"|layer|path|folder|name|dir|url|host|expression|script|source|target|destination)s?|args?|command",
    re.IGNORECASE,
)
_COMMAND = re.compile(r"^([A-Za-z][\w.:+-]*(?<!:))\*?(?:, [\w, -]+|\s+[\[<(A-Z].*)?$")
#: What is printed besides a description: complaints, versions, addresses, examples.
_NOISE = re.compile(
    r"^(?:\S+: )?(?:fatal |usage )?(?:errors?|warnings?)\b|^(?:\S+: )?(?:invalid|unknown|unrecogni"
    r"[sz]ed|(?:option )?requires an argument|option requires)\b|^\d+\.\d+s - "
    r"|^(?:examples?|note|tags)\b.*:"
    r"|^\w+\(\d\)$|<[^<>\s]+@[^<>\s]+>|^\S+(?: \S+)? (?:version )?v?\d+\.\d+\.\S*(?: \(|,| copy|$)"
    r"|^this is the \w+ (?:\(\w+\) )?application, version|^\S+ v?\d+\.\d[\d.]*$"
    r"|^(?:copyright|licen[cs]e|try|see)\b|https?://\S+$|^[+$>#] ",
    re.IGNORECASE,
)
_VERSION = re.compile(
    r"\bversion:? v?(\d+(?:\.\d+)+[\w.-]*)"
    r"|^[A-Za-z][\w-]{0,40}(?: [A-Za-z][\w-]{0,20}){0,2} v?(\d+\.\d+(?:\.\d+)*)\b(?:[ ,(-].*)?$",
    re.IGNORECASE,
)


def split_words(nodes: Sequence[Node], *, many: bool) -> tuple[list[str], list[Node]]:
    """The words that call the program (``pip install``), and the rest of the pattern.

    ``many``: there are several patterns, of which each may be about another sub-command.
    """
    if not nodes:
        return [], []
    found, place = [base_name(render(nodes[:1]))], 1
    if _RUNNERS.fullmatch(found[0]):
        while place < len(nodes) and isinstance(nodes[place], Word) and place < 3:
            text = render([nodes[place]])
            if (is_flag(text) and text not in {"-m", "-jar"}) or not re.match(r"[\w./-]", text):
                break
            found.append(text)
            place += 1
            if not is_flag(text):
                break
    start = place
    while place < len(nodes) and _is_bare(nodes[place]):
        place += 1
    bare = [render([node]) for node in nodes[start:place]]
    if bare and _names_commands(bare, nodes, place) and not many:
        return found + bare, list(nodes[place:])
    return found, list(nodes[start:])


def _is_bare(node: Node) -> bool:
    return (
        isinstance(node, Word)
        and not node.glued
        and not node.repeated
        and _BARE.fullmatch(node.text) is not None
        and not node.text.isupper()
        and not is_placeholder(node.text)
    )


def _names_commands(bare: Sequence[str], nodes: Sequence[Node], place: int) -> bool:
    """Bare words before ``[options]`` are sub-commands, unless they sound like files."""
    after = render(nodes[place : place + 1])
    if after == "[OPTIONS]":
        return True
    if any(_VALUE.fullmatch(word) for word in bare) or len(bare) > 3 or not after:
        return False
    if render(nodes[-1:]) == "[flags]":
        # Cobra ends every usage so, and brackets the places before it.
        return True
    if after.startswith(("[-", "[<op", "<op")) or is_placeholder(after):
        return True
    marked = after.strip("[]").startswith("<") or re.fullmatch(r"\[?[A-Z][A-Z_]+\]?", after)
    return bool(marked) and any(is_placeholder(render([node])) for node in nodes[place:])


def leading(nodes: Sequence[Node], *, docopt: bool) -> tuple[str, ...]:
    """The sub-command words with which a pattern begins (one, but for docopt)."""
    found: list[str] = []
    for node in nodes:
        if not _is_bare(node) and not (found == [] and _is_title(node)):
            break
        found.append(render([node]))
        if not docopt:
            break
    return tuple(found)


def _is_title(node: Node) -> bool:
    return isinstance(node, Word) and re.fullmatch(r"[A-Za-z][\w-]*", node.text) is not None


def base_name(program: str) -> str:
    """``/usr/bin/tool`` is called ``tool``: no path of the machine that printed the help."""
    name = PureWindowsPath(program).name if "\\" in program else PurePosixPath(program).name
    return printable(name.strip("<>[]") or program)


def commands_in(rows: Sequence[Entry], *, anywhere: bool) -> list[tuple[str, str, int]]:
    """The sub-commands that lists name: name, description, line."""
    found: dict[str, tuple[str, str, int]] = {}
    for row in rows:
        kind = kind_of(row.section)
        if kind != "commands" and not (anywhere and kind == "other" and row.section and row.help):
            continue
        cells = [row.left, *re.split(r" {2,}", row.help)]
        if len(cells) > 2 and all(re.fullmatch(r"[\w-]+", cell) for cell in cells if cell):
            names = [(cell, "") for cell in cells if cell]
        else:
            match = _COMMAND.match(row.left)
            names = [(match[1], row.help)] if match else []
        for name, text in names:
            found.setdefault(name, (name, printable(text), row.line))
    return list(found.values())


def about(prose: Sequence[str]) -> tuple[str, str]:
    """Title and description: the paragraphs after the usage, else those before it."""
    lines = list(prose)
    mark = lines.index(USAGE_MARK) if USAGE_MARK in lines else 0
    parts = [_paragraphs(lines[mark:]), _paragraphs(lines[:mark])]
    doc = next((paragraphs for paragraphs in parts if paragraphs), [])
    titles = [_sentence(paragraphs[0]) for paragraphs in parts if paragraphs]
    return next((title for title in titles if len(title) <= _LONGEST_TITLE), ""), "\n\n".join(doc)


def _sentence(text: str) -> str:
    """The first sentence, without the program's name before a dash."""
    plain = re.sub(r"^[\w.-]+ [-\u2013\u2014] ", "", text)
    match = re.match(r"(.{10,}?)(?:(?<!e\.g)(?<!i\.e)\.(?=\s|$)|$)", plain)
    return (match[1] if match else plain).strip()


def _paragraphs(lines: Sequence[str]) -> list[str]:
    found: list[list[str]] = [[]]
    for line in lines:
        if line == USAGE_MARK or line.startswith("\n") or not re.search(r"\w", line):
            found.append([])
        text = line.strip("\n\f ")
        if text and not _NOISE.search(text[:200]):
            found[-1].append(text)
    joined = (" ".join(paragraph) for paragraph in found)
    return [printable(text) for text in joined if re.search(r"[A-Za-z]{3}", text)]


def version_in(lines: Sequence[Line]) -> str | None:
    """The version that the first lines state."""
    for line in [line for line in lines if line.text][:6]:
        if len(line.words) < 200 and (match := _VERSION.search(line.words)):
            return printable(match[1] or match[2])
    return None
