"""Tables of HTML for notebooks: escaped, short, and without a colour of their own.

They take letters and background from where they stand, so that they are right in light and dark.
There is no script and no style sheet; what sanitises HTML leaves them as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from apkg.names import printable

#: What is longer is cut: nobody reads it in a table, and a notebook is saved with its outputs.
_LONGEST, _ROWS = 400, 200
# Jupyter has its own rules for each cell, so that a rule for the table would not do.
_CELL = 'style="text-align:left;vertical-align:top"'


def text(value: str, longest: int = _LONGEST) -> str:
    """``value`` as text in HTML, without control characters, and not too long."""
    shown = value if len(value) <= longest else f"{value[:longest]}…"
    return escape(printable(shown)).replace("\n", "<br/>")


def heading(name: str, title: str) -> str:
    """The line on top."""
    return f"<p><strong>{text(name)}</strong>{f': {text(title)}' if title else ''}</p>"


def paragraph(value: str) -> str:
    """A paragraph, or nothing."""
    return f"<p>{text(value, 4 * _LONGEST)}</p>" if value else ""


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table without its empty columns, or nothing where there are no rows.

    The first cell of a row is its name.
    """
    if not rows:
        return ""
    filled = [n for n in range(len(columns)) if n == 0 or any(row[n] for row in rows)]
    head = "".join(f'<th scope="col" {_CELL}>{text(columns[n])}</th>' for n in filled)
    body = "".join(_row([row[n] for n in filled]) for row in rows[:_ROWS])
    more = f"<p>… and {len(rows) - _ROWS} more</p>" if len(rows) > _ROWS else ""
    return (
        f'<div style="overflow-x:auto"><table style="color:inherit">'
        f'<caption style="text-align:left">{text(title)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{more}"
    )


def _row(cells: Sequence[str]) -> str:
    first, *rest = cells
    others = "".join(f"<td {_CELL}>{text(cell)}</td>" for cell in rest)
    return f'<tr><th scope="row" {_CELL}>{text(first)}</th>{others}</tr>'
