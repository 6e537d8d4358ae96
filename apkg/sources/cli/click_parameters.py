"""One option or argument of Click."""

from __future__ import annotations

from dataclasses import dataclass

from apkg.errors import Location
from apkg.model import Default
from apkg.sources.cli import plain
from apkg.sources.cli.click_types import click_type, of_default
from apkg.sources.cli.conversions import BOOLEAN, TEXT, Conversion
from apkg.sources.cli.notes import Notes
from apkg.sources.cli.python.values import Value, describe
from apkg.sources.commandline.model import Action, Argument


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """A decorator (or object) that declares a parameter: its words and its settings."""

    args: list[Value]
    keywords: dict[str, Value]
    location: Location
    positional: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """The name of a parameter, the flags that set it, and those that unset it."""

    name: str
    flags: tuple[str, ...] = ()
    off: tuple[str, ...] = ()


def names_of(words: list[str], *, positional: bool) -> Names:
    """Click's own rules for the words of a declaration."""
    name = next((word for word in words if word.isidentifier()), "")
    if positional:
        first = words[0] if words else ""
        return Names(name=(name or first).replace("-", "_").lower())
    on: list[str] = []
    off: list[str] = []
    for word in words:
        if word.isidentifier():
            continue
        one, _, two = word.partition(";" if word[:1] == "/" else "/")
        on += [one.strip()] if one.strip() else []
        off += [two.strip()] if two.strip() else []
    if not name:
        candidates = sorted(on or off, key=lambda flag: -_dashes(flag))
        name = candidates[0].lstrip("-+/").replace("-", "_").lower() if candidates else ""
    return Names(name, tuple(on or off), tuple(off if on else ()))


def _dashes(flag: str) -> int:
    return len(flag) - len(flag.lstrip("-+/"))


def read_parameter(declared: Declaration, notes: Notes) -> Argument | None:
    """The argument; ``None``, and a note, where its name is not known."""
    words = [word for word in declared.args if isinstance(word, str)]
    if len(words) < len(declared.args) or not words:
        unknown = next((w for w in declared.args if not isinstance(w, str)), None)
        notes.add(
            "unresolved",
            f"a parameter is declared here whose name is {describe(unknown)}: left out",
            declared.location,
            advice="Describe it in apkg.yaml.",
        )
        return None
    names = names_of(words, positional=declared.positional)
    if not names.name:
        return None
    return _Reader(declared, names, notes).read()


class _Reader:
    """One parameter."""

    def __init__(self, declared: Declaration, names: Names, notes: Notes) -> None:
        self._given = declared.keywords
        self._here = declared.location
        self._positional = declared.positional
        self._names = names
        self._notes = notes
        self._counts_up = self._given.get("count") is True
        self._chosen = not self._is_flag_of_bool() and self._has("flag_value")
        self._is_flag = self._is_a_flag()

    def _has(self, name: str) -> bool:
        return self._given.get(name) is not None

    def _is_flag_of_bool(self) -> bool:
        return isinstance(self._given.get("flag_value", True), bool)

    def _is_a_flag(self) -> bool:
        if self._positional:
            return False
        said = self._given.get("is_flag")
        if isinstance(said, bool):
            return said
        return bool(self._names.off) or self._has("flag_value")

    def read(self) -> Argument:
        converted = self._converted()
        minimum, maximum = self._counts(converted)
        suppressed = self._given.get("hidden") is True
        own = self._is_flag and self._chosen
        return Argument(
            name=_of_flag(self._names.flags) if own else self._names.name,
            flags=self._names.flags,
            action=self._action(),
            type=converted.type,
            semantics=converted.semantics,
            minimum=minimum,
            maximum=maximum,
            separator=converted.separator,
            required=self._required(minimum),
            default=self._default(converted),
            choices=converted.choices,
            range=converted.range,
            help=click_text(self._given.get("help")),
            metavar=plain.text_of(self._given.get("metavar")),
            off_flag=max(self._names.off, key=len) if self._names.off else None,
            writes=converted.writes,
            must_exist=converted.must_exist,
            exclusive=self._names.name if own else None,
            hidden=suppressed,
            location=self._here,
        )

    def _action(self) -> Action:
        if self._is_flag:
            told = self._given.get("expose_value", True) is False
            return "info" if told and self._given.get("is_eager") is True else "flag"
        if self._counts_up:
            return "count"
        return "append" if self._given.get("multiple") is True else "value"

    def _converted(self) -> Conversion:
        if self._is_flag or self._counts_up:
            return TEXT
        value = self._given.get("type")
        if isinstance(value, list | tuple):
            kinds = [click_type(v, None, self._names.name, self._notes, self._here) for v in value]
            return kinds[0] if kinds and all(k == kinds[0] for k in kinds) else TEXT
        default = self._given.get("default")
        found = click_type(value, default, self._names.name, self._notes, self._here)
        # A default alone does not say that a text is a path.
        return found if value is not None or found.type is not None else of_default(default)

    def _counts(self, converted: Conversion) -> tuple[int, int | None]:
        kind, value = self._given.get("type"), self._given.get("nargs")
        if self._is_flag or self._counts_up:
            return 1, 1
        if isinstance(kind, list | tuple) and value is None:
            value = len(kind)
        if value is None and self._has("flag_value"):
            return 0, 1
        if value == -1:
            return (1 if self._given.get("required") is True else 0), None
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value, value
        if value is not None:
            self._notes.unresolved("nargs", self._names.name, value, self._here)
        if converted.separator is not None:
            return 1, None
        return (1, 1) if not self._positional or self._must() else (0, 1)

    def _must(self) -> bool:
        said = self._given.get("required")
        if said is not None and not isinstance(said, bool):
            self._notes.unresolved("required", self._names.name, said, self._here)
        return said if isinstance(said, bool) else not self._has("default")

    def _required(self, minimum: int) -> bool:
        if self._positional:
            return self._must() and minimum > 0
        # Without a terminal, what is asked for has to be given.
        asked = self._given.get("prompt") not in (None, False) and not self._has("default")
        return self._given.get("required") is True or (asked and not self._is_flag)

    def _default(self, converted: Conversion) -> Default | None:
        value = self._given.get("default")
        if self._is_flag:
            if self._chosen:
                return Default(value=False)
            if "default" in self._given and value is None:
                return None
            if "default" in self._given and not isinstance(value, bool):
                self._notes.unresolved("default", self._names.name, value, self._here)
                return None
            return Default(value=value is True)
        kind = converted.type if self._action() == "value" and not converted.separator else None
        kind = None if kind == BOOLEAN else kind
        found = plain.default_of(value, kind, self._names.name, self._notes, self._here)
        is_stream = converted.writes or converted.must_exist
        return None if found == Default("-") and is_stream else found


def _of_flag(flags: tuple[str, ...]) -> str:
    return max(flags, key=len).lstrip("-").replace("-", "_")


def click_text(value: Value) -> str:
    r"""A help text without what only Click sees: ``\b``, and all that follows ``\f``."""
    if not isinstance(value, str):
        return ""
    return plain.text_of(value.partition("\f")[0].replace("\b", "")).strip()
