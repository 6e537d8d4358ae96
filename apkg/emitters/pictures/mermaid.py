"""A picture in Mermaid, which Git forges and notebooks draw by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from apkg.emitters.pictures.colours import LIGHT
from apkg.emitters.pictures.interface import Edge, Group, Kind, Node, Picture
from apkg.emitters.pictures.labels import detail_lines, edge_lines, name_lines

_SHAPES: dict[Kind, tuple[str, str]] = {
    "input": ("([", "])"),
    "step": ("[", "]"),
    "output": ("[/", "/]"),
    "missing": ("{{", "}}"),
}
#: Letters and digits of any script, spaces, and what joins a name inside. All else is written as
#: an entity: quotes, markup, Markdown, directives (%%) and formulas ($$) are then text.
_PLAIN = re.compile(r"[^\W_]|[ ,()=]|(?<=[^\W_])[_.\-](?=[^\W_])")


def mermaid(picture: Picture) -> str:
    """Write ``picture`` as a flowchart of Mermaid."""
    lines = [
        f"flowchart {picture.direction}",
        *_inside(picture, None, "  "),
        *(f"  {_edge(edge)}" for edge in picture.edges),
        *_styles(picture),
    ]
    return "\n".join(lines) + "\n"


def _inside(picture: Picture, group: str | None, margin: str) -> Iterator[str]:
    for node in picture.inside(group):
        first, last = _SHAPES[node.kind]
        if node.kind == "step" and node.scatter:
            first, last = "[[", "]]"
        yield f"{margin}{node.id}{first}{_label(node)}{last}"
    for inner in picture.groups_in(group):
        yield f"{margin}subgraph {inner.id}[{_label(inner)}]"
        yield f"{margin}  direction {picture.direction}"
        yield from _inside(picture, inner.id, f"{margin}  ")
        yield f"{margin}end"


def _edge(edge: Edge) -> str:
    arrow = "==>" if edge.scatter else "-->"
    lines = edge_lines(edge)
    label = f'|"{"<br/>".join(map(_escaped, lines))}"|' if lines else ""
    return f"{edge.source} {arrow}{label} {edge.target}"


def _label(one: Node | Group) -> str:
    lines = [f"<b>{_escaped(text)}</b>" for text in name_lines(one)]
    lines += [_escaped(text) for text in detail_lines(one)]
    return f'"{"<br/>".join(lines)}"'


def _escaped(text: str) -> str:
    plain = {match.start() for match in _PLAIN.finditer(text)}
    return "".join(
        char if position in plain else f"#{ord(char)};" for position, char in enumerate(text)
    )


def _styles(picture: Picture) -> Iterator[str]:
    """Colours by kind. No line ends in ``;``: Mermaid would take it for the end of an entity."""
    members: dict[str, list[str]] = {}
    for node in picture.nodes:
        members.setdefault(node.kind, []).append(node.id)
        if node.conditional:
            members.setdefault("conditional", []).append(node.id)
    for group in picture.groups:
        members.setdefault("group", []).append(group.id)
    for name, ids in members.items():
        if name == "conditional":
            yield "  classDef conditional stroke-dasharray:5 4"
        else:
            fill, line, text = LIGHT[name], LIGHT[f"{name}-line"], LIGHT["text"]
            yield f"  classDef {name} fill:{fill},stroke:{line},color:{text}"
        yield f"  class {','.join(ids)} {name}"
