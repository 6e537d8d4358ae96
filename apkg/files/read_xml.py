"""XML in, by expat: elements that know where they stand, and nothing that could do harm.

Document types are refused, so that there are no entities to expand and nothing to fetch; depth
and number of elements are bounded. Every XML that apkg reads comes through here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from apkg.errors import Location, SourceError

DEEPEST = 100
MOST = 50_000
_HTML = re.compile(r"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_XML = re.compile(r"\s*<[?!A-Za-z_]")
_ENCODING = re.compile(r"(<\?xml[^>]*?)\s+encoding\s*=\s*(\"[^\"]*\"|'[^']*')")


@dataclass(slots=True, kw_only=True)
class Element:
    """One XML element. Attributes of a namespace are called ``{namespace}name``.

    ``text`` is its own, without that of its children; ``start`` and ``end`` are the bytes of the
    text (as UTF-8) between which it stands. Lines and columns count from 1.
    """

    name: str
    attributes: dict[str, str]
    line: int
    namespace: str = ""
    column: int = 1
    text: str = ""
    start: int | None = None
    end: int | None = None
    children: list[Element] = field(default_factory=list)

    def child(self, name: str) -> Element | None:
        """The first child called ``name``, of whatever namespace."""
        return next((child for child in self.children if child.name == name), None)

    def all(self, *names: str) -> Iterator[Element]:
        """The children called one of ``names``, of whatever namespace."""
        return (child for child in self.children if child.name in names)

    def texts(self, name: str) -> str:
        """The text of the first child called ``name``."""
        found = self.child(name)
        return "" if found is None else found.text.strip()

    def walk(self) -> list[Element]:
        """All elements below, in order."""
        found: list[Element] = []
        waiting = list(reversed(self.children))
        while waiting:
            element = waiting.pop()
            found.append(element)
            waiting.extend(reversed(element.children))
        return found


def looks_like_xml(text: str) -> bool:
    """Whether a text begins as XML does; YAML's merge key ``<<`` does not."""
    return _XML.match(text) is not None


def in_utf_8(text: str) -> str:
    """The text without the encoding that it declares: as a text it has none any more."""
    return _ENCODING.sub(r'\1 encoding="UTF-8"', text, count=1)


def parse_xml(text: str, *, name: str, what: str = "document") -> Element:
    """The first element of ``text``; ``name`` is its file, ``what`` what messages call it.

    Raises:
        SourceError: it is no XML, declares a document type, or is beyond the limits.
    """
    if _HTML.match(text):
        raise SourceError(
            f"this is a web page, not a {what}",
            hint="Look at what it says: perhaps the document was not found, or needs a login.",
            location=Location(path=name, line=1),
        )
    return _Parser(in_utf_8(text), name, what).parse()


class _Parser:
    def __init__(self, text: str, name: str, what: str) -> None:
        self._data = text.encode("utf-8", "surrogatepass")
        self._name = name
        self._what = what
        self._stack: list[Element] = []
        # Text comes in many small pieces, a line at a time: joined once, at the element's end.
        self._pieces: list[list[str]] = []
        self._root: Element | None = None
        self._count = 0
        self._expat: Any = expat.ParserCreate("utf-8", " ")
        self._expat.buffer_text = False
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._characters
        self._expat.StartDoctypeDeclHandler = self._doctype

    def parse(self) -> Element:
        try:
            self._expat.Parse(self._data, True)  # noqa: FBT003
        except expat.ExpatError as error:
            raise SourceError(
                f"not XML: {expat.ErrorString(error.code)}",
                hint="Look at this line and the one above: brackets, quotes, closing tags.",
                location=Location(path=self._name, line=error.lineno),
            ) from error
        if self._root is None:
            raise SourceError("not XML: it is empty", location=Location(path=self._name))
        return self._root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST or len(self._stack) >= DEEPEST:
            raise self._error(
                f"the {self._what} is larger or deeper than any that people write",
                f"At most {MOST} elements are read, nested {DEEPEST} deep.",
            )
        namespace, _, local = name.rpartition(" ")
        element = Element(
            name=local,
            namespace=namespace,
            attributes={_qualified(key): value for key, value in attributes.items()},
            line=int(self._expat.CurrentLineNumber),
            column=int(self._expat.CurrentColumnNumber) + 1,
        )
        if self._stack:
            self._stack[-1].children.append(element)
        else:
            self._root = element
        self._stack.append(element)
        self._pieces.append([])

    def _end(self, _name: str) -> None:
        element = self._stack.pop()
        element.text = "".join(self._pieces.pop())
        element.end = int(self._expat.CurrentByteIndex)

    def _characters(self, data: str) -> None:
        if self._stack:
            element = self._stack[-1]
            if element.start is None:
                element.start = int(self._expat.CurrentByteIndex)
            self._pieces[-1].append(data)

    def _doctype(self, *_: object) -> None:
        raise self._error(
            f"the {self._what} declares a document type, which could pull in other files",
            "It needs none: remove <!DOCTYPE …>.",
        )

    def _error(self, message: str, hint: str) -> SourceError:
        place = Location(path=self._name, line=int(self._expat.CurrentLineNumber))
        return SourceError(message, hint=hint, location=place)


def _qualified(name: str) -> str:
    namespace, _, local = name.rpartition(" ")
    return f"{{{namespace}}}{local}" if namespace else local
