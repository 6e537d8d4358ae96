"""Literal data: ``literalDataDomains`` and the data type names of WPS and XML Schema."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from apkg.model import DataType, Default, EnumType, Range, Scalar, Semantics, Value
from apkg.sources.cwl.node import Node
from apkg.sources.deploy.kept import not_kept

#: XML Schema and WPS names (lower case), and what people write, to CWL.
_NAMES = {
    **dict.fromkeys(["int", "integer", "short", "byte", "unsignedshort", "unsignedbyte"], "int"),
    **dict.fromkeys(["positiveinteger", "nonnegativeinteger"], "int"),
    **dict.fromkeys(["negativeinteger", "nonpositiveinteger"], "int"),
    # What has no sign has a bit more: CWL's int ends at 2**31.
    **dict.fromkeys(["long", "unsignedint", "unsignedlong"], "long"),
    "float": "float",
    **dict.fromkeys(["double", "decimal", "number", "scale", "angle"], "double"),
    **dict.fromkeys(["boolean", "bool"], "boolean"),
    **dict.fromkeys(["file", "stage_in", "stage-in"], "File"),
    **dict.fromkeys(["directory", "folder"], "Directory"),
}
_SEMANTICS: dict[str, Semantics] = {
    "date": "date",
    "datetime": "dateTime",
    "time": "time",
    "anyuri": "anyURI",
    "uri": "anyURI",
    "url": "anyURI",
}
_RANGES = {
    "positiveinteger": Range(minimum=1),
    "nonnegativeinteger": Range(minimum=0),
    "negativeinteger": Range(maximum=-1),
    "nonpositiveinteger": Range(maximum=0),
    **{f"unsigned{name}": Range(minimum=0) for name in ("byte", "short", "int", "long")},
}
MAX_DIGITS = 400
_DOMAIN_KEYS = (
    "literalDataDomains",
    "literalDataDomain",
    "LiteralDataDomains",
    "LiteralDataDomain",
)
_NUMBERS = (Scalar("int"), Scalar("long"), Scalar("float"), Scalar("double"))
_FLOAT = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal:
    """What a literal data domain says."""

    type: DataType = field(default_factory=lambda: Scalar("string"))
    semantics: Semantics | None = None
    default: Default | None = None
    allowed: tuple[Value, ...] = ()
    range: Range | None = None
    uom: str | None = None


def domain_nodes(port: Node) -> list[Node]:
    """The literal data domains of a port, wherever and however they are written."""
    for holder in (port, port.get("input"), port.get("output"), port.get("literalData")):
        for key in _DOMAIN_KEYS:
            # ``{}`` is a literal of which nothing is said; an empty list is no literal.
            nodes = [n for n in holder.get(key).elements() if isinstance(n.value, Mapping)]
            if nodes:
                return [_with_definition(node) for node in nodes]
    return []


def domain_node(port: Node) -> Node | None:
    """The first of :func:`domain_nodes`."""
    return next(iter(domain_nodes(port)), None)


def _with_definition(node: Node) -> Node:
    inner = node.get("valueDefinition")
    return node.with_value({**inner.mapping, **node.mapping}) if inner.mapping else node


def read_domain(node: Node, *, many: bool = False) -> Literal:
    """The literal that a domain describes; a number stays a number, whatever its quotes.

    ``many`` tells that the input takes several values: its default is a list then.
    """
    kind, semantics, name = data_type(node.get("dataType"))
    allowed, span = _allowed(node, kind)
    implied = None if allowed else _RANGES.get(name)
    literal = Literal(type=kind, semantics=semantics, allowed=allowed, range=span or implied)
    if allowed and kind == Scalar("string"):
        symbols = tuple(str(value) for value in allowed)
        literal = replace(literal, type=EnumType(symbols), allowed=())
    stated = node.get("defaultValue")
    if stated.value is not None and not stated.mapping:
        value = _several(stated, kind) if many else convert(stated, kind)
        values = value if isinstance(value, tuple) else (value,)
        # A text is no default of a number, and was warned of: no CWL engine takes it.
        if kind not in _NUMBERS or not any(isinstance(one, str) for one in values):
            literal = replace(literal, default=Default(value))
    return replace(literal, type=_wide(literal), uom=_uom(node))


def _wide(literal: Literal) -> DataType:
    """CWL's ``int`` has 32 bits, the ``integer`` of WPS any number of them."""
    default = None if literal.default is None else literal.default.value
    return wide(literal.type, (default, *literal.allowed), literal.range)


