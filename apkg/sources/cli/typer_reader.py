"""Typer: applications, their commands and callbacks, and ``typer.run``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from apkg.errors import Location
from apkg.sources.cli.click_parameters import Declaration, click_text, read_parameter
from apkg.sources.cli.conversions import BOOLEAN, DOUBLE, INT, PATH
from apkg.sources.cli.hints import Parameter, parameters_of
from apkg.sources.cli.notes import Notes
from apkg.sources.cli.python.modules import Program
from apkg.sources.cli.python.values import Function, Made, Reference, Unknown, Value, innermost
from apkg.sources.cli.usage import learn_function
from apkg.sources.commandline.model import Argument, Command
from apkg.sources.notebook.usage.names import words

SOURCE = "Typer"
_APPS = frozenset(["typer.Typer", "typer.main.Typer"])
_INFOS = ("typer.Option", "typer.Argument", "typer.params.Option", "typer.params.Argument")
_PATHS = words("exists file_okay dir_okay writable readable resolve_path allow_dash")
_MOST_LEVELS = 6


def read_typer(
    program: Program, name: str, notes: Notes, chosen: Value = None
) -> tuple[Command, ...]:
    """The commands of a program; ``chosen`` is the application that starts it, where known."""
    reader = _Reader(program, notes)
    if isinstance(chosen, Made) and chosen.name in _APPS:
        return (reader.app(chosen, (name,), 0),)
    for made in program.made:
        function = innermost(made.args[0]) if made.args else None
        if made.name == "typer.run" and isinstance(function, Function):
            return (reader.command(function, (name,), {}),)
    apps = [made for made in program.made if made.name in _APPS]
    added = {id(call.args[0]) for app in apps for call in app.calls
             if call.name == "add_typer" and call.args}  # fmt: skip
    roots = [app for app in apps if id(app) not in added and app.calls]
    called = [app for app in roots if any(call.name == "()()" for call in app.calls)]
    return tuple(reader.app(app, (name,), 0) for app in called or roots)


class _Reader:
    """All applications of one program."""

    def __init__(self, program: Program, notes: Notes) -> None:
        self._program = program
        self._notes = notes

    def app(self, app: Made, words: tuple[str, ...], level: int, doc: str = "") -> Command:
        """An application: a group, or the one command that it has."""
        commands = list(self._commands(app))
        inner = list(self._inner(app)) if level < _MOST_LEVELS else []
        callback = self._callback(app)
        if len(commands) == 1 and not inner and callback is None and level == 0:
            function, given, _ = commands[0]
            return self.command(function, words, given)
        found = [self.command(f, (*words, n), given) for f, given, n in commands]
        found += [self.app(part, (*words, n), level + 1, help_) for part, n, help_ in inner]
        said = app.keywords.get("help")
        base = Command(words=words, source=SOURCE, location=app.location)
        if callback is not None:
            base = self.command(callback, words, {})
        text = doc or click_text(said) or base.doc
        return replace(base, doc=text, commands=tuple(found))

    def _commands(self, app: Made) -> Iterator[tuple[Function, dict[str, Value], str]]:
        for call, function in _decorated(app, "command"):
            given = call.args[0] if call.args else call.keywords.get("name")
            plain = function.name.lower().replace("_", "-")
            yield function, call.keywords, given if isinstance(given, str) else plain

    def _inner(self, app: Made) -> Iterator[tuple[Made, str, str]]:
        for call in app.calls:
            part = call.args[0] if call.args else None
            if call.name != "add_typer":
                continue
            if not isinstance(part, Made) or part.name not in _APPS:
                self._notes.unresolved("sub-command", "the application", part, call.location)
                continue
            said = call.keywords.get("name", part.keywords.get("name"))
            if isinstance(said, str):
                yield part, said, click_text(call.keywords.get("help"))
            else:
                self._notes.unresolved("name", "a group of commands", said, call.location)

    def _callback(self, app: Made) -> Function | None:
        given = app.keywords.get("callback")
        if isinstance(given, Function):
            return given
        return next((function for _, function in _decorated(app, "callback")), None)

    def command(
        self, function: Function, words: tuple[str, ...], given: dict[str, Value]
    ) -> Command:
        """The command that a function is."""
        parameters = parameters_of(function, self._program.interpreter)
        with self._notes.of(words):
            found = [self._argument(function, parameter) for parameter in parameters]
        arguments = tuple(argument for argument in found if argument is not None)
        doc = given.get("help")
        return Command(
            words=words,
            source=SOURCE,
            title=click_text(given.get("short_help")),
            doc=click_text(doc if isinstance(doc, str) else function.doc),
            arguments=learn_function(self._program, function, arguments),
            location=function.location,
        )

    def _argument(self, function: Function, parameter: Parameter) -> Argument | None:
        info = next((v for v in (*parameter.hint.extra, parameter.default)
                     if isinstance(v, Made) and v.name in _INFOS), None)  # fmt: skip
        if not parameter.hint.known:
            if parameter.name in ("ctx", "context"):
                return None
            what = Unknown("one that is not defined in plain sight")
            here = Location(path=function.path, line=parameter.line)
            self._notes.unresolved("type", parameter.name, what, here)
        declared = _Declared(function.path, parameter, info)
        found = read_parameter(declared.as_click(), self._notes)
        return None if found is None else replace(found, name=parameter.name)


class _Declared:
    """One parameter and what ``typer.Option(…)`` or ``typer.Argument(…)`` says of it."""

    def __init__(self, path: str, parameter: Parameter, info: Made | None) -> None:
        self._parameter = parameter
        self._given = dict(info.keywords) if info is not None else {}
        words = list(info.args) if info is not None else []
        self._default = parameter.default
        self._has_default = parameter.has_default
        if info is not None and info is parameter.default:
            # The default style: the first word is the default.
            self._default = words.pop(0) if words else self._given.pop("default", Reference("..."))
            self._has_default = not _is_ellipsis(self._default)
        self._words = [word for word in words if isinstance(word, str)]
        is_argument = info is not None and info.name.endswith("Argument")
        is_option = info is not None and info.name.endswith("Option")
        self._positional = is_argument or not (is_option or self._has_default)
        self._here = Location(path=path, line=parameter.line)

    def as_click(self) -> Declaration:
        """The declaration that Typer makes of it for Click."""
        hint = self._parameter.hint
        settings: dict[str, Value] = {
            name: self._given[name]
            for name in ("help", "metavar", "hidden", "count", "is_flag", "is_eager", "prompt",
                         "expose_value", "flag_value")
            if name in self._given
        }  # fmt: skip
        settings["required"] = not self._has_default
        settings["type"] = self._type()
        if self._has_default:
            settings["default"] = self._default
        if "default_factory" in self._given:
            settings["default"], settings["required"] = Unknown("made when the tool runs"), False
        if hint.is_flag and not self._positional:
            settings["is_flag"] = True
            settings.pop("type")
        if hint.count is not None:
            settings["nargs"] = hint.count
        if hint.many:
            settings["nargs" if self._positional else "multiple"] = -1 if self._positional else True
        return Declaration(
            args=list(self._flags()),
            keywords=settings,
            location=self._here,
            positional=self._positional,
        )

    def _flags(self) -> list[str]:
        name = self._parameter.name
        if self._positional:
            return [name]
        if self._words:
            return [name, *self._words]
        flag = f"--{name.replace('_', '-')}"
        pair = self._parameter.hint.is_flag and not self._given.get("is_flag")
        return [name, f"{flag}/--no-{flag[2:]}" if pair else flag]

    def _type(self) -> Value:
        """The type as Click would have it, with the limits that Typer takes apart from it."""
        given, conversion = self._given, self._parameter.hint.conversion
        for name in ("parser", "click_type"):
            if name in given:
                return given[name]
        if conversion.choices:
            return Made("click.Choice", [list(conversion.choices)], {}, self._here)
        if conversion.type == PATH:
            settings = {k: v for k, v in given.items() if k in _PATHS}
            return Made("click.Path", [], settings, self._here)
        if conversion.semantics is not None:
            formats = {"formats": given["formats"]} if "formats" in given else {}
            return Made("click.DateTime", [], dict(formats), self._here)
        if conversion.type in (INT, DOUBLE):
            name = "click.IntRange" if conversion.type == INT else "click.FloatRange"
            return Made(name, [], {k: given[k] for k in ("min", "max") if k in given}, self._here)
        if conversion.writes or conversion.must_exist:
            mode = given.get("mode", "w" if conversion.writes else "r")
            return Made("click.File", [mode], {}, self._here)
        return Reference("click.BOOL" if conversion.type == BOOLEAN else "click.STRING")


def _decorated(app: Made, name: str) -> Iterator[tuple[Made, Function]]:
    for call in app.calls:
        for made in call.calls if call.name == name else []:
            function = innermost(made)
            if isinstance(function, Function):
                yield call, function


def _is_ellipsis(value: Value) -> bool:
    return isinstance(value, Reference) and value.name == "..."
