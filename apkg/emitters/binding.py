"""How one input travels from a CWL tool to the launcher: the agreement between the two emitters.

Every input is one option of the launcher. CWL v1.2 (CommandLineTool, "Input binding") offers
three ways that need no JavaScript, and no single one of them is exact for every type.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from apkg.model import ArrayType, DataType, EnumType, Input, Scalar

#: ``value``: one word ``--ID=TEXT`` (``prefix: --ID=``, ``separate: false``).
#: ``json``: one word ``--ID=JSON`` (``valueFrom: --ID=$(self)``, which writes a string raw).
#: ``repeat``: one word ``--ID=TEXT`` for each item (the same prefix, on the items).
Form: TypeAlias = Literal["value", "json", "repeat"]

_PLAIN = frozenset({"string", "int", "long", "float", "double", "File", "Directory"})


def form(declared: Input) -> Form:
    """Return the form in which the value of this input reaches the launcher.

    A ``value`` or ``json`` option that is absent means null. A ``repeat`` option that is absent
    means the empty list, which is why an array that may also be null, or has a default, is
    written as JSON. A boolean is written as JSON because CWL writes nothing at all for false.
    """
    kind = declared.type
    if is_plain(kind):
        return "value"
    if isinstance(kind, ArrayType) and is_plain(kind.items) and not may_be_null(declared):
        return "repeat" if declared.default is None else "json"
    return "json"


def is_plain(kind: DataType) -> bool:
    """Whether a value of this type is one word, exact without any quoting."""
    return isinstance(kind, EnumType) or (isinstance(kind, Scalar) and kind.name in _PLAIN)


def may_be_null(declared: Input) -> bool:
    """Whether the program has to expect null for this input."""
    return declared.optional or (declared.default is not None and declared.default.value is None)
