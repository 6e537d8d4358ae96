"""Functions that a library makes commands of by their signature: Fire, and those like it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from apkg.errors import Location
from apkg.model import Default
from apkg.sources.cli import plain
from apkg.sources.cli.click_types import of_default
from apkg.sources.cli.hints import Parameter, parameters_of
from apkg.sources.cli.notes import Notes
from apkg.sources.cli.python.modules import Program
from apkg.sources.cli.python.values import Class, Function, Made, Value, innermost
from apkg.sources.cli.usage import learn_function
from apkg.sources.commandline.model import Argument, Command


@dataclass(frozen=True, slots=True)
class Style:
    """How a library writes the parameters of a function on the command line."""

    source: str
    #: Parameters without default have a place, not a flag.
    positional: bool = True
    #: ``--cloud-cover`` for ``cloud_cover``.
    dashes: bool = True
    #: What ``--x`` becomes to say false.
    off: str | None = None
    #: Several values stand in one word.
    separator: str | None = None


_FIRE = Style("Fire", positional=False, dashes=False, off="--no", separator=",")
_STYLES = {
    "fire.Fire": _FIRE,
    "defopt.run": Style("defopt", off="--no-"),
    "tyro.cli": Style("tyro", positional=False, off="--no-"),
    "clize.run": Style("clize"),
    "argh.dispatch_command": Style("argh"),
    "argh.dispatch_commands": Style("argh"),
    "plac.call": Style("plac"),
}
_PARAMETER = re.compile(
    r"^[ \t]*(?::param\s+(?:[\w\[\], ]+\s)?(?P<one>\w+)\s*:|"
    r"(?P<two>\w+)\s*(?:\([^)\n]*\))?\s*:(?!:))[ \t]*(?P<text>[^\n]*)$",
    re.MULTILINE,
)
_NUMPY = re.compile(
    r"^[ \t]*(?P<name>\w+)[ \t]*(?::[^\n]*)?\n(?P<text>[ \t]+\S[^\n]*)$", re.MULTILINE
)


def read_functions(
    program: Program, name: str, notes: Notes, chosen: Value = None
) -> tuple[Command, ...]:
    """The commands that a program makes of its functions; ``chosen`` is taken for one of them."""
    reader = _Reader(program, notes)
    for made in program.made:
        style = _STYLES.get(made.name)
        if style is not None:
            return reader.target(made, style, name)
    if isinstance(chosen, Function) and parameters_of(chosen, program.interpreter):
        return (reader.command(chosen, Style("function", positional=False), (name,)),)
    return ()


class _Reader:
    """All functions of one program that are commands."""

    def __init__(self, program: Program, notes: Notes) -> None:
        self._program = program
        self._notes = notes

    def target(self, made: Made, style: Style, name: str) -> tuple[Command, ...]:
        """What is handed to the library: a function, several, a class, or the whole module."""
        value = innermost(made.args[0]) if made.args else made.keywords.get("component")
        if isinstance(value, Function):
            return (self.command(value, style, (name,)),)
        functions = dict(self._several(value))
        if not functions:
            self._notes.unresolved("function", name, value, made.location)
            return ()
        commands = [self.command(f, style, (name, word)) for word, f in functions.items()]
        return (
            Command(
                words=(name,),
                source=style.source,
                doc=self._program.doc,
                arguments=self._of_object(value, style),
                commands=tuple(commands),
                location=made.location,
            ),
        )

    def _of_object(self, value: Value, style: Style) -> tuple[Argument, ...]:
        """What a class is made with: options that stand before the name of a method."""
        made = value.scope.values.get("__init__") if isinstance(value, Class) else None
        if not isinstance(made, Function):
            return ()
        return self.command(made, style, ("__init__",)).arguments

    def _several(self, value: Value) -> Iterator[tuple[str, Function]]:
        if value is None:
            yield from ((f.name, f) for f in self._program.functions())
        if isinstance(value, Class):
            value = {k: v for k, v in value.scope.values.items() if not k.startswith("_")}
        if isinstance(value, list | tuple):
            yield from ((v.name, v) for v in value if isinstance(v, Function))
        if isinstance(value, dict):
            yield from ((str(k), v) for k, v in value.items() if isinstance(v, Function))

    def command(self, function: Function, style: Style, words: tuple[str, ...]) -> Command:
        """One function as a command."""
        helps = _described(function.doc)
        found = tuple(
            self._argument(function, parameter, style, helps.get(parameter.name, ""))
            for parameter in parameters_of(function, self._program.interpreter)
        )
        found += _rest(function)
        return Command(
            words=words,
            source=style.source,
            doc=re.split(r"\n\s*\n", function.doc)[0],
            arguments=learn_function(self._program, function, found),
            location=function.location,
        )

    def _argument(
        self, function: Function, parameter: Parameter, style: Style, text: str
    ) -> Argument:
        here = Location(path=function.path, line=parameter.line)
        hint, conversion = parameter.hint, parameter.hint.conversion
        if not parameter.annotated:
            conversion = of_default(parameter.default)
        several = hint.many or hint.count is not None or isinstance(parameter.default, list | tuple)
        default = None
        if parameter.has_default:
            default = plain.default_of(parameter.default, None, parameter.name, self._notes, here)
        is_flag = isinstance(parameter.default, bool) or (hint.is_flag and style.off is not None)
        word = parameter.name.replace("_", "-") if style.dashes else parameter.name
        placed = style.positional and not (parameter.has_default or parameter.keyword_only)
        separator = style.separator if several else None
        return Argument(
            name=parameter.name,
            flags=() if placed else (f"--{word}",),
            action="flag" if is_flag and not placed else "value",
            type=None if is_flag and not placed else conversion.type,
            semantics=conversion.semantics,
            minimum=(hint.count or 1) if not (several and placed) else hint.count or 0,
            maximum=hint.count if hint.count is not None else None if several else 1,
            separator=separator,
            required=not parameter.has_default,
            default=default if not is_flag else Default(value=parameter.default is True),
            choices=conversion.choices,
            off_flag=f"{style.off}{word}" if is_flag and style.off and not placed else None,
            help=text,
            writes=conversion.writes,
            must_exist=conversion.must_exist,
            location=here,
        )


def _rest(function: Function) -> tuple[Argument, ...]:
    """``*scenes``: all words that are left, each with a place."""
    rest = function.node.args.vararg
    if rest is None:
        return ()
    here = Location(path=function.path, line=rest.lineno)
    return (Argument(name=rest.arg, minimum=0, maximum=None, location=here),)


def _described(doc: str) -> dict[str, str]:
    """What a docstring says of each parameter, in Google's, NumPy's or Sphinx' way."""
    doc = doc[:20_000]
    numpy = {match["name"]: match["text"].strip() for match in _NUMPY.finditer(doc)}
    others = {m["one"] or m["two"]: m["text"].strip() for m in _PARAMETER.finditer(doc)}
    return numpy | {name: text for name, text in others.items() if text}
