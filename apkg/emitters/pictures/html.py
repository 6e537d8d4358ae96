"""A picture as a page of HTML that needs nothing but itself."""

from __future__ import annotations

from typing import Any

from apkg.emitters.pictures.interface import Group, Node, Picture
from apkg.emitters.pictures.svg import svg
from apkg.emitters.pictures.tree import tree


def html(picture: Picture) -> str:
    """Draw ``picture`` as a page, with the same as text below it.

    Raises:
        ToolError: Graphviz is missing, or fails.

    """
    from apkg.emitters.report_html.pages import page

    return page(
        "graph.html",
        title=f"{picture.name}: {picture.title}",
        heading=picture.title,
        about=picture.about,
        **drawn(picture),
    )


def drawn(picture: Picture) -> dict[str, Any]:
    """What the template of a picture takes.

    Raises:
        ToolError: Graphviz is missing, or fails.

    """
    from apkg.emitters.report_html.pages import markup

    boxes: list[Node | Group] = [*picture.nodes, *picture.groups]
    return {
        "svg": markup(svg(picture, styled=False)),
        "tree": "\n".join(tree(picture)),
        "has_scatter": any(box.scatter for box in boxes),
        "has_condition": any(box.conditional for box in boxes),
    }
