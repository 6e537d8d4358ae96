"""Usage patterns as options and places: what is required, optional, repeated, exclusive."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from apkg.sources.helptext.parts import Option, Place, Slot
from apkg.sources.helptext.slots import slot_of
from apkg.sources.helptext.spec import flag_of
from apkg.sources.helptext.tree import Group, Node, Word, is_flag, render, units

#: ``[OPTIONS]``, ``<flags>``, ``[global options]``, ``[package-index-options]``.
_PLACEHOLDER = re.compile(
    r"(?:.*[ -])?(?:options?|flags?|switch(?:es)?|opts?|operands?)", re.IGNORECASE
)
_KEY = re.compile(r"([a-z]\w*)=(.*)", re.DOTALL)
#: ``-Olevel``: find's way to write a flag and its value.
_HANGING = re.compile(r"(-[A-Z])(level|file|path|number|num|dir|directory|name|value)")
#: ``[-scale[_bn] …]*``: it is repeated for each of its numbered forms, and none of them twice.
_NUMBERED = re.compile(r"^\[-\w+[\[{]_")
_SENTENCE = frozenset(
    ["use", "do", "don't", "not", "with", "enable", "disable", "to", "the", "print"]
)

Known = Mapping[str, Option]


@dataclass(slots=True)
class Reading:
    """What one pattern says, in its order."""

    known: Known
    options: list[Option] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    #: A ``...`` that stands alone: argparse's remainder, or "the last one may be repeated".
    remainder: bool = False
    takes_options: bool = False
    groups: int = 0


def read_pattern(nodes: Sequence[Node], known: Known) -> Reading:
    """The options and places of one pattern; ``known`` are the options of the lists, by flag."""
    reading = Reading(known)
    _walk(reading, nodes, required=True, inside=False, exclusive=None)
    _fold_numbered(reading)
    return reading


def _fold_numbered(reading: Reading) -> None:
    """``<file-1> <file-2> ...``: one place for any number of files."""
    while len(reading.places) > 1:
        before, last = reading.places[-2:]
        stem = re.sub(r"[ _-]?(?:\d|[nN])$", "", last.name)
        many = last.slot.maximum is None or reading.remainder
        if not many or stem == last.name or re.sub(r"[ _-]?\d$", "", before.name) != stem:
            return
        slot = replace(before.slot, metavar=stem, maximum=None)
        reading.places[-2:] = [replace(before, name=stem, slot=slot)]
        reading.remainder = False


def is_placeholder(text: str) -> bool:
    """``OPTIONS``, ``options``, ``global options``, ``flags`` …."""
    bare = text.strip("[]<>. ")
    if text.startswith("[") and re.search(r"\w options?\b[;, ]", bare[:100]):
        return not bare.startswith("-")
    return not bare.startswith("-") and _PLACEHOLDER.fullmatch(bare[:100]) is not None


def _walk(
    reading: Reading, nodes: Sequence[Node], *, required: bool, inside: bool, exclusive: str | None
) -> None:
    place = 0
    runs = _apart(units(nodes))
    while place < len(runs):
        first = runs[place][0]
        beside = any(0 <= n < len(runs) and render(runs[n]) == "|" for n in (place - 1, place + 1))
        needed = required and not beside
        if isinstance(first, Word) and first.text == "-" and len(runs[place]) > 1:
            place = _letters(reading, runs, place, inside=inside, exclusive=exclusive)
            continue
        negatable = isinstance(first, Word) and first.text == "--" and len(runs[place]) > 2
        if isinstance(first, Word) and (is_flag(first.text) or negatable):
            place = _option(reading, runs, place, needed=needed, inside=inside, exclusive=exclusive)
            continue
        if isinstance(first, Word):
            _word(reading, runs, place, needed=needed)
        elif not _is_placeholder_group(reading, runs[place]):
            _group(reading, runs, place, required=needed)
        place += 1


def _apart(runs: list[list[Node]]) -> list[list[Node]]:
    """``[-a][-b val]``: groups of options are no single word, even without a blank."""
    result: list[list[Node]] = []
    for run in runs:
        if isinstance(run[0], Group) and _holds_options(run[:1]):
            result.append([])
            for node in run:
                if isinstance(node, Group) and _holds_options([node]) and result[-1]:
                    result.append([])
                result[-1].append(node)
        else:
            result.append(run)
    return result


def _is_placeholder_group(reading: Reading, run: Sequence[Node]) -> bool:
    found = is_placeholder(render(run))
    reading.takes_options = reading.takes_options or found
    return found


def _word(reading: Reading, runs: Sequence[Sequence[Node]], place: int, *, needed: bool) -> None:
    run = runs[place]
    text = render(run)
    if text in {"|", "--", "-", ";", "[--]"}:
        return
    if text in {"...", "…"}:
        reading.remainder = True
        return
    if is_placeholder(text):
        reading.takes_options = True
        return
    if (match := _KEY.fullmatch(text)) and not text.startswith("<"):
        _keyed(reading, match, run, needed=needed)
        return
    _place(reading, run, needed=needed)


def _keyed(reading: Reading, match: re.Match[str], run: Sequence[Node], *, needed: bool) -> None:
    """``input=name[,name,...]``: an option without dashes (GRASS, dd)."""
    values, slot = match[2], Slot(metavar=match[2], equals=True)
    if "," in values:
        slot = Slot(
            metavar=values.split("[")[0].split(",")[0], separator=",", maximum=None, equals=True
        )
    line = run[0].line
    reading.options.append(Option(flags=(match[1],), line=line, slot=slot, required=needed))


def _place(reading: Reading, run: Sequence[Node], *, needed: bool) -> None:
    slot = slot_of(run)
    name = slot.metavar or render(run)
    last = reading.places[-1] if reading.places else None
    if last is not None and last.slot.metavar == slot.metavar:
        reading.places[-1] = replace(last, slot=replace(last.slot, maximum=None))
        return
    if not re.search(r"\w", name) and not slot.choices:
        return
    reading.places.append(
        Place(name=name, line=run[0].line, slot=slot, required=needed and slot.minimum > 0)
    )


def _group(reading: Reading, runs: Sequence[Sequence[Node]], place: int, *, required: bool) -> None:
    run = runs[place]
    group = run[0]
    if not isinstance(group, Group):
        return
    if len(run) > 1 and not _holds_options(run) and not _dots(run[1:]):
        _place(reading, run, needed=required and not render(run).startswith("["))
        return
    last = reading.places[-1] if reading.places else None
    repeated = group.repeated or any(render([node]) in {"...", "…"} for node in run[1:])
    if not _holds_options(run) and not _begins_with_key(group):
        dots = place + 1 < len(runs) and render(runs[place + 1]) in {"...", "…"}
        _places(reading, group, last, required=required, repeated=repeated or dots)
        return
    start = len(reading.options), len(reading.places)
    _alternatives(reading, group, required=required)
    if repeated and not _NUMBERED.search(render([group])):
        reading.options[start[0] :] = [
            replace(option, repeated=True) for option in reading.options[start[0] :]
        ]
        reading.places[start[1] :] = [
            replace(item, slot=replace(item.slot, maximum=None))
            for item in reading.places[start[1] :]
        ]


def _places(
    reading: Reading, group: Group, last: Place | None, *, required: bool, repeated: bool
) -> None:
    """``[FILE]...``, ``[layer [layer ...]]``, ``{a,b}``, ``[PATH [ARGS]...]``."""
    inner = [sequence for sequence in group.alternatives if sequence]
    if len(inner) == 1 and len(units(inner[0])) > 1:
        before = len(reading.places)
        optional = group.bracket == "["
        _walk(reading, inner[0], required=required and not optional, inside=True, exclusive=None)
        alone = len(reading.places) - before == 1
        if reading.remainder or repeated:
            reading.remainder = False
            if reading.places and (alone or not repeated):
                item = reading.places[-1]
                reading.places[-1] = replace(item, slot=replace(item.slot, maximum=None))
        return
    slot = slot_of([group])
    if not re.search(r"\w", slot.metavar) and not slot.choices:
        return
    if repeated:
        slot = replace(slot, maximum=None)
    if last is not None and slot.metavar == last.slot.metavar:
        reading.places[-1] = replace(last, slot=replace(last.slot, maximum=None))
    elif slot.metavar or slot.choices:
        needed = required and group.bracket != "[" and slot.minimum > 0
        literal = group.bracket == "{" and not slot.choices
        reading.places.append(
            Place(name=slot.metavar, line=group.line, slot=slot, required=needed and not literal)
        )


def _holds_options(run: Sequence[Node]) -> bool:
    """Whether an option is written anywhere in the groups of ``run``."""
    for number, node in enumerate(run):
        if isinstance(node, Word):
            dashes = node.text in {"-", "--"} and number + 1 < len(run) and run[number + 1].glued
            if (is_flag(node.text) or dashes) and not node.glued:
                return True
        elif any(_holds_options(sequence) for sequence in node.alternatives):
            return True
    return False


def _begins_with_key(group: Group) -> bool:
    first = next((sequence[0] for sequence in group.alternatives if sequence), None)
    return isinstance(first, Word) and _KEY.fullmatch(first.text) is not None


def _alternatives(reading: Reading, group: Group, *, required: bool) -> None:
    sequences = [sequence for sequence in group.alternatives if sequence]
    exclusive = None
    if len(sequences) > 1 and any(_holds_options(sequence) for sequence in sequences):
        sequences = _with_values(sequences)
        if len(sequences) > 1:
            reading.groups += 1
            exclusive = f"usage line {group.line}, choice {reading.groups}"
    needed = required and group.bracket != "[" and len(sequences) == 1
    if len(sequences) == 1 and _shared_value(reading, sequences[0]):
        return
    for sequence in sequences:
        _walk(reading, sequence, required=needed, inside=True, exclusive=exclusive)


def _shared_value(reading: Reading, sequence: Sequence[Node]) -> bool:
    """``[[-b|-f] [c|f]]``: options that take the same value."""
    runs = units(sequence)
    first = runs[0][0]
    if len(runs) < 2 or not isinstance(first, Group) or not _holds_options(runs[0]):
        return False
    values = [node for run in runs[1:] for node in run]
    if _holds_options(values) or any(render([node]) == "|" for node in values):
        return False
    start = len(reading.options)
    _alternatives(reading, first, required=False)
    slot = slot_of(values)
    reading.options[start:] = [
        replace(option, slot=option.slot or slot) for option in reading.options[start:]
    ]
    return True


def _with_values(sequences: list[list[Node]]) -> list[list[Node]]:
    """``[-fieldmap identity | index1[,index2]*]``: the alternatives of one option's value."""
    first = sequences[0]
    flags = [sequence for sequence in sequences if _holds_options(sequence)]
    if len(flags) > 1 or flags[0] is not first or len(units(first)) < 2:
        return sequences
    others = "|".join(render(sequence) for sequence in sequences[1:])
    line = first[0].line
    return [[*first, Word("|", line, glued=True), Word(others, line, glued=True)]]


