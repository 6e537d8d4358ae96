"""The XML of a SNAP graph: its operators, their parameters, and where ``${names}`` stand in it.

Places are kept, because a literal path of the author's own disk is replaced in the text, which
stays otherwise as it was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from apkg.errors import Location, SourceError
from apkg.files.read_bytes import decode, read_bytes
from apkg.files.read_xml import Element, in_utf_8, parse_xml

__all__ = ["VARIABLE", "Element", "Graph", "Node", "is_graph", "read_graph"]
LIMIT_BYTES = 4 * 1024 * 1024
#: SNAP's own template reader knows ``${name}``; a bare ``$name`` also stands in band arithmetic.
VARIABLE = re.compile(r"\$\{([^${}\s]{1,100})\}")


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
    # The text travels as UTF-8 from here on.
    text = in_utf_8(decode(read_bytes(path, limit=LIMIT_BYTES), name=str(path)))
    root = parse_xml(text, name=str(path), what="graph")
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
