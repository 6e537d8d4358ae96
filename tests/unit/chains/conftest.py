"""Chains of small parts, written as ``x:File y:int? -> out:File``."""

import pytest
from parts import part

from apkg.chains.chain import chain
from apkg.chains.interface import ChainRequest, Outcome, Wire
from apkg.errors import UsageError
from apkg.model import Default


@pytest.fixture
def chained():
    """``chained({step: ports}, "a/out=b/x", …)``: the Chain; what fits is not wired by itself."""

    def call(steps, *links, picks=None, outputs=None, guess=False, scatter=(), **said):
        picks = picks or {}
        wires = []
        for link in links:
            source, _, target = link.partition("=")
            step, _, name = target.partition("/")
            wires.append(Wire(source=source, step=step, input=name, pick_value=picks.get(target)))
        return chain(
            ChainRequest(
                id="whole",
                parts=tuple(part(name, ports) for name, ports in steps.items()),
                wires=tuple(wires),
                outputs={
                    name: Outcome(
                        sources=(sources,) if isinstance(sources, str) else tuple(sources),
                        pick_value=picks.get(name),
                    )
                    for name, sources in (outputs or {}).items()
                },
                scatter=tuple(tuple(end.split("/")) for end in scatter),
                guess=guess,
                **said,
            )
        )

    return call


@pytest.fixture
def refused(chained):
    """As ``chained``, and gives the one error with which it is refused."""

    def call(*args, **kwargs):
        with pytest.raises(UsageError) as caught:
            chained(*args, **kwargs)
        assert caught.value.hint, caught.value.message
        return f"{caught.value.message}\n{caught.value.hint}"

    return call


@pytest.fixture
def default():
    return Default