def _option(
    reading: Reading,
    runs: Sequence[Sequence[Node]],
    place: int,
    *,
    needed: bool,
    inside: bool,
    exclusive: str | None,
) -> int:
    """Read the option at ``place``; return the place after its values."""
    run = runs[place]
    flag, off, slot, used = flag_of(run)
    end = place + 1
    if used < len(run) and render(run[used : used + 1]) == "|":
        used = len(run)
    if flag is None:
        return end
    help_text, sure = "", inside
    if match := _HANGING.fullmatch(flag):
        flag, slot = match[1], Slot(metavar=match[2], glued=True)
    if flag.endswith("-"):
        return _end_of_values(reading, runs, end, flag, inside=inside)
    if slot is None:
        end = _end_of_values(reading, runs, end, flag, inside=inside)
        if end == place + 1 and _is_its_value(reading, runs[end : end + 1], flag):
            end, sure = end + 1, True
        values = [node for unit in runs[place + 1 : end] for node in unit]
        values, help_text = _without_notes(values)
        slot = slot_of(values) if values else None
    repeated = any(node.repeated for node in run) or (
        end < len(runs) and inside and _dots(runs[end])
    )
    if _dots(runs[place][-1:]) and slot is None:
        repeated = True
    reading.options.append(
        Option(
            flags=(flag,),
            off_flag=off,
            line=run[0].line,
            slot=slot,
            help=help_text,
            required=needed,
            repeated=repeated,
            exclusive=exclusive,
            bracketed=sure,
        )
    )
    return end


