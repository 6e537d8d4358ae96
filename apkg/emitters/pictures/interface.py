"""A picture of an application: what it takes, its steps, what it gives, and what flows between.

All texts in a picture are single lines without control characters; each format has to see to its
own escaping. Ids are a letter and a number (``n1``, ``g2``), counted in the order in which things
come, never words of a document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

#: ``missing`` is what a link names and nobody has.
Kind: TypeAlias = Literal["input", "step", "output", "missing"]
Direction: TypeAlias = Literal["LR", "TB"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An input, a step or an output. ``group`` is the inner workflow in which it stands.

    ``details`` are what is special about it, ready to be read: ``for each scene``. ``about`` is
    the long text for who asks.
    """

    id: str
    kind: Kind
    name: str
    title: str = ""
    type: str = ""
    details: tuple[str, ...] = ()
    about: str = ""
    scatter: bool = False
    conditional: bool = False
    group: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A step that is a workflow itself; its nodes name it. ``parent`` is the one around it."""

    id: str
    name: str
    title: str = ""
    details: tuple[str, ...] = ()
    about: str = ""
    scatter: bool = False
    conditional: bool = False
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """One link: from which port to which (empty where the node is the port), and what flows.

    ``note`` is how several values become one (CWL ``pickValue``, ``linkMerge``).
    """

    source: str = ""
    target: str = ""
    type: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        """``mask → image: File``, as short as both ends allow."""
        ends = list(dict.fromkeys(end for end in (self.source, self.target) if end))
        name = " → ".join(ends)
        said = f"{name}: {self.type}" if name and self.type else name or self.type
        return f"{said} ({self.note})" if self.note else said


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """All that flows from one node to another."""

    source: str
    target: str
    wires: tuple[Wire, ...]
    #: Whether any of it is scattered over.
    scatter: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The whole, in the order of the document."""

    name: str
    title: str
    about: str = ""
    nodes: tuple[Node, ...] = ()
    groups: tuple[Group, ...] = ()
    edges: tuple[Edge, ...] = ()
    direction: Direction = "LR"

    def inside(self, group: str | None) -> tuple[Node, ...]:
        """The nodes that stand directly in ``group``, or outside of all."""
        return tuple(node for node in self.nodes if node.group == group)

    def groups_in(self, group: str | None) -> tuple[Group, ...]:
        """The groups directly in ``group``, or outside of all."""
        return tuple(one for one in self.groups if one.parent == group)

    def steps_in(self, group: str | None) -> tuple[Node | Group, ...]:
        """The steps of one workflow, those that are workflows themselves among them."""
        steps: list[Node | Group] = [node for node in self.inside(group) if node.kind == "step"]
        return tuple(sorted([*steps, *self.groups_in(group)], key=lambda one: int(one.id[1:])))
