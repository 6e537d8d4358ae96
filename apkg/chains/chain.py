"""A chain as one application: steps in order, inputs that nobody gives, outputs nobody takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal, TypeVar

from apkg.chains.interface import Chain, ChainRequest, Wired
from apkg.chains.ports import Ports, ports
from apkg.chains.wiring import End, Wiring, order, wiring
from apkg.errors import UsageError
from apkg.model import (
    Application,
    Default,
    Input,
    Link,
    Metadata,
    Output,
    PickValue,
    Result,
    Step,
    WorkflowProgram,
)
from apkg.names import printable, unique, words

_T = TypeVar("_T")


def chain(request: ChainRequest) -> Chain:
    """Wire the parts of ``request`` into one application.

    Raises:
        UsageError: a link does not fit or leads nowhere, two could be meant, the links make a
            circle, or an output that is asked for does not exist.

    """
    ends = ports(request)
    found = wiring(request, ends)
    steps = order(ends, found)
    inputs, taken = _inputs(request, ends, found, steps)
    outputs, results = _outputs(request, ends, found, steps)
    links = [
        *found.links,
        *(Wired(source=v, target=f"{a}/{b}", how=_how(request, b)) for (a, b), v in taken.items()),
    ]
    parts = {part.id: part.application for part in request.parts}
    program = WorkflowProgram(
        steps=tuple(_step(step, parts[step], request, ends, found, taken) for step in steps),
        results=results,
    )
    application = Application(
        id=request.id,
        title=request.title or words(request.id),
        abstract=request.abstract or _told(parts[step] for step in steps),
        inputs=inputs,
        outputs=outputs,
        network=any(part.network for part in parts.values()),
        metadata=_metadata(tuple(parts.values())),
        catalogues=_distinct(c for part in parts.values() for c in part.catalogues),
        program=program,
    )
    return Chain(application=application, links=tuple(links))


def _how(request: ChainRequest, name: str) -> Literal["shared", "input"]:
    return "shared" if name in request.shared else "input"


def _inputs(
    request: ChainRequest, ends: Ports, found: Wiring, steps: tuple[str, ...]
) -> tuple[tuple[Input, ...], dict[End, str]]:
    """The inputs of the chain, and which of them goes to which unwired input of a step."""
    named = _asked_inputs(ends, found)
    free = [
        (s, n) for s in steps for (o, n) in ends.inputs if o == s and (s, n) not in found.sources
    ]
    taken: dict[End, str] = {}
    for end in free:
        alike = [other for other in free if other[1] == end[1] and other[1] not in request.shared]
        shared = end[1] in request.shared
        if shared and end[1] in taken.values():
            taken[end] = end[1]
            continue
        wanted = end[1] if len(alike) < 2 else f"{_word(end[0])}_{end[1]}"
        name = unique(wanted, [*named, *taken.values()])
        taken[end] = name
    ports_of = {name: ends.inputs[end] for end, name in reversed(taken.items())}
    listed = {**named, **{name: ports_of[name] for name in dict.fromkeys(taken.values())}}
    return tuple(_input(name, port, ends, taken) for name, port in listed.items()), taken


def _asked_inputs(ends: Ports, found: Wiring) -> dict[str, Input]:
    """Inputs that links name by themselves: ``--link dem=b/dem``."""
    asked: dict[str, Input] = {}
    for target, sources in found.sources.items():
        for source in sources:
            if "/" in source:
                continue
            known = asked.setdefault(source, ends.inputs[target])
            if known.type != ends.inputs[target].type:
                raise UsageError(
                    f"the input {printable(source)} cannot go to {target[0]}/{target[1]} as well: "
                    "its other targets take another type"
                )
    return asked


def _input(name: str, port: Input, ends: Ports, taken: Mapping[End, str]) -> Input:
    """An input of a step as one of the chain; required if any step cannot do without."""
    users = [ends.inputs[end] for end, own in taken.items() if own == name] or [port]
    default = port.default
    if any(user.default != default for user in users):
        default = None
    optional = all(user.optional for user in users)
    return replace(
        port,
        id=name,
        binding=None,
        variable=None,
        optional=optional,
        default=_listed(port, default),
    )


def _listed(port: Input, default: Default | None) -> Default | None:
    return default if port.default is not None else None


def _word(step: str) -> str:
    from apkg.names import parameter_id

    return parameter_id(step)


def _outputs(
    request: ChainRequest, ends: Ports, found: Wiring, steps: tuple[str, ...]
) -> tuple[tuple[Output, ...], tuple[Result, ...]]:
    chosen = dict(request.outputs) or _last(ends, found, steps)
    outputs, results = [], []
    for name, source in chosen.items():
        step, slash, own = source.partition("/")
        if not slash:
            raise UsageError(
                f"{printable(source)!r} is no output of a step", hint="Write STEP/OUTPUT."
            )
        outputs.append(replace(ends.output(step, own), id=name))
        results.append(Result(output=name, sources=(source,)))
    return tuple(outputs), tuple(results)


def _last(ends: Ports, found: Wiring, steps: tuple[str, ...]) -> dict[str, str]:
    """What no step takes; executed notebooks only where there is nothing else."""
    used = {source for sources in found.sources.values() for source in sources}
    left = [(s, n) for s in steps for (o, n) in ends.outputs if o == s and f"{s}/{n}" not in used]
    results = [end for end in left if ends.outputs[end].role != "executed-notebook"] or left
    names: dict[str, str] = {}
    for step, name in results:
        alike = sum(1 for _, other in results if other == name) > 1
        wanted = f"{_word(step)}_{name}" if alike else name
        names[unique(wanted, names)] = f"{step}/{name}"
    return names


def _step(
    step: str,
    application: Application,
    request: ChainRequest,
    ends: Ports,
    found: Wiring,
    taken: Mapping[End, str],
) -> Step:
    links = [
        _link((step, declared.id), request, ends, found, taken) for declared in application.inputs
    ]
    over = tuple(name for owner, name in request.scatter if owner == step)
    return Step(
        id=step,
        application=application,
        links=tuple(links),
        scatter=over,
        scatter_method=request.methods.get(step) or ("dotproduct" if len(over) > 1 else None),
        when=request.when.get(step),
    )


def _link(
    end: End, request: ChainRequest, ends: Ports, found: Wiring, taken: Mapping[End, str]
) -> Link:
    sources = tuple(found.sources.get(end) or (taken[end],))
    given = [ends.output(*source.split("/", 1)) for source in sources if "/" in source]
    lists = len(sources) > 1 and any(output.type == ends.inputs[end].type for output in given)
    return Link(
        input=end[1],
        sources=sources,
        merge="merge_flattened" if lists else None,
        pick_value=_pick(request, end),
    )


def _pick(request: ChainRequest, end: End) -> PickValue | None:
    picks = [wire.pick_value for wire in request.wires if (wire.step, wire.input) == end]
    return next((pick for pick in picks if pick is not None), None)


def _told(parts: Iterable[Application]) -> str:
    return " -> ".join(part.title or words(part.id) for part in parts)


def _metadata(parts: tuple[Application, ...]) -> Metadata:
    licenses = {part.metadata.license for part in parts}
    return Metadata(
        keywords=_distinct(word for part in parts for word in part.metadata.keywords),
        authors=_distinct(who for part in parts for who in part.metadata.authors),
        license=licenses.pop() if len(licenses) == 1 else None,
    )


def _distinct(values: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(values))
