"""One argument as the claims on one input.

Flags are booleans with a default of false: given, or not. Of a pair ``--x/--no-x`` whose default
is true the input is ``no_x`` with the prefix ``--no-x``, because CWL writes a flag for true and
nothing for false. A flag that may be repeated to count (``-vv``) is given once.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from apkg.media import media_type_of
from apkg.model import ArrayType, DataType, Default, Scalar
from apkg.names import parameter_id
from apkg.sources.claims import Claim, Fields
from apkg.sources.commandline.bindings import binding_of, takes_several
from apkg.sources.commandline.helptext import clean
from apkg.sources.commandline.model import Argument
from apkg.sources.commandline.roles import Role, argument_name, main_flag, role_of
from apkg.sources.commandline.values import default_for, is_box, meaning_of, value_type
from apkg.sources.formats import formats_in

#: Paths on somebody's own machine, which say nothing to anybody else.
_HOME = re.compile(r"/home/|/Users/|/root/|/mnt/|/media/|~|[A-Za-z]:[\\/]")
_COMMAS = re.compile(
    r"\bcomma[- ](?:separated|delimited)\b|\b(?:separated|delimited) by (?:a )?commas?\b",
    re.IGNORECASE,
)
#: ``comma-separated list of band numbers``.
_WHOLE = re.compile(r"\b(?:band numbers|indices|indexes|integers)\b", re.IGNORECASE)
_NUMBERS = frozenset(["int", "long", "float", "double"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """One input: its id, its claims, the argument that it stands for, and its role."""

    id: str
    fields: Fields
    argument: Argument
    role: Role
    #: What the type was guessed from, where the code does not state it.
    because: str = ""


def described(argument: Argument, position: int | None, source: str) -> Described:
    """The input that an argument is, as far as it says so itself."""
    argument, split = _split(_turned(argument))
    says = _Voice(source, argument)
    if argument.action in {"flag", "count"}:
        return _flag(argument, position, says)
    role = role_of(argument)
    kind, because = _type(argument, role)
    because = because or ("its help" if split else "")
    fields: dict[str, Claim] = {"type": says.of(kind, because), "doc": says.of(_doc(argument))}
    fields |= _values(argument, role, kind, says)
    fields["binding"] = says.of(binding_of(argument, position))
    return Described(
        id=parameter_id(argument_name(argument)),
        fields={name: claim for name, claim in fields.items() if claim.value not in ("", ())},
        argument=argument,
        role=role,
        because=because,
    )


class _Voice:
    """Makes claims on one argument."""

    __slots__ = ("_argument", "_source")

    def __init__(self, source: str, argument: Argument) -> None:
        self._source = source
        self._argument = argument

    def of(self, value: object, because: str = "") -> Claim:
        source = f"{self._source}, guessed from {because}" if because else self._source
        return Claim(
            value=value, source=source, guessed=bool(because), location=self._argument.location
        )


def _turned(argument: Argument) -> Argument:
    """Of a pair of flags whose default is true, the one that says false."""
    default = argument.default.value if argument.default else None
    if argument.action != "flag" or default is not True:
        return argument
    if argument.off_flag is None:
        # ``store_false``: the flag itself says no, whatever its variable is called.
        return replace(argument, name=main_flag(argument).lstrip("-"), default=None)
    text = argument.help and f"Turn off: {argument.help}"
    return replace(
        argument, flags=(argument.off_flag,), off_flag=None, default=None, help=text, metavar=""
    )


def _split(argument: Argument) -> tuple[Argument, bool]:
    """An option whose help says that commas separate its values is a list; a box stays a text."""
    single = argument.action == "value" and argument.maximum == 1 and argument.separator is None
    text = (
        argument.type in (None, Scalar("string")) and not argument.choices and not argument.writes
    )
    if not (single and text and _COMMAS.search(argument.help)) or is_box(argument.name):
        return argument, False
    values = argument.default.value if argument.default else None
    counted = _WHOLE.search(argument.help) and not isinstance(values, str)
    return replace(argument, separator=",", type=Scalar("int") if counted else argument.type), True


def _flag(argument: Argument, position: int | None, says: _Voice) -> Described:
    fields = {
        "type": says.of(Scalar("boolean")),
        "doc": says.of(_doc(argument)),
        "default": says.of(Default(value=False)),
        "binding": says.of(binding_of(argument, position)),
    }
    if argument.required:
        del fields["default"]
    return Described(
        id=parameter_id(argument_name(argument)),
        fields={name: claim for name, claim in fields.items() if claim.value != ""},
        argument=argument,
        role=Role(stated=True),
    )


def _type(argument: Argument, role: Role) -> tuple[DataType, str]:
    if role.kind in {"File", "Directory"} and not role.written:
        kind: DataType = Scalar(role.kind)
        because = role.because
    elif role.kind != "value" or role.because:
        kind, because = Scalar("string"), role.because
    else:
        guess = value_type(argument)
        kind, because = guess.type, guess.because
    if takes_several(argument):
        kind = ArrayType(kind)
        if argument.action == "append" and (argument.maximum is None or argument.maximum > 1):
            kind = ArrayType(kind)
    return kind, because


def _values(argument: Argument, role: Role, kind: DataType, says: _Voice) -> dict[str, Claim]:
    """Default, optional, choices, range, meaning and media types."""
    found: dict[str, Claim] = {}
    items = kind.items if isinstance(kind, ArrayType) else kind
    path = items in (Scalar("File"), Scalar("Directory"))
    default = None if path else default_for(argument, kind)
    if role.written and default is not None:
        default = _inside(default)
    elif role.written and argument.must_exist and role.kind == "Directory":
        # A folder that has to be there before: the one that the tool works in always is.
        default = Default(".")
    if default is not None and not _adds_to_default(argument, says):
        found["default"] = says.of(default)
    elif _may_be_left_out(argument):
        found["optional"] = says.of(True)  # noqa: FBT003
    if path:
        found |= _of_path(argument, items, says)
    if argument.choices and items in (Scalar("int"), Scalar("double")):
        found["allowed_values"] = says.of(argument.choices)
    if argument.range is not None and isinstance(items, Scalar) and items.name in _NUMBERS:
        found["range"] = says.of(argument.range)
    meaning = "anyURI" if role.kind == "address" else meaning_of(argument, kind, argument.name)
    if meaning is not None and not role.written and not path:
        stated = argument.semantics is not None
        found["semantics"] = says.of(meaning, "" if stated else "its name and help")
    return found


def _may_be_left_out(argument: Argument) -> bool:
    if argument.positional:
        return argument.minimum == 0 or argument.default is not None
    return not argument.required


def _adds_to_default(argument: Argument, says: _Voice) -> bool:
    """Argparse's ``append`` adds to its default: giving the default again would double it."""
    return argument.action == "append" and says.of("").source.startswith("argparse")


