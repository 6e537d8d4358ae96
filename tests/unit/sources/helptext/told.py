"""A command in one line for each argument: short enough to be checked by eye."""

from __future__ import annotations

from collections.abc import Iterator

from apkg.sources.commandline.model import Argument, Command
from apkg.typetext import type_text


def told(command: Command) -> str:
    """The command, its arguments and sub-commands."""
    return "\n".join(_lines(command)) + "\n"


def _lines(command: Command) -> Iterator[str]:
    yield f"$ {' '.join(command.words)}" + (f" # {command.title}" if command.title else "")
    for argument in command.arguments:
        yield _argument(argument)
    for inner in command.commands:
        yield from _lines(inner)


def _argument(argument: Argument) -> str:
    most = "n" if argument.maximum is None else argument.maximum
    flags = " ".join(argument.flags) or f"<{argument.name}>"
    words = [flags, argument.action]
    if argument.action not in {"flag", "count", "info"} and (argument.minimum, most) != (1, 1):
        words.append(f"{argument.minimum}..{most}")
    words += [type_text(argument.type, optional=False)] if argument.type else []
    words += ["required"] if argument.required else []
    words += ["="] if argument.equals else []
    words += ["glued"] if argument.glued else []
    words += [f"by {argument.separator}"] if argument.separator else []
    words += [f"no:{argument.off_flag}"] if argument.off_flag else []
    words += [f"default:{argument.default.value!r}"] if argument.default else []
    words += [f"of:{'|'.join(map(str, argument.choices))}"] if argument.choices else []
    if argument.range:
        words.append(f"range:{argument.range.minimum}..{argument.range.maximum}")
    line = argument.location.line if argument.location else None
    return f"{line}: {' '.join(words)}"
