"""``[-aBc]``: several one-letter flags in one word, or one flag of several letters (``-tap``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from apkg.sources.helptext.parts import Option

_WORD = re.compile(r"-(?P<letters>[A-Za-z0-9@%#?]{2,})")


def split_clusters(options: Iterable[Option], known: Mapping[str, Option]) -> list[Option]:
    """The options of the usage, clusters taken apart."""
    found = list(options)
    others = [o for o in found if _WORD.fullmatch(o.flags[0]) is None]
    words = [o for o in found if _WORD.fullmatch(o.flags[0]) and o.flags[0] not in known]
    with_values = any(o.slot is not None for o in words)
    short = any(re.fullmatch(r"-\w", o.flags[0]) for o in others) or len(found) == 1
    listed_words = any(_WORD.fullmatch(flag) for flag in known)
    result: list[Option] = []
    for option in found:
        match = _WORD.fullmatch(option.flags[0])
        letters = match["letters"] if match and option.slot is None else ""
        if (
            letters
            and option.flags[0] not in known
            and _is_cluster(
                letters,
                known,
                alone=len(words) == 1 and short and not (with_values or listed_words),
            )
        ):
            result += [replace(option, flags=(f"-{letter}",)) for letter in letters]
        else:
            result.append(option)
    return result


def _is_cluster(letters: str, known: Mapping[str, Option], *, alone: bool) -> bool:
    if len(set(letters)) != len(letters):
        return False
    return alone or all(f"-{letter}" in known for letter in letters)
