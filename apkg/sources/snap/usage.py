"""How a graph uses its ``${names}``: as products read, products written, or plain values."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from apkg.names import unique
from apkg.sources.snap.graph import VARIABLE, Element, Graph, Node

#: ``read``: a file that a reader opens. ``source``: gpt's ``-S``. ``write``: the target.
Way: TypeAlias = Literal["read", "source", "write", "value"]
_ORDER: tuple[Way, ...] = ("read", "source", "write", "value")
_READERS = re.compile(r"(?:.*-)?Read(?:er)?|ReadOp|Import-Vector|Read-.*|.*Open", re.IGNORECASE)
_WRITERS = re.compile(r"(?:.*-)?Write(?:r)?|WriteOp|WriteRGB", re.IGNORECASE)
_FILES = frozenset(["file", "fileList", "vectorFile", "files", "sourceFile", "filePath"])
_HOST = re.compile(r"/(?:home|Users|root|mnt|media|data\d*|tmp)/|[A-Za-z]:[\\/]|\\\\")


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One variable of the graph, or a literal path that becomes one.

    ``element`` is where its likeliest use stands, ``node`` that one's node. ``literal`` is the
    path that stood there.
    """

    name: str
    way: Way
    node: Node
    element: Element
    several: bool = False
    literal: str | None = None


def uses_of(graph: Graph) -> tuple[Use, ...]:
    """The variables in the order in which the graph names them, one use for each."""
    found: dict[str, Use] = {}
    for use in _all(graph):
        other = found.get(use.name)
        if other is None or _ORDER.index(use.way) < _ORDER.index(other.way):
            found[use.name] = use
    literals = [*_literals(graph, list(found))]
    return (*found.values(), *literals)


def _all(graph: Graph) -> Iterator[Use]:
    for node in graph.nodes:
        for element in node.sources:
            for match in VARIABLE.finditer(" ".join([element.text, *element.attributes.values()])):
                yield Use(name=match[1], way="source", node=node, element=element)
        for element in node.parameters:
            way = way_of(node, element)
            text = " ".join([element.text, *element.attributes.values()])
            for match in VARIABLE.finditer(text):
                alone = element.text.strip() == match[0]
                several = way == "read" and alone and _is_list(element)
                used: Way = way if alone or way == "write" else "value"
                yield Use(name=match[1], way=used, node=node, element=element, several=several)


def way_of(node: Node, element: Element) -> Way:
    """What a parameter of a node is for."""
    if element.name not in _FILES or element.children:
        return "value"
    if _READERS.fullmatch(node.operator):
        return "read"
    return "write" if _WRITERS.fullmatch(node.operator) else "value"


def _is_list(element: Element) -> bool:
    return element.name in {"fileList", "files"}


def _literals(graph: Graph, taken: list[str]) -> Iterator[Use]:
    """The paths that readers and writers name themselves, which are the author's own."""
    places = [
        (node, element, way_of(node, element))
        for node in graph.nodes
        for element in node.parameters
        if element.text.strip() and not VARIABLE.search(element.text) and element.start is not None
    ]
    used = [place for place in places if place[2] in {"read", "write"}]
    for node, element, way in used:
        base = "input" if way == "read" else "output"
        name = unique(base, taken)
        taken.append(name)
        yield Use(
            name=name,
            way=way,
            node=node,
            element=element,
            several=way == "read" and _is_list(element) and "," in element.text,
            literal=element.text.strip(),
        )


def rewritten(graph: Graph, uses: tuple[Use, ...]) -> str:
    """The graph's text with a variable in the place of each literal path."""
    data = graph.text.encode("utf-8")
    edits = [
        (use.element.start, use.element.end, use.name) for use in uses if use.literal is not None
    ]
    for start, end, name in sorted(edits, key=lambda edit: edit[0] or 0, reverse=True):
        data = data[:start] + b"${" + name.encode() + b"}" + data[end:]
    return data.decode("utf-8")


def read_nothing(graph: Graph) -> Iterator[Node]:
    """The readers without a file, a source, or anything else that says what they read."""
    for node in graph.nodes:
        said = any(e.text.strip() for e in node.parameters if e.name in _FILES)
        if _READERS.fullmatch(node.operator) and not said and not node.sources:
            yield node


def host_paths(graph: Graph, uses: tuple[Use, ...]) -> Iterator[tuple[Node, Element]]:
    """The parameters that name a place on somebody's own disk."""
    replaced = {id(use.element) for use in uses if use.literal is not None}
    for node in graph.nodes:
        for element in node.parameters:
            if id(element) not in replaced and _HOST.match(element.text.strip()):
                yield node, element


def file_name(path: str) -> str:
    """The last part of a path, whoever's it is."""
    return posixpath.basename(path.strip().replace("\\", "/").rstrip("/"))
