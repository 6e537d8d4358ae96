"""The lists and the usage together: one argument for everything that either of them shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from apkg.sources.helptext.choices import listed_below
from apkg.sources.helptext.clusters import split_clusters
from apkg.sources.helptext.headings import kind_of
from apkg.sources.helptext.parts import Entry, Layout, Line, Option, Place, Slot
from apkg.sources.helptext.spec import read_spec
from apkg.sources.helptext.usage import Reading

_KEYED = re.compile(r"([A-Za-z]\w*)=(\S+)")
#: ``INTEGER RANGE [0<=x<=10]``, ``<float range> [x>0]``: Click states the bounds beside the type.
_BOUNDS = re.compile(r" (\[(?:-?[\d.]+<=?)?x(?:[<>]=?-?[\d.]+)?\])(?=$|,? )")
_NUMBER_FLAG = re.compile(r"-(?:NUM|NUMBER|N|#|<\w+>|n)")


@dataclass(slots=True)
class Options:
    """Options by flag; the first that shows a flag owns it."""

    found: list[Option] = field(default_factory=list)
    by_flag: dict[str, int] = field(default_factory=dict)

    def known(self) -> dict[str, Option]:
        """Every flag with its option."""
        return {flag: self.found[place] for flag, place in self.by_flag.items()}

    def add(self, option: Option) -> None:
        """Add what a list shows; a flag that stands there twice belongs to the first."""
        fresh = tuple(flag for flag in option.flags if flag not in self.by_flag)
        if not fresh:
            self._complete(self.by_flag[option.flags[0]], option)
            return
        for flag in (*fresh, option.off_flag):
            if flag is not None:
                self.by_flag.setdefault(flag, len(self.found))
        self.found.append(replace(option, flags=fresh))

    def rename(self, flag: str, full: str) -> None:
        """Give the option with ``flag`` its full name, too."""
        place = self.by_flag[flag]
        have = self.found[place]
        if full not in self.by_flag:
            self.by_flag[full] = place
            self.found[place] = replace(have, flags=(full, *have.flags))

    def _complete(self, place: int, option: Option) -> None:
        have = self.found[place]
        if have.slot is None and option.slot is not None and option.bracketed:
            have = replace(have, slot=option.slot)
        self.found[place] = replace(have, help=have.help or option.help)

    def use(self, option: Option, *, everywhere: bool) -> None:
        """Add what the usage shows; the list's word on names and values comes first."""
        place = next((self.by_flag[f] for f in option.flags if f in self.by_flag), None)
        if place is None:
            self.add(replace(option, required=option.required and everywhere))
            return
        self._complete(place, option)
        have = self.found[place]
        slot = have.slot
        if slot is not None and option.slot is not None and slot.maximum == 1:
            slot = _fuller(slot, option.slot)
        self.found[place] = replace(
            have,
            slot=slot,
            required=have.required or (option.required and everywhere),
            repeated=have.repeated or option.repeated,
            exclusive=have.exclusive or option.exclusive,
        )


def _fuller(listed: Slot, used: Slot) -> Slot:
    choices = listed.choices or (used.choices if used.maximum == 1 else ())
    if listed.metavar and used.metavar and used.separator and not listed.separator:
        return replace(listed, choices=choices, separator=used.separator, maximum=None)
    return replace(listed, choices=choices)


def listed_options(layout: Layout, *, click: bool) -> Options:
    """The options of all lists."""
    options = Options()
    rows = sorted((*layout.options, *_keyed(layout.rows)), key=lambda entry: entry.line)
    for entry in rows:
        keyed = _KEYED.fullmatch(entry.left)
        if keyed is not None:
            slot = Slot(metavar=keyed[2].strip("<>"), equals=True)
            options.add(Option(flags=(keyed[1],), line=entry.line, slot=slot, help=entry.help))
            continue
        if _NUMBER_FLAG.fullmatch(entry.left) and len(entry.left) > 2:
            continue
        left, default = _boost_default(entry.left)
        left, bounds = _bounds(left)
        option = read_spec(left, entry.line, click=click or entry.boxed)
        if option is not None:
            text = " ".join(part for part in (entry.help, default, bounds) if part)
            option = _mentioned(replace(option, help=text, required=entry.marked))
            option = replace(option, placed=kind_of(entry.section) == "places")
            if option.slot is None and option.off_flag is None and _has_value(entry):
                option = replace(option, slot=Slot(metavar="VALUE"))
            options.add(option)
    return options


