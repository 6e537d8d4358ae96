"""Options that only print something and end, and descriptions without machine-made remarks."""

from __future__ import annotations

import re

_NOTES = re.compile(
    r"\s*\[(?:default|required|env|possible values|aliases?|env var|x[<>]|may be repeated|nargs"
    r"|-?[\d.]+<)[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\]\s*",
    re.IGNORECASE,
)
_PRINTS = re.compile(
    r"^(?:shows?|prints?|displays?|outputs?|gives?|lists?|help|reports?)\b[^.;]{0,60}"
    r"\b(?:help|usage|version|licen[cs]e|copyright|options and exit|documentation)\b"
    r"|^(?:this )?help(?: message| text)?\.?$|^version\.?$"
    r"|^(?:show|print|display)\w* .{0,60}\band (?:quit|exit)\.?$",
    re.IGNORECASE,
)
_FLAG = re.compile(
    r"-{1,2}(?:help(?:[-_]\w[\w-]*)?|version|usage|long-usage|licen[cs]e|copyright|man"
    r"|(?:install|show)-completion|\?|formats|json-usage)"
)
_SHORT = frozenset(["-h", "-?"])


def without_notes(text: str) -> str:
    """The description without what Click and clap add to it (``[default: 1]``)."""
    if "[" not in text:
        return text.strip()
    return re.sub(r"\s+([.,;])(?=\s|$)", r"\1", _NOTES.sub(" ", text[:5000]).strip())


def is_info(flags: tuple[str, ...], text: str, *, takes_value: bool) -> bool:
    """Whether an option prints help, a version or a licence, and ends."""
    if any(_FLAG.fullmatch(flag) for flag in flags):
        return not takes_value or any("help" in flag for flag in flags)
    if takes_value:
        return False
    said = without_notes(text)
    if not said:
        named = any(flag.endswith(("-version", "-versions")) for flag in flags)
        return named or bool({*_SHORT, "-V"} & set(flags))
    if _SHORT & set(flags) and re.match(r"(?:print|show|display|list)", said, re.IGNORECASE):
        return True
    return _PRINTS.match(said) is not None
