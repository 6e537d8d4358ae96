"""The XML of a SNAP graph: its operators, their parameters, and where ``${names}`` stand in it.

Read by expat with document types refused, so that there are no entities to expand. Places are
kept, because a literal path of the author's own disk is replaced in the text, which stays
otherwise as it was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.parsers import expat

from apkg.errors import Location, SourceError
from apkg.files.read_bytes import decode, read_bytes

LIMIT_BYTES = 4 * 1024 * 1024
_DEEPEST = 100
_MOST = 50_000
_ENCODING = re.compile(r"(<\?xml[^>]*?)\s+encoding\s*=\s*(\"[^\"]*\"|'[^']*')")
#: SNAP's own template reader knows ``${name}``; a bare ``$name`` also stands in band arithmetic.
VARIABLE = re.compile(r"\$\{([^${}\s]{1,100})\}")


@dataclass(slots=True, kw_only=True)
class Element:
    """One XML element; ``start`` and ``end`` are the bytes between which its text stands."""

    name: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    start: int | None = None
    end: int | None = None
    children: list[Element] = field(default_factory=list)

    def child(self, name: str) -> Element | None:
        """The first child called ``name``."""
        return next((child for child in self.children if child.name == name), None)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One node of the graph: an operator, its sources and parameters."""

    id: str
    operator: str
    sources: tuple[Element, ...]
    parameters: tuple[Element, ...]
    line: int

    def parameter(self, name: str) -> str:
        """The text of a parameter."""
        return next((p.text.strip() for p in self.parameters if p.name == name), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """A graph: its nodes, its header if it has one, and the text that was read."""

    path: Path
    text: str
    id: str
    nodes: tuple[Node, ...]
    header: Element | None = None

    def location(self, line: int | None = None) -> Location:
        """A place in the file."""
        return Location(path=str(self.path), line=line)


def is_graph(path: Path) -> bool:
    """Whether the file looks like a SNAP graph: XML whose first element is ``graph``."""
    try:
        with path.open("rb") as stream:
            start = stream.read(4096).decode("utf-8", "replace")
    except OSError:
        return False
    start = re.sub(r"<!--.*?-->|<\?.*?\?>", "", start, flags=re.DOTALL).lstrip("\ufeff \t\r\n")
    return re.match(r"<graph[\s>]", start) is not None


def read_graph(path: Path) -> Graph:
    """The graph in the file at ``path``.

    Raises:
        SourceError: it is no XML, declares a document type, or has no node.
    """
    text = decode(read_bytes(path, limit=LIMIT_BYTES), name=str(path))
    # The text travels as UTF-8 from here on.
    text = _ENCODING.sub(r'\1 encoding="UTF-8"', text, count=1)
    root = _Parser(text, path).parse()
    if root.name != "graph":
        raise SourceError(
            f"this is no SNAP graph: its first element is {root.name[:40]}",
            hint="Give the graph.xml that SNAP's graph builder saves.",
            location=Location(path=str(path), line=root.line),
        )
    nodes = tuple(_node(child) for child in root.children if child.name == "node")
    if not nodes:
        raise SourceError("the graph has no node", location=Location(path=str(path)))
    return Graph(
        path=path,
        text=text,
        id=root.attributes.get("id", ""),
        nodes=nodes,
        header=root.child("header"),
    )


def _node(element: Element) -> Node:
    sources, parameters = element.child("sources"), element.child("parameters")
    return Node(
        id=element.attributes.get("id", ""),
        operator=element.texts("operator"),
        sources=tuple(sources.children) if sources else (),
        parameters=tuple(parameters.walk()) if parameters else (),
        line=element.line,
    )


class _Parser:
    def __init__(self, text: str, path: Path) -> None:
        self._data = text.encode("utf-8")
        self._path = path
        self._stack: list[Element] = []
        self._root: Element | None = None
        self._count = 0
        self._expat: Any = expat.ParserCreate("utf-8")
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
                location=Location(path=str(self._path), line=error.lineno),
            ) from error
        if self._root is None:
            raise SourceError("not XML: it is empty", location=Location(path=str(self._path)))
        return self._root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > _MOST or len(self._stack) >= _DEEPEST:
            raise self._error("the graph is larger or deeper than any that SNAP writes")
        element = Element(name=name, attributes=attributes, line=int(self._expat.CurrentLineNumber))
        if self._stack:
            self._stack[-1].children.append(element)
        else:
            self._root = element
        self._stack.append(element)

    def _end(self, _name: str) -> None:
        element = self._stack.pop()
        element.end = int(self._expat.CurrentByteIndex)

    def _characters(self, data: str) -> None:
        if self._stack:
            element = self._stack[-1]
            if element.start is None:
                element.start = int(self._expat.CurrentByteIndex)
            element.text += data

    def _doctype(self, *_: object) -> None:
        raise self._error("the graph declares a document type, which could pull in other files")

    def _error(self, message: str) -> SourceError:
        return SourceError(
            message,
            hint="A graph needs none: remove <!DOCTYPE …>, or save it from SNAP again.",
            location=Location(path=str(self._path), line=int(self._expat.CurrentLineNumber)),
        )
