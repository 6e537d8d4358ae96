"""JSON as plain data; the places of its values are only looked for when asked."""

from __future__ import annotations

import json
import re
from json.decoder import scanstring  # type: ignore[attr-defined]  # public in practice since 2.6

from apkg.errors import Location, SourceError
from apkg.files.read_places import Place, Spot
from apkg.files.read_yaml import MAX_DEPTH, MAX_VALUES
from apkg.report import Finding

_TOKEN = re.compile(r'[ \t\n\r]*(?:([{}\[\],:])|(")|([^\s{}\[\],:"]+))')
#: A value that commas end, in JSON and nowhere else: in YAML, too, such a comma can be no text.
_ITEM = re.compile(
    r"(?:[\s\[\]{}]++|(?:-?[0-9][0-9.eE+-]*+|true|false|null)(?=\s*[,\]}])"
    r'|"(?:[^"\\]++|\\.)*+"\s*+:?+)*+,',
    re.DOTALL,
)
_LONE = re.compile(r"[\ud800-\udfff]")


class JsonReader:
    """Reads one JSON document. Use :func:`read_json`."""

    def __init__(self, text: str, name: str) -> None:
        self._text = text
        self._name = name
        self.duplicates = False
        self.value: object = json.loads(
            text, object_pairs_hook=self._object, parse_constant=_no_constant
        )

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        value = dict(pairs)
        if len(value) != len(pairs):
            self.duplicates = True
        return value

    def findings(self) -> tuple[Finding, ...]:
        """Duplicate keys, each at its second place."""
        if not self.duplicates:
            return ()
        found: list[tuple[str, Spot]] = []
        scan_places(self._text, found)
        return tuple(
            Finding(
                rule="document/duplicate-key",
                severity="error",
                message=f"the key '{key}' stands twice in this object; only one counts",
                location=Location(path=self._name, line=spot[0], column=spot[1]),
                advice="Remove one of the two, or merge them.",
                subject=key,
            )
            for key, spot in found
        )

    def place(self) -> Place:
        """The places of all values."""
        return scan_places(self._text, [])


def read_json(text: str, *, name: str) -> JsonReader:
    """Read the JSON document ``text``.

    Raises:
        json.JSONDecodeError: not JSON.
        SourceError: JSON, and beyond our limits.

    """
    if _has_too_many(text):
        raise _too_many(name)
    try:
        reader = JsonReader(text, name)
    except RecursionError:
        raise _too_deep(name) from None
    depth, values = _measure(reader.value)
    if depth > MAX_DEPTH:
        raise _too_deep(name)
    # Notebooks carry their figures' data; nobody asks for the place of a number in it.
    if values > MAX_VALUES and not (isinstance(reader.value, dict) and "nbformat" in reader.value):
        raise _too_many(name)
    if "\\ud" in text or "\\uD" in text:
        reader.value = _mend(reader.value)
    return reader


def _has_too_many(text: str) -> bool:
    """Whether the commas alone show, before anything is read, that there are too many values.

    Each comma of JSON that stands in no string has a value behind it. A notebook may have more,
    and only its end tells that it is one.
    """
    if text.count(",") <= MAX_VALUES:
        return False
    position = len(text) - len(text.lstrip())
    if text[position] == "{" and '"nbformat"' in text:
        return False
    for _ in range(MAX_VALUES):
        found = _ITEM.match(text, position)
        if found is None:
            return False
        position = found.end()
    return True


def _too_many(name: str) -> SourceError:
    return SourceError(
        f"more than {MAX_VALUES:,} values",
        hint="Keep data in files of its own.",
        location=Location(path=name, line=1),
    )


def _no_constant(name: str) -> object:
    raise json.JSONDecodeError(f"{name} is not a JSON number", "", 0)


def _too_deep(name: str) -> SourceError:
    return SourceError(
        f"nested more than {MAX_DEPTH} levels deep",
        hint="No document of this kind needs that; check how the file was made.",
        location=Location(path=name, line=1),
    )


def _measure(value: object) -> tuple[int, int]:
    """How deep ``value`` nests, and how many values it holds; counting ends beyond the limits."""
    depth, values, level = 0, 0, [value]
    while level and depth <= MAX_DEPTH and values <= MAX_VALUES:
        below: list[object] = []
        for item in level:
            if isinstance(item, dict):
                values += len(item)
                below.extend(v for v in item.values() if isinstance(v, dict | list))
            elif isinstance(item, list):
                values += len(item)
                below.extend(v for v in item if isinstance(v, dict | list))
        level = below
        depth += 1
    return depth, values


def _mend(value: object) -> object:
    # Half a surrogate pair is legal JSON, and no UTF-8 stream can carry it.
    if isinstance(value, str):
        return _LONE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, list):
        return [_mend(item) for item in value]
    if isinstance(value, dict):
        return {str(_mend(key)): _mend(item) for key, item in value.items()}
    return value


def scan_places(text: str, duplicates: list[tuple[str, Spot]]) -> Place:
    """The place of every value of ``text``, which must be JSON; duplicate keys are added."""
    lines = _LineCounter(text)
    root = Place((1, 1))
    stack: list[tuple[Place, bool]] = []
    key: str | int | None = None
    position = 0
    while (token := _TOKEN.match(text, position)) is not None:
        start, position = token.start(token.lastindex or 0), token.end()
        mark = token.group(1)
        if mark in ("}", "]"):
            stack.pop()
            key = None
            continue
        if mark in (",", ":"):
            continue
        content = ""
        if token.group(2):
            content, position = scanstring(text, position, False)  # noqa: FBT003
        spot = lines.spot(start)
        if stack and stack[-1][1] and key is None:
            key = _LONE.sub("\N{REPLACEMENT CHARACTER}", content)
            keys = stack[-1][0].keys
            if key in keys:
                duplicates.append((key, spot))
            keys[key] = spot
            continue
        place = Place(spot)
        if not stack:
            root = place
        else:
            parent, is_map = stack[-1]
            parent.members[key if is_map and key is not None else len(parent.members)] = place
        key = None
        if mark is not None:
            stack.append((place, mark == "{"))
    return root


class _LineCounter:
    """Lines and columns of growing offsets, without counting from the top each time."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line = 1
        self._line_start = 0
        self._offset = 0

    def spot(self, offset: int) -> Spot:
        """The line and column of ``offset``, which must not be before the last one."""
        newlines = self._text.count("\n", self._offset, offset)
        self._offset = offset
        if newlines:
            self._line += newlines
            self._line_start = self._text.rfind("\n", 0, offset) + 1
        return self._line, offset - self._line_start + 1