def _inside(default: Default) -> Default:
    """The name of a result below the folder that the tool works in, which is where engines look."""
    value = default.value
    if not isinstance(value, str):
        return default
    plain = posixpath.normpath(value.replace("\\", "/"))
    if plain.startswith(("/", "~", "..")) or re.match(r"[A-Za-z]:", plain):
        plain = posixpath.basename(plain)
    return Default(plain if plain not in {"", ".."} else ".")


def _of_path(argument: Argument, items: DataType, says: _Voice) -> dict[str, Claim]:
    """A default path is one in the image, which no engine can stage: the input may be left out."""
    found: dict[str, Claim] = {}
    default = argument.default.value if argument.default else None
    paths = default if isinstance(default, tuple) else (default,)
    plain = [path for path in paths if isinstance(path, str) and path not in {"", "-", "."}]
    if plain and not any(path.startswith("/") for path in plain):
        found["example"] = says.of("\n".join(plain))
    if items == Scalar("File"):
        media = [kind for kind in map(media_type_of, plain) if kind]
        media += formats_in(argument.help, argument_name(argument), argument.metavar)
        if media:
            found["media_types"] = says.of(tuple(dict.fromkeys(media)), "its name and help")
    return found


def _doc(argument: Argument) -> str:
    text = clean(argument.help)
    default = argument.default.value if argument.default else None
    shown = isinstance(default, str) and default not in {"", "-"} and not _HOME.match(default)
    role = role_of(argument) if shown and argument.action == "value" else Role()
    if role.kind in {"File", "Directory"} and not role.written:
        text = f"{text} (default: {default})".strip() if str(default) not in text else text
    if argument.action == "count":
        text = f"{text} (given once)".strip()
    return text


def renamed(item: Described, name: str) -> Described:
    """The same input under another id."""
    return replace(item, id=name)


def claims_by_id(items: tuple[Described, ...]) -> Mapping[str, Fields]:
    """The claims of all inputs."""
    return {item.id: item.fields for item in items}
