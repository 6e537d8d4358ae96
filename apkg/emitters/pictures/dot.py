"""A picture in DOT, the language of Graphviz."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apkg.emitters.pictures.colours import LIGHT
from apkg.emitters.pictures.interface import Edge, Group, Kind, Node, Picture
from apkg.emitters.pictures.labels import detail_lines, edge_lines, name_lines

if TYPE_CHECKING:
    from graphviz import Digraph  # type: ignore[import-untyped]

_FONT = "Helvetica,Arial,sans-serif"
_SHAPES: dict[Kind, dict[str, str]] = {
    "input": {"shape": "box", "style": "filled,rounded"},
    "step": {"shape": "box", "style": "filled"},
    "output": {"shape": "note", "style": "filled"},
    "missing": {"shape": "box", "style": "filled,dashed"},
}
#: Also in labels like HTML, Graphviz puts ids and more in for ``\N`` and the like.
_TEXT = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\\": r"\\"}
)


def dot(picture: Picture) -> str:
    """Write ``picture`` as DOT."""
    from graphviz import Digraph

    graph = Digraph("picture")
    graph.attr(
        rankdir=picture.direction,
        bgcolor=LIGHT["paper"],
        fontname=_FONT,
        nodesep="0.3",
        ranksep="0.6",
        pad="0.2",
    )
    graph.attr("node", fontname=_FONT, fontsize="12", margin="0.16,0.09")
    graph.attr("edge", fontname=_FONT, fontsize="10", color=LIGHT["edge"], arrowsize="0.7")
    _fill(graph, picture, None)
    for edge in picture.edges:
        _edge(graph, edge)
    return str(graph.source)


def _fill(graph: Digraph, picture: Picture, group: str | None) -> None:
    for node in picture.inside(group):
        _node(graph, node)
    for inner in picture.groups_in(group):
        with graph.subgraph(name=f"cluster_{inner.id}") as cluster:
            cluster.attr(**_cluster(inner))
            _fill(cluster, picture, inner.id)


def _node(graph: Digraph, node: Node) -> None:
    shape = dict(_SHAPES[node.kind])
    if node.conditional:
        shape["style"] += ",dashed"
    if node.scatter:
        shape["peripheries"] = "2"
    graph.node(
        node.id,
        label=_label(node),
        fillcolor=LIGHT[node.kind],
        color=LIGHT[f"{node.kind}-line"],
        fontcolor=LIGHT["text"],
        **{"class": " ".join(_classes(node))},
        **shape,
    )


def _cluster(group: Group) -> dict[str, str]:
    style = "filled,rounded" + (",dashed" if group.conditional else "")
    return {
        "label": _label(group),
        "labeljust": "l",
        "fontsize": "12",
        "fontcolor": LIGHT["text"],
        "style": style,
        "fillcolor": LIGHT["group"],
        "color": LIGHT["group-line"],
        "margin": "14",
        # A cluster cannot have two borders, as a step that scatters has.
        "penwidth": "3" if group.scatter else "1",
        "class": " ".join(_classes(group)),
    }


def _classes(one: Node | Group) -> list[str]:
    kind = one.kind if isinstance(one, Node) else "group"
    flags = {"scatter": one.scatter, "conditional": one.conditional}
    return [kind, *(name for name, is_so in flags.items() if is_so)]


def _edge(graph: Digraph, edge: Edge) -> None:
    lines = edge_lines(edge)
    more = {"label": _html([f"&#160;{_escaped(text)}&#160;" for text in lines])} if lines else {}
    if edge.scatter:
        more |= {"penwidth": "2.2", "class": "scatter"}
    graph.edge(edge.source, edge.target, fontcolor=LIGHT["quiet"], **more)


def _label(one: Node | Group) -> str:
    """The name in bold, and smaller what there is to say about it; of a group at the left."""
    names = [f"<b>{_escaped(text)}</b>" for text in name_lines(one)]
    details = [f'<font point-size="10">{_escaped(text)}</font>' for text in detail_lines(one)]
    if isinstance(one, Group):
        left = "".join(text + '<br align="left"/>' for text in [*names, *details])
        return f"<{left}>"
    return _html([*names, *details])


def _html(lines: list[str]) -> str:
    return f"<{'<br/>'.join(lines)}>"


def _escaped(text: str) -> str:
    return text.translate(_TEXT) or " "
