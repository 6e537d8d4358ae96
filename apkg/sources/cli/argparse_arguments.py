"""One ``add_argument`` call of argparse (or ``add_option`` of optparse) as an argument."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from apkg.model import Default
from apkg.sources.cli import plain
from apkg.sources.cli.bodies import inspect
from apkg.sources.cli.conversions import BOOLEAN, TEXT, Conversion, convert
from apkg.sources.cli.notes import Notes
from apkg.sources.cli.python.values import Class, Made, Reference, Value, describe
from apkg.sources.commandline.model import Action, Argument

_ACTIONS: dict[str, Action] = {
    "store": "value",
    "store_const": "flag",
    "store_true": "flag",
    "store_false": "flag",
    "append": "append",
    "append_const": "flag",
    "count": "count",
    "extend": "value",
    "help": "info",
    "version": "info",
    "BooleanOptionalAction": "flag",
}
#: Flags that say something else than "true" to their variable, and so go by their own name.
_OWN_NAME = frozenset(["store_false", "store_const", "append_const"])
#: ``nargs`` as minimum and maximum.
_COUNTS: dict[object, tuple[int, int | None]] = {
    None: (1, 1),
    "?": (0, 1),
    "*": (0, None),
    "+": (1, None),
    "...": (0, None),
    "A...": (1, None),
    "argparse.OPTIONAL": (0, 1),
    "argparse.ZERO_OR_MORE": (0, None),
    "argparse.ONE_OR_MORE": (1, None),
    "argparse.REMAINDER": (0, None),
}


@dataclass(slots=True)
class Surroundings:
    """What the parser says about all of its arguments."""

    notes: Notes
    program: str
    prefixes: str = "-"
    #: ``set_defaults`` and ``argument_default``.
    defaults: dict[str, Value] = field(default_factory=dict)
    exclusive: str | None = None


def read_argument(call: Made, around: Surroundings) -> Argument | None:
    """The argument that the call declares; ``None``, and a note, where its name is not known."""
    names = [name for name in call.args if isinstance(name, str)]
    if len(names) < len(call.args) or ("**" in call.keywords and not names):
        around.notes.add(
            "unresolved",
            f"an argument is declared here whose name is {describe(_first_unknown(call))}: left "
            "out",
            call.location,
            advice="Describe it in apkg.yaml, or give what the tool prints for --help.",
        )
        return None
    if _is_suppressed(call.keywords.get("help")):
        # Nobody is told of it: what cannot be known of it needs no note.
        around = replace(around, notes=Notes())
    return _Reader(call, names, around).read()


def _first_unknown(call: Made) -> Value:
    return next((v for v in call.args if not isinstance(v, str)), call.keywords.get("**"))


class _Reader:
    """One call; ``flags`` are empty for a positional."""

    def __init__(self, call: Made, names: list[str], around: Surroundings) -> None:
        self._call = call
        self._around = around
        self._notes = around.notes
        self._given = call.keywords
        flags = [n for n in names if n[:1] and n[0] in around.prefixes]
        self._flags = tuple(flags)
        self._dest = self._destination(names)
        self._action, self._kind = self._action_of()

    def _destination(self, names: list[str]) -> str:
        dest = self._given.get("dest")
        if isinstance(dest, str):
            return dest
        if not self._flags:
            return names[0] if names else ""
        longs = [f for f in self._flags if len(f) > 1 and f[1] in self._around.prefixes]
        return _name(longs[0] if longs else self._flags[0], self._around.prefixes)

    def _action_of(self) -> tuple[Action, str]:
        value = self._given.get("action", "store")
        name = value.name.rpartition(".")[2] if isinstance(value, Reference) else value
        if isinstance(name, str) and name in _ACTIONS:
            return _ACTIONS[name], name
        if isinstance(value, Class) and value.foreign is not None:
            base = value.foreign.rpartition(".")[2].removeprefix("_")
            if base in _CLASSES:
                return _ACTIONS[_CLASSES[base]], _CLASSES[base]
            what = f"{self._dest} has an action of its own ({value.node.name}), read as one value"
            self._notes.add("action", what, self._call.location, subject=self._dest)
        else:
            self._notes.unresolved("action", self._dest, value, self._call.location)
        return ("flag", "store_true") if self._given.get("nargs") == 0 else ("value", "store")

    def read(self) -> Argument | None:
        if not self._dest:
            return None
        converted = self._converted()
        minimum, maximum = self._counts(converted)
        choices, limits = plain.choices_of(
            self._given.get("choices"), self._dest, self._notes, self._call.location
        )
        argument = Argument(
            name=self._dest,
            flags=self._flags,
            action=self._stands_alone(),
            type=converted.type if self._takes_value else None,
            semantics=converted.semantics,
            minimum=minimum,
            maximum=maximum,
            separator=converted.separator,
            required=self._required(minimum),
            default=self._default(converted),
            choices=choices or converted.choices,
            range=limits or converted.range,
            metavar=_metavar(self._given.get("metavar")),
            off_flag=self._off_flag(),
            writes=converted.writes,
            must_exist=converted.must_exist,
            exclusive=self._around.exclusive,
            hidden=_is_suppressed(self._given.get("help")),
            location=self._call.location,
        )
        return _with_help(_renamed(argument, self._kind), self._given, self._around)

    @property
    def _takes_value(self) -> bool:
        return self._action in ("value", "append")

    def _stands_alone(self) -> Action:
        repeats = self._kind == "extend" and "nargs" not in self._given
        return "append" if repeats else self._action

    def _converted(self) -> Conversion:
        given = self._given.get("type")
        found = convert(given, self._dest, self._notes, self._call.location, inspect)
        if self._is_bool():
            what = f"type=bool of {self._dest} makes every text but the empty one true"
            self._notes.add(
                "bool", what, self._call.location, subject=self._dest,
                advice="action='store_true' makes it a flag.",
            )  # fmt: skip
            return TEXT
        return found

    def _is_bool(self) -> bool:
        given = self._given.get("type")
        return self._takes_value and isinstance(given, Reference) and given.name == "bool"

    def _counts(self, converted: Conversion) -> tuple[int, int | None]:
        value = self._given.get("nargs")
        if not self._takes_value:
            return 1, 1
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value, value
        key = value.name if isinstance(value, Reference) else value
        if not isinstance(key, str | None) or key not in _COUNTS:
            self._notes.unresolved("nargs", self._dest, value, self._call.location)
            key = None
        if key is None and converted.separator is not None:
            return 1, None
        return _COUNTS[key]

    def _required(self, minimum: int) -> bool:
        if not self._flags:
            return minimum > 0
        value = self._given.get("required", False)
        if not isinstance(value, bool):
            self._notes.unresolved("required", self._dest, value, self._call.location)
        return value is True

    def _default(self, converted: Conversion) -> Default | None:
        value = self._around.defaults.get(self._dest, self._given.get("default"))
        if self._action == "info":
            return None
        if self._kind in _OWN_NAME:
            return Default(value=False)
        if self._is_bool():
            # Written out, ``False`` would be a text that is not empty.
            return None
        if self._action == "flag" and self._kind != "BooleanOptionalAction":
            return Default(value is True)
        kind = None if converted.separator or not self._takes_value else converted.type
        if converted.type == BOOLEAN and isinstance(value, str):
            kind = None
        found = plain.default_of(value, kind, self._dest, self._notes, self._call.location)
        # A dash is a stream, and no file.
        is_stream = converted.writes or converted.must_exist
        return None if found == Default("-") and is_stream else found

    def _off_flag(self) -> str | None:
        if self._kind != "BooleanOptionalAction":
            return None
        longs = [flag for flag in self._flags if flag.startswith("--")]
        return f"--no-{longs[0][2:]}" if longs else None


#: argparse's own classes, by which those of the file can be told.
_CLASSES = {
    "StoreTrueAction": "store_true",
    "StoreFalseAction": "store_false",
    "StoreConstAction": "store_const",
    "AppendAction": "append",
    "CountAction": "count",
    "BooleanOptionalAction": "BooleanOptionalAction",
}


def _name(flag: str, prefixes: str = "-") -> str:
    return flag.lstrip(prefixes).replace("-", "_")


def _renamed(argument: Argument, kind: str) -> Argument:
    """The flag under the name it goes by."""
    if kind not in _OWN_NAME or not argument.flags:
        return argument
    longest = max(argument.flags, key=len)
    return replace(argument, name=_name(longest))


def _with_help(argument: Argument, given: dict[str, Value], around: Surroundings) -> Argument:
    default = argument.default.value if argument.default else None
    words = {
        "default": default,
        "prog": around.program,
        "dest": argument.name,
        "metavar": argument.metavar or argument.name.upper(),
        "choices": argument.choices or None,
        "type": given["type"].name if isinstance(given.get("type"), Reference) else None,  # type: ignore[attr-defined]
        "nargs": given.get("nargs"),
        "const": given.get("const"),
    }
    text = plain.text_of(given.get("help")).replace("%default", "%(default)s")
    return replace(argument, help=plain.expanded(text, words))


def _is_suppressed(value: Value) -> bool:
    return (isinstance(value, Reference) and value.name.endswith("SUPPRESS")) or (
        value == "==SUPPRESS=="
    )


def _metavar(value: Value) -> str:
    if isinstance(value, tuple | list) and all(isinstance(part, str) for part in value):
        return " ".join(map(str, value))
    return value if isinstance(value, str) else ""
