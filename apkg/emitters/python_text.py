"""Values as the launcher's source code writes them."""

from __future__ import annotations

from typing import TypeAlias

Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"


def literal(value: Plain) -> str:
    """Write a Python literal in ASCII without a dollar sign: hostile text stays text."""
    # Backslashes come in pairs in what ascii() writes, so an escape never joins one before it.
    return ascii(value).replace("$", "\\x24")
