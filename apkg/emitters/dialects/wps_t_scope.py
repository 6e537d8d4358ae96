"""What a DeployProcess of Testbed-14 says, and what it has no words for."""

from __future__ import annotations

from typing import Final

from apkg.emitters.dialects.losses import Scope, Why
from apkg.emitters.dialects.offered import BOTH, annotations_but
from apkg.emitters.dialects.ports import (
    BOX,
    FILES,
    is_finite,
    is_literal,
    is_plain,
    item,
    output_item,
)
from apkg.emitters.dialects.wps_t_io import literal_default
from apkg.model import ArrayType, DataType, EnumType, Input, Output, Scalar

_INFINITE: Final = "numbers are finite"
_NO_TYPE: Final = "WPS knows files, folders, literals and bounding boxes, and lists of these"


def _type(declared: Input) -> str | None:
    if declared.semantics == "bbox":
        return _box_type(declared)
    kind, _ = item(declared)
    return None if _sayable(declared, kind) else _NO_TYPE


def _box_type(declared: Input | Output) -> str | None:
    return None if declared.type in (BOX, ArrayType(BOX)) else _NO_TYPE


def _sayable(port: Input | Output, kind: DataType) -> bool:
    return kind in FILES or is_literal(port, kind)


def _output_type(output: Output) -> str | None:
    if output.semantics == "bbox":
        return _box_type(output)
    return None if _sayable(output, output_item(output)[0]) else _NO_TYPE


def _optional(declared: Input) -> str | None:
    # Where the default is not said, it is optional that makes what may be left out.
    if declared.default is None or _default(declared) is not None:
        return None
    return "an input with a default may be left out; that it may be null, too, is not said"


def _default(declared: Input) -> str | None:
    kind, _ = item(declared)
    if not is_literal(declared, kind):
        return "only literals have a default"
    value = declared.default.value if declared.default is not None else None
    if value is None:
        return "a default of null is said as optional"
    if not is_plain(value):
        return _INFINITE
    if isinstance(value, tuple) and literal_default(declared) is None:
        return "a literal of few values has no default of several"
    return None


def _semantics(declared: Input | Output) -> str | None:
    if declared.semantics == "bbox":
        return None
    kind, _ = item(declared) if isinstance(declared, Input) else output_item(declared)
    of_text = isinstance(kind, EnumType) or kind == Scalar("string")
    return None if of_text else "only texts are dates, times or links"


def _media(port: Input | Output) -> str | None:
    kind = item(port)[0] if isinstance(port, Input) else output_item(port)[0]
    if port.semantics == "bbox":
        return "a bounding box has no format"
    return None if kind in FILES else "only files have formats"


def _literal_only(declared: Input) -> str | None:
    return None if is_literal(declared, item(declared)[0]) else "only literals have it"


def _range(declared: Input) -> str | None:
    kind, _ = item(declared)
    if isinstance(kind, EnumType) or declared.allowed_values:
        return "a literal has allowed values or a range, not both"
    if declared.range is not None and not is_finite(declared.range):
        return _INFINITE
    return _literal_only(declared)


def _allowed(declared: Input) -> str | None:
    if isinstance(item(declared)[0], EnumType):
        return "its type has the values already"
    return _literal_only(declared) if is_plain(declared.allowed_values) else _INFINITE


def crs(declared: Input | Output) -> str | None:
    """Coordinate reference systems belong to bounding boxes."""
    return None if declared.semantics == "bbox" else "only bounding boxes have it"


def at_least(port: Input | Output) -> str | None:
    """WPS has one number for how often at least: that of a list which may be left out is 0."""
    if not isinstance(port, Input) or "wps:minOccurs" not in dict(port.annotations):
        return None
    left_out = port.optional or port.default is not None
    return "how often at least, where it is not left out, is not said" if left_out else None


def _counts(declared: Input) -> str | None:
    return at_least(declared) or occurrences_only(declared)


def occurrences_only(declared: Input) -> str | None:
    """Annotations that are numbers of occurrences are said; others are not."""
    others = [n for n, _ in declared.annotations if n not in ("wps:minOccurs", "wps:maxOccurs")]
    several = isinstance(declared.type, ArrayType)
    if others or not several:
        return f"there is no field for {', '.join(others) or 'occurrences of a single value'}"
    return None


def collections(declared: Input) -> str | None:
    """Collections are one text with commas between the names."""
    names = declared.discovery.allowed_collections
    odd = any("," in name or not name.strip() or name != name.strip() for name in names)
    return "a comma separates the names of collections" if odd else None


def binding(declared: Input) -> str | None:
    """Prefix, position and separators are said; CWL's binding of array items is not."""
    known = declared.binding
    repeated = known is not None and known.repeat
    return "a prefix before each item has no word" if repeated else None


PARTLY: Final[dict[str, Why]] = {
    "inputs.type": _type,
    "outputs.type": _output_type,
    "inputs.optional": _optional,
    "inputs.default": _default,
    "inputs.semantics": _semantics,
    "inputs.media_types": _media,
    "outputs.media_types": _media,
    "outputs.semantics": _semantics,
    "outputs.supported_crs": crs,
    "inputs.uom": _literal_only,
    "inputs.range": _range,
    "inputs.allowed_values": _allowed,
    "inputs.supported_crs": crs,
    "inputs.annotations": _counts,
    "inputs.discovery": collections,
    "inputs.binding": binding,
    "annotations": annotations_but(*BOTH),
}
SCOPE: Final = Scope(
    always=frozenset(
        {
            *("title", "abstract", "version", "keywords", "visibility", "security_note"),
            *("catalogues", "outputs.glob", "outputs.optional"),
            *(f"{group}.{name}" for group in ("inputs", "outputs") for name in ("label", "doc")),
        }
    ),
    partly=PARTLY,
)
