"""The options of a script: from ``getopts``, ``getopt`` and the arms of its ``case``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from apkg.sources.cli.shell.script import Arm, Script, unquoted

_VALUE = re.compile(r"\$\{?(?:OPTARG|2)\b|\$\{(?:1|\w+)#[^}]*\}")
_SHIFTS = re.compile(r"\bshift\s+2\b|\bshift\s+(?:;\s+)?(?:\S+\s+)?shift\b")
_GLUED = re.compile(r"(--?[\w-]+)=\*?$")
_FLAG = re.compile(r"--?[A-Za-z0-9][\w-]*$")


@dataclass(slots=True)
class Option:
    """One option; ``takes`` a value, which goes into ``variable``."""

    flags: list[str]
    line: int
    takes: bool = False
    variable: str = ""
    repeats: bool = False
    equals: bool = False
    known: bool = field(default=True)


def options_of(script: Script) -> list[Option]:
    """All options, in the order of the script."""
    declared = _declared(script)
    found: list[Option] = []
    for case in script.cases:
        short = any(arm_of_getopts(arm, declared) for arm in case.arms) and "-" not in "".join(
            pattern[:1] for arm in case.arms for pattern in arm.patterns
        )
        if not short and not re.search(r"\$\{?(?:1|\w+)\b|\$\{1", case.subject):
            continue
        for arm in case.arms:
            option = _of_arm(arm, declared, short=short)
            if option is not None:
                _add(found, option)
    for flag, (takes, line) in declared.items():
        if not any(flag in option.flags for option in found):
            found.append(Option([flag], line, takes=takes))
    return found


def arm_of_getopts(arm: Arm, declared: dict[str, tuple[bool, int]]) -> bool:
    """Whether an arm is that of a letter that ``getopts`` knows."""
    return any(f"-{pattern}" in declared and len(pattern) == 1 for pattern in arm.patterns)


def _declared(script: Script) -> dict[str, tuple[bool, int]]:
    """What ``getopts`` and ``getopt`` are told: each flag, and whether it takes a value."""
    found: dict[str, tuple[bool, int]] = {}
    words = [token for token in script.tokens if token.kind == "word"]
    for place, token in enumerate(words):
        if token.text == "getopts" and place + 1 < len(words):
            found |= _letters(unquoted(words[place + 1].text), token.line)
    for match in re.finditer(r"\bgetopt\s[^\n]*(?:\\\n[^\n]*)*", script.source):
        line = script.source.count("\n", 0, match.start()) + 1
        if not match[0].lstrip().startswith("#"):
            found |= dict(_of_getopt(match[0], line))
    return found


def _letters(spec: str, line: int) -> dict[str, tuple[bool, int]]:
    return {f"-{m[1]}": (bool(m[2]), line) for m in re.finditer(r"([A-Za-z0-9?])(:*)", spec)}


def _of_getopt(text: str, line: int) -> Iterator[tuple[str, tuple[bool, int]]]:
    for match in re.finditer(r"(?:\s-o|--options)[ =]?[\"']?([A-Za-z0-9:+]+)", text):
        yield from _letters(match[1].lstrip("+"), line).items()
    for match in re.finditer(r"(?:\s-l|--long(?:options)?)[ =][\"']?([\w:,-]+)", text):
        for name in match[1].split(","):
            if name.strip(":"):
                yield f"--{name.rstrip(':')}", (name.endswith(":"), line)


def _of_arm(arm: Arm, declared: dict[str, tuple[bool, int]], *, short: bool) -> Option | None:
    flags: list[str] = []
    equals = False
    for pattern in arm.patterns:
        glued = _GLUED.match(pattern)
        if short and re.fullmatch(r"[A-Za-z0-9]", pattern):
            flags.append(f"-{pattern}")
        elif glued:
            flags.append(glued[1])
            equals = True
        elif _FLAG.fullmatch(pattern):
            flags.append(pattern)
    if not flags:
        return None
    told = [declared[flag][0] for flag in flags if flag in declared]
    takes = (
        any(told) if told else bool(_VALUE.search(arm.text) or _SHIFTS.search(arm.text)) or equals
    )
    assigned = arm.assignments()
    fitting = [a for a in assigned if bool(_VALUE.search(a.value)) == takes]
    chosen = fitting[0] if fitting else None
    return Option(
        list(dict.fromkeys(flags)),
        arm.line,
        takes=takes,
        variable=chosen.name if chosen else "",
        repeats=chosen is not None and (chosen.grows or f"${{{chosen.name}[@]}}" in chosen.value),
        equals=equals and not any(p in flags for p in arm.patterns),
    )


def _add(found: list[Option], option: Option) -> None:
    """``--x)`` and ``--x=*)`` are two arms of one option."""
    same = next((o for o in found if set(o.flags) & set(option.flags)), None)
    if same is None:
        found.append(option)
        return
    same.flags += [flag for flag in option.flags if flag not in same.flags]
    same.takes = same.takes or option.takes
    same.variable = same.variable or option.variable
    same.equals = same.equals and option.equals
