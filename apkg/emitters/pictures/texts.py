"""Text for pictures: on one line, without what no format can hold, and cut to what can be read."""

from __future__ import annotations

import re

from apkg.names import printable

#: Longest text that a picture keeps of one name or description, and lines of a drawn label.
LONGEST, MAX_LINES = 2000, 3
#: Characters that are no characters (Unicode) or no XML (1.0, production 2).
_NONE = re.compile(r"[\ufdd0-\ufdef\ufffe\uffff]")


def line(text: str, longest: int = LONGEST) -> str:
    """``text`` on one line of bounded length."""
    plain = " ".join(_NONE.sub("\N{REPLACEMENT CHARACTER}", printable(text[: 4 * LONGEST])).split())
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"


def wrapped(text: str, width: int, most: int = MAX_LINES) -> list[str]:
    """``text`` on at most ``most`` lines of ``width`` characters; words that are longer are cut."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
            continue
        lines += [word[start : start + width] for start in range(0, len(word), width)]
        if len(lines) > most:
            break
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1][: width - 1]}…"]
    return lines
