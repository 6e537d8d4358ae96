"""The words of a script that have a place: ``$1``, ``${2:-default}``, ``"$@"``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from apkg.model import Default
from apkg.sources.cli.shell.evidence import literal
from apkg.sources.cli.shell.script import Script, assignments_in

_PLACE = re.compile(r"\$(?:(\d)|\{(\d+)(?:(:?[-=?])([^}]*))?\})")
_REST = re.compile(r"\$[@*]|\$\{@(?::(\d+))?\}")


@dataclass(slots=True)
class Place:
    """One place; ``many`` for all words from there on."""

    number: int
    line: int
    variable: str = ""
    default: Default | None = None
    optional: bool = False
    many: bool = False


def places_of(script: Script, *, after_options: bool) -> list[Place]:
    """The places that the script itself uses, in order of their numbers."""
    found: dict[int, Place] = {}
    blocks = [(case.start, case.end) for case in script.cases] if after_options else []
    loops = _loops(script) if after_options else []
    own = _handed_on(script)
    shifted = 0
    tokens = script.tokens
    for place, token in enumerate(tokens):
        function = script.function_at(token.start)
        if function is not None and function.name not in own:
            continue
        if any(start <= token.start < end for start, end in (*blocks, *loops)):
            continue
        if token.text == "shift" and not after_options:
            following = tokens[place + 1].text if place + 1 < len(tokens) else ""
            shifted += int(following) if following.isdigit() else 1
        if token.kind == "word":
            _look(found, token.text, token.line, shifted)
    for assignment in assignments_in(tokens):
        match = _PLACE.search(assignment.value)
        number = _number(match) if match else None
        known = found.get(number or 0)
        if known is not None and not known.variable and known.line == assignment.line:
            known.variable = assignment.name
    _from_arms(script, found)
    _rest(script, found, own, shifted, after_options=after_options)
    return [found[number] for number in sorted(found)]


def _from_arms(script: Script, found: dict[int, Place]) -> None:
    """``*) SCENE="$1"; shift ;;`` in the loop that takes the options apart."""
    for case in script.cases:
        for arm in case.arms:
            if arm.patterns != ("*",) or not re.match(r"\"?\$\{?1\b", case.subject):
                continue
            for assignment in arm.assignments():
                if re.search(r"\$\{?1\b", assignment.value):
                    number = max(found, default=0) + 1
                    found[number] = Place(
                        number, assignment.line, assignment.name, many=assignment.grows
                    )


def _number(match: re.Match[str]) -> int:
    return int(match[1] or match[2])


def _look(found: dict[int, Place], text: str, line: int, shifted: int) -> None:
    for match in _PLACE.finditer(text):
        number = _number(match)
        if not number or number > 50:
            continue
        place = found.setdefault(number + shifted, Place(number + shifted, line))
        if match[3] and match[3][-1] in "-=":
            place.optional = True
            place.default = place.default or literal(match[4])


def _loops(script: Script) -> list[tuple[int, int]]:
    """The loops that take the options apart: their ``$1`` and ``$2`` are no places."""
    found: list[tuple[int, int]] = []
    for match in re.finditer(r"^[ \t]*(?:while|for)\b[^\n]*", script.source, re.MULTILINE):
        end = script.source.find("\ndone", match.start())
        end = len(script.source) if end < 0 else end
        if any(match.start() <= case.start < end for case in script.cases):
            found.append((match.start(), end))
    return found


def _handed_on(script: Script) -> set[str]:
    """The functions that are called with all the words of the script."""
    pattern = r"^[ \t]*(\w+)[ \t]+\"?\$[@*]\"?"
    return {match[1] for match in re.finditer(pattern, script.source, re.MULTILINE)}


def _rest(
    script: Script, found: dict[int, Place], own: set[str], shifted: int, *, after_options: bool
) -> None:
    for match in re.finditer(
        r"^[^#\n]*?(\"?\$[@*]\"?|\"?\$\{@:\d\}\"?)", script.source, re.MULTILINE
    ):
        offset = match.start(1)
        function = script.function_at(offset)
        text = script.source[match.start() : match.end() + 40]
        if function is not None and function.name not in own:
            continue
        if re.search(r"getopts?\b|--\s*\"?\$@|set\s+--", text):
            continue
        if re.match(rf"[ \t]*(?:{'|'.join(map(re.escape, own)) or '(?!)'})\b", text):
            continue
        if after_options and _is_option_loop(script, offset):
            continue
        start = re.search(r"@:(\d)", match[1])
        number = int(start[1]) if start else max(found, default=shifted) + 1
        variable = re.match(r"[ \t]*(?:(\w+)=\(|for[ \t]+(\w+)[ \t]+in)", text)
        name = (variable[1] or f"{variable[2]}s") if variable else ""
        line = script.source.count("\n", 0, offset) + 1
        found.setdefault(number, Place(number, line, name, many=True))
        return


def _is_option_loop(script: Script, offset: int) -> bool:
    end = script.source.find("\ndone", offset)
    return any(offset < case.start < (end if end > 0 else offset) for case in script.cases)
