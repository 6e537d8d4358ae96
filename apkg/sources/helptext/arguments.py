"""Options and places as :class:`Argument`: names, types, defaults, actions."""

from __future__ import annotations

import re
from dataclasses import replace

from apkg.errors import Location
from apkg.model import DataType, Default, Scalar
from apkg.names import printable
from apkg.sources.commandline.model import Action, Argument
from apkg.sources.helptext.choices import told_choices
from apkg.sources.helptext.facts import Facts, facts, stated_type
from apkg.sources.helptext.info import is_info, without_notes
from apkg.sources.helptext.parts import Option, Place, Slot
from apkg.sources.helptext.values import literal, type_of_word

#: Go's words for options that may be repeated.
_MANY = frozenset(["list", "strings", "stringarray", "stringslice", "ints", "intslice", "map"])
#: ``input_files`` alone in a usage line: as many as there are.
_PLURAL = re.compile(r"(?:^|_)(?:files|images|rasters|inputs|paths|datasets|args|arguments)$")
#: ``NAME=VALUE``: such an option sets one of many things, each time that it is given.
_SETTING = re.compile(
    r"<?(?:name|key|k|var|variable|option|opt|param|parameter|meta-tag|tag|property|prop|attr)>?"
    r"=<?(?:value|val|v)>?",
    re.IGNORECASE,
)
#: Typer's ``<list[str]>``.
_LIST_OF = re.compile(r"list\[([\w ]+)\]", re.IGNORECASE)
_ABSL_TYPE = re.compile(r"\((an integer|a number)\)")
_CLICK_TYPES = frozenset(["TEXT", "INTEGER", "FLOAT", "PATH", "FILENAME", "FILE", "DIRECTORY"])


def of_option(option: Option, path: str, *, click: bool, go: bool) -> Argument:
    """The argument for one option."""
    slot, listed = _one_of_list(option.slot)
    kind = _kind(slot, option.help) if slot is not None else None
    if slot is not None and kind == Scalar("boolean") and _is_framed_flag(option, slot):
        slot = None
    said = facts(option.help, kind if slot is not None else Scalar("boolean"))
    slot = None if slot is None else _counted(slot, said, click=click)
    counted = slot is None and _is_whole(facts(option.help).default)
    many = counted or (go and option.slot is not None and option.slot.metavar.lower() in _MANY)
    repeated = option.repeated or said.repeated or many or listed or _shown_twice(option)
    default = said.default or _side(option)
    return replace(
        _valued(slot, said, option.help, kind),
        name=dest(option.flags),
        flags=option.flags,
        off_flag=option.off_flag,
        action=_action(option, slot, repeated=repeated),
        type=kind if slot is not None else None,
        required=slot is not None and (option.required or said.required) and default is None,
        default=default,
        help=printable(without_notes(option.help)),
        exclusive=option.exclusive,
        location=Location(path=path, line=option.line),
    )


def _one_of_list(slot: Slot | None) -> tuple[Slot | None, bool]:
    """The slot of one item, and whether the metavar says that there is a list of them."""
    if slot is None:
        return None, False
    match = _LIST_OF.fullmatch(slot.metavar)
    return (replace(slot, metavar=match[1]), True) if match else (slot, False)


def _shown_twice(option: Option) -> bool:
    """Whether it sets one of many things, or its help gives it twice (``use --res x --res y``)."""
    if option.slot is None:
        return False
    if _SETTING.fullmatch(option.slot.metavar.strip("\"'")):
        return "comma" not in option.help.lower()
    flags = "|".join(re.escape(flag) for flag in option.flags)
    twice = rf"(?:\buse:?|\be\.g\.,?|\bexample:?) ({flags})[ =][^\s-]\S* \1[ =]\S"
    return re.search(twice, option.help[:2000]) is not None


def of_place(place: Place, path: str) -> Argument:
    """The argument for one place."""
    kind = _kind(place.slot, place.help)
    said = facts(place.help, kind)
    slot = place.slot
    if slot.maximum is None and not place.required:
        slot = replace(slot, minimum=0)
    elif slot.maximum == 1 and not place.help and _PLURAL.search(place.name):
        slot = replace(slot, maximum=None)
    return replace(
        _valued(slot, said, place.help, kind),
        name=_plain(place.name),
        type=kind,
        required=place.required and said.default is None,
        default=said.default,
        help=printable(without_notes(place.help)),
        location=Location(path=path, line=place.line),
    )


