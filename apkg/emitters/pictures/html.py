"""A picture as a page of HTML that needs nothing but itself."""

from __future__ import annotations

import re
from typing import Any

from apkg.emitters.pictures.interface import Group, Node, Picture
from apkg.emitters.pictures.svg import svg
from apkg.emitters.pictures.tree import tree

#: Of a drawing's own size.
_SMALLEST = 0.75


def html(picture: Picture) -> str:
    """Draw ``picture`` as a page, with the same as text below it.

    Raises:
        ToolError: Graphviz is missing, or fails.

    """
    from apkg.emitters.report_html.pages import page

    values = drawn(picture)
    return page(
        "graph.html",
        css=fitting(str(values["svg"])),
        title=f"{picture.name}: {picture.title}",
        heading=picture.title,
        about=picture.about,
        **values,
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


def fitting(svg_text: str) -> str:
    """The style with which a drawing fits its page: smaller, but never too small to be read."""
    width = re.search(r'<svg[^>]* width="([0-9.]+)pt"', svg_text)
    points = float(width[1]) if width else 0.0
    return f".picture svg{{max-width:100%;min-width:{points * _SMALLEST:.0f}pt;height:auto}}"