def _boost_default(left: str) -> tuple[str, str]:
    """``--threads arg (=4)`` of Boost's program options."""
    match = re.search(r"\s\(=([^()]*)\)$", left)
    return (left[: match.start()], f"[default: {match[1]}]") if match else (left, "")


def _bounds(left: str) -> tuple[str, str]:
    """The left side without the bounds of a number, and the bounds."""
    match = _BOUNDS.search(left)
    return (left[: match.start()] + left[match.end() :], match[1]) if match else (left, "")


def _has_value(entry: Entry) -> bool:
    """JCommander and absl show no name of a value, but a default that no flag has."""
    match = re.search(r"\[default: ([^\[\]]*)\]$", entry.help) if entry.own_default else None
    said = match[1].strip("'\"").lower() if match else "true"
    typed = re.search(r"\((?:an integer|a number|a comma separated list)\)", entry.help)
    return typed is not None or said not in {"true", "false"}


def _keyed(rows: Iterable[Entry]) -> list[Entry]:
    """Rows such as ``bs=BYTES  read up to …``: at least two of them make a list."""
    found = [row for row in rows if _KEYED.fullmatch(row.left) and row.help]
    return found if len(found) > 1 else []


def _mentioned(option: Option) -> Option:
    """``-Ln  set log level to n``: a flag, and a value that hangs on it."""
    if len(option.flags) > 1 or option.slot is not None:
        return option
    match = re.fullmatch(r"(-[A-Z0-9])([a-z]+)", option.flags[0])
    if match is None or not re.search(rf"(?<![\w-]){match[2]}(?![\w'])", option.help[:500]):
        return option
    return replace(option, flags=(match[1],), slot=Slot(metavar=match[2], glued=True))


def add_usage(options: Options, readings: Sequence[Reading]) -> None:
    """Add what the usage patterns say of options."""
    known = options.known()
    split = [split_clusters(reading.options, known) for reading in readings]
    count: dict[str, int] = {}
    for found in split:
        for flag in {option.flags[0] for option in found if option.required}:
            count[flag] = count.get(flag, 0) + 1
    for found in split:
        for option in found:
            everywhere = count.get(option.flags[0], 0) == len(readings)
            if _is_glued_form(option, known):
                continue
            listed = _abbreviated(option, known)
            options.use(listed, everywhere=everywhere)
            if listed is not option:
                options.rename(listed.flags[0], option.flags[0])


def add_lists(options: Options, lines: Sequence[Line]) -> None:
    """Give ``-r resampling_method`` the values under ``Available resampling methods:``."""
    lists = listed_below(lines)
    for number, option in enumerate(options.found):
        slot = option.slot
        if slot is not None and not slot.choices and (found := lists.get(key(slot.metavar))):
            options.found[number] = replace(option, slot=replace(slot, choices=found))


def _is_glued_form(option: Option, known: Mapping[str, Option]) -> bool:
    """``-Ln`` in the usage of a tool that lists ``-L`` with a value that hangs on it."""
    match = re.fullmatch(r"(-\w)([a-z]+)", option.flags[0])
    listed = known.get(match[1]) if match else None
    return bool(match and listed and listed.slot and listed.slot.glued) and (
        option.flags[0] not in known
    )


