"""Formats of files in a job order, which runners compare with those that the inputs declare."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from apkg.files.documents import read_document
from apkg.media import media_type, media_type_of
from apkg.runners.entry import process_of
from apkg.runners.interface import Json
from apkg.runners.job_files import declared_inputs


def with_formats(package: Path, process: str | None, order: Mapping[str, Json]) -> dict[str, Json]:
    """Say of each file that it has the format its input declares, unless it says so itself.

    A user gives a path, and CWL v1.2 (CommandLineTool, ``format``) asks for more: that a file
    says its format where the input does. Of several, it is the one that its name tells.
    """
    document = read_document(package).value
    spaces = document.get("$namespaces") if isinstance(document, dict) else None
    known = spaces if isinstance(spaces, dict) else {}
    declared = {
        name: [_iri(one, known) for one in _list(port.get("format")) if _is_plain(one)]
        for name, port in declared_inputs(process_of(document, process))
    }
    return {name: _with_format(value, declared.get(name) or []) for name, value in order.items()}


def _with_format(value: Json, formats: list[str]) -> Json:
    if isinstance(value, list):
        return [_with_format(item, formats) for item in value]
    if not isinstance(value, dict) or value.get("class") != "File" or not formats:
        return value
    place = str(value.get("location") or value.get("basename") or "")
    told = media_type_of(place)
    fitting = [one for one in formats if told and _plain(media_type(one)) == _plain(told)]
    return {"format": (fitting or formats)[0], **value}


def _iri(text: object, spaces: Mapping[str, object]) -> str:
    prefix, mark, rest = str(text).partition(":")
    space = spaces.get(prefix)
    return f"{space}{rest}" if mark and isinstance(space, str) else str(text)


def _is_plain(entry: object) -> bool:
    return isinstance(entry, str) and "$(" not in entry and "${" not in entry


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _plain(name: str | None) -> str:
    return (name or "").partition(";")[0].strip()
