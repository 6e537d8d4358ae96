"""The grammar of usage lines as a tree: words, groups in brackets, alternatives, repetition.

Nothing here is recursive in the depth of the text, and no bracket need be closed: help texts
of well-known tools are full of brackets that are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from apkg.sources.helptext.parts import Line

_TOKEN = re.compile(
    r"(?P<blank>\s+)|(?P<dots>\.\.\.|…)|(?P<mark>[\[\](){}|])|(?P<star>\*)"
    r"|(?P<quoted>\"[^\"]*\"|`[^`]*`)|(?P<angle><[^<>]*>)"
    r"|(?P<word>(?:(?!\.\.\.)[^\s\[\](){}|\"<>*…`])+)|(?P<other>.)"
)
_FLAG = re.compile(r"--?[\w?#@%&$!<]|-:(?=,|$)")
_SLASHED = re.compile(r"(?<![\w-])-(\w(?:/\w)+)(?![\w/])")
_CLOSING = {"]": "[", ")": "(", "}": "{"}
_ENDS = {"[": "]", "(": ")", "{": "}", "": ""}
_DEEPEST = 10
#: More than any usage that was meant to be read.
_MOST = 10_000


@dataclass(slots=True)
class Word:
    """A word, a quoted text, ``<a name>``, ``...`` or a ``|`` between two of them."""

    text: str
    line: int
    glued: bool
    repeated: bool = False


@dataclass(slots=True)
class Group:
    """What stands in brackets. ``alternatives`` are parted by ``|``."""

    bracket: str
    line: int
    glued: bool
    alternatives: list[list[Node]] = field(default_factory=lambda: [[]])
    repeated: bool = False


Node: TypeAlias = "Word | Group"


def parse(lines: Iterable[Line]) -> list[Node]:
    """The nodes of one pattern. ``|`` outside of brackets is a word of its own."""
    root = Group("", 0, glued=False)
    stack = [root]
    open_end = False
    left = _MOST
    for line in lines:
        text = _SLASHED.sub(_letters, line.text.strip())
        tokens = [(m.lastgroup or "", m[0]) for m in _TOKEN.finditer(text)]
        tokens, left = tokens[:left], max(left - len(tokens), 0)
        glued = open_end
        for place, (kind, word) in enumerate(tokens):
            if kind == "blank":
                glued = False
                continue
            after = tokens[place + 1] if place + 1 < len(tokens) else ("blank", "")
            _add(stack, kind, Word(word, line.number, glued), after)
            glued = True
        open_end = bool(tokens) and tokens[-1][1].endswith(("/", "|"))
    return [node for seq in _joined(root) for node in seq]


def _letters(match: re.Match[str]) -> str:
    """``-A/B/C N`` is ``-[A|B|C] N``."""
    return f"-[{match[1].replace('/', '|')}]"


def _joined(root: Group) -> Iterable[list[Node]]:
    for number, sequence in enumerate(root.alternatives):
        if number:
            yield [Word("|", 0, glued=False)]
        yield sequence


def _add(stack: list[Group], kind: str, word: Word, after: tuple[str, str]) -> None:
    text, sequence = word.text, stack[-1].alternatives[-1]
    fresh = not sequence
    if kind == "mark" and text in _CLOSING:
        _close(stack, text)
    elif kind == "mark" and text == "|":
        _bar(stack[-1], word, after)
    elif kind == "mark":
        group = Group(text, word.line, word.glued and not fresh)
        sequence.append(group)
        if len(stack) < _DEEPEST:
            stack.append(group)
    elif kind == "star" and word.glued and sequence:
        sequence[-1].repeated = True
    else:
        word.glued = word.glued and not fresh
        sequence.append(word)


def _close(stack: list[Group], text: str) -> None:
    """Close the group that ``text`` closes; one that closes nothing is a slip of the author."""
    opened = next(
        (n for n in range(len(stack) - 1, 0, -1) if stack[n].bracket == _CLOSING[text]), 0
    )
    if opened:
        del stack[opened:]


def _bar(group: Group, word: Word, after: tuple[str, str]) -> None:
    sequence = group.alternatives[-1]
    last = sequence[-1] if sequence else None
    tight = word.glued and after[0] != "blank" and not after[1].startswith("-")
    of_flags = isinstance(last, Word) and is_flag(last.text) and not last.glued
    if tight and last is not None and not of_flags and group.bracket != "{":
        sequence.append(word)
    else:
        group.alternatives.append([])


def is_flag(text: str) -> bool:
    """Whether a word is (or begins) an option: ``-x``, ``--name``; not ``-`` or ``--`` alone."""
    return _FLAG.match(text) is not None


def render(nodes: Sequence[Node]) -> str:
    """The nodes as they were written, on one line."""
    pieces: list[str] = []
    for number, node in enumerate(nodes):
        if number and not node.glued:
            pieces.append(" ")
        if isinstance(node, Word):
            pieces.append(node.text)
        else:
            inner = "|".join(render(sequence) for sequence in node.alternatives)
            pieces.append(f"{node.bracket}{inner}{_ENDS[node.bracket]}")
        pieces.append("*" if node.repeated else "")
    return "".join(pieces)


def units(nodes: Sequence[Node]) -> list[list[Node]]:
    """The nodes in runs that are written without a blank between them."""
    runs: list[list[Node]] = []
    for node in nodes:
        if runs and node.glued:
            runs[-1].append(node)
        else:
            runs.append([node])
    return runs
