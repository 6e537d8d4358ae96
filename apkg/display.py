"""How a value is drawn in a notebook: classes ask here, and :mod:`apkg.api` knows.

The model knows no HTML, and imports nothing that stands above it. So a class says no more than
that it can be drawn, and whoever can draw it registers here.
"""

from __future__ import annotations

from functools import singledispatch


@singledispatch
def html(_value: object) -> str | None:
    """Draw a value as HTML; None (Jupyter shows its text) where nobody knows how."""
    return None
