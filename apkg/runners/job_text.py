"""Job orders as text that a reader of YAML 1.1, YAML 1.2 or JSON takes for the same values."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping

from apkg.runners.interface import Json

#: What JSON may hold as it is and YAML may not.
_ESCAPE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def job_text(order: Mapping[str, Json]) -> str:
    """Write a job order, in flow style on one line for each input."""
    lines = (f"  {_string(name)}: {_text(value)}" for name, value in order.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _text(value: Json) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_text, value))}]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_string(name)}: {_text(v)}" for name, v in value.items()) + "}"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, float):
        return _float(value)
    return json.dumps(value)


def _string(text: str) -> str:
    # Escaped, a character beyond U+FFFF is two in JSON, and YAML would keep them apart.
    whole = json.dumps(text, ensure_ascii=False)
    return _ESCAPE.sub(lambda match: f"\\u{ord(match.group()):04x}", whole)


def _float(value: float) -> str:
    if math.isnan(value):
        return ".nan"
    if math.isinf(value):
        return ".inf" if value > 0 else "-.inf"
    text = repr(value)
    # YAML 1.1 reads an exponent only behind a point.
    mantissa, mark, exponent = text.partition("e")
    if mark and "." not in mantissa:
        mantissa += ".0"
    return mantissa + mark + exponent
