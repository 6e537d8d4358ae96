"""Pages from templates. Every word of a stranger is escaped; no page loads or runs anything."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apkg.emitters.pictures.svg import style as picture_style

if TYPE_CHECKING:
    from markupsafe import Markup

TEMPLATES = Path(__file__).parent / "templates"


def page(template: str, *, css: str = "", **values: Any) -> str:
    """Fill ``template`` with ``values``; ``css`` is added to the style of all pages.

    The page's Content-Security-Policy allows its own style sheet, and nothing else.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    sheet = (TEMPLATES / "style.css").read_text(encoding="utf-8") + picture_style() + css
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    # The sheet is ours, and a browser takes its text as it is.
    return environment.get_template(template).render(
        sheet=Markup(sheet),  # noqa: S704
        digest=digest,
        **values,
    )


def markup(html: str) -> Markup:
    """Mark text as HTML that has been escaped already: what Graphviz and Pygments have drawn."""
    from markupsafe import Markup

    return Markup(html)  # noqa: S704
