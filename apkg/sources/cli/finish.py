"""What every reader's arguments have in common at the end: paths and truth values as words.

The code may say "a path" without saying whether a file or a folder lies there, and "true or
false" of a word that is written out. Neither is a type of the command line: the first is told by
the metavariable, the second by the choices.
"""

from __future__ import annotations

from dataclasses import replace

from apkg.model import Default
from apkg.sources.cli.conversions import BOOLEAN, PATH
from apkg.sources.commandline.model import Argument, Command

#: What Click shows for a path of either kind.
_METAVAR = "PATH"
_TRUTH = ("true", "false")


def finished(command: Command) -> Command:
    """The command, its sub-commands among it, with arguments as the model wants them."""
    return replace(
        command,
        arguments=tuple(_argument(argument) for argument in command.arguments),
        commands=tuple(finished(inner) for inner in command.commands),
    )


def _argument(argument: Argument) -> Argument:
    if argument.action not in ("value", "append"):
        return replace(argument, type=None)
    if argument.type == PATH:
        return replace(argument, type=None, metavar=argument.metavar or _METAVAR)
    if argument.type == BOOLEAN:
        default = argument.default.value if argument.default else None
        said = Default(str(default).lower()) if isinstance(default, bool) else argument.default
        choices = argument.choices or _TRUTH
        return replace(argument, type=None, choices=choices, default=said)
    return argument
