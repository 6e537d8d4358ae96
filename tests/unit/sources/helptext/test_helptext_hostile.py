"""Time grows with the length of the text, whatever it is made of."""

from __future__ import annotations

import contextlib
import time

import pytest

from apkg.errors import SourceError
from apkg.sources.helptext import read_help

TEXTS = {
    "spaces": " " * 10**6,
    "spaces inside": "usage: a" + " " * 10**6 + "b",
    "brackets": "usage: p " + "[" * 10**5 + "]" * 10**5,
    "brackets on lines": "usage: p\n" + "  [-a [\n" * 10**5,
    "bars": "usage: p " + "|" * 10**5,
    "angles": "usage: p " + "<" * 10**5,
    "escapes": "\x1b]" * 10**5,
    "placeholders": "usage: p " + "a-" * 4000 + "x",
    "one long option": "Options:\n  --a  " + "(default " * 10**5,
    "continuations": "Options:\n  --a  x\n" + "       y\n" * 10**5,
    "overstrike": "a\b" * 10**5,
    "names": "Arguments:\n" + "  name   x\n" * 20000,
    "commas": "Options:\n" + "  -a,\n" * 20000,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_it_ends_soon(text):
    started = time.monotonic()
    with contextlib.suppress(SourceError):
        read_help(text, path="h.txt")
    assert time.monotonic() - started < 20
