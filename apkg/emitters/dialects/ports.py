"""What all dialects tell of an input or output in the same way: its kind, and how often it is."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Final

from apkg.model import ArrayType, DataType, Default, EnumType, Input, Output, Range, Scalar, Value

INPUT_METADATA: Final = "http://www.opengis.net/eoc/applicationContext/inputMetadata"
DEFAULT_CRS: Final = (
    "urn:ogc:def:crs:OGC:1.3:CRS84",
    "http://www.opengis.net/def/crs/EPSG/0/4326",
)
DIRECTORY, ANY_FILE = "application/directory", "application/octet-stream"
#: All media types that say of a value that it is a folder; the second is Testbed-13's.
FOLDERS: Final = (DIRECTORY, "text/directory", "inode/directory")
FILES: Final = (Scalar("File"), Scalar("Directory"))
LITERALS: Final = ("boolean", "int", "long", "float", "double", "string")
BOX: Final = ArrayType(Scalar("double"))


def listed(declared: Input) -> Input:
    """``declared`` as a client sees it: one run for each value means that it takes a list."""
    if not declared.scatter:
        return declared
    one = BOX if declared.semantics == "bbox" else None
    if isinstance(declared.type, ArrayType) and declared.type != one:
        return replace(declared, scatter=False)
    default = None if declared.default is None else Default((declared.default.value,))
    return replace(declared, type=ArrayType(declared.type), default=default, scatter=False)


def item(declared: Input) -> tuple[DataType, bool]:
    """The type of one occurrence of a :func:`listed` input, and whether there may be several."""
    kind = declared.type
    # A bounding box is an array itself.
    if isinstance(kind, ArrayType) and not (declared.semantics == "bbox" and kind == BOX):
        return kind.items, True
    return kind, False


def occurrences(declared: Input) -> tuple[int, int | None]:
    """How often at least and at most; ``None`` is without bound.

    A default makes an input one that may be left out. Exact numbers, which CWL's types do not
    say, are the annotations ``wps:minOccurs`` and ``wps:maxOccurs``.
    """
    _, several = item(declared)
    said = dict(declared.annotations)
    least = 0 if declared.optional or declared.default is not None else 1
    if least and several:
        least = _number(said.get("wps:minOccurs"), 1)
    most = _number(said.get("wps:maxOccurs"), 0) or None
    return least, (most if several else 1)


def output_item(output: Output) -> tuple[DataType, bool]:
    """As :func:`item`, for an output."""
    box = output.semantics == "bbox" and output.type == BOX
    if isinstance(output.type, ArrayType) and not box:
        return output.type.items, True
    return output.type, False


def is_literal(declared: Input | Output, kind: DataType) -> bool:
    """Whether an occurrence is a literal of WPS 2.0: a number, a text, one of a few words."""
    return declared.semantics != "bbox" and (
        isinstance(kind, EnumType) or (isinstance(kind, Scalar) and kind.name in LITERALS)
    )


def media_types(kind: DataType, stated: tuple[str, ...]) -> tuple[str, ...]:
    """The media types of files, the usual first; a folder of some format says that it is one."""
    if kind == Scalar("Directory"):
        return stated if set(FOLDERS) & set(stated) else (*stated, DIRECTORY)
    return (stated or (ANY_FILE,)) if kind == Scalar("File") else ("application/json",)


def is_plain(value: Value) -> bool:
    """Whether JSON can write a value: it knows no infinity and no NaN."""
    if isinstance(value, tuple):
        return all(is_plain(one) for one in value)
    return not isinstance(value, float) or math.isfinite(value)


def is_finite(bounds: Range) -> bool:
    """Whether all numbers of a range are finite."""
    return is_plain((bounds.minimum, bounds.maximum, bounds.spacing))


def plain(value: Value) -> object:
    """A value as JSON has it, with lists for tuples."""
    return [plain(one) for one in value] if isinstance(value, tuple) else value


def text(value: Value) -> str:
    """A value as text: JSON's spelling, strings as they are."""
    return value if isinstance(value, str) else json.dumps(plain(value), ensure_ascii=False)


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 10 else otherwise
