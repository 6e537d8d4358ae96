"""The lines that are drawn in and beside boxes, the same in every drawn format."""

from __future__ import annotations

from apkg.emitters.pictures.interface import Edge, Group, Node
from apkg.emitters.pictures.texts import wrapped

_WIDTH, _EDGE_WIDTH = 28, 24
#: Links of one edge that are written out, and lines of details in one box.
_MOST_WIRES, _MOST_DETAILS = 4, 8


def name_lines(one: Node | Group) -> list[str]:
    """The name, as it is drawn."""
    return wrapped(one.name, _WIDTH)


def detail_lines(one: Node | Group) -> list[str]:
    """What is drawn below the name: title, type, and how it runs."""
    lines = wrapped(one.title, _WIDTH + 6, 2) if _is_step(one) else []
    if isinstance(one, Node) and one.type:
        lines += wrapped(one.type, _WIDTH + 6, 2)
    details = one.details[:_MOST_DETAILS]
    for text in details:
        lines += wrapped(text, _WIDTH + 6, 2)
    if len(one.details) > len(details):
        lines.append(f"… {len(one.details) - len(details)} more")
    return lines


def _is_step(one: Node | Group) -> bool:
    return isinstance(one, Group) or one.kind == "step"


def edge_lines(edge: Edge) -> list[str]:
    """What is drawn beside an edge: some lines for each link, of which some are shown."""
    # How several become one is said last, and shall not be cut off.
    known = {wire.text: 3 if wire.note else 2 for wire in edge.wires if wire.text}
    texts = list(known)
    lines = [p for text in texts[:_MOST_WIRES] for p in wrapped(text, _EDGE_WIDTH, known[text])]
    if len(texts) > _MOST_WIRES:
        lines.append(f"… {len(texts) - _MOST_WIRES} more")
    return lines


def full_text(one: Node | Group) -> str:
    """Everything that is known about a box, for who asks."""
    name = f"{one.name}: {one.type}" if isinstance(one, Node) and one.type else one.name
    return " · ".join(
        dict.fromkeys(text for text in (name, one.title, *one.details, one.about) if text)
    )


def edge_text(edge: Edge) -> str:
    """Everything that flows along an edge."""
    return "; ".join(wire.text for wire in edge.wires if wire.text)
