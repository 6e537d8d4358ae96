"""Links that nobody asked for: what fits, where nothing else does."""

from __future__ import annotations

from dataclasses import replace

from apkg.chains.fits import closeness, media_fit, type_fits
from apkg.chains.interface import ChainRequest, Wired
from apkg.chains.ports import Ports
from apkg.chains.wiring import End, Wiring, doubt, end_text, has_value
from apkg.errors import UsageError
from apkg.model import Input, Output

_WHY = {3: "the names agree", 2: "the formats agree", 1: "nothing else fits"}
_BY_NAME = 3


def add_guesses(request: ChainRequest, ends: Ports, found: Wiring) -> None:
    """Wire what steps still lack with what earlier steps give.

    Raises:
        UsageError: two could be meant.

    """
    for step in ends.steps:
        _guess(step, request, ends, found)


def _guess(step: str, request: ChainRequest, ends: Ports, found: Wiring) -> None:
    free = {
        name: port
        for (owner, name), port in ends.inputs.items()
        if owner == step and (step, name) not in found.sources and name not in request.shared
    }
    # What a link the other way round would make a circle of is no candidate.
    earlier = {one for one in ends.steps[: ends.steps.index(step)] if not found.reaches(step, one)}
    pairs = [
        (closeness(output, port), giver, name)
        for giver, output in ends.outputs.items()
        if giver[0] in earlier and output.role != "executed-notebook"
        for name, port in free.items()
        if _may_be_guessed(output, port)
        # What nobody takes goes on; what somebody takes, only by its name.
        if closeness(output, port) == _BY_NAME or found.is_free(giver)
    ]
    for level in (3, 2, 1):
        _settle(step, [(giver, name) for own, giver, name in pairs if own == level], level, found)
        pairs = [pair for pair in pairs if (step, pair[2]) not in found.sources]
        pairs = [pair for pair in pairs if pair[0] == _BY_NAME or found.is_free(pair[1])]
    _note_doubts(step, request, ends, found)


def _may_be_guessed(output: Output, port: Input) -> bool:
    fits = type_fits(output.type, port.type) and media_fit(output.media_types, port.media_types)
    if not fits or closeness(output, port) == 0:
        return False
    # What may be missing on either side is linked by its name alone.
    return not (has_value(port) or output.optional) or closeness(output, port) == _BY_NAME


def _settle(step: str, pairs: list[tuple[End, str]], level: int, found: Wiring) -> None:
    """Link those that have no rival on either side; a rival is a question to the user."""
    for giver, name in pairs:
        givers = [one for one, taker in pairs if taker == name]
        takers = [taker for one, taker in pairs if one == giver]
        if len(givers) > 1:
            raise _ambiguous((step, name), givers)
        if len(takers) > 1:
            raise _rivals(giver, step, takers)
        source = end_text(giver)
        link = Wired(source=source, target=f"{step}/{name}", how="guessed", why=_WHY[level])
        found.add(source, (step, name), link)


def _note_doubts(step: str, request: ChainRequest, ends: Ports, found: Wiring) -> None:
    for place, link in enumerate(found.links):
        owner, _, name = link.target.partition("/")
        if link.how == "guessed" and owner == step:
            giver, _, output = link.source.partition("/")
            missing = ends.outputs[giver, output].optional
            said = doubt(missing, ends.inputs[step, name], step in request.when)
            found.links[place] = replace(link, doubt=said)


def _ambiguous(target: End, givers: list[End]) -> UsageError:
    names, end = [end_text(giver) for giver in givers], end_text(target)
    return UsageError(
        f"{end} could come from {' or '.join(names)}",
        hint=f"Say which: --link {names[0]}={end}"
        f" (or --link {target[1]}={end}: an input of the chain).",
    )


def _rivals(giver: End, step: str, takers: list[str]) -> UsageError:
    source, ends = end_text(giver), [f"{step}/{name}" for name in takers]
    return UsageError(
        f"{source} could go to {' or '.join(ends)}", hint=f"Say which: --link {source}={ends[0]}"
    )
