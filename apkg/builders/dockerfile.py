"""A Dockerfile's text: its instructions, stages, base images, and the edits that we make.

Docker's reference: https://docs.docker.com/reference/dockerfile/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from apkg.files.dockerfile import (
    HEREDOC,
    WITH_HEREDOCS,
    before_continuation,
    escape_character,
    is_empty,
    joined,
)

_FROM = re.compile(r"(?i)(?:--\S+\s+)*(?P<image>\S+)(?:\s+AS\s+(?P<name>\S+))?")
_WORD = re.compile(r"""(?:[^\s"']|"[^"]*"|'[^']*')+""")
_PLAIN = re.compile(r"[\w./:@+-]*")
_VARIABLE = re.compile(
    r"\$(?:(?P<bare>[A-Za-z_][A-Za-z0-9_]*)"
    r"|\{(?P<braced>[A-Za-z_][A-Za-z0-9_]*)(?:(?P<how>:?[-+])(?P<word>[^{}]*))?\})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """One instruction: its name in capitals, the text behind it with its lines joined.

    ``start`` and ``end`` are its lines (from 0, ``end`` excluded), heredocs included.
    """

    name: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One build stage: the image (or stage) it starts from, its name, and its last ``USER``."""

    image: str
    name: str | None
    start: int
    end: int
    user: str | None = None


def instructions(text: str) -> tuple[Instruction, ...]:
    """All instructions; what no Dockerfile may hold is left for the builder to refuse."""
    lines = [line.rstrip("\r\n") for line in _lines(text)]
    return tuple(_instructions(lines, escape_character(text)))


def _lines(text: str) -> list[str]:
    """Split at line feeds, which stay: Python knows line ends that Docker does not."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _instructions(lines: list[str], escape: str) -> Iterator[Instruction]:
    place = 0
    while place < len(lines):
        if is_empty(lines[place]):
            place += 1
            continue
        start = place
        whole, place = joined(lines, start, escape)
        name, rest = (*whole.lstrip("\ufeff").split(None, 1), "")[:2]
        if name.upper() in WITH_HEREDOCS:
            place = _after_heredocs(rest, lines, place)
        yield Instruction(name=name.upper(), text=rest.strip(), start=start, end=place)


def _after_heredocs(text: str, lines: list[str], place: int) -> int:
    for dash, _, word in HEREDOC.findall(text):
        end = place
        while end < len(lines) and (lines[end].lstrip("\t") if dash else lines[end]) != word:
            end += 1
        if end < len(lines):
            place = end + 1
    return place


def stages(text: str) -> tuple[Stage, ...]:
    """The build stages, with the ``ARG`` defaults before the first of them filled in."""
    found: list[Stage] = []
    defaults: dict[str, str] = {}
    for item in instructions(text):
        if item.name == "ARG" and not found:
            for name, mark, value in _arguments(item.text):
                if mark:
                    defaults[name] = expand(value.strip("\"'"), defaults)
        match = _FROM.match(item.text) if item.name == "FROM" else None
        if match is not None:
            image = expand(match["image"].strip("\"'"), defaults)
            stage = Stage(image=image, name=match["name"], start=item.start, end=item.end)
            found.append(stage)
        elif item.name == "USER" and found:
            last = found[-1]
            found[-1] = Stage(
                image=last.image, name=last.name, start=last.start, end=last.end, user=item.text
            )
    return tuple(found)


def _arguments(text: str) -> Iterator[tuple[str, str, str]]:
    for word in _WORD.findall(text):
        yield word.partition("=")


def expand(text: str, values: Mapping[str, str]) -> str:
    """Fill in ``$X``, ``${X}``, ``${X:-y}`` and ``${X:+y}``; what has no value stays."""

    def filled(match: re.Match[str]) -> str:
        value = values.get(match["bare"] or match["braced"])
        how, word = match["how"] or "", match["word"] or ""
        is_set = value is not None and (value != "" or not how.startswith(":"))
        if how.endswith("+"):
            return word if is_set else ""
        if how.endswith("-"):
            return value if is_set and value is not None else word
        return match.group() if value is None else value

    return _VARIABLE.sub(filled, text)


def base_images(text: str) -> tuple[str, ...]:
    """The images that a Dockerfile starts from, each once; stages and ``scratch`` are none."""
    return tuple(dict.fromkeys(stage.image for stage in _based(text)))


def _based(text: str) -> Iterator[Stage]:
    names: set[str] = {"scratch"}
    for stage in stages(text):
        if stage.image.lower() not in names:
            yield stage
        if stage.name:
            names.add(stage.name.lower())


def pinned(text: str, digests: Mapping[str, str]) -> str:
    """The Dockerfile with every base image of ``digests`` (name -> ``name@sha256:…``) replaced."""
    lines = _lines(text)
    for stage in _based(text):
        if stage.image in digests:
            whole = "".join(lines[stage.start : stage.end])
            lines[stage.start : stage.end] = [_with_image(whole, digests[stage.image])]
            # The numbers of the other lines stay as they are.
            lines[stage.start + 1 : stage.start + 1] = [""] * (stage.end - stage.start - 1)
    return "".join(lines)


def _with_image(instruction: str, image: str) -> str:
    parts = re.split(r"(\s+|\\\r?\n)", instruction)
    place = next(
        n for n, part in enumerate(parts) if n and part.strip(" \t\r\n\\") and part[:2] != "--"
    )
    parts[place] = image
    return "".join(parts)


def final_user(text: str, users: Mapping[str, str]) -> str | None:
    """The ``USER`` in force at the end; ``None`` where only the base image can tell.

    ``users`` are the users of base images, as far as they are known (``""`` is root).
    """
    by_name: dict[str, str | None] = {}
    user: str | None = None
    for stage in stages(text):
        inherited = by_name.get(stage.image.lower(), users.get(stage.image))
        user = stage.user or inherited
        if stage.name:
            by_name[stage.name.lower()] = user
    return user


def without_entry_point(text: str) -> str:
    """``text`` whose image has no entry point, where it gives one.

    The command of a package begins with the words of the entry point (OGC 20-089, requirement 8),
    and engines that keep it would start it twice (cwltool, ``docker run``).
    """
    if not any(one.name == "ENTRYPOINT" and one.text.strip() != "[]" for one in instructions(text)):
        return text
    return closed(text) + "\n# The package names the whole command.\nENTRYPOINT []\n"


def declares_argument(text: str, name: str) -> bool:
    """Whether the Dockerfile has an ``ARG`` of this name."""
    return any(
        re.match(rf"(?:.*\s)?{re.escape(name)}(?:=|\s|$)", item.text)
        for item in instructions(text)
        if item.name == "ARG"
    )


def with_defaults(text: str, arguments: Mapping[str, str]) -> str:
    """The Dockerfile with defaults for its bare ``ARG NAME``, so that it builds without options."""
    lines = _lines(text)
    for item in instructions(text):
        if item.name == "ARG" and item.text in arguments:
            end = lines[item.start][len(lines[item.start].rstrip()) :]
            lines[item.start] = f"ARG {item.text}={arguments[item.text]}{end}"
    return "".join(lines)


def with_arguments(text: str, arguments: Mapping[str, str]) -> str:
    """The Dockerfile with these values for what is declared before its first ``FROM``.

    They may name base images, which are known then, and it builds to the same without options.
    """
    lines, escape = _lines(text), escape_character(text)
    for item in instructions(text):
        if item.name != "ARG":
            break
        if not any(name in arguments for name, _, _ in _arguments(item.text)):
            continue
        words = (
            f"{name}={_value(arguments[name], escape)}" if name in arguments else name + mark + rest
            for name, mark, rest in _arguments(item.text)
        )
        # The numbers of the other lines stay as they are.
        empty = [""] * (item.end - item.start - 1)
        lines[item.start : item.end] = [f"ARG {' '.join(words)}\n", *empty]
    return "".join(lines)


def _value(text: str, escape: str) -> str:
    return text if _PLAIN.fullmatch(text) else _quoted(text, escape)


def closed(text: str) -> str:
    """The text, ready for a further instruction: its last line is neither open nor continued."""
    escape = escape_character(text)
    text = text.rstrip()
    while (before := before_continuation(text, escape)) is not None:
        text = before.rstrip()
    return f"{text}\n" if text else ""


def label(key: str, value: str, escape: str = "\\") -> str:
    """Write a ``LABEL``, in which nothing is expanded: quoted, on one line."""
    return f"LABEL {_quoted(key, escape)}={_quoted(value, escape)}"


def _quoted(text: str, escape: str) -> str:
    for special in (escape, '"', "$"):
        text = text.replace(special, escape + special)
    return f'"{text}"'
