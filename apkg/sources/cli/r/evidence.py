"""What an R script does with a variable, by the functions that it is handed to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from apkg.model import Default
from apkg.sources.cli.conversions import DIRECTORY, DOUBLE, FILE, INT
from apkg.sources.commandline.model import Argument

_MADE = r"dir\.create|dir_create"
_FOLDERS = r"list\.files|dir|list\.dirs|dir\.exists|dir_ls|setwd"
_WRITERS = (
    r"write[._]\w+|saveRDS|fwrite|ggsave|png|pdf|jpeg|tiff|svg|writeRaster|writeLines|sink|"
    r"st_write|writeVector|saveWidget|writeCDF|write_stars|toJSON"
)
_READERS = (
    r"read[._]\w+|readRDS|readLines|readOGR|fread|scan|raster|rast|brick|stack|nc_open|st_read|"
    r"vect|stars|file\.exists|fromJSON|read_sf|sds"
)


def learned(argument: Argument, names: Sequence[str], code: str) -> Argument:
    """The argument with what the code shows; ``names`` are the expressions that hold it."""
    if argument.action not in ("value", "append") or argument.choices:
        return argument
    holder = "|".join(re.escape(name) for name in names)
    if not holder:
        return argument
    for functions, kind, writes in (
        (_MADE, DIRECTORY, True),
        (_FOLDERS, DIRECTORY, False),
        (_WRITERS, FILE, True),
        (_READERS, FILE, False),
    ):
        if argument.type is None and _called(functions, holder, code):
            return replace(argument, type=kind, writes=writes, must_exist=not writes)
    for functions, number in ((r"as\.integer", INT), (r"as\.numeric|as\.double", DOUBLE)):
        if argument.type is None and _called(functions, holder, code):
            return _numeric(argument, number)
    return argument


def _numeric(argument: Argument, kind: object) -> Argument:
    default = argument.default
    if default is not None and isinstance(default.value, str):
        try:
            default = Default((int if kind == INT else float)(default.value))
        except ValueError:
            return argument
    return replace(argument, type=INT if kind == INT else DOUBLE, default=default)


def _called(functions: str, holder: str, code: str) -> bool:
    before = r"(?:[^()\n]{0,80}[,=]\s*)?"
    pattern = rf"(?<![\w.])(?:{functions})\(\s*{before}(?:{holder})(?![\w.$])"
    return re.search(pattern, code) is not None
