"""The launcher's options: words of the command line in, values by notebook variable out."""

from __future__ import annotations

import argparse
from typing import Any, NoReturn

from apkg.emitters.launcher_parts.head import INPUTS, NAME, USAGE, Json, StopError
from apkg.emitters.launcher_parts.values import from_json, from_text

# part: begin


class Parser(argparse.ArgumentParser):
    """Reports a wrong option in one line."""

    def error(self, message: str) -> NoReturn:
        """Stop with exit code 2."""
        raise StopError(message, USAGE)


def read_options(arguments: list[str]) -> dict[str, Json]:
    """Read the command line: values by notebook variable."""
    given = vars(make_parser().parse_args(arguments))
    values = {}
    for number, entry in enumerate(INPUTS):
        texts = given[f"input_{number}"]
        if texts or entry["absent"] != "default":
            values[entry["variable"]] = read_option(entry, texts)
    return values


def make_parser() -> Parser:
    """Make one option for each input. Their names may be any, ``help`` included."""
    parser = Parser(
        prog=f"{NAME}.launcher.py",
        description=f"Run the notebook {NAME}.",
        add_help=False,
        allow_abbrev=False,
    )
    taken = [entry["id"] for entry in INPUTS]
    flags = ["-h"] if "help" in taken else ["-h", "--help"]
    parser.add_argument(*flags, action="help", dest="show", help="list the options and stop")
    for number, entry in enumerate(INPUTS):
        parser.add_argument(
            f"--{entry['id']}",
            dest=f"input_{number}",
            metavar="VALUE",
            action="append",
            default=[],
            help=entry["help"].replace("%", "%%"),
        )
    return parser


def read_option(entry: dict[str, Any], texts: list[str]) -> Json:
    """Read one input from the texts of its option: none, one, or (an array) several."""
    option, kind = f"--{entry['id']}", entry["type"]
    if not texts and entry["absent"] == "required":
        raise StopError(f"{option} is missing: give {option}=VALUE", USAGE)
    if len(texts) > 1 and entry["form"] != "repeat":
        raise StopError(f"{option} is given more than once", USAGE)
    if not texts and entry["absent"] == "null":
        return None
    try:
        if entry["form"] == "repeat":
            return [from_text(kind["array"], text) for text in texts]
        read = from_text if entry["form"] == "value" else from_json
        return read(kind, texts[0])
    except (ValueError, RecursionError) as error:
        raise StopError(f"{option}: {error or 'cannot be read'}", USAGE) from None
