"""Sub-commands, each as one command line of its own; and two readings of one command as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from apkg.sources.commandline.model import Argument, Command

_DEEPEST = 8
#: Parsers that keep one value for an option of group and command, that of the command.
_ONE_VALUE = frozenset(["argparse"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A command without sub-commands, and the groups that it is in, the outermost first."""

    command: Command
    groups: tuple[Command, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The sub-command's words, without those of the tool itself."""
        root = self.groups[0] if self.groups else self.command
        return self.command.words[len(root.words) :]


def leaves(command: Command) -> tuple[Leaf, ...]:
    """Every command that can be run, in the author's order."""
    return tuple(_leaves(command, ()))


def _leaves(command: Command, groups: tuple[Command, ...]) -> Iterator[Leaf]:
    if not command.commands or len(groups) >= _DEEPEST:
        yield Leaf(command=command, groups=_said_once(groups, command))
        return
    for inner in command.commands:
        words = inner.words
        if words[: len(command.words)] != command.words:
            words = (*command.words, *words)
        yield from _leaves(replace(inner, words=words), (*groups, command))


def given(command: Command, words: tuple[str, ...]) -> Command:
    """What is left of a command line of which ``words`` are written down already."""
    for word in words:
        if word.startswith("-"):
            break
        inner = next((c for c in command.commands if c.words[-1:] == (word,)), None)
        if inner is None:
            break
        command = replace(inner, words=command.words)
    flags = {word.partition("=")[0] for word in words if word.startswith("-")}
    kept = tuple(argument for argument in command.arguments if not flags & {*argument.flags})
    return replace(command, arguments=kept)


def _said_once(groups: tuple[Command, ...], command: Command) -> tuple[Command, ...]:
    """The groups without the options that what they lead to declares again."""
    later = list(command.arguments)
    found: list[Command] = []
    for group in reversed(groups):
        own = group.arguments
        if group.source in _ONE_VALUE:
            own = tuple(a for a in own if not any(_is_again(a, other) for other in later))
        later += own
        found.insert(0, replace(group, arguments=own))
    return tuple(found)


def _is_again(argument: Argument, other: Argument) -> bool:
    return argument.name == other.name and bool({*argument.flags} & {*other.flags})


def aligned(first: Command, second: Command) -> Command:
    """``second``, another voice on ``first``, with the names and forms of ``first``.

    Arguments are the same if they share a flag, or a place. What ``first`` does not know is left
    out: code is complete, and a help text may be somebody's prose.
    """
    flags = {flag: a for a in first.arguments for flag in (*a.flags, a.off_flag) if flag}
    places = [a for a in first.arguments if a.positional]
    own = [a for a in second.arguments if a.positional]
    found: list[Argument] = []
    for argument in second.arguments:
        twin = next((flags[flag] for flag in argument.flags if flag in flags), None)
        if argument.positional and len(own) == len(places):
            twin = places[own.index(argument)]
        if twin is not None:
            found.append(_as(twin, argument))
    return replace(second, words=first.words, arguments=tuple(found), commands=())


def _as(twin: Argument, argument: Argument) -> Argument:
    return replace(
        argument,
        name=twin.name,
        flags=twin.flags,
        action=twin.action,
        off_flag=twin.off_flag,
        minimum=twin.minimum,
        maximum=twin.maximum,
        separator=twin.separator,
        glued=twin.glued,
        equals=twin.equals,
        required=twin.required,
        default=argument.default or twin.default,
        choices=argument.choices or twin.choices,
        type=argument.type or twin.type,
        help=argument.help or twin.help,
        writes=twin.writes,
        must_exist=twin.must_exist,
        hidden=twin.hidden,
    )
