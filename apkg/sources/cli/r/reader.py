"""An R script's command line, by the library that reads it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from apkg.errors import Location
from apkg.files.read_bytes import decode, read_bytes
from apkg.names import printable
from apkg.sources.cli.argparse_arguments import Surroundings, read_argument
from apkg.sources.cli.conversions import DOUBLE
from apkg.sources.cli.docopt_reader import Usage
from apkg.sources.cli.notes import Notes
from apkg.sources.cli.python.values import Made, Value
from apkg.sources.cli.r.calls import Call, calls_of, r_tokens
from apkg.sources.cli.r.evidence import learned
from apkg.sources.cli.r.places import place_arguments
from apkg.sources.commandline.model import Argument, Command
from apkg.sources.notebook.foreign.reading import Token

LIMIT_BYTES = 512 * 1024
_LONGEST_LINE = 1000
_MOST_ARGUMENTS = 200
_DECLARING = frozenset(["make_option", "add_option", "add_argument"])
_PARSERS = frozenset(["OptionParser", "ArgumentParser", "arg_parser", "docopt"])


def read_r(path: Path, name: str, notes: Notes) -> tuple[Command, ...]:
    """The command of the script at ``path``.

    Raises:
        SourceError: it cannot be read, or a string in it never ends.

    """
    shown = printable(str(path))
    source = decode(read_bytes(path, limit=LIMIT_BYTES), name=shown)
    tokens = r_tokens(source, shown)
    code = _code(source, tokens)
    calls = list(calls_of(tokens, _DECLARING))[:_MOST_ARGUMENTS]
    parser = next(calls_of(tokens, _PARSERS), None)
    if parser is not None and parser.name == "docopt":
        return _docopt(tokens, shown, name)
    found = [_argument(call, shown, name, notes) for call in calls]
    arguments = tuple(
        learned(argument, _holders(argument), code) for argument in found if argument is not None
    )
    source_name = _library(calls)
    if not arguments:
        arguments, source_name = place_arguments(code, shown), "commandArgs"
    if not arguments:
        return ()
    return (
        Command(
            words=(name,),
            source=source_name,
            doc=_description(parser),
            arguments=arguments,
            location=Location(path=shown, line=parser.line if parser else 1),
        ),
    )


def _library(calls: list[Call]) -> str:
    if any(call.name in ("make_option", "add_option") for call in calls):
        return "optparse (R)"
    return "argparse (R)" if any(call.holder for call in calls) else "argparser (R)"


def _code(source: str, tokens: list[Token]) -> str:
    """The source with its comments blanked, line for line."""
    lines = [""] * (source.count("\n") + 2)
    kept: dict[int, list[tuple[int, int]]] = {}
    for token in tokens:
        kept.setdefault(token.line, []).append((token.start, token.end))
    for line, spans in kept.items():
        # The patterns are for lines that a person writes.
        lines[line - 1] = source[spans[0][0] : min(spans[-1][1], spans[0][0] + _LONGEST_LINE)]
    return "\n".join(lines)


def _description(parser: Call | None) -> str:
    if parser is None:
        return ""
    first = parser.args[0] if parser.name == "arg_parser" and parser.args else None
    value = parser.keywords.get("description", first)
    return value.strip() if isinstance(value, str) else ""


def _argument(call: Call, path: str, name: str, notes: Notes) -> Argument | None:
    """The argument, read as its Python namesake declares it."""
    args, given = list(call.args), dict(call.keywords)
    if call.name != "make_option" and not call.holder:
        # The parser comes first: ``add_option(parser, c("-i", …))``.
        args = args[1:]
    words = given.pop("opt_str", given.pop("arg", args[0] if args else None))
    flags = [*words] if isinstance(words, list) else [words]
    if call.holder:
        flags = args
    elif call.name == "add_argument":
        flags, given = _of_argparser(flags, given, args)
    made = Made(call.name, flags, given, Location(path=path, line=call.line))
    found = read_argument(made, Surroundings(notes=notes, program=name))
    return None if found is None else _typed(found, given)


def _of_argparser(
    flags: list[Value], given: dict[str, Value], args: list[Value]
) -> tuple[list[Value], dict[str, Value]]:
    """Argparser's own settings: ``flag = TRUE``, ``short = "-d"``, ``nargs = Inf``."""
    settings = dict(given)
    if len(args) > 1:
        settings.setdefault("help", args[1])
    short = settings.pop("short", None)
    if isinstance(short, str):
        flags = [short, *flags]
    if settings.pop("flag", False) is True:
        settings = {"action": "store_true", "help": settings.get("help")}
    if "nargs" in settings and not isinstance(settings["nargs"], int | str):
        settings["nargs"] = "+"
    return flags, settings


def _typed(argument: Argument, given: dict[str, Value]) -> Argument:
    """Optparse takes the type from the default where none is given."""
    default = argument.default.value if argument.default else None
    if argument.action == "flag" or argument.type is not None or given.get("type") is not None:
        return argument
    # R makes no difference between 5 and 5.0, and so neither does what the parser accepts.
    if isinstance(default, int | float) and not isinstance(default, bool):
        return replace(argument, type=DOUBLE)
    return argument


def _holders(argument: Argument) -> list[str]:
    """How the code writes the value: ``opt$input``, ``args$input``, ``opt[["input"]]``."""
    name = argument.name
    holders = (
        "opt",
        "opts",
        "args",
        "arguments",
        "options",
        "argv",
        "arg",
        "params",
        "opt$options",
    )
    return [f"{holder}${name}" for holder in holders] + [
        f'{holder}[["{name}"]]' for holder in holders
    ]


def _docopt(tokens: list[Token], path: str, name: str) -> tuple[Command, ...]:
    texts = [t for t in tokens if t.kind == "string" and "usage:" in t.value.lower()]
    if not texts:
        return ()
    start = Location(path=path, line=texts[0].line)
    reader = Usage(texts[0].value, start, "docopt (R)")
    return (reader.command(name),)
