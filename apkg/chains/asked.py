"""Links that somebody asked for: both ends exist, and one can be the other."""

from __future__ import annotations

from collections.abc import Sequence

from apkg.chains.fits import media_fit, type_fits, without_null
from apkg.chains.interface import ChainRequest, Wire, Wired
from apkg.chains.joins import join
from apkg.chains.names import is_name
from apkg.chains.ports import Ports, nullable
from apkg.chains.wiring import End, Wiring, doubt, end_text, shown
from apkg.errors import UsageError
from apkg.model import ArrayType, Input, Output
from apkg.names import did_you_mean, printable


def add_asked(request: ChainRequest, ends: Ports, found: Wiring) -> None:
    """Add the links of a request.

    Raises:
        UsageError: one does not fit or leads nowhere, or is there twice.

    """
    for target in dict.fromkeys((wire.step, wire.input) for wire in request.wires):
        wires = [wire for wire in request.wires if (wire.step, wire.input) == target]
        _add(target, wires, request, ends, found)


def _add(
    target: End, wires: Sequence[Wire], request: ChainRequest, ends: Ports, found: Wiring
) -> None:
    declared = ends.input(*target)
    for place, wire in enumerate(wires):
        _check_source(wire, ends)
        if wire.source in [other.source for other in wires[:place]]:
            raise UsageError(
                f"{wire.source} is linked to {end_text(target)} twice",
                hint="Leave one of the two links out.",
            )
    pick = next((wire.pick_value for wire in wires if wire.pick_value), None)
    outputs = [ends.output(*wire.source.split("/")) for wire in wires if "/" in wire.source]
    types = [
        ends.output(*wire.source.split("/")).type if "/" in wire.source else declared.type
        for wire in wires
    ]
    joined = join([without_null(kind) for kind in types], declared.type, pick)
    if joined.misfit is not None:
        raise _misfit(wires, joined.misfit, ends, declared)
    _check_media(wires, ends, declared)
    missing = pick is None and any(output.optional for output in outputs)
    for wire in wires:
        link = Wired(
            source=wire.source,
            target=end_text(target),
            how="asked",
            why=f"pickValue {pick}" if pick else "",
            doubt=doubt(missing, declared, target[0] in request.when),
        )
        found.add(wire.source, target, link)
    if pick is not None:
        found.picks[target] = pick
    if joined.merge is not None:
        found.merges[target] = joined.merge


def _check_source(wire: Wire, ends: Ports) -> None:
    step, slash, name = wire.source.partition("/")
    if slash:
        ends.output(step, name)
    elif wire.source in ends.steps:
        raise UsageError(
            f"{printable(wire.source)} is a step, and {wire.step}/{wire.input} takes an output",
            hint=f"Say which: --link {_some_output(wire.source, ends)}={wire.step}/{wire.input}",
        )
    elif not is_name(wire.source):
        raise _no_input_name(wire, ends)


def _some_output(step: str, ends: Ports) -> str:
    return next((end_text(end) for end in ends.outputs if end[0] == step), f"{step}/OUTPUT")


def _no_input_name(wire: Wire, ends: Ports) -> UsageError:
    close = did_you_mean(wire.source, [end_text(end) for end in ends.outputs])
    return UsageError(
        f"{printable(wire.source)!r}, which is to go to {wire.step}/{wire.input}, cannot be the "
        "name of an input",
        hint=f"Did you mean {close}?" if close else "Letters, digits, - and _; a letter first.",
    )


def _misfit(wires: Sequence[Wire], place: int, ends: Ports, declared: Input) -> UsageError:
    wire = wires[place]
    target = f"{wire.step}/{wire.input}"
    several = len(wires) > 1 and wire.pick_value is None
    if several and not isinstance(declared.type, ArrayType):
        sources = " and ".join(printable(one.source) for one in wires)
        return UsageError(
            f"{target} takes one value, and {sources} are linked to it",
            hint=f"Say which one it gets: --pick {target}=first_non_null",
        )
    if "/" not in wire.source:
        return UsageError(
            f"{printable(wire.source)} and {target} do not fit: {wire.pick_value} makes no "
            f"{shown(declared.type)}",
            hint="Leave --pick out, or choose another method.",
        )
    output = ends.output(*wire.source.split("/"))
    given, wanted = shown(nullable(output)), shown(declared.type)
    return UsageError(
        f"{wire.source} and {target} do not fit: {given} is no {wanted}"
        + (f" by {wire.pick_value}" if wire.pick_value else ""),
        hint=_advice(wire, output, declared),
    )


def _advice(wire: Wire, output: Output, declared: Input) -> str:
    target = f"{wire.step}/{wire.input}"
    given = output.type
    if isinstance(given, ArrayType) and not wire.pick_value:
        if type_fits(ArrayType(without_null(given.items)), declared.type):
            return f"Leave the gaps out: --pick {target}=all_non_null"
        if type_fits(given.items, declared.type):
            return f"Run the step over each of them: --scatter {target}"
    return "Link something else, or leave it: it becomes an input of the chain."


def _check_media(wires: Sequence[Wire], ends: Ports, declared: Input) -> None:
    for wire in wires:
        if "/" not in wire.source:
            continue
        given = ends.output(*wire.source.split("/")).media_types
        if not media_fit(given, declared.media_types):
            raise UsageError(
                f"{wire.source} and {wire.step}/{wire.input} do not fit: "
                f"one is {', '.join(given)}, the other {', '.join(declared.media_types)}",
                hint="Put a step between them that converts one into the other.",
            )
