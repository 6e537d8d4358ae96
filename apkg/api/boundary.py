"""The one place where errors are made ready for whoever reads a traceback."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from apkg.api.spoken import spoken
from apkg.errors import ApkgError
from apkg.names import printable

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")


def at_the_boundary(function: Callable[_Given, _Answer]) -> Callable[_Given, _Answer]:
    """Let an :class:`ApkgError` leave ``function`` with its place, its hint and a short traceback.

    What happened inside apkg is of no use to whoever has misspelt the name of a file.
    """

    @wraps(function)
    def guarded(*args: _Given.args, **kwargs: _Given.kwargs) -> _Answer:
        try:
            return function(*args, **kwargs)
        except ApkgError as error:
            raise told(error).with_traceback(None) from None
        except KeyboardInterrupt as stopped:
            raise stopped.with_traceback(None) from None

    return guarded


def told(error: ApkgError) -> ApkgError:
    """Write place and message into the text of ``error``, and its hint below it."""
    place = f"{error.location}: " if error.location else ""
    error.args = (printable(spoken(f"{place}{error.message}")),)
    if error.hint is not None:
        error.hint = spoken(error.hint)
        error.add_note(printable(f"hint: {error.hint}"))
    return error
