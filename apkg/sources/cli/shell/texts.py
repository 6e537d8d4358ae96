"""What a script's comments and usage texts say of its options and words."""

from __future__ import annotations

import re

_LEAD = r"^[ \t]*(?:\#+[ \t]*)?(?:(?:echo|printf)[ \t]+(?:-e[ \t]+)?)?[\"']?[ \t]*"
_FLAGS = re.compile(
    _LEAD + r"(?P<flags>-{1,2}[\w?-]+(?:(?:[ \t]*[,|/][ \t]*|[ \t]+)-{1,2}[\w-]+)*)"
    r"(?:[ =]\[?<?(?P<metavar>[A-Za-z_][\w./-]*)>?\]?)?"
    r"(?:[ \t]*[:=][ \t]+|[ \t]{2,}|\t+|[ \t]+-[ \t]+)(?P<text>\S[^\n]*?)(?:\\n)?[\"']?[ \t]*$",
    re.MULTILINE,
)
_PLACES = re.compile(
    _LEAD + r"\$(?P<number>\d)[ \t]*[-:=.,)]*[ \t]*(?P<text>\S[^\n\"']*)$", re.MULTILINE
)
_USAGE = re.compile(
    r"usage:?(?:[ \t]|\\n)*(?:\$0|\$\{0[^}]*\}|\$\([^)\n]*\)|`[^`\n]*`|\$\w+|[\w./-]+)[ \t]+"
    r"(?P<rest>[^\n\"]*)",
    re.IGNORECASE,
)
_WORD = re.compile(r"(?P<open>\[?)<?(?P<name>[A-Za-z_][\w.-]*)>?(?P<many>\.\.\.)?\]?")
_DEFAULT = re.compile(r"[(\[]\s*default(?:s to)?[:=\s]+([^)\]]+)[)\]]", re.IGNORECASE)
_LONGEST = 400_000


def option_texts(source: str) -> dict[str, tuple[str, str]]:
    """For each flag its metavar and what is said of it."""
    found: dict[str, tuple[str, str]] = {}
    for match in _FLAGS.finditer(source[:_LONGEST]):
        metavar, text = match["metavar"] or "", match["text"].strip()
        for flag in re.findall(r"(?<![\w-])-{1,2}[\w?-]+", match["flags"]):
            found.setdefault(flag, (metavar, text))
    return found


def place_texts(source: str) -> dict[int, str]:
    """What comments such as ``# $1 - input folder`` say."""
    return {
        int(match["number"]): match["text"].strip() for match in _PLACES.finditer(source[:_LONGEST])
    }


def usage_words(source: str) -> list[tuple[str, bool, bool]]:
    """The words of the usage line: name, whether optional, whether there may be many."""
    match = _USAGE.search(source[:_LONGEST])
    if match is None:
        return []
    rest = re.sub(
        r"\[?(?<![\w<])-{1,2}[\w-]+(?:[ =]<?[\w.-]+>?)?\]?|\[options\]",
        " ",
        match["rest"],
        flags=re.IGNORECASE,
    )
    words = [m for m in _WORD.finditer(rest) if m["name"].lower() not in ("options", "option")]
    return [(m["name"], bool(m["open"]), bool(m["many"])) for m in words]


def default_in(text: str) -> str | None:
    """The default that a help text mentions."""
    match = _DEFAULT.search(text)
    return match[1].strip() if match else None


def head_comment(source: str) -> str:
    """The comment that a script begins with, up to its usage."""
    lines: list[str] = []
    for line in source.splitlines()[:60]:
        text = line.strip()
        if text.startswith("#!") or (not text and not lines):
            continue
        if not text.startswith("#"):
            break
        words = text.lstrip("#").strip()
        if re.match(r"(?i)usage\b|\$\d|-{1,2}\w|options?:|arguments?:", words):
            break
        if not (set(words) <= set("=-*#~ ")):
            lines.append(words)
        elif lines:
            lines.append("")
    return "\n".join(lines).strip()
