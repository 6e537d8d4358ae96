from __future__ import annotations

import pytest

from apkg.errors import SourceError
from apkg.sources.helptext import read_help

TRACEBACK = """Traceback (most recent call last):
  File "app.py", line 1, in <module>
    import rasterio
ModuleNotFoundError: No module named 'rasterio'
"""
ERROR = """Usage: runner [OPTIONS] COMMAND [ARGS]...
Try 'runner --help' for help.

Error: No such command 'x'.
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        (" \n\t\n", "is empty"),
        (TRACEBACK, "traceback of a crash"),
        ("bash: line 1: gdalwarp: command not found\n", "could not be started"),
        ("exec: 'x': executable file not found in $PATH\n", "could not be started"),
        ("ERROR 6: Unknown option name '--long-usage'\n", "neither a usage line nor"),
        ("Done.\n", "neither a usage line nor"),
        (ERROR, "not a help text"),
    ],
)
def test_what_is_no_help_is_refused_with_a_hint(text, said):
    with pytest.raises(SourceError) as caught:
        read_help(text, path="help.txt")
    assert said in caught.value.message
    assert caught.value.hint
    assert caught.value.location is not None


def test_terminal_escapes_do_not_reach_the_message():
    with pytest.raises(SourceError) as caught:
        read_help("\x1b]0;title\x07oh\x1b[31mno\x9b\n", path="help.txt")
    assert "\x1b" not in caught.value.message
    assert "\x9b" not in caught.value.message


def test_a_usage_error_of_argparse_still_shows_the_usage():
    text = "usage: a [-h] --b B\na: error: the following arguments are required: --b\n"
    command = read_help(text, path="help.txt")
    assert [argument.flags for argument in command.arguments] == [("-h",), ("--b",)]
    assert command.title == ""
