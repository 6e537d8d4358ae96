"""The Orfeo ToolBox's own help (``otbcli_*``), and SNAP's graph processing tool (``gpt``).

OTB prints one key a line: ``MISSING -in <string> Input image (mandatory)``; only what is
``MISSING`` must be given, the other mandatory keys have a value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from apkg.sources.helptext.parts import Line, Option, Slot

_KEY = re.compile(
    r"^(?P<missing>MISSING)?\s*(?P<flag>-[A-Za-z][\w.]*)\s+<(?P<type>[a-z0-9 ]+)>"
    r"(?P<pixel>\s+\[pixel\])?\s*(?P<help>.*)$"
)
_NAME = re.compile(r"This is the (\w+)(?: \(\w+\))? application, version ([\w.]+)")
_CHOICES = re.compile(r"\[([\w.+-]+(?:/[\w.+-]+)+)\]")
_GROUPS = frozenset(["group"])


def read_otb(lines: Sequence[Line]) -> tuple[str, tuple[Option, ...]] | None:
    """The application's name and its keys; ``None`` where the text is no OTB help."""
    name = next((m[1] for line in lines[:10] if (m := _NAME.search(line.text))), None)
    if name is None:
        return None
    found = [(line, match) for line in lines if (match := _KEY.match(line.words))]
    return name, tuple(
        _option(line, match) for line, match in found if match["type"] not in _GROUPS
    )


def _option(line: Line, match: re.Match[str]) -> Option:
    kind, text = match["type"], match["help"].strip()
    many = kind.endswith(" list")
    choices = _CHOICES.search(text) if match["pixel"] is None else None
    slot = Slot(
        metavar=kind.removesuffix(" list"),
        maximum=None if many else 1,
        choices=tuple(choices[1].split("/")) if choices else (),
    )
    if match["pixel"]:
        text = re.sub(r"\(default value is \w+\)\s*", "", text)
    return Option(
        flags=(match["flag"],),
        line=line.number,
        slot=slot,
        help=text.replace("(mandatory)", "").strip() if not match["missing"] else text,
        required=match["missing"] is not None,
    )
