"""Who gives what to whom: what was asked for, what is shared, and what fits and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from apkg.chains.fits import closeness, media_fit, type_fits
from apkg.chains.interface import ChainRequest, Wire, Wired
from apkg.chains.ports import Ports
from apkg.errors import UsageError
from apkg.model import ArrayType, DataType, Input, Output
from apkg.names import printable
from apkg.typetext import type_text

End = tuple[str, str]
_WHY = {3: "the names agree", 2: "the formats agree", 1: "nothing else fits"}


@dataclass(slots=True)
class Wiring:
    """For each input of a step its sources: ``step/output``, or an input of the chain."""

    sources: dict[End, list[str]] = field(default_factory=dict)
    links: list[Wired] = field(default_factory=list)

    def add(self, source: str, target: End, link: Wired) -> None:
        """Link one source to one input."""
        self.sources.setdefault(target, []).append(source)
        self.links.append(link)


def wiring(request: ChainRequest, ends: Ports) -> Wiring:
    """Wire the steps; what nobody gives anything to stays unwired.

    Raises:
        UsageError: a link does not fit or leads nowhere, two could be meant, or it is a circle.

    """
    found = Wiring()
    for wire in request.wires:
        _asked(wire, request, ends, found)
    _check_shared(request, ends)
    if request.guess:
        for step in ends.steps:
            _guess(step, request, ends, found)
    _check_circles(ends, found)
    return found


def _asked(wire: Wire, request: ChainRequest, ends: Ports, found: Wiring) -> None:
    target = (wire.step, wire.input)
    declared = ends.input(*target)
    step, slash, name = wire.source.partition("/")
    if slash:
        output = ends.output(step, name)
        several = sum(1 for w in request.wires if (w.step, w.input) == target) > 1
        _check_fit(wire, output, declared, several=several)
    if wire.source in found.sources.get(target, ()):
        raise UsageError(f"{wire.source} is linked to {wire.step}/{wire.input} twice")
    why = f"pickValue {wire.pick_value}" if wire.pick_value else ""
    found.add(
        wire.source,
        target,
        Wired(source=wire.source, target=f"{wire.step}/{wire.input}", how="asked", why=why),
    )


def _check_fit(wire: Wire, output: Output, declared: Input, *, several: bool) -> None:
    both = f"{wire.source} and {wire.step}/{wire.input}"
    if several and wire.pick_value is None and not isinstance(declared.type, ArrayType):
        raise UsageError(
            f"{wire.step}/{wire.input} takes one value, and more than one is linked to it",
            hint=f"Say which one it gets: --pick {wire.step}/{wire.input}=first_non_null",
        )
    if not _links(output, declared, several=several):
        raise UsageError(
            f"{both} do not fit: {_shown(output.type)} is no {_shown(declared.type)}",
            hint=_advice(wire, output.type, declared.type),
        )
    if not media_fit(output.media_types, declared.media_types):
        raise UsageError(
            f"{both} do not fit: one is {', '.join(output.media_types)}, "
            f"the other {', '.join(declared.media_types)}",
            hint="Put a step between them that converts one into the other.",
        )


def _links(output: Output, declared: Input, *, several: bool) -> bool:
    """Whether a link is possible: one value also goes into a list, as its only member."""
    if type_fits(output.type, declared.type):
        return True
    if not isinstance(declared.type, ArrayType):
        return False
    return several and type_fits(output.type, declared.type.items)


def _advice(wire: Wire, given: DataType, wanted: DataType) -> str:
    if isinstance(given, ArrayType) and type_fits(given.items, wanted):
        return f"Run the step over each of them: --scatter {wire.step}/{wire.input}"
    return "Link something else, or leave it: it becomes an input of the chain."


def _shown(kind: DataType) -> str:
    return type_text(kind, False)  # noqa: FBT003 - the function is older than the rule


def _check_shared(request: ChainRequest, ends: Ports) -> None:
    for name in request.shared:
        holders = [port for (_, own), port in ends.inputs.items() if own == name]
        if not holders:
            raise UsageError(f"no step has an input {printable(name)!r} that could be shared")
        other = next((port for port in holders if port.type != holders[0].type), None)
        if other is not None:
            raise UsageError(
                f"the inputs called {name} cannot be shared: one is {_shown(holders[0].type)}, "
                f"another {_shown(other.type)}",
                hint="Leave --share out: then each becomes an input of its own.",
            )


def _guess(step: str, request: ChainRequest, ends: Ports, found: Wiring) -> None:
    """Wire what one step still lacks with what earlier steps give."""
    free = {
        name: port
        for (owner, name), port in ends.inputs.items()
        if owner == step and (step, name) not in found.sources and name not in request.shared
    }
    earlier = ends.steps[: ends.steps.index(step)]
    pairs = [
        (closeness(output, port), giver, name)
        for giver, output in ends.outputs.items()
        if giver[0] in earlier and output.role != "executed-notebook"
        for name, port in free.items()
        if _may_be_guessed(output, port)
        # What went into a step comes out of it again, changed: that is what goes on.
        if closeness(output, port) == 3 or _is_free(giver, found)
    ]
    for level in (3, 2, 1):
        _settle(step, [(giver, name) for own, giver, name in pairs if own == level], level, found)
        pairs = [pair for pair in pairs if (step, pair[2]) not in found.sources]
        pairs = [pair for pair in pairs if pair[0] == 3 or _is_free(pair[1], found)]


def _may_be_guessed(output: Output, port: Input) -> bool:
    fits = type_fits(output.type, port.type) and media_fit(output.media_types, port.media_types)
    if not fits or closeness(output, port) == 0:
        return False
    # What may be missing on either side is linked by its name alone.
    has_value = port.optional or port.default is not None
    return not (has_value or output.optional) or closeness(output, port) == 3


def _is_free(giver: End, found: Wiring) -> bool:
    """Whether no step takes this output yet."""
    name = f"{giver[0]}/{giver[1]}"
    return all(name not in sources for sources in found.sources.values())


def _settle(step: str, pairs: list[tuple[End, str]], level: int, found: Wiring) -> None:
    """Link those that have no rival on either side; a rival is a question to the user."""
    for giver, name in pairs:
        givers = [one for one, taker in pairs if taker == name]
        takers = [taker for one, taker in pairs if one == giver]
        if len(givers) > 1:
            raise _ambiguous(f"{step}/{name}", [f"{a}/{b}" for a, b in givers])
        if len(takers) > 1:
            raise _rivals(f"{giver[0]}/{giver[1]}", step, takers)
        source = f"{giver[0]}/{giver[1]}"
        link = Wired(source=source, target=f"{step}/{name}", how="guessed", why=_WHY[level])
        found.add(source, (step, name), link)


def _ambiguous(target: str, givers: list[str]) -> UsageError:
    return UsageError(
        f"{target} could come from {' or '.join(givers)}",
        hint=f"Say which: --link {givers[0]}={target}"
        f" (or --link {target.rpartition('/')[2]}={target}: an input of the chain).",
    )


def _rivals(source: str, step: str, takers: list[str]) -> UsageError:
    ends = [f"{step}/{name}" for name in takers]
    return UsageError(
        f"{source} could go to {' or '.join(ends)}",
        hint=f"Say which: --link {source}={ends[0]}",
    )


def _check_circles(ends: Ports, found: Wiring) -> None:
    done: set[str] = set()
    for step in ends.steps:
        way = _circle(step, (), done, found)
        if way is not None:
            links = [f"{a}={b}" for a, b in _on(way, found)]
            raise UsageError(
                f"the links make a circle: {' -> '.join(way)}",
                hint=f"Take one of these links out: {', '.join(links)}",
            )


def _circle(
    step: str, way: tuple[str, ...], done: set[str], found: Wiring
) -> tuple[str, ...] | None:
    if step in way:
        return (*way[way.index(step) :], step)
    if step in done:
        return None
    for taker in dict.fromkeys(_takers(step, found)):
        circle = _circle(taker, (*way, step), done, found)
        if circle is not None:
            return circle
    done.add(step)
    return None


def _takers(step: str, found: Wiring) -> Iterator[str]:
    for (taker, _), sources in found.sources.items():
        if any(source.startswith(f"{step}/") for source in sources):
            yield taker


def _on(way: tuple[str, ...], found: Wiring) -> Iterator[tuple[str, str]]:
    hops = list(pairwise(way))
    for link in found.links:
        if (link.source.partition("/")[0], link.target.partition("/")[0]) in hops:
            yield link.source, link.target


def order(ends: Ports, found: Wiring) -> tuple[str, ...]:
    """The steps, each behind those that it takes from, otherwise as they were named."""
    placed: list[str] = []
    waiting = list(ends.steps)
    while waiting:
        ready = next(
            step
            for step in waiting
            if all(step not in _takers(other, found) for other in waiting if other != step)
        )
        placed.append(ready)
        waiting.remove(ready)
    return tuple(placed)
