"""Where an argument stands on the command line (CWL v1.2 ``CommandLineBinding``).

Options come first and without a position, as people type them; positional arguments count from
1. An option that takes any number of values (argparse's ``nargs="+"``) would swallow the
positional arguments behind it, so it stands after them. The arguments of a group of commands
stand before the sub-command's name, which is then a word with a position of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apkg.model import Binding
from apkg.sources.commandline.model import Argument
from apkg.sources.commandline.roles import main_flag


@dataclass(frozen=True, slots=True)
class Placed:
    """An argument and its position (``None`` is CWL's 0)."""

    argument: Argument
    position: int | None


def placed(arguments: Sequence[Argument], start: int = 0) -> tuple[tuple[Placed, ...], int]:
    """The arguments of one command with positions, and the last position used.

    ``start`` is the position of the word before them; 0 is the command itself.
    """
    options = start + 1 if start else None
    place = start + 1 if start else 0
    positions: dict[int, int | None] = {}
    for number, argument in enumerate(arguments):
        if argument.positional:
            place += 1
            positions[number] = place
    swallowing = place + 1 if positions else options
    for number, argument in enumerate(arguments):
        if not argument.positional:
            positions[number] = swallowing if _swallows(argument) else options
    last = max([start, *(position for position in positions.values() if position is not None)])
    return tuple(Placed(a, positions[n]) for n, a in enumerate(arguments)), last


def _swallows(argument: Argument) -> bool:
    if argument.action not in {"value", "append"} or argument.separator is not None:
        return False
    several = argument.maximum is None or argument.maximum > 1
    return several and argument.maximum != argument.minimum


def takes_several(argument: Argument) -> bool:
    """Whether its value is a list."""
    more = argument.maximum is None or argument.maximum > 1 or argument.separator is not None
    return argument.action == "append" or (argument.action == "value" and more)


def binding_of(argument: Argument, position: int | None) -> Binding:
    """How an argument is written; ``position`` is its place."""
    if argument.positional:
        return Binding(position=position, item_separator=argument.separator)
    flag, separate = main_flag(argument), True
    if argument.action in {"value", "append"} and (argument.equals or argument.glued):
        separate = False
        if argument.equals and not flag.endswith("="):
            flag = f"{flag}="
    return Binding(
        position=position,
        prefix=flag,
        separate=separate,
        item_separator=argument.separator,
        repeat=argument.action == "append",
    )
