"""What a dialect of the deployment document is: a document's text, and what it could not say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from apkg.emitters.interface import EmitOptions
from apkg.model import Application


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """A field of the model (``inputs.scene.discovery``) that a dialect cannot say, and why."""

    field: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Emitted:
    """One document's text. ``losses`` are in the order of the model's fields."""

    text: str
    losses: tuple[Loss, ...] = ()


class Dialect(Protocol):
    """One way to write Facet 2. ``suffix`` follows the application's id in the file's name."""

    @property
    def name(self) -> str:
        """What ``--deploy-profile`` calls it."""
        ...

    @property
    def suffix(self) -> str:
        """The end of the file name, such as ``.deploy.json``."""
        ...

    def emit(self, application: Application, options: EmitOptions) -> Emitted:
        """Write the document.

        Raises:
            ConversionError: the dialect has no way to say what makes the application what it is.

        """
        ...
