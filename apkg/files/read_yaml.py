"""YAML 1.2 (core schema) as plain data, with the place of every value.

The events of PyYAML's parser (libyaml where it is there) are put together here, without
recursion, so that hostile nesting meets our limit before anybody else's. Aliases share the
value they name; their expanded size is counted, and bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from apkg.errors import Location, SourceError
from apkg.files.read_places import Place, Spot
from apkg.names import printable
from apkg.report import Finding

if TYPE_CHECKING:
    import yaml

#: Deepest nesting of lists and mappings; real documents stay below 40.
MAX_DEPTH = 100
#: Most values in one document, aliases expanded.
MAX_VALUES = 300_000

_NULLS = frozenset(["", "null", "Null", "NULL", "~"])
_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
#: Python refuses to read longer integers, and no tool of this field could use one.
_MAX_DIGITS = 4000
_CORE = "tag:yaml.org,2002:"
_TAGS = frozenset(_CORE + kind for kind in ("null", "bool", "int", "float"))


def plain_scalar(text: str) -> str | int | float | bool | None:
    """What an unquoted YAML 1.2 scalar means: ``no`` is a string, ``1e-5`` a float."""
    if text in _NULLS:
        return None
    if text[0] not in "-+.0123456789":
        return _BOOLS.get(text, text)
    if _INT.fullmatch(text) and len(text) < _MAX_DIGITS:
        return int(text, 0) if text[:2] in ("0o", "0x") else int(text)
    if _FLOAT.fullmatch(text):
        return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    return text


class _Frame:
    """One list or mapping under construction."""

    __slots__ = ("anchor", "depth", "key", "merges", "place", "size", "value")

    def __init__(
        self, value: dict[str, object] | list[object], spot: Spot, anchor: str | None
    ) -> None:
        self.value = value
        self.place = Place(spot)
        self.anchor = anchor
        self.key: str | None = None
        self.merges: list[tuple[object, Place]] = []
        self.size = 1
        self.depth = 1


class YamlReader:
    """Reads one YAML document. Use :func:`read_yaml`."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.findings: list[Finding] = []
        self.value: object = None
        self.place = Place((1, 1))
        self._stack: list[_Frame] = []
        #: Finished anchors: value, place, values inside, nesting inside.
        self._anchors: dict[str, tuple[object, Place, int, int]] = {}
        self._values = 0
        self._documents = 0

    def read(self, loader: Any) -> None:
        """Take all events of ``loader``."""
        import yaml

        handlers: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._open,
            yaml.SequenceStartEvent: self._open,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }
        event = loader.get_event()
        while event is not None and self._documents < 2:
            handler = handlers.get(type(event))
            if handler is not None:
                handler(event)
            event = loader.get_event()

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents == 2:
            self._report(
                "document/several",
                "a second YAML document begins here; only the first is read",
                _spot(event),
                advice="Keep one document in a file: remove the line '---', or split the file.",
            )

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        text: str = event.value
        frame = self._stack[-1] if self._stack else None
        if frame is not None and frame.key is None and type(frame.value) is dict:
            self._key(frame, text, event)
            return
        tag: str | None = event.tag
        if tag is None or tag == "!":
            value: object = plain_scalar(text) if event.implicit[0] and tag is None else text
        else:
            value = self._tagged(text, tag, event)
        place = Place(_spot(event))
        if event.anchor:
            self._anchors[event.anchor] = (value, place, 1, 0)
        self._add(value, place, 1, 0)

    def _key(self, frame: _Frame, text: str, event: yaml.ScalarEvent) -> None:
        if event.anchor:
            self._anchors[event.anchor] = (text, Place(_spot(event)), 1, 0)
        frame.key = text
        spot = _spot(event)
        if text == "<<" and not event.style:
            return
        if text in frame.place.keys:
            first = frame.place.keys[text]
            self._report(
                "document/duplicate-key",
                f"the key '{text}' stands twice here (first in line {first[0]}); only one counts",
                spot,
                advice="Remove one of the two, or merge them.",
                subject=text,
            )
        frame.place.keys[text] = spot

    def _tagged(self, text: str, tag: str, event: yaml.ScalarEvent) -> object:
        if tag == _CORE + "str":
            return text
        value = plain_scalar(text)
        if tag == _CORE + "float" and type(value) is int:
            return float(value)
        if tag not in _TAGS or (isinstance(value, str) and text != ""):
            self._bad_tag(tag, event)
        return value

    def _bad_tag(self, tag: str, event: yaml.Event) -> None:
        self._report(
            "document/tag",
            f"the YAML tag '{tag.replace(_CORE, '!!')}' is not understood here",
            _spot(event),
            advice="Remove the tag and write the plain value.",
            subject=tag,
        )

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        frame = self._stack[-1] if self._stack else None
        if frame is not None and frame.key is None and type(frame.value) is dict:
            raise self._error("a list or mapping stands where a key belongs", _spot(event))
        if len(self._stack) >= MAX_DEPTH:
            raise self._error(
                f"nested more than {MAX_DEPTH} levels deep",
                _spot(event),
                hint="No document of this kind needs that; check how the file was made.",
            )
        import yaml

        is_map = isinstance(event, yaml.MappingStartEvent)
        tag: str | None = event.tag
        if tag not in (None, "!", _CORE + ("map" if is_map else "seq")):
            self._bad_tag(tag, event)
        if event.anchor:
            self._anchors.pop(event.anchor, None)
        self._stack.append(_Frame({} if is_map else [], _spot(event), event.anchor))

    def _close(self, _event: yaml.Event) -> None:
        frame = self._stack.pop()
        if frame.merges and isinstance(frame.value, dict):
            self._merge(frame.value, frame)
        if frame.anchor:
            self._anchors[frame.anchor] = (frame.value, frame.place, frame.size, frame.depth)
        self._add(frame.value, frame.place, frame.size, frame.depth)

    def _alias(self, event: yaml.AliasEvent) -> None:
        known = self._anchors.get(event.anchor or "")
        if known is None:
            inside = any(frame.anchor == event.anchor for frame in self._stack)
            why = "names the value that it is part of" if inside else "names no anchor before it"
            raise self._error(f"the alias '*{event.anchor}' {why}", _spot(event))
        value, place, size, depth = known
        frame = self._stack[-1] if self._stack else None
        if frame is not None and frame.key is None and type(frame.value) is dict:
            frame.key = value if isinstance(value, str) else str(value)
            frame.place.keys[frame.key] = _spot(event)
            return
        if len(self._stack) + depth > MAX_DEPTH:
            raise self._error(f"aliases nest more than {MAX_DEPTH} levels deep", _spot(event))
        self._values += size
        self._add(value, place, size, depth)

    def _add(self, value: object, place: Place, size: int, depth: int) -> None:
        self._values += 1
        if self._values > MAX_VALUES:
            raise self._error(
                f"more than {MAX_VALUES:,} values, aliases counted in full",
                place.spot,
                hint="Remove aliases that repeat each other, or keep data in files of its own.",
            )
        if not self._stack:
            self.value, self.place = value, place
            return
        frame = self._stack[-1]
        frame.size += size
        frame.depth = max(frame.depth, depth + 1)
        if isinstance(frame.value, list):
            frame.place.members[len(frame.value)] = place
            frame.value.append(value)
            return
        key, frame.key = frame.key or "", None
        if key == "<<" and "<<" not in frame.place.keys:
            frame.merges.append((value, place))
            return
        frame.value[key] = value
        frame.place.members[key] = place

    def _merge(self, target: dict[str, object], frame: _Frame) -> None:
        for value, place in frame.merges:
            many = isinstance(value, list)
            sources = value if isinstance(value, list) else [value]
            for index, source in enumerate(sources):
                if not isinstance(source, dict):
                    raise self._error("only a mapping can be merged with '<<'", place.spot)
                at = place.members[index] if many else place
                for key, member in source.items():
                    if key not in target:
                        target[key] = member
                        frame.place.members[key] = at.members[key]
                        frame.place.keys[key] = at.keys[key]

    def _error(self, message: str, spot: Spot, hint: str | None = None) -> SourceError:
        return SourceError(
            message,
            hint=hint or "Correct the YAML at this place.",
            location=Location(path=self._name, line=spot[0], column=spot[1]),
        )

    def _report(
        self, rule: str, message: str, spot: Spot, *, advice: str, subject: str | None = None
    ) -> None:
        location = Location(path=self._name, line=spot[0], column=spot[1])
        self.findings.append(
            Finding(
                rule=rule,
                severity="error",
                message=message,
                location=location,
                advice=advice,
                subject=subject,
            )
        )


def read_yaml(text: str, *, name: str) -> YamlReader:
    """Read the YAML document ``text``; the reader holds value, place and findings.

    Raises:
        SourceError: not YAML, or beyond the limits of this module.

    """
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    reader = YamlReader(name)
    loader = base(text)
    try:
        reader.read(loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        problem = ", ".join(part for part in (error.context, error.problem) if part)
        raise SourceError(
            f"not YAML: {printable(problem)}",
            hint="Look at this line and the one above: indentation, quotes, colons, tabs.",
            location=Location(path=name, line=line, column=column),
        ) from error
    except (yaml.YAMLError, UnicodeError) as error:
        raise SourceError(
            f"not YAML: {printable(str(error).splitlines()[0])}",
            hint="Remove control characters from the file.",
            location=Location(path=name, line=_control_line(text)),
        ) from error
    finally:
        loader.dispose()
    return reader


def _spot(event: Any) -> Spot:
    mark = event.start_mark
    return mark.line + 1, mark.column + 1


_NOT_TEXT = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _control_line(text: str) -> int | None:
    found = _NOT_TEXT.search(text)
    return None if found is None else text.count("\n", 0, found.start()) + 1
