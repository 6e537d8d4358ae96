"""docopt's usage patterns and option lists (http://docopt.org), taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

_USAGE = re.compile(r"usage:", re.IGNORECASE)
_OPTION = re.compile(r"^[ \t]*(-\S.*?)(?:[ \t]{2,}(.*))?$")
_DEFAULT = re.compile(r"\[default: ([^\]]*)\]", re.IGNORECASE)
_TOKEN = re.compile(
    r"\[options\]|\.\.\.|[\[\]()|]|--[\w-]+(?:=(?:<[^>]*>|[^\s\[\]()|]+))?|-\S*?(?=[\s\[\]()|]|$)"
    r"|<[^>]*>|[^\s\[\]()|.]+(?:\.(?!\.\.)[^\s\[\]()|.]+)*"
)
_MOST_LINES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class DocOption:
    """A line of the list of options."""

    flags: tuple[str, ...]
    metavar: str = ""
    help: str = ""
    default: str | None = None
    line: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """One element of a pattern. ``kind``: command, positional, option or shortcut."""

    kind: str
    text: str
    metavar: str = ""
    optional: bool = False
    many: bool = False
    #: Number of the group of which one alternative is chosen.
    choice: int | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to call the program, and its line in the text, from 1."""

    parts: tuple[Part, ...]
    line: int


def patterns_of(text: str) -> tuple[str, list[Pattern]]:
    """The program's name and the ways to call it."""
    lines = text.splitlines()[:_MOST_LINES]
    start = next((n for n, line in enumerate(lines) if _USAGE.search(line)), None)
    if start is None:
        return "", []
    first = _USAGE.split(lines[start], maxsplit=1)[1]
    block = [(start + 1, first)]
    for number, line in enumerate(lines[start + 1 :], start + 2):
        if not line.strip():
            if len(block) > 1 or first.strip():
                break
            continue
        block.append((number, line))
    used = [(number, line.split()) for number, line in block if line.strip()]
    program = used[0][1][0] if used else ""
    joined: list[tuple[int, str]] = []
    for number, found in used:
        if found[0] == program:
            joined.append((number, " ".join(found[1:])))
        elif joined:
            joined[-1] = (joined[-1][0], " ".join([joined[-1][1], *found]))
    return program, [Pattern(tuple(_parts(line)), number) for number, line in joined]


def _parts(line: str) -> list[Part]:
    found: list[Part] = []
    stack: list[tuple[str, int]] = []
    groups = 0
    choices: dict[int, int] = {}
    for match in _TOKEN.finditer(line):
        word = match[0]
        if word in "[(":
            groups += 1
            stack.append((word, len(found)))
            choices[len(stack)] = groups
        elif word in "])" and stack:
            opener, start = stack.pop()
            alternatives = choices.pop(-len(stack) - 1, None)
            for place in range(start, len(found)):
                part = found[place]
                found[place] = Part(
                    part.kind, part.text, part.metavar,
                    part.optional or opener == "[" or alternatives is not None,
                    part.many,
                    alternatives if alternatives is not None else part.choice,
                )  # fmt: skip
            last_group = start
            if line[match.end() :].lstrip().startswith("..."):
                found[last_group:] = [_repeated(part) for part in found[last_group:]]
        elif word == "|":
            choices[-len(stack)] = groups
        elif word == "...":
            if found and line[: match.start()].rstrip()[-1:] not in ("]", ")"):
                found[-1] = _repeated(found[-1])
        else:
            found.append(_part(word))
    return found


def _repeated(part: Part) -> Part:
    return Part(part.kind, part.text, part.metavar, part.optional, many=True, choice=part.choice)


def _part(word: str) -> Part:
    if word == "[options]":
        return Part("shortcut", word)
    if word.startswith("-") and word != "-":
        flag, _, metavar = word.partition("=")
        return Part("option", flag, metavar)
    name = word.strip("<>")
    if word.startswith("<") or (word.isupper() and len(word) > 1) or word in "XYZN":
        return Part("positional", name)
    return Part("command", word)


def options_of(text: str) -> list[DocOption]:
    """The options that the text lists, one for each line that begins with a dash."""
    found: list[DocOption] = []
    for number, line in enumerate(text.splitlines()[:_MOST_LINES], 1):
        match = _OPTION.match(line)
        if match is None:
            if found and line.strip() and line[:1].isspace():
                found[-1] = _continued(found[-1], line.strip())
            continue
        words = match[1].replace(",", " ").replace("=", " ").split()
        flags = tuple(word for word in words if word.startswith("-"))
        metavar = next((word for word in words if not word.startswith("-")), "")
        found.append(
            _continued(DocOption(flags=flags, metavar=metavar, line=number), match[2] or "")
        )
    return found


def _continued(option: DocOption, text: str) -> DocOption:
    whole = f"{option.help} {text}".strip()
    default = _DEFAULT.search(whole)
    return DocOption(
        flags=option.flags,
        metavar=option.metavar,
        help=re.sub(r"\s+\.$", "", _DEFAULT.sub("", whole)).strip() if default else whole,
        default=default[1] if default else option.default,
        line=option.line,
    )