def _kind(slot: Slot, text: str) -> DataType | None:
    """The type that the metavar names; ``NUM`` and ``N`` may turn out to be fractions."""
    if slot.choices:
        return None
    kind = type_of_word(slot.metavar)
    if kind is None and (match := _ABSL_TYPE.search(text[:2000])):
        return Scalar("int" if match[1] == "an integer" else "double")
    if kind is None and (word := stated_type(text)):
        return type_of_word(word)
    if slot.metavar.lower() in {"n", "num", "number"}:
        said = facts(text).default
        value = said.value if said is not None else None
        if isinstance(value, float):
            return Scalar("double")
        return Scalar("int") if isinstance(value, int) and not isinstance(value, bool) else kind
    return kind


def dest(flags: tuple[str, ...]) -> str:
    """The name that argparse would give: the first long flag's."""
    long = next((flag for flag in flags if flag.startswith("--")), None)
    chosen = long or max(flags, key=len)
    return chosen.lstrip("-").replace("-", "_") or chosen


def _plain(name: str) -> str:
    text = re.sub(r"[^\w.]+", "_", name.strip("<>[]{}. ")).strip("_")
    return text.lower() if text.isupper() else text


def _valued(slot: Slot | None, said: Facts, text: str, kind: DataType | None) -> Argument:
    """What slot and description say of the values."""
    if slot is None:
        return Argument(name="", minimum=0, maximum=0)
    choices = slot.choices or said.choices or _told(slot, said, text, kind)
    return Argument(
        name="",
        minimum=slot.minimum,
        maximum=slot.maximum,
        separator=slot.separator,
        glued=slot.glued,
        equals=slot.equals,
        choices=_typed(choices),
        range=said.range,
        metavar=printable(slot.metavar),
    )


def _told(slot: Slot, said: Facts, text: str, kind: DataType | None) -> tuple[str, ...]:
    """Choices in words; a default that is none of them shows that the list is not complete."""
    choices = told_choices(text, slot.metavar) if kind is None else ()
    default = said.default.value if said.default is not None else None
    return choices if default is None or default in choices else ()


def _typed(choices: tuple[str, ...]) -> tuple[str | int | float, ...]:
    """Numbers where all of them are numbers."""
    values = [literal(choice) for choice in choices]
    if all(isinstance(value, int) and not isinstance(value, bool) for value in values):
        return tuple(value for value in values if isinstance(value, int))
    return tuple(printable(choice) for choice in choices)


def _counted(slot: Slot, said: Facts, *, click: bool) -> Slot:
    if said.count is not None:
        return replace(slot, minimum=said.count[0], maximum=said.count[1])
    if click and slot.maximum is None and slot.minimum == 1 and slot.metavar in _CLICK_TYPES:
        return replace(slot, minimum=2)
    return slot


def _is_whole(default: Default | None) -> bool:
    """A flag whose default is 0 counts how often it stands there."""
    value = default.value if default is not None else None
    return isinstance(value, int) and not isinstance(value, bool)


def _side(option: Option) -> Default | None:
    """``--clip / --no-clip [default: no-clip]``."""
    match = re.search(r"\[default: ([\w-]+)\]", option.help) if option.off_flag else None
    if match is None or option.slot is not None:
        return None
    sides = {f.lstrip("-"): True for f in option.flags} | {str(option.off_flag).lstrip("-"): False}
    return Default(sides[match[1]]) if match[1] in sides else None


def _is_framed_flag(option: Option, slot: Slot) -> bool:
    """Typer prints ``<bool>`` behind flags in some of its versions."""
    return (
        slot.metavar == "bool"
        and option.off_flag is None
        and not slot.equals
        and slot.choices == ()
    )


def _action(option: Option, slot: Slot | None, *, repeated: bool) -> Action:
    if is_info(option.flags, option.help, takes_value=slot is not None):
        return "info"
    if slot is None:
        return "count" if repeated else "flag"
    if repeated and slot.maximum == 1 and slot.separator is None:
        return "append"
    return "value" if not (repeated and slot.maximum is not None) else "append"