def _is_its_value(reading: Reading, runs: Sequence[Sequence[Node]], flag: str) -> bool:
    """``-o output`` of an option that is also called ``--output``."""
    known = reading.known.get(flag)
    word = render(runs[0]) if runs and isinstance(runs[0][0], Word) else ""
    return known is not None and f"--{word}" in known.flags


def _letters(
    reading: Reading,
    runs: Sequence[Sequence[Node]],
    place: int,
    *,
    inside: bool,
    exclusive: str | None,
) -> int:
    """``-[v|V] varlist``: an option for each of the letters."""
    group = runs[place][1]
    end = _end_of_values(reading, runs, place + 1, "-", inside=inside)
    values = [node for unit in runs[place + 1 : end] for node in unit]
    slot = slot_of(values) if values else None
    letters = render([group]).strip("[](){}").split("|")
    for letter in letters:
        if re.fullmatch(r"\w[\w-]*", letter):
            flags = (f"-{letter}",)
            reading.options.append(
                Option(flags=flags, line=group.line, slot=slot, exclusive=exclusive)
            )
    return end


def _dots(run: Sequence[Node]) -> bool:
    return render(run) in {"...", "…"}


def _end_of_values(
    reading: Reading, runs: Sequence[Sequence[Node]], start: int, flag: str, *, inside: bool
) -> int:
    """Where the values of an option end: with its brackets, or after what it is known to take."""
    known = reading.known.get(flag)
    most: int | None = 1
    if inside:
        most = None
    elif known is not None:
        most = 0 if known.slot is None else known.slot.maximum or 1
    end = start
    while end < len(runs) and (most is None or end - start < most):
        first = runs[end][0]
        if _holds_options(runs[end]) or render(runs[end]) == "|":
            break
        optional = isinstance(first, Group) and first.bracket == "["
        if optional and not inside and known is None and "..." not in render(runs[end]):
            break
        end += 1
    while not inside and start < end < len(runs) and _repeats(runs[end - 1], runs[end]):
        end += 1
    return end


def _repeats(before: Sequence[Node], run: Sequence[Node]) -> bool:
    """``X [X ...]``."""
    name = render(before).strip("<>")
    return render(run).startswith((f"[{name} ", f"[<{name}>", f"[{name}..."))


def _without_notes(values: list[Node]) -> tuple[list[Node], str]:
    """Values without a remark (``(default=1)``), and the remark."""
    notes = [n for n in values if isinstance(n, Group) and render([n]).startswith("(default")]
    kept = [node for node in values if node not in notes]
    for node in kept:
        node.repeated = False
    words = [render([node]) for node in kept]
    if len(words) > 2 and words[0] in _SENTENCE:
        return [], " ".join([*words, *(render([n]) for n in notes)])
    return kept, " ".join(render([note]) for note in notes)
