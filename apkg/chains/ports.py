"""The ends of links: inputs and outputs of steps by name, with the types that scattering gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from apkg.chains.conditions import inputs_of
from apkg.chains.interface import ChainRequest, Part
from apkg.errors import UsageError
from apkg.model import (
    ArrayType,
    CwlProgram,
    DataType,
    Default,
    Input,
    Output,
    Scalar,
    UnionType,
)
from apkg.names import did_you_mean, printable

NULL = Scalar("null")
_P = TypeVar("_P", Input, Output)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """What every step takes and gives, as a link sees it.

    Inputs that a step is scattered over are arrays here, and all outputs of that step, too.
    ``extra`` are the inputs that only the condition of a step looks at.
    """

    inputs: dict[tuple[str, str], Input]
    outputs: dict[tuple[str, str], Output]
    steps: tuple[str, ...]
    extra: frozenset[tuple[str, str]] = frozenset()

    def input(self, step: str, name: str) -> Input:
        """Find an input.

        Raises:
            UsageError: there is no such step, or it has no such input.

        """
        return self._port(self.inputs, "input", step, name)

    def output(self, step: str, name: str) -> Output:
        """Find an output.

        Raises:
            UsageError: there is no such step, or it has no such output.

        """
        return self._port(self.outputs, "output", step, name)

    def _port(self, ports: Mapping[tuple[str, str], _P], kind: str, step: str, name: str) -> _P:
        self.step(step, f"{step}/{name}")
        if (step, name) not in ports:
            known = [port for owner, port in ports if owner == step]
            raise _unknown(f"step {step} has no {kind} {printable(name)!r}", name, known)
        return ports[step, name]

    def step(self, step: str, asking: str) -> None:
        """Check that there is a step of this name, which ``asking`` is about.

        Raises:
            UsageError: there is none.

        """
        if step not in self.steps:
            message = f"there is no step {printable(step)!r} for {printable(asking)}"
            raise _unknown(message, step, list(self.steps))


def _unknown(message: str, name: str, known: list[str]) -> UsageError:
    close = did_you_mean(name, known)
    listed = ", ".join(known) or "none"
    return UsageError(message, hint=f"Did you mean {close}?" if close else f"There are: {listed}.")


def ports(request: ChainRequest) -> Ports:
    """Collect the ends of all links that are possible.

    Raises:
        UsageError: two steps have one id, what is scattered over does not exist, or something is
            said of a step that there is not.

    """
    steps = tuple(part.id for part in request.parts)
    twice = next((step for step in steps if steps.count(step) > 1), None)
    if twice is not None:
        raise UsageError(
            f"two steps are called {printable(twice)}",
            hint=f"Give them names of their own: first={twice}.cwl second={twice}.cwl",
        )
    plain = Ports(
        inputs={(p.id, i.id): _taken(i, p) for p in request.parts for i in p.application.inputs},
        outputs={(p.id, o.id): _given(o, p) for p in request.parts for o in p.application.outputs},
        steps=steps,
    )
    extra = dict(_of_conditions(request, plain))
    plain = replace(plain, inputs={**plain.inputs, **extra})
    _check(request, plain)
    return replace(
        plain,
        inputs=_inputs(plain, request),
        outputs=_outputs(plain, request),
        extra=frozenset(extra),
    )


def _check(request: ChainRequest, plain: Ports) -> None:
    for place, end in enumerate(request.scatter):
        plain.input(*end)
        if end in request.scatter[:place]:
            raise UsageError(
                f"step {end[0]} is scattered over {end[0]}/{end[1]} twice",
                hint="Leave one of the two out.",
            )
    for step, method in request.methods.items():
        plain.step(step, f"the scatter method {method}")
        if all(owner != step for owner, _ in request.scatter):
            raise UsageError(
                f"step {step} has the scatter method {method}, and is scattered over nothing",
                hint=f"Name the inputs that it runs over: --scatter {step}/INPUT",
            )


def _of_conditions(request: ChainRequest, plain: Ports) -> Iterable[tuple[tuple[str, str], Input]]:
    for step, condition in request.when.items():
        plain.step(step, f"the condition {condition}")
        for looked_at in inputs_of(step, condition):
            if (step, looked_at.id) not in plain.inputs:
                yield (step, looked_at.id), looked_at


def _runs_itself_over(part: Part) -> bool:
    """Whether the part runs over an input by itself, and its types are those of a single run."""
    written = isinstance(part.application.program, CwlProgram)
    return not written and any(declared.scatter for declared in part.application.inputs)


def _taken(declared: Input, part: Part) -> Input:
    """An application that runs over an input by itself takes many values of it."""
    if not declared.scatter:
        return declared
    plain = replace(declared, scatter=False)
    return many(plain) if _runs_itself_over(part) else plain


def _given(output: Output, part: Part) -> Output:
    return _each(output) if _runs_itself_over(part) else output


def many(declared: Input) -> Input:
    """As many values as there are; the one that it had by default is a list of one.

    There is nothing to run over without a list, so that it cannot be left out.
    """
    known = declared.default
    default = None if known is None or known.value is None else Default((known.value,))
    return replace(declared, type=ArrayType(declared.type), default=default, optional=False)


def _each(output: Output) -> Output:
    """One of it for each run; what may be missing leaves a gap in the list."""
    return replace(output, type=ArrayType(nullable(output)), optional=False)


def nullable(port: Output) -> DataType:
    """The type with null in it, where the value may be missing."""
    if not port.optional:
        return port.type
    members = port.type.members if isinstance(port.type, UnionType) else (port.type,)
    return port.type if NULL in members else UnionType((NULL, *members))


def _inputs(plain: Ports, request: ChainRequest) -> dict[tuple[str, str], Input]:
    return {
        end: many(port) if end in request.scatter else port for end, port in plain.inputs.items()
    }


def _outputs(plain: Ports, request: ChainRequest) -> dict[tuple[str, str], Output]:
    found = {}
    for (step, name), port in plain.outputs.items():
        output = replace(port, optional=port.optional or step in request.when)
        for _ in range(_depth(request, step)):
            output = _each(output)
        found[step, name] = output
    return found


def _depth(request: ChainRequest, step: str) -> int:
    """How many arrays deep the outputs of a step are (CWL v1.2 ``scatterMethod``)."""
    over = sum(1 for owner, _ in request.scatter if owner == step)
    nested = request.methods.get(step) == "nested_crossproduct"
    return over if nested else min(over, 1)