def _abbreviated(option: Option, known: Mapping[str, Option]) -> Option:
    """GRASS lists ``--o`` for the ``--overwrite`` of its usage."""
    flag = option.flags[0]
    if flag in known or not flag.startswith("--") or option.slot is not None:
        return option
    short = next((f for f in (flag[:3], flag[:4]) if f in known and len(flag) > 4), None)
    if short is None or known[short].slot is not None or known[short].flags != (short,):
        return option
    return replace(option, flags=(short,))


def key(name: str) -> str:
    """A name in the form in which usage and lists agree."""
    return re.sub(r"[\s<>\[\]{}().*]+|\.\.\.", "", name).lower().replace("-", "_")


def joined_places(
    readings: Sequence[Reading], rows: Sequence[Entry], options: Options
) -> list[Place]:
    """The positional arguments: those of the richest pattern, described by the lists."""
    best = max(readings, key=lambda reading: len(reading.places), default=None)
    places = list(best.places) if best is not None else []
    places = [
        replace(place, required=all(_needs(reading, number) for reading in readings))
        for number, place in enumerate(places)
    ]
    listed = [row for row in rows if kind_of(row.section) == "places"]
    remainder = best is not None and best.remainder
    places = _described(places, rows)
    places = _completed(places, listed, options, remainder=remainder)
    return [place for place in places if not _stands_for_option(options, place)]


def _needs(reading: Reading, number: int) -> bool:
    return number < len(reading.places) and reading.places[number].required


def _stands_for_option(options: Options, place: Place) -> bool:
    """Whether an option of the same name holds the place's value (``-i, --input <INPUT>``)."""
    name = key(place.name)
    number = options.by_flag.get(f"--{name}", options.by_flag.get(f"--{name.replace('_', '-')}"))
    option = options.found[number] if number is not None else None
    slot = option.slot if option is not None and option.placed else None
    return slot is not None and key(slot.metavar) == name


def _described(places: Sequence[Place], rows: Sequence[Entry]) -> list[Place]:
    about: dict[str, Entry] = {}
    for row in rows:
        about.setdefault(key(_name(row)), row)
    result = []
    for place in places:
        found = about.get(key(place.name))
        result.append(place if found is None else replace(place, help=found.help, line=found.line))
    return result


def _name(row: Entry) -> str:
    """The name in a row: ``<INPUT>``, ``[FILE]...``, ``name  TEXT``, ``arg ...``."""
    bare = row.left.strip()
    if bare.startswith("{"):
        return bare
    if match := re.match(
        r"[\[<(]*([\w./ -]+?)[\]>)]*(?:\s*\.\.\.\]?|\s{2,}.*|\s+[A-Z<\[].*)?$", bare
    ):
        return match[1]
    return bare


def _completed(
    places: list[Place], listed: Sequence[Entry], options: Options, *, remainder: bool
) -> list[Place]:
    """Places that the list has and the usage only hints at."""
    have = {key(place.name) for place in places} | {flag.lower() for flag in options.by_flag}
    left = [row for row in listed if key(_name(row)) not in have and not row.left.startswith("{")]
    strict = [row for row in left if re.match(r"positional|arguments", row.section, re.IGNORECASE)]
    if remainder and places and places[-1].slot.choices:
        places[-1] = replace(places[-1], slot=replace(places[-1].slot, maximum=None))
    elif remainder and strict:
        row = strict.pop(0)
        slot = Slot(metavar=_name(row), minimum=0, maximum=None)
        places.append(
            Place(name=_name(row), line=row.line, slot=slot, required=False, help=row.help)
        )
    elif remainder and places:
        places[-1] = replace(places[-1], slot=replace(places[-1].slot, maximum=None))
    if not places:
        places += [_of_row(row) for row in strict]
    return places


def _of_row(row: Entry) -> Place:
    many = "..." in row.left
    optional = row.left.startswith("[") or (row.boxed and not row.marked)
    slot = Slot(metavar=_name(row), minimum=0 if optional else 1, maximum=None if many else 1)
    return Place(name=_name(row), line=row.line, slot=slot, required=not optional, help=row.help)
