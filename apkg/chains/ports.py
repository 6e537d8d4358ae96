"""The ends of links: inputs and outputs of steps by name, with the types that scattering gives."""

from __future__ import annotations

from dataclasses import dataclass, replace

from apkg.chains.interface import ChainRequest
from apkg.errors import UsageError
from apkg.model import ArrayType, DataType, Default, Input, Output
from apkg.names import did_you_mean, printable


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """What every step takes and gives, as a link sees it.

    Inputs that a step is scattered over are arrays here, and all outputs of that step, too.
    """

    inputs: dict[tuple[str, str], Input]
    outputs: dict[tuple[str, str], Output]
    steps: tuple[str, ...]

    def input(self, step: str, name: str) -> Input:
        """Find an input.

        Raises:
            UsageError: there is no such step, or it has no such input.

        """
        self._step(step, f"{step}/{name}")
        known = [port for owner, port in self.inputs if owner == step]
        if (step, name) not in self.inputs:
            raise _unknown(f"step {step} has no input {printable(name)!r}", name, known)
        return self.inputs[step, name]

    def output(self, step: str, name: str) -> Output:
        """Find an output.

        Raises:
            UsageError: there is no such step, or it has no such output.

        """
        self._step(step, f"{step}/{name}")
        known = [port for owner, port in self.outputs if owner == step]
        if (step, name) not in self.outputs:
            raise _unknown(f"step {step} has no output {printable(name)!r}", name, known)
        return self.outputs[step, name]

    def _step(self, step: str, end: str) -> None:
        if step not in self.steps:
            message = f"there is no step {printable(step)!r} for {printable(end)}"
            raise _unknown(message, step, list(self.steps))


def _unknown(message: str, name: str, known: list[str]) -> UsageError:
    close = did_you_mean(name, known)
    listed = ", ".join(known) or "none"
    return UsageError(message, hint=f"Did you mean {close}?" if close else f"There are: {listed}.")


def ports(request: ChainRequest) -> Ports:
    """Collect the ends of all links that are possible.

    Raises:
        UsageError: two steps have one id, or what is scattered over does not exist.

    """
    steps = tuple(part.id for part in request.parts)
    twice = next((step for step in steps if steps.count(step) > 1), None)
    if twice is not None:
        raise UsageError(
            f"two steps are called {printable(twice)}",
            hint=f"Give one of them a name: first={twice}.cwl second={twice}.cwl",
        )
    plain = Ports(
        inputs={(p.id, i.id): _taken(i) for p in request.parts for i in p.application.inputs},
        outputs={(p.id, o.id): o for p in request.parts for o in p.application.outputs},
        steps=steps,
    )
    for step, name in request.scatter:
        plain.input(step, name)
    return replace(plain, inputs=_inputs(plain, request), outputs=_outputs(plain, request))


def _taken(declared: Input) -> Input:
    """An application that runs over an input by itself takes many values of it."""
    return replace(_many(declared), scatter=False) if declared.scatter else declared


def _many(declared: Input) -> Input:
    """As many values as there are; the one that it had by default is a list of one."""
    known = declared.default
    default = None if known is None or known.value is None else Default((known.value,))
    return replace(declared, type=ArrayType(declared.type), default=default)


def _inputs(plain: Ports, request: ChainRequest) -> dict[tuple[str, str], Input]:
    return {
        end: _many(port) if end in request.scatter else port for end, port in plain.inputs.items()
    }


def _outputs(plain: Ports, request: ChainRequest) -> dict[tuple[str, str], Output]:
    inner = {part.id: part.application for part in request.parts}
    found = {}
    for (step, name), port in plain.outputs.items():
        kind: DataType = port.type
        own = any(declared.scatter for declared in inner[step].inputs)
        for _ in range(_depth(request, step) + own):
            kind = ArrayType(kind)
        found[step, name] = replace(port, type=kind, optional=port.optional or step in request.when)
    return found


def _depth(request: ChainRequest, step: str) -> int:
    """How many arrays deep the outputs of a step are (CWL v1.2 ``scatterMethod``)."""
    over = sum(1 for owner, _ in request.scatter if owner == step)
    nested = request.methods.get(step) == "nested_crossproduct"
    return over if nested else min(over, 1)
