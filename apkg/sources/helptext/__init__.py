"""``--help`` text, of whatever parser or hand, as a :class:`Command`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from apkg.errors import Location
from apkg.sources.commandline.model import Command
from apkg.sources.helptext.arguments import of_option
from apkg.sources.helptext.clean import clean_lines
from apkg.sources.helptext.layout import take_apart
from apkg.sources.helptext.otb import read_otb
from apkg.sources.helptext.reader import SOURCE, read_layout
from apkg.sources.helptext.unusable import is_crash, is_usage_error, no_help
from apkg.sources.helptext.words import about, version_in

__all__ = ["read_help"]


def read_help(text: str, *, name: str | None = None, path: str) -> Command:
    """The command that a help text describes.

    ``name`` is how the program is called, where the caller knows better than the usage line;
    ``path`` stands in locations and messages.

    Raises:
        SourceError: the text is empty, a crash, an error message, or shows no arguments.

    """
    lines = clean_lines(text)
    if not any(line.text for line in lines) or is_crash(lines):
        raise no_help(lines, path, empty=True)
    layout = take_apart(lines)
    application = read_otb(lines)
    if application is not None:
        title, doc = about(layout.prose)
        return Command(
            words=(name or f"otbcli_{application[0]}",),
            source=SOURCE,
            title=title,
            doc=doc,
            arguments=tuple(of_option(o, path, click=False, go=False) for o in application[1]),
            version=version_in(lines),
            location=Location(path=path, line=1),
        )
    command = read_layout(layout, lines, name or "", path)
    if command is None or (is_usage_error(lines) and not layout.options):
        raise no_help(lines, path, empty=command is None)
    return command if command.words else replace(command, words=(_from_path(path),))


def _from_path(path: str) -> str:
    """The name of a program whose help does not say it: that of the file."""
    return PurePath(path).name.split(".")[0] or "command"
