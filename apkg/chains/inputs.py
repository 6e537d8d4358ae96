"""The inputs of a chain: what no step gives, each for one step or, when asked, for several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from apkg.chains.fits import type_fits
from apkg.chains.interface import ChainRequest
from apkg.chains.names import check_asked, label_of, own_name
from apkg.chains.ports import Ports
from apkg.chains.wiring import End, Wiring, end_text, has_value, shown
from apkg.errors import UsageError
from apkg.model import Input
from apkg.names import did_you_mean, printable


@dataclass(frozen=True, slots=True)
class Taken:
    """The inputs of the chain, and which of them goes to which unwired input of a step."""

    inputs: tuple[Input, ...]
    by_end: dict[End, str]


def chain_inputs(
    request: ChainRequest, ends: Ports, found: Wiring, steps: tuple[str, ...]
) -> Taken:
    """Collect the inputs of the chain, in the order of the steps that take them.

    Raises:
        UsageError: one name is asked for two inputs that cannot be one, or means something else.

    """
    users = _asked(request, ends, found)
    free = [end for step in steps for end in ends.inputs if end[0] == step]
    free = [end for end in free if end not in found.sources]
    by_end: dict[End, str] = {}
    for end in free:
        if end[1] in request.shared:
            by_end[end] = end[1]
            users.setdefault(end[1], []).append(end)
    own = [end for end in free if end not in by_end]
    reserved = [*steps, *request.outputs, *users]
    for end in own:
        alike = sum(1 for other in own if other[1].lower() == end[1].lower())
        taken = [*reserved, *by_end.values()]
        by_end[end] = own_name(*end, several=alike > 1, taken=taken)
        users[by_end[end]] = [end]
    ranked = sorted(users, key=lambda name: _rank(users[name], ends, steps))
    return Taken(tuple(_input(name, users[name], ends) for name in ranked), by_end)


def _rank(ends_of: Iterable[End], ends: Ports, steps: tuple[str, ...]) -> tuple[int, int]:
    order = list(ends.inputs)
    return min((steps.index(end[0]), order.index(end)) for end in ends_of)


def _asked(request: ChainRequest, ends: Ports, found: Wiring) -> dict[str, list[End]]:
    """Inputs that links name by themselves (``--link dem=b/dem``), and shared ones."""
    users: dict[str, list[End]] = {}
    for target, sources in found.sources.items():
        for source in sources:
            if "/" not in source:
                users.setdefault(source, []).append(target)
    taken = dict.fromkeys(ends.steps, "a step") | dict.fromkeys(
        request.outputs, "an output of the whole"
    )
    for name in users:
        check_asked(name, f"the input of {end_text(users[name][0])}", taken)
    for name in request.shared:
        check_asked(name, "a shared input", taken)
        _check_shared(name, ends, found, users.get(name, []))
    return users


def _check_shared(name: str, ends: Ports, found: Wiring, asked: list[End]) -> None:
    if all(own != name for _, own in ends.inputs):
        known = dict.fromkeys(own for _, own in ends.inputs)
        close = did_you_mean(name, known)
        raise UsageError(
            f"no step has an input {printable(name)!r} that could be shared",
            hint=f"Did you mean {close}?" if close else f"There are: {', '.join(known)}.",
        )
    if not asked and all(end in found.sources for end in ends.inputs if end[1] == name):
        wired = [
            f"{found.sources[end][0]}={end_text(end)}" for end in ends.inputs if end[1] == name
        ]
        raise UsageError(
            f"nothing is left to share as {printable(name)}: there are the links "
            f"{', '.join(wired)}",
            hint="Leave --share out, or one of these links.",
        )


def _input(name: str, users: list[End], ends: Ports) -> Input:
    """One input for all that take it.

    It may be left out where all of them can do without a value. A default that not all of them
    have is left to each: what is not given reaches none.
    """
    # What only conditions look at has a type that was guessed, and neither default nor text.
    known = [end for end in users if end not in ends.extra] or users
    lead = next((end for end in known if _misfit(end, users, ends) is None), known[0])
    other = _misfit(lead, users, ends)
    if other is not None:
        raise UsageError(
            f"the input {printable(name)} cannot go to both {end_text(lead)} and "
            f"{end_text(other)}: one is {shown(ends.inputs[lead].type)}, the other "
            f"{shown(ends.inputs[other].type)}",
            hint="Give each an input of its own.",
        )
    first, ports = ends.inputs[lead], [ends.inputs[end] for end in known]
    same = all(port.default == first.default for port in ports)
    default = first.default if same else None
    optional = all(has_value(ends.inputs[end]) for end in users)
    label = label_of(first, name)
    return replace(
        first, id=name, label=label, binding=None, variable=None, default=default,
        optional=optional and (default is None or first.optional), doc=_doc(known, ports, label),
    )  # fmt: skip


def _misfit(lead: End, users: list[End], ends: Ports) -> End | None:
    """The first that does not take what ``lead`` takes."""
    kind = ends.inputs[lead].type
    for end in users:
        other = ends.inputs[end].type
        if other != kind and not (end in ends.extra and type_fits(kind, other)):
            return end
    return None


def _doc(users: list[End], ports: list[Input], label: str) -> str:
    doc = ports[0].doc or label
    if len({repr(port.default) for port in ports}) == 1:
        return doc
    known = [
        f"{step} {port.default.value}"
        for (step, _), port in zip(users, ports, strict=True)
        if port.default is not None
    ]
    return f"{doc} (where none is given: {', '.join(known)})"
