"""Facet 2 in the dialect that was asked for, and what the dialect could not say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apkg.emitters.dialects.interface import Dialect, Emitted, Loss
from apkg.emitters.dialects.registry import DEFAULT, dialect
from apkg.emitters.interface import EmitOptions
from apkg.errors import ConversionError
from apkg.model import Application

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class DeployEmitter:
    """Writes Facet 2 in one dialect, as an :class:`~apkg.emitters.interface.Emitter`."""

    name: str = DEFAULT

    @property
    def suffix(self) -> str:
        """The end of the file name, such as ``.deploy.json``."""
        return self._dialect.suffix

    def emit(self, application: Application, options: EmitOptions) -> str:
        """The document's text.

        Raises:
            ConversionError: the dialect has no way to say what makes the application what it is.
        """
        return self.emitted(application, options).text

    def emitted(self, application: Application, options: EmitOptions) -> Emitted:
        """The document's text and its losses.

        Raises:
            ConversionError: as :meth:`emit`; or text that no encoding can hold.
        """
        emitted = self._dialect.emit(application, options)
        try:
            emitted.text.encode()
        except UnicodeEncodeError as error:
            raise not_encodable(application, error) from error
        return emitted

    @property
    def _dialect(self) -> Dialect:
        return dialect(self.name)


def not_encodable(application: Application, error: UnicodeEncodeError) -> ConversionError:
    """What is said of half a character."""
    return ConversionError(
        f"{application.id}: {error.object[error.start]!a} is half a character, "
        "and no document can hold it",
        hint="Take it out of the names, descriptions and values.",
    )


def refuse(name: str, losses: Sequence[Loss]) -> None:
    """Stop where a dialect loses anything (``--strict``).

    Raises:
        ConversionError: there are losses.
    """
    if losses:
        listed = ", ".join(loss.field for loss in losses[:_SHOWN])
        more = f" and {len(losses) - _SHOWN} more" if len(losses) > _SHOWN else ""
        raise ConversionError(
            f"{name} cannot say {listed}{more}; nothing was written",
            hint="Choose another dialect, or leave out --strict to write it without these.",
        )
