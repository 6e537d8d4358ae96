"""The outputs of a chain: those that were asked for, or what no step takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from apkg.chains.fits import type_fits, without_null
from apkg.chains.interface import ChainRequest, Outcome
from apkg.chains.joins import Merge
from apkg.chains.names import check_asked, label_of, own_name
from apkg.chains.ports import NULL, Ports
from apkg.chains.wiring import Wiring, shown
from apkg.errors import UsageError
from apkg.model import ArrayType, DataType, Output, Result, UnionType
from apkg.names import printable


def chain_outputs(
    request: ChainRequest, ends: Ports, found: Wiring, inputs: Sequence[str]
) -> tuple[tuple[Output, ...], tuple[Result, ...]]:
    """Collect the outputs of the chain, and where each comes from.

    Raises:
        UsageError: one that is asked for does not exist, or several cannot be one.

    """
    taken = dict.fromkeys(ends.steps, "a step")
    for name in request.outputs:
        check_asked(name, "an output", taken)
    chosen = dict(request.outputs) or _last(ends, found, inputs)
    made = [_made(name, outcome, ends) for name, outcome in chosen.items()]
    return tuple(output for output, _ in made), tuple(result for _, result in made)


def _last(ends: Ports, found: Wiring, inputs: Sequence[str]) -> dict[str, Outcome]:
    """What no step takes; executed notebooks only where there is nothing else."""
    left = [end for end in ends.outputs if found.is_free(end)]
    results = [end for end in left if ends.outputs[end].role != "executed-notebook"] or left
    names: dict[str, Outcome] = {}
    for step, name in results:
        alike = sum(1 for _, other in results if other.lower() == name.lower())
        taken = [*ends.steps, *inputs, *names]
        own = own_name(step, name, several=alike > 1, taken=taken)
        names[own] = Outcome(sources=(f"{step}/{name}",))
    return names


def _made(name: str, outcome: Outcome, ends: Ports) -> tuple[Output, Result]:
    ports = [_port(name, source, ends) for source in outcome.sources]
    twice = next((s for s in outcome.sources if outcome.sources.count(s) > 1), None)
    if twice is not None:
        raise UsageError(
            f"{printable(twice)} is the output {printable(name)} twice",
            hint="Leave one of the two out.",
        )
    first = replace(ports[0], id=name, label=label_of(ports[0], name), named_by=None)
    if len(ports) == 1 and outcome.pick_value is None:
        return first, Result(output=name, sources=outcome.sources)
    kind, merge = _joined(name, outcome, ports)
    output = replace(first, type=kind, optional=False)
    result = Result(
        output=name, sources=outcome.sources, merge=merge, pick_value=outcome.pick_value
    )
    return output, result


def _port(name: str, source: str, ends: Ports) -> Output:
    step, slash, own = source.partition("/")
    if not slash:
        raise UsageError(
            f"{printable(source)!r}, which is to be {printable(name)}, is no output of a step",
            hint="Write STEP/OUTPUT.",
        )
    return ends.output(step, own)


def _joined(name: str, outcome: Outcome, ports: list[Output]) -> tuple[DataType, Merge | None]:
    """The type of several sources together, and how they are merged."""
    types = [without_null(port.type) for port in ports]
    pick, several = outcome.pick_value, len(ports) > 1
    if pick is not None and not several:
        kind = types[0]
        if not isinstance(kind, ArrayType):
            raise UsageError(
                f"there is nothing to pick from for {printable(name)}: {outcome.sources[0]} is "
                f"one {shown(kind)}",
                hint=f"Name more: --output {name}=STEP/OUTPUT, several times.",
            )
        plain = without_null(kind.items)
        return (ArrayType(plain) if pick == "all_non_null" else plain), None
    if pick in ("first_non_null", "the_only_non_null"):
        return _widest(outcome.sources, types), None
    lists = all(isinstance(kind, ArrayType) for kind in types)
    items = [kind.items for kind in types if isinstance(kind, ArrayType)] if lists else types
    one = _widest(outcome.sources, [without_null(kind) for kind in items])
    gaps = any(port.optional for port in ports) or any(kind != without_null(kind) for kind in items)
    if pick is None and gaps:
        one = UnionType((NULL, *(one.members if isinstance(one, UnionType) else (one,))))
    return ArrayType(one), "merge_flattened" if lists else None


def _widest(sources: Sequence[str], types: Sequence[DataType]) -> DataType:
    """The type that all of the others fit."""
    for kind in types:
        if all(type_fits(other, kind) for other in types):
            return kind
    other = next(n for n, kind in enumerate(types) if not type_fits(kind, types[0]))
    raise UsageError(
        f"{sources[0]} and {sources[other]} cannot be one output: one is {shown(types[0])}, "
        f"the other {shown(types[other])}",
        hint="Make them two outputs.",
    )
