"""Values that were followed, as the model wants them: defaults, choices and help texts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from apkg.errors import Location
from apkg.model import DataType, Default, Range, Scalar
from apkg.model import Value as Plain
from apkg.sources.cli.notes import Notes
from apkg.sources.cli.python import operations
from apkg.sources.cli.python.values import (
    Class,
    Made,
    Member,
    Method,
    Reference,
    Unknown,
    Value,
    is_plain,
)
from apkg.sources.notebook.usage.names import words

_MOST_CHOICES = 200
#: Streams of the process: the default of an argument, and no file.
STREAMS = words(
    "sys.stdin sys.stdout sys.stderr sys.stdin.buffer sys.stdout.buffer"
)  # fmt: skip
_PLACE = re.compile(r"%\((\w+)\)[-#0 +]*\d{0,3}(?:\.\d{1,3})?[a-zA-Z]|%%")
_REMARK = re.compile(r"(?<!\s)\s*[(\[][^()\[\]]*%\(default\)[-\d.]*[a-z][^()\[\]]*[)\]]")


class NotPlain(Exception):  # noqa: N818 - an outcome
    """A value is not known, or is none that the model can hold."""


def plain(value: Value) -> Plain:
    """A followed value as the model holds it.

    Raises:
        NotPlain: it is not known, or a dictionary.

    """
    if isinstance(value, Member):
        return plain(value.value)
    if isinstance(value, list | tuple | set | frozenset | range):
        if not is_plain(value) and not all(isinstance(item, Member) for item in value):
            raise NotPlain
        return tuple(plain(item) for item in operations.items(value) or [])
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return str.__str__(value)
    raise NotPlain


def default_of(
    value: Value, kind: DataType | None, name: str, notes: Notes, location: Location
) -> Default | None:
    """The default that the code gives; ``None`` where that is no value, or not known."""
    if isinstance(value, Reference) and (
        value.name in STREAMS or value.name.endswith("SUPPRESS") or value.name == "..."
    ):
        return None
    try:
        found = plain(value)
    except NotPlain:
        notes.unresolved("default", name, value, location)
        return None
    if found is None:
        return None
    if isinstance(found, str) and isinstance(kind, Scalar) and kind.name in ("int", "double"):
        return _number(found, kind.name, name, notes, location)
    return Default(found)


def _number(text: str, kind: str, name: str, notes: Notes, location: Location) -> Default | None:
    """The parser converts a text given as default as it does with one from the command line."""
    try:
        return Default(int(text) if kind == "int" else float(text))
    except ValueError:
        notes.add(
            "default", f"the default of {name} is no number: {text!r}", location, subject=name
        )
        return None


def choices_of(
    value: Value, name: str, notes: Notes, location: Location
) -> tuple[tuple[str | int | float, ...], Range | None]:
    """The allowed values; whole numbers in a row, where there are many, as a range."""
    if value is None:
        return (), None
    if isinstance(value, range) and abs(value.step) == 1 and len(value) > 20:
        return (), Range(minimum=min(value[0], value[-1]), maximum=max(value[0], value[-1]))
    found = operations.items(value)
    if isinstance(value, Class) and value.is_enum:
        found = [member.value for member in value.members()]
    elif isinstance(value, dict):
        found = list(value)
    known = [v.value if isinstance(v, Member) else v for v in found or []]
    if found is None or not all(isinstance(v, str | int | float) for v in known):
        notes.unresolved("list of choices", name, value, location)
        return (), None
    if len(known) > _MOST_CHOICES:
        return (), None
    texts = [str.__str__(v) if isinstance(v, str) else v for v in known]
    return tuple(dict.fromkeys(v for v in texts if isinstance(v, str | int | float))), None


def text_of(value: Value) -> str:
    """A text, without its margins; empty where it is not known."""
    if not isinstance(value, str):
        return ""
    return "\n".join(line.strip() for line in value.strip().splitlines())


def expanded(text: str, words: Mapping[str, object]) -> str:
    """A help text of argparse with ``%(default)s`` and the like put in.

    What is not among ``words`` leaves no trace but its name; a remark in brackets about a
    default that is not known goes altogether.
    """
    if words.get("default") is None:
        text = _REMARK.sub("", text)

    def put(match: re.Match[str]) -> str:
        if match[0] == "%%":
            return "%"
        value = words.get(match[1])
        return match[1] if value is None else _shown(value)

    return _PLACE.sub(put, text).strip()


def _shown(value: object) -> str:
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    return str(value)


def is_known(value: Value) -> bool:
    """Whether something was given, and can be read."""
    return not isinstance(value, Unknown | Made | Method)
