"""A chain as one application: steps in order, inputs that nobody gives, outputs nobody takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypeVar

from apkg.chains.asked import add_asked
from apkg.chains.guesses import add_guesses
from apkg.chains.inputs import Taken, chain_inputs
from apkg.chains.interface import Chain, ChainRequest, Wired
from apkg.chains.order import order
from apkg.chains.outcomes import chain_outputs
from apkg.chains.ports import Ports, ports
from apkg.chains.wiring import Wiring, end_text
from apkg.model import Application, Link, Metadata, Step, WorkflowProgram
from apkg.names import words

_T = TypeVar("_T")


def chain(request: ChainRequest) -> Chain:
    """Wire the parts of ``request`` into one application.

    Raises:
        UsageError: a link does not fit or leads nowhere, two could be meant, the links make a
            circle, or an output that is asked for does not exist.

    """
    ends = ports(request)
    found = Wiring()
    add_asked(request, ends, found)
    order(ends.steps, found)
    if request.guess:
        add_guesses(request, ends, found)
    steps = order(ends.steps, found)
    taken = chain_inputs(request, ends, found, steps)
    outputs, results = chain_outputs(request, ends, found, [one.id for one in taken.inputs])
    parts = {part.id: part.application for part in request.parts}
    application = Application(
        id=request.id,
        title=request.title or words(request.id),
        abstract=request.abstract or _told(parts[step] for step in steps),
        inputs=taken.inputs,
        outputs=outputs,
        network=any(part.network for part in parts.values()),
        metadata=_metadata(tuple(parts.values())),
        catalogues=_distinct(c for part in parts.values() for c in part.catalogues),
        program=WorkflowProgram(
            steps=tuple(_step(step, parts, request, ends, found, taken) for step in steps),
            results=results,
        ),
    )
    return Chain(application=application, links=(*found.links, *_own(request, taken)))


def _own(request: ChainRequest, taken: Taken) -> Iterable[Wired]:
    for end, name in taken.by_end.items():
        how: Literal["shared", "input"] = "shared" if end[1] in request.shared else "input"
        yield Wired(source=name, target=end_text(end), how=how)


def _step(
    step: str,
    parts: Mapping[str, Application],
    request: ChainRequest,
    ends: Ports,
    found: Wiring,
    taken: Taken,
) -> Step:
    over = tuple(name for owner, name in request.scatter if owner == step)
    return Step(
        id=step,
        application=parts[step],
        links=tuple(_link(end, found, taken) for end in ends.inputs if end[0] == step),
        scatter=over,
        scatter_method=request.methods.get(step) or ("dotproduct" if len(over) > 1 else None),
        when=request.when.get(step),
    )


def _link(end: tuple[str, str], found: Wiring, taken: Taken) -> Link:
    return Link(
        input=end[1],
        sources=tuple(found.sources.get(end) or (taken.by_end[end],)),
        merge=found.merges.get(end),
        pick_value=found.picks.get(end),
    )


def _told(parts: Iterable[Application]) -> str:
    return " -> ".join(part.title or words(part.id) for part in parts)


def _metadata(parts: tuple[Application, ...]) -> Metadata:
    known = [part.metadata for part in parts]
    notes = _distinct(one.security_note for one in known if one.security_note)
    return Metadata(
        keywords=_distinct(word for one in known for word in one.keywords),
        authors=_distinct(who for one in known for who in one.authors),
        license=_common(one.license for one in known),
        # The whole is as open as the least open of its parts.
        visibility="private"
        if any(one.visibility == "private" for one in known)
        else _common(one.visibility for one in known),
        security_note="; ".join(notes) or None,
    )


def _common(values: Iterable[str | None]) -> str | None:
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _distinct(values: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(values))
