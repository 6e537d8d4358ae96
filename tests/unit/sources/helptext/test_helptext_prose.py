"""Nothing that prose or an example mentions becomes an option."""

from __future__ import annotations

import pytest

from apkg.sources.helptext import read_help

CASES = {
    "wrapped description": """Options:
  --real TEXT   Cannot be used together with
                --index, --group or
                --other  which is elsewhere.
""",
    "click paragraph": """Usage: t [OPTIONS]

  If both are given, so must be
  --bounds or --res.  See the manual.

      --dst-crs EPSG:4326
      --dst-crs '{"proj": "utm", "zone": 18, ...}'

Options:
  --real TEXT  A thing
""",
    "examples": """Options:
  --real TEXT  A thing

Examples:
  --example 1   the first
  -x            the second
""",
    "epilog": """usage: t [--real TEXT]

options:
  --real TEXT  A thing

Run t --fast to be fast.
*This* t defaults to:
--format=gnu -f- -b20 --quoting-style=escape
""",
    "bullets": """Options:
  --real TEXT  A thing
    - one
    - two
""",
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_only_the_real_option_is_found(text):
    command = read_help(text, path="h.txt")
    assert [argument.flags for argument in command.arguments] == [("--real",)]
