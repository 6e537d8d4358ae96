"""The left side of a row in an option list, and the flag words of usage lines.

``-o, --output=FILE``, ``-o FILE, --output FILE``, ``-j [N], --jobs[=N]``, ``--[no-]color``,
``--masked / --not-masked``, ``-n|--name NAME``, ``-i[SUFFIX]``, ``-S<source>=<file>``,
``-o [ --output ] arg``, ``[-d n]`` …
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from apkg.sources.helptext.parts import Line, Option, Slot
from apkg.sources.helptext.slots import slot_of
from apkg.sources.helptext.tree import Group, Node, Word, is_flag, parse, render

_FLAG = re.compile(r"-{1,2}[^\W_][\w.+-]*|-{1,2}[\w?@#$!%&.]|-:|--\[?\w")
_NEGATION = re.compile(r"\[?(no|non|un|disable|without|not)[-_]?\]?", re.IGNORECASE)
_SEPARATORS = re.compile(r",(?=-)|(?<=\w)/(?=-)|\|(?=-)| or (?=-)|;(?=\s*-)")
_BOOST = re.compile(r"^(\s*-\S+) \[ (--?[\w-]+) \]")
_CHOICE = re.compile(r"(?<=[ =])[\[<]([^\[\]<>|]+(?:\|[^\[\]<>|]+)+)[\]>]")
_RANGE = re.compile(r"(?<=[A-Z]) RANGE\b(?: \[[^\[\]]*\])?")
_REPEATED = re.compile(r"-\w[\w-]*\.\.\.")
_LETTERS = re.compile(r"^-\[(?!no\])(\w{2,4})\](\S*)")
_PAIR = re.compile(r"\s*/\s+(?=-)|\s+/\s*(?=-)")
_FORMER = re.compile(r"^\[(-[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]")


@dataclass(slots=True)
class _Reading:
    """What was found so far in one left side."""

    flags: list[str] = field(default_factory=list)
    off: str | None = None
    slots: dict[str, Slot] = field(default_factory=dict)
    repeated: bool = False
    bare: set[str] = field(default_factory=set)

    def slot(self) -> Slot | None:
        """The fullest of the slots: ``-j [N], --jobs[=N]`` say the same twice."""
        if not self.slots:
            return None
        last = list(self.slots.values())[-1]
        choices = next((s.choices for s in self.slots.values() if s.choices), last.choices)
        return replace(last, choices=choices)


def read_spec(left: str, line: int, *, click: bool = False) -> Option | None:
    """The option that ``left`` declares; ``None`` where it declares none.

    In Click's lists ``[a|b]`` (Typer: ``<a|b>``) is a choice that must be made; elsewhere
    brackets are optional.
    """
    text = left.strip().rstrip(":").rstrip()
    if click:
        text = _RANGE.sub("", _CHOICE.sub(_braces, text))
    if bracketed := _FORMER.match(text):
        text = bracketed[1]
    text = _LETTERS.sub(_one_by_one, _BOOST.sub(r"\1, \2", text))
    reading = _Reading()
    text, *negative = _PAIR.split(text, maxsplit=1)
    if negative:
        reading.off = max(re.findall(r"--?[\w-]+", negative[0]), key=len, default=None)
    text = _SEPARATORS.sub(", ", text)
    reading.repeated = _REPEATED.search(text) is not None
    nodes = parse([Line(line, text)])
    place = 0
    while place < len(nodes):
        node = nodes[place]
        if _begins_flag(nodes, place):
            end = _next_flag(nodes, place + 1)
            _read_flag(reading, nodes[place:end])
            place = end
        elif isinstance(node, Word) and node.text in {",", "|", "/"}:
            place += 1
        else:
            return None
    return _option(reading, line)


def _one_by_one(match: re.Match[str]) -> str:
    """``-[mM]module`` is ``-m`` and ``-M``."""
    return ", ".join(f"-{letter}{match[2]}" for letter in match[1])


def _braces(match: re.Match[str]) -> str:
    return "<DATETIME>" if "%" in match[0] else f"{{{match[1]}}}"


def _option(reading: _Reading, line: int) -> Option | None:
    flags = _without_fixed(reading)
    if not flags:
        return None
    off = reading.off or _off_flag(flags)
    kept = tuple(dict.fromkeys(flag for flag in flags if flag != off))
    slot = reading.slot()
    repeated = reading.repeated and slot is None
    if not kept:
        kept, off = (flags[0],), None
    return Option(flags=kept, line=line, slot=slot, off_flag=off, repeated=repeated)


def _without_fixed(reading: _Reading) -> list[str]:
    """``-C, --check=quiet, --check=silent``: a flag, and what it stands for."""
    twice = {flag for flag in reading.flags if reading.flags.count(flag) > 1}
    if not twice:
        return reading.flags
    for flag in twice:
        reading.slots.pop(flag, None)
    kept = [flag for flag in reading.flags if flag not in twice or flag in reading.bare]
    return list(dict.fromkeys(kept or reading.flags))


def _off_flag(flags: Sequence[str]) -> str | None:
    """``--no-x`` beside ``--x`` (or ``-x, --no-x``: never alone)."""
    for flag in flags:
        name = flag.lstrip("-")
        plain = {f"--{name[cut:]}" for cut in (2, 3) if name.startswith(("no", "no-")[cut - 2])}
        if plain & set(flags):
            return flag
    return None


def _begins_flag(nodes: Sequence[Node], place: int) -> bool:
    """A word with dashes, or the dashes of ``--[no-]color``."""
    node = nodes[place]
    following = nodes[place + 1] if place + 1 < len(nodes) else None
    dashes = isinstance(node, Word) and node.text in {"-", "--"} and isinstance(following, Group)
    return isinstance(node, Word) and (is_flag(node.text) or (dashes and bool(following)))


def _next_flag(nodes: Sequence[Node], place: int) -> int:
    while place < len(nodes):
        if _begins_flag(nodes, place) and not nodes[place].glued:
            return place
        place += 1
    return place


def _read_flag(reading: _Reading, nodes: Sequence[Node]) -> None:
    flag, off, slot, used = flag_of(nodes)
    if flag is None:
        return
    rest = _trimmed(nodes[used:])
    if rest and slot is None:
        slot = slot_of(rest)
    if slot is not None and slot.metavar.endswith(","):
        slot = replace(slot, metavar=slot.metavar.rstrip(","))
    reading.flags.append(flag)
    if slot is None:
        reading.bare.add(flag)
    reading.off = reading.off or off
    if slot is not None and (slot.metavar or slot.choices or slot.maximum is None):
        reading.slots[flag] = slot


def _trimmed(nodes: Sequence[Node]) -> list[Node]:
    """``nodes`` without the signs that only part one flag from the next."""
    rest = list(nodes)
    while rest and render(rest[-1:]) in {",", "|", "/"}:
        rest.pop()
    while rest and render(rest[:1]) in {",", "|", "/"}:
        del rest[0]
    return rest


def flag_of(nodes: Sequence[Node]) -> tuple[str | None, str | None, Slot | None, int]:
    """The flag in the first word: flag, its ``--no-`` form, glued values, nodes used."""
    first = nodes[0]
    if not isinstance(first, Word):
        return None, None, None, 0
    glued = 1
    while glued < len(nodes) and nodes[glued].glued and render([nodes[glued]]) != "|":
        glued += 1
    run = list(nodes[1:glued])
    if first.text in {"--", "-"} and len(run) > 1:
        return (*_negatable(first.text, run), None, glued)
    name, equals, value = first.text.partition("=")
    if equals:
        return name.rstrip(","), None, _equal(value, run, first), glued
    match = _FLAG.match(first.text.rstrip(","))
    if match is None:
        return None, None, None, glued
    flag = match[0].rstrip(".")
    tail = first.text.rstrip(",")[len(flag) :]
    return flag, None, _hanging(flag, tail, run, first), glued


def _negatable(dashes: str, run: Sequence[Node]) -> tuple[str | None, str | None]:
    """``--[no-]color`` is ``--color`` and ``--no-color``."""
    inside = render(run[:1]).strip("[]()")
    name = render(run[1:]).rstrip(",")
    if not re.fullmatch(r"\w[\w.-]*", name):
        return None, None
    negative = f"{dashes}{inside}{name}" if _NEGATION.fullmatch(inside) else None
    return f"{dashes}{name}", negative


def _equal(value: str, run: Sequence[Node], first: Word) -> Slot:
    """``--output=FILE``, ``--sparse-version=MAJOR[.MINOR]``."""
    nodes: list[Node] = [Word(value.rstrip(","), first.line, glued=False)] if value else []
    nodes += run
    if nodes and not value:
        nodes[0].glued = False
    slot = slot_of(nodes) if nodes else Slot(metavar="")
    return replace(slot, equals=True, metavar=slot.metavar or "VALUE")


def _hanging(flag: str, tail: str, run: Sequence[Node], first: Word) -> Slot | None:
    """``--jobs[=N]``, ``-i[SUFFIX]``, ``-S<source>=<file>``, ``-F/pattern/``."""
    text = tail + render(run)
    if not text.strip(",.:;") or text in {"...", "…"}:
        return None
    group = run[0] if run and isinstance(run[0], Group) else None
    if group is not None and group.bracket == "[" and text.startswith("[="):
        inner = render([group])[2:-1].strip(".") or "VALUE"
        slot = slot_of(parse([Line(first.line, inner)]) or [Word("VALUE", first.line, glued=False)])
        return replace(slot, minimum=0, equals=True, metavar=slot.metavar.strip("."))
    if len(flag.lstrip("-")) > 2 and group is not None:
        return None if text.startswith(("[_", "{_")) else replace(slot_of(run), glued=True)
    optional = group is not None and group.bracket == "[" and not tail
    name = text.strip("[]/,") if text.count("[") < 2 else text
    if re.fullmatch(r"<[^<>]*>", name):
        name = name[1:-1]
    return Slot(metavar=name or text, minimum=0 if optional else 1, glued=True)
