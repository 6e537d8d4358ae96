"""What the script does with a variable: opens it, makes it, tests it."""

from __future__ import annotations

import re
from dataclasses import replace

from apkg.model import Default
from apkg.sources.cli.conversions import DIRECTORY, FILE
from apkg.sources.commandline.model import Argument

_END = r"(?![\w])"


def learned(argument: Argument, variable: str, code: str) -> Argument:
    """The argument with what the code shows of it; ``variable`` is a name, or a digit."""
    if argument.action not in ("value", "append") or argument.choices:
        return argument
    name = rf"\$\{{?{re.escape(variable)}(?:\[@\])?(?:[:}}%#/][^}}\n\"]*\}}|\}}|{_END})"
    tests = {
        "made": rf"\bmkdir\s+(?:-\w+\s+)*[\"']?{name}[\"']?(?:\s|$|;)",
        "folder": rf"(?:!\s*)?-d\s+[\"']?{name}[\"']?|\bcd\s+[\"']?{name}|\bls\s+[\"']?{name}/",
        "file": rf"(?:!\s*)?-[fse]\s+[\"']?{name}[\"']?\s*\]|<\s*[\"']?{name}[\"']?(?:\s|$)",
        "written": rf"(?<![<&0-9])(?:>>?)\s*[\"']?{name}[\"']?(?:\s|$|;)",
        "inside": rf"[\"']?{name}[\"']?/",
    }
    seen = {what for what, pattern in tests.items() if re.search(pattern, code, re.MULTILINE)}
    if "made" in seen:
        return replace(argument, type=DIRECTORY, writes=True)
    if "folder" in seen:
        return replace(argument, type=DIRECTORY, must_exist=True)
    if "written" in seen:
        return replace(argument, type=FILE, writes=True)
    if "file" in seen:
        return replace(argument, type=FILE, must_exist=True)
    return replace(argument, type=DIRECTORY) if "inside" in seen else argument


def literal(text: str) -> Default | None:
    """The default that a word of a script is; ``None`` where it is not fixed, or empty."""
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        quoted, text = text[0], text[1:-1]
        if quoted == "'":
            return Default(text) if text else None
    if not text or re.search(r"[$`\\]|^[~(]", text):
        return None
    if re.fullmatch(r"-?(?:0|[1-9]\d{0,8})", text):
        return Default(int(text))
    return Default(float(text) if re.fullmatch(r"-?\d{1,9}\.\d{1,9}", text) else text)
