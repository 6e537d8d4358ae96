"""What is asked of a chain, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from apkg.model import Application, PickValue, ScatterMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One application that is to be a step, under the id that the chain knows it by."""

    id: str
    application: Application


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """A link that somebody asked for: ``source`` is ``step/output`` or an input of the chain.

    Several wires to one target need ``pick_value``, or a target that takes an array.
    """

    source: str
    step: str
    input: str
    pick_value: PickValue | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """An output that somebody asked for: one ``step/output``, or several of them.

    Of several, ``pick_value`` chooses; without it they become a list.
    """

    sources: tuple[str, ...]
    pick_value: PickValue | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainRequest:
    """Parts in the order in which they were named, and what was said about their wiring.

    ``shared`` are input names that become one input of the chain for all steps that have one of
    the name and are not wired otherwise. ``outputs`` (by the name that each gets) replaces the
    rule that the last unconsumed outputs come out. ``scatter`` are ``(step, input)``, ``methods``
    and ``when`` are by step. ``guess`` lets unwired inputs be wired by what fits.
    """

    id: str
    parts: tuple[Part, ...]
    title: str = ""
    abstract: str = ""
    wires: tuple[Wire, ...] = ()
    shared: tuple[str, ...] = ()
    outputs: Mapping[str, Outcome] = field(default_factory=dict)
    scatter: tuple[tuple[str, str], ...] = ()
    methods: Mapping[str, ScatterMethod] = field(default_factory=dict)
    when: Mapping[str, str] = field(default_factory=dict)
    guess: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Wired:
    """One link of a finished chain, for people: both ends, and how it came about.

    ``doubt`` is what may go wrong with it at run time.
    """

    source: str
    target: str
    how: Literal["asked", "guessed", "shared", "input"]
    why: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The chain as an application (its program a ``WorkflowProgram``), and all its links."""

    application: Application
    links: tuple[Wired, ...]