def wide(kind: DataType, values: tuple[Value, ...], bounds: Range | None) -> DataType:
    """``long`` for an ``int`` whose default, values or bounds are beyond 32 bits."""
    ends = () if bounds is None else (bounds.minimum, bounds.maximum)
    known = [v for one in (*values, *ends) for v in (one if isinstance(one, tuple) else (one,))]
    large = any(isinstance(v, int) and not -(2**31) <= v < 2**31 for v in known)
    return Scalar("long") if large and kind == Scalar("int") else kind


def data_type(node: Node) -> tuple[DataType, Semantics | None, str]:
    """CWL type, semantics and bare lower-case name of a ``dataType`` (name, IRI or mapping)."""
    text = node.text() or node.get("name").text() or node.get("reference").text()
    name = re.split(r"[#:/]", text)[-1].strip().lower()
    # WPS has one ``integer``; the reference tells that it has 64 bits.
    exact = re.split(r"[#:/]", node.get("reference").text())[-1].strip().lower()
    if name == "integer" and exact in _NAMES:
        name = exact
    semantics = _SEMANTICS.get(name)
    if name and name not in _NAMES and semantics is None and name not in ("string", "text"):
        not_kept(node, "it is read as a string", words=text)
    return Scalar(_NAMES.get(name, "string")), semantics, name


def convert(node: Node, kind: DataType) -> Value:
    """The value as its type wants it; Testbed-14 writes every value as a string."""
    text = node.text()
    if kind == Scalar("boolean") and text.lower() in _BOOLEANS:
        return _BOOLEANS[text.lower()]
    if kind in _NUMBERS:
        number = to_number(text)
        if number is not None:
            return number
        node.warn(f"`{text}` is not a number.", subject=text)
    return str(node.value) if isinstance(node.value, str) else text


def _closure(node: Node) -> Node:
    names = ("rangeClosure", "exclusiveMinimum", "exclusiveMaximum")
    return next((node.get(name) for name in names if node.get(name).value is not None), node)


def _several(node: Node, kind: DataType) -> tuple[Value, ...]:
    """A default of several values: a list, a list as JSON text, or one value alone."""
    if isinstance(node.value, str) and node.value.lstrip().startswith("["):
        try:
            node = node.with_value(json.loads(node.value))
        except (ValueError, RecursionError):
            node.note("This default is no JSON list; it is read as one value.")
    return tuple(convert(item, kind) for item in node.elements())


def to_number(text: str) -> float | int | None:
    """A number out of its text, an integer where it is one."""
    if len(text) > MAX_DIGITS:
        return None
    if re.fullmatch(r"[+-]?[0-9]+", text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else None


def _allowed(node: Node, kind: DataType) -> tuple[tuple[Value, ...], Range | None]:
    values: list[Value] = []
    span: Range | None = None
    stated = node.get("allowedValues")
    for item in [*stated.elements(), *node.get("allowedRanges").elements()]:
        if {"minimumValue", "maximumValue", "spacing"} & set(item.mapping):
            if span is not None:
                not_kept(item, "the first of several allowed ranges is kept")
            span = span or _range(item, kind)
        elif item.mapping:
            values.append(convert(item.get("value"), kind))
        else:
            values.append(convert(item, kind))
    return tuple(dict.fromkeys(values)), span


def _range(node: Node, kind: DataType) -> Range:
    """A range of WPS 2.0; ``open-closed`` leaves out the least value, and so on."""
    closure = node.get("rangeClosure").text()
    known = Range(
        minimum=to_number(node.get("minimumValue").text()),
        maximum=to_number(node.get("maximumValue").text()),
        spacing=to_number(node.get("spacing").text()),
    )
    low, high = closure in ("open", "open-closed"), closure in ("open", "closed-open")
    return closed(node, known, low=low, high=high, whole=kind in (Scalar("int"), Scalar("long")))


def closed(node: Node, known: Range, *, low: bool, high: bool, whole: bool) -> Range:
    """A range with the ends ``low`` and ``high`` left out, as one that includes its ends.

    Of whole numbers the next one is the end; of others nobody can say the next.
    """
    least, most = known.minimum, known.maximum
    out = [end for end, left in ((least, low), (most, high)) if left and end is not None]
    if out and not (whole and all(math.isfinite(end) for end in out)):
        ends = " and ".join(str(end) for end in out)
        not_kept(_closure(node), f"the ends ({ends}) are read as parts of the range")
        return known
    if low and least is not None:
        least = math.floor(least) + 1
    if high and most is not None:
        most = math.ceil(most) - 1
    return replace(known, minimum=least, maximum=most)


def _uom(node: Node) -> str | None:
    stated = next(node.get("uom", "uoms", "UOM").elements(), None)
    if stated is None:
        return None
    return stated.text() or stated.get("name").text() or stated.get("reference").text() or None
