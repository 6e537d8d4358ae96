"""Names of a chain's inputs, outputs and steps, which CWL has in one room."""

from __future__ import annotations

import re

from apkg.errors import UsageError
from apkg.model import Input, Output
from apkg.names import parameter_id, printable, unique, words

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


def is_name(text: str) -> bool:
    """Whether ``text`` may be the name of an input or output of a chain."""
    return _NAME.fullmatch(text) is not None and text != "class"


def own_name(step: str, name: str, *, several: bool, taken: list[str]) -> str:
    """The name of a step's input or output as one of the chain; the step's too, if needed."""
    plain = name if is_name(name) else parameter_id(name)
    long = f"{parameter_id(step)}_{plain}"
    return unique(long if several or _is_in(plain, taken) else plain, taken)


def check_asked(name: str, what: str, taken: dict[str, str]) -> None:
    """Check a name that somebody chose; ``taken`` are others, and what they are.

    Raises:
        UsageError: it is no name, or has another meaning already.

    """
    if not is_name(name):
        raise UsageError(
            f"{what} cannot be called {printable(name)!r}",
            hint="Letters, digits, - and _; a letter first.",
        )
    other = next((other for other in taken if other.lower() == name.lower()), None)
    if other is not None:
        raise UsageError(
            f"{what} cannot be called {printable(name)}: there is {taken[other]} of this name",
            hint="Choose another name for one of them.",
        )


def _is_in(name: str, taken: list[str]) -> bool:
    return name.lower() in {other.lower() for other in taken}


def label_of(port: Input | Output, name: str) -> str:
    """Its label; what was called by its id alone is called by ``name``, which it gets."""
    return words(name) if port.label == words(port.id) else port.label
