"""Files that a CWL document names, such as defaults, seen from another folder."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import Any

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def with_files_from(value: Any, way: str) -> Any:
    """Return ``value``, the relative places of its File and Directory values behind ``way``.

    A place is relative to the document that names it (CWL v1.2, File: "location").
    """
    if way in ("", "."):
        return value
    if isinstance(value, Mapping):
        found = {key: with_files_from(member, way) for key, member in value.items()}
        if value.get("class") in ("File", "Directory"):
            for key in ("location", "path"):
                if isinstance(value.get(key), str):
                    found[key] = _placed(value[key], way)
        return found
    if isinstance(value, list):
        return [with_files_from(member, way) for member in value]
    return value


def _placed(place: str, way: str) -> str:
    absolute = place.startswith("/") or _SCHEME.match(place) or "$(" in place or "${" in place
    return place if absolute else posixpath.normpath(posixpath.join(way, place))
