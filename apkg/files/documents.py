"""Documents in: YAML 1.2 or JSON text as plain data that knows where everything stands.

Nothing here believes its input: size, depth, number of values and aliases are bounded, and
whatever cannot be read is one :class:`~apkg.errors.SourceError` with file, line and advice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from apkg.errors import Location, SourceError
from apkg.files.read_bytes import LIMIT_BYTES, decode, read_bytes, too_large
from apkg.files.read_places import JsonPath, LazyPlace, PartPlace, Place
from apkg.names import printable
from apkg.report import Finding

_COMMENT_LINES = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document: ``value`` is plain data (dict, list, str, int, float, bool, None).

    Of XML it is the first :class:`~apkg.files.read_xml.Element`. ``findings`` are about the text
    itself (duplicate keys and the like).
    """

    name: str
    value: object
    text: str
    findings: tuple[Finding, ...]
    places: Place | LazyPlace | PartPlace

    def location(self, path: JsonPath, key: bool = False) -> Location:  # noqa: FBT001, FBT002
        """Where the value at ``path`` stands, or its ``key``; else its nearest ancestor."""
        line, column = self.places.find(path, key=key)
        return Location(path=self.name, line=line, column=column)

    def part(self, path: JsonPath) -> Document:
        """The value at ``path``, which must be there, as a document of its own."""
        value = self.value
        for name in path:
            value = value[name]  # type: ignore[index]
        return Document(
            name=self.name,
            value=value,
            text=self.text,
            findings=(),
            places=PartPlace(self.places, path),
        )


def read_document(path: Path, *, limit: int = LIMIT_BYTES, xml: bool = False) -> Document:
    """Read the YAML or JSON file at ``path``; with ``xml``, it may be XML, too.

    Raises:
        SourceError: it cannot be read, or is beyond the limits.

    """
    return parse_document(read_bytes(path, limit=limit), name=str(path), limit=limit, xml=xml)


def parse_document(
    text: str | bytes, *, name: str, limit: int = LIMIT_BYTES, xml: bool = False
) -> Document:
    """Read YAML or JSON (with ``xml``, or XML) from memory; ``name`` is what messages call it.

    Raises:
        SourceError: it cannot be understood, or is beyond the limits.

    """
    name = printable(name)
    if len(text) > limit:
        raise too_large(name, len(text), limit)
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    decoded = decode(data, name=name)
    found = _xml(decoded, name) if xml else None
    if found is not None:
        return found
    body = _without_leading_comments(decoded)
    if body.lstrip()[:1] in ("{", "["):
        return _json_first(decoded, body, name)
    return _yaml(decoded, name)


def _without_leading_comments(text: str) -> str:
    # Tools print JSON below a "#!/usr/bin/env cwl-runner": blank lines keep the line numbers.
    match = _COMMENT_LINES.match(text)
    end = match.end() if match else 0
    return "\n" * text.count("\n", 0, end) + text[end:]


def _xml(text: str, name: str) -> Document | None:
    # As a text that begins so is the exception, its reader is only brought in for one.
    if text.lstrip()[:1] != "<":
        return None
    from apkg.files.read_xml import looks_like_xml, parse_xml

    if not looks_like_xml(text):
        return None
    root = parse_xml(text, name=name)
    spot = (root.line, root.column)
    return Document(name=name, value=root, text=text, findings=(), places=Place(spot))


def _json_first(text: str, body: str, name: str) -> Document:
    import json

    from apkg.files.read_json import read_json

    try:
        reader = read_json(body, name=name)
    except json.JSONDecodeError as error:
        return _json_as_yaml(text, name, error.msg, error.lineno, error.colno)
    except ValueError as error:  # an integer of more digits than Python reads
        return _json_as_yaml(text, name, str(error), 1, 1)
    return Document(
        name=name,
        value=reader.value,
        text=text,
        findings=reader.findings(),
        places=LazyPlace(reader.place),
    )


def _json_as_yaml(text: str, name: str, problem: str, line: int, column: int) -> Document:
    location = Location(path=name, line=line, column=column)
    try:
        document = _yaml(text, name)
    except SourceError as error:
        # The reader that came further is the one that its author meant.
        place = error.location
        if place is None or (place.line or 0, place.column or 0) > (line, column):
            raise
        raise SourceError(
            f"not JSON: {problem}",
            hint="Look at this line and the one above: commas, quotes, brackets.",
            location=location,
        ) from error
    must_be_json = name.lower().endswith((".json", ".geojson", ".ipynb"))
    finding = Finding(
        rule="document/not-json",
        severity="error" if must_be_json else "warning",
        message=f"not JSON ({problem}); read as YAML instead",
        location=location,
        advice="Correct it to JSON (no comma after the last item, double quotes, no comments).",
    )
    looks_json = re.match(r"[\s\[]*\{\s*\"", _without_leading_comments(text)) is not None
    findings = (finding, *document.findings) if must_be_json or looks_json else document.findings
    return Document(
        name=name, value=document.value, text=text, findings=findings, places=document.places
    )


def _yaml(text: str, name: str) -> Document:
    from apkg.files.read_yaml import read_yaml

    reader = read_yaml(text, name=name)
    return Document(
        name=name,
        value=reader.value,
        text=text,
        findings=tuple(reader.findings),
        places=reader.place,
    )
