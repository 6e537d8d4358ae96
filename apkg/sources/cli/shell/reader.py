"""A shell script's command line, out of its options, places, texts and tests."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from apkg.files.read_bytes import decode, read_bytes
from apkg.model import Default
from apkg.names import printable
from apkg.sources.cli.notes import Notes
from apkg.sources.cli.shell import texts
from apkg.sources.cli.shell.evidence import learned, literal
from apkg.sources.cli.shell.options import Option, options_of
from apkg.sources.cli.shell.places import Place, places_of
from apkg.sources.cli.shell.script import Script
from apkg.sources.commandline.model import Action, Argument, Command

LIMIT_BYTES = 512 * 1024
_MOST_ARGUMENTS = 200
_TRUE = re.compile(r"[\"']?(?:true|1|yes|y|on)[\"']?$", re.IGNORECASE)


def read_shell(path: Path, name: str, notes: Notes) -> tuple[Command, ...]:
    """The command of the script at ``path``.

    Raises:
        SourceError: it cannot be read, or a quote in it never ends.

    """
    shown = printable(str(path))
    source = decode(read_bytes(path, limit=LIMIT_BYTES), name=shown)
    script = Script(source.replace("\r\n", "\n"), shown)
    reader = _Reader(script)
    options = options_of(script)
    arguments = [reader.option(option) for option in options[:_MOST_ARGUMENTS]]
    places = places_of(script, after_options=bool(options))
    words = texts.usage_words(script.source)
    arguments += [reader.place(place, n, words) for n, place in enumerate(places)]
    if not arguments:
        return ()
    del notes
    return (
        Command(
            words=(name,),
            source="shell script",
            doc=texts.head_comment(script.source),
            arguments=tuple(_once(arguments)),
            location=script.at(1),
        ),
    )


def _once(arguments: list[Argument]) -> list[Argument]:
    found: dict[str, Argument] = {}
    for argument in arguments:
        name = argument.name if argument.name not in found else f"{argument.name}_{len(found) + 1}"
        found[name] = replace(argument, name=name)
    return list(found.values())


class _Reader:
    """One script and what is said in it."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._texts = texts.option_texts(script.source)
        self._places = texts.place_texts(script.source)
        first = min((case.start for case in script.cases), default=len(script.source))
        self._before = {a.name: a.value for a in script.assignments() if a.start < first}

    def option(self, option: Option) -> Argument:
        """An option as an argument."""
        longest = max(option.flags, key=len)
        metavar, text = next(
            (self._texts[flag] for flag in option.flags if flag in self._texts), ("", "")
        )
        name = option.variable.lower() or longest.lstrip("-").replace("-", "_")
        info = longest.lstrip("-") in ("h", "help", "version", "V", "?")
        default = self._default(option.variable) if option.takes else self._flag(option.variable)
        argument = Argument(
            name=name,
            flags=tuple(option.flags),
            action="info" if info else self._action(option),
            equals=option.equals,
            required=option.takes and default is None and self._is_needed(option.variable),
            default=None if info else default,
            help=text,
            metavar=metavar,
            location=self._script.at(option.line),
        )
        return (
            learned(argument, option.variable, self._script.source) if option.variable else argument
        )

    def _action(self, option: Option) -> Action:
        if not option.takes:
            return "flag"
        return "append" if option.repeats else "value"

    def _default(self, variable: str) -> Default | None:
        value = self._before.get(variable)
        if value is not None:
            inner = re.fullmatch(r"[\"']?\$\{\w+:?-([^}]*)\}[\"']?", value)
            return literal(inner[1] if inner else value)
        later = re.search(rf"\$\{{{re.escape(variable)}:?[-=]([^}}\n]*)\}}", self._script.source)
        return literal(later[1]) if variable and later else None

    def _flag(self, variable: str) -> Default:
        return Default(value=bool(_TRUE.match(self._before.get(variable, ""))))

    def _is_needed(self, variable: str) -> bool:
        """Whether the script stops without a value."""
        name = re.escape(variable)
        pattern = rf"-z\s+[\"']?\$\{{?{name}\b|\$\{{{name}:?\?"
        return bool(variable) and re.search(pattern, self._script.source) is not None

    def place(self, place: Place, number: int, words: list[tuple[str, bool, bool]]) -> Argument:
        """A place as an argument; the usage line names it where no variable does."""
        said = words[number] if number < len(words) else ("", False, False)
        name = place.variable.lower() or re.sub(r"\W", "_", said[0].lower())
        optional = place.optional or (said[1] and not place.many)
        argument = Argument(
            name=name or f"argument_{place.number}",
            minimum=0 if optional else 1,
            maximum=None if place.many else 1,
            required=not optional,
            default=place.default,
            help=self._places.get(place.number, ""),
            metavar=said[0],
            location=self._script.at(place.line),
        )
        return learned(argument, place.variable or str(place.number), self._script.source)
