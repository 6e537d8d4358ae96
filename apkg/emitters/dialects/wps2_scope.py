"""What a WPS 2.0 process offering says, alone or in an OWS Context, and has no words for."""

from __future__ import annotations

from typing import Final

from apkg.emitters.dialects.losses import Scope, Why
from apkg.emitters.dialects.ports import item, output_item
from apkg.emitters.dialects.wps_t_scope import PARTLY as WPS_T
from apkg.emitters.dialects.wps_t_scope import SCOPE as WPS_T_SCOPE
from apkg.emitters.dialects.wps_t_scope import at_least
from apkg.emitters.dialects.xml_writer import NOT_XML
from apkg.files.owc import FORMAT_FACTS, PARAMETERS, PROCESS_ANNOTATIONS
from apkg.model import Application, ArrayType, EnumType, Input, Output, Scalar, Value

_COUNTS: Final = ("wps:minOccurs", "wps:maxOccurs")
_NOT_TEXT: Final = "XML has no way to write these characters"


def _output_type(output: Output) -> str | None:
    if output_item(output)[1]:
        return "an output of WPS 2.0 is one thing, not a list"
    return WPS_T["outputs.type"](output)


def _default(declared: Input) -> str | None:
    value = declared.default.value if declared.default is not None else None
    return WPS_T["inputs.default"](declared) or _text(value)


def _allowed(declared: Input) -> str | None:
    return WPS_T["inputs.allowed_values"](declared) or _text(declared.allowed_values)


def _type(declared: Input) -> str | None:
    kind = item(declared)[0]
    symbols = kind.symbols if isinstance(kind, EnumType) else ()
    return WPS_T["inputs.type"](declared) or _text(symbols)


def _text(value: Value) -> str | None:
    texts = value if isinstance(value, tuple) else (value,)
    said = [text for text in texts if isinstance(text, str)]
    if any(NOT_XML.search(text) for text in said):
        return _NOT_TEXT
    laid_out = any("\n" in text[:1] + text.rstrip(" \t")[-1:] for text in said)
    return "line breaks at the ends of a text are taken for layout" if laid_out else None


def _annotations(port: Input | Output) -> str | None:
    """Numbers of occurrences of a list, what WPS says of formats, and references to values."""
    several = isinstance(port, Input) and isinstance(port.type, ArrayType)
    known = {f"wps:{fact}:{media}" for fact in FORMAT_FACTS for media in port.media_types}
    known |= set(_COUNTS) if several else set()
    if isinstance(port, Input) and not port.allowed_values and port.range is None:
        kind = item(port)[0]
        known |= {"wps:valuesReference"} if isinstance(kind, Scalar) else set()
    others = [name for name, _ in port.annotations if name not in known]
    return f"there is no field for {', '.join(others)}" if others else at_least(port)


def _process_annotations(application: Application) -> str | None:
    others = [n for n, _ in application.metadata.annotations if n not in PROCESS_ANNOTATIONS]
    return f"there is no field for {', '.join(others)}" if others else None


PARTLY: Final[dict[str, Why]] = {
    **WPS_T,
    "inputs.type": _type,
    "inputs.default": _default,
    "inputs.allowed_values": _allowed,
    "inputs.annotations": _annotations,
    "outputs.annotations": _annotations,
    "outputs.type": _output_type,
    "annotations": _process_annotations,
}
ALWAYS: Final = (WPS_T_SCOPE.always | set(PARAMETERS)) - {"outputs.optional"}
WHY: Final = {
    "outputs.optional": "an output of WPS 2.0 is always there",
    "program": "what runs in the image, and how, stands in the CWL",
}
SCOPE: Final = Scope(always=ALWAYS | {"image"}, partly=PARTLY, why=WHY)
