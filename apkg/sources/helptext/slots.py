"""What stands behind a flag, or for a positional argument: how many values, and which.

``x y`` are two values, ``[x]`` is one at most, ``x [x ...]`` one at least, ``x,...`` and
``x[,x]*`` are one word that holds several, ``{a,b}`` and ``a|b`` are the values allowed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from apkg.sources.helptext.parts import Slot
from apkg.sources.helptext.tree import Group, Node, Word, render, units

_CHOICE = re.compile(r"[\w.+:#-]+")
_LOWER_PLACE = re.compile(
    r"(?:file|path|url|uri|name|dir|directory|folder|id|uid|gid|n|num|number|string|str|int|float"
    r"|value|val|type|key|pattern|expr|expression|host|port|level|size|list|cmd|command|user"
    r"|token|address|addr|date|time|count|format|mode|word|text|arg|[a-z]{1,6}name|\w*_\w*)s?"
)
#: ``x[,x]*``, ``x[,...]``, ``x,...`` and ``x,x,x``: several values in one word.
_SEPARATED = re.compile(r"\[?([,:;])(?:\.\.\.|[^\[\]]*\]?(?:\*|\.\.\.)|\.\.\.\])")
_SPACES = re.compile(r"\s+")


def slot_of(nodes: Sequence[Node]) -> Slot:
    """The values that ``nodes`` stand for; at least one node."""
    found: list[Slot] = []
    for unit in units(nodes):
        first = unit[0]
        if isinstance(first, Word) and first.text in {"...", "…"} and len(unit) == 1:
            found = [*found[:-1], replace(found[-1], maximum=None)] if found else []
            found = found or [Slot(metavar="", minimum=0, maximum=None)]
        else:
            found.append(_unit(unit))
    return _together(found)


def _together(found: Sequence[Slot]) -> Slot:
    if len(found) == 1:
        return found[0]
    names = dict.fromkeys(slot.metavar for slot in found if slot.metavar)
    most = [slot.maximum for slot in found]
    return Slot(
        metavar=" ".join(names),
        minimum=sum(slot.minimum for slot in found),
        maximum=None if None in most else sum(n for n in most if n is not None),
        choices=found[0].choices if len(names) == 1 or not names else (),
    )


def _unit(unit: Sequence[Node]) -> Slot:
    """One word of the usage: a name, a group, or several of them glued together."""
    repeated = any(node.repeated for node in unit[-1:])
    if render(unit).endswith(("|...", "/...", "|…")):
        return Slot(metavar=render(unit))
    if len(unit) > 1 and isinstance(unit[-1], Word) and unit[-1].text in {"...", "…"}:
        return _separated(_repeated(_unit(unit[:-1])), unit[-2])
    text = _SPACES.sub(" ", render(unit))
    if len(unit) == 1:
        slot = _word(unit[0]) if isinstance(unit[0], Word) else _group(unit[0])
        return _repeated(slot) if repeated else slot
    if mark := _SEPARATED.search(text):
        name = text[: mark.start()].strip("<>[] ")
        name = name.rpartition("|(")[2] if "|(" in name else name
        return Slot(metavar=name, separator=mark[1], maximum=None)
    if isinstance(unit[0], Group) and isinstance(unit[1], Word) and unit[1].text == "|":
        return Slot(metavar=text, maximum=_group(unit[0]).maximum)
    return Slot(metavar=_bare(text), choices=choices_of(text))


def _separated(slot: Slot, last: Node) -> Slot:
    """``x,...``: the comma before the dots."""
    if not isinstance(last, Word) or last.text[-1:] not in {",", ";", ":"}:
        return slot
    return replace(slot, separator=last.text[-1], metavar=last.text.rstrip(",;:").strip("<>"))


def _repeated(slot: Slot) -> Slot:
    return replace(slot, maximum=None)


def _word(word: Word) -> Slot:
    bare = word.text.strip("\"'")
    text = _bare(bare)
    if bare.startswith("<") and re.fullmatch(r"[A-Z]+(?: [A-Z]+)+", text):
        count = len(text.split())
        return Slot(metavar=text, minimum=count, maximum=count)
    mark = re.fullmatch(r"([^,]+),(?:\1|[^,]*2)(?:,\.*|,[^,]+)*", text)
    if mark and not text[0].isdigit():
        return Slot(metavar=mark[1], separator=",", maximum=None)
    return Slot(metavar=text.rstrip(",") or text)


def _group(group: Group) -> Slot:
    text = render([group])
    if group.bracket == "{":
        return Slot(metavar=_bare(text.strip("{}")), choices=_listed(text))
    inner = [_sequence(sequence) for sequence in group.alternatives if sequence]
    if not inner:
        return Slot(metavar="", minimum=0)
    if re.search(r",\s", text) and "..." not in text:
        return Slot(metavar=text.strip("[]()"))
    most = [slot.maximum for slot in inner]
    same = inner[0] if len(inner) == 1 else Slot(metavar=text.strip("[]()"))
    return replace(
        same,
        minimum=0 if group.bracket == "[" else min(slot.minimum for slot in inner),
        maximum=None if None in most else max(n for n in most if n is not None),
        choices=same.choices or choices_of(text.strip("[]()")),
    )


def _sequence(nodes: Sequence[Node]) -> Slot:
    return slot_of(nodes)


def _bare(text: str) -> str:
    """A metavar without the signs that only frame it: ``<file>`` is ``file``."""
    if text[:1] in {'"', "'", "`"} and text[-1:] == text[:1]:
        text = text[1:-1]
    if text.startswith("<") and text.endswith(">") and text.count("<") == 1:
        return text[1:-1].strip()
    return text


def _listed(text: str) -> tuple[str, ...]:
    """The values between braces: ``{a,b}``, ``{a|b}``, GDAL's ``{a/b}`` and ``{[a]/b}``."""
    if "..." in text:
        return ()
    inner = re.sub(r"[\[\]{}\s]", "", text)
    mark = next((sign for sign in "|,/" if sign in inner), None)
    items = inner.split(mark) if mark else []
    if any("<" in item for item in items):
        return ()
    return tuple(dict.fromkeys(item.strip("'\"") for item in items if item))


def choices_of(text: str) -> tuple[str, ...]:
    """``a|b|c``: the values allowed, unless one of the words is the name of a value."""
    items = [item.strip() for item in text.split("|")]
    if len(items) < 2 or not all(_CHOICE.fullmatch(item) for item in items):
        return ()
    shapes = {_shape(item) for item in items}
    if len(shapes - {"sign"}) > 1 or any(_LOWER_PLACE.fullmatch(item) for item in items):
        return ()
    return tuple(dict.fromkeys(items))


def _shape(item: str) -> str:
    if not any(c.isalpha() for c in item):
        return "sign"
    if item.islower():
        return "lower"
    return "upper" if item.isupper() else "mixed"
