"""A command line as its author declared it, before anybody decides what it means for CWL.

Readers (argparse, Click, docopt, help texts, shell scripts ...) produce a :class:`Command`;
:mod:`apkg.sources.commandline.claims` alone decides about types, bindings and outputs, so that
every reader profits from what one of them taught us.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from apkg.errors import Location
from apkg.model import DataType, Default, Range, Semantics

#: ``value``: takes values. ``flag``: stands alone and means true. ``count``: may be repeated and
#: counts. ``append``: takes one value each time it stands there. ``info``: prints and exits.
Action: TypeAlias = Literal["value", "flag", "count", "append", "info"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One option or positional argument.

    ``name`` is the parser's own name for it (``dest``), ``flags`` all spellings in the author's
    order (``-o``, ``--output``), empty for a positional. ``minimum`` and ``maximum`` count values
    in one place (``nargs``); ``None`` is no limit. ``separator`` joins several values in one word
    (``--bands=1,2``). A flag that says *no* by itself (argparse's ``store_false``) has the default
    true and no ``off_flag``. ``glued`` writes flag and value as one word, ``equals`` with ``=``
    between.
    """

    name: str
    flags: tuple[str, ...] = ()
    action: Action = "value"
    #: What the code states; ``None`` where it says nothing, or only that it is text.
    type: DataType | None = None
    semantics: Semantics | None = None
    minimum: int = 1
    maximum: int | None = 1
    separator: str | None = None
    glued: bool = False
    equals: bool = False
    #: Of options. A positional is required unless ``minimum`` is 0 or it has a default.
    required: bool = False
    default: Default | None = None
    choices: tuple[str | int | float, ...] = ()
    range: Range | None = None
    help: str = ""
    metavar: str = ""
    #: ``--no-x`` of a Click pair or BooleanOptionalAction: the flag that says false.
    off_flag: str | None = None
    #: Whether the code opens it for writing, or says that the path need not exist. What must
    #: exist as well may be a folder for results, or a file that is changed.
    writes: bool = False
    #: Whether the code states that the path must exist (``Path(exists=True)``, ``type=open``).
    must_exist: bool = False
    #: Arguments of which at most one may be given share a group.
    exclusive: str | None = None
    hidden: bool = False
    location: Location | None = None

    @property
    def positional(self) -> bool:
        """Whether it has a place instead of a flag."""
        return not self.flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command: its words (``("tool", "crop")``), its description and its arguments.

    ``source`` names the voice, such as ``argparse`` or ``help text``. A group has ``commands``;
    its own arguments stand before the sub-command's name.
    """

    words: tuple[str, ...]
    source: str
    title: str = ""
    doc: str = ""
    arguments: tuple[Argument, ...] = ()
    commands: tuple[Command, ...] = ()
    version: str | None = None
    location: Location | None = None
