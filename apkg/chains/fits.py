"""Whether what one step gives can be what another takes (CWL v1.2 Workflow, "Data links")."""

from __future__ import annotations

from apkg.model import ArrayType, DataType, EnumType, Input, Output, RecordType, Scalar, UnionType

#: What a number may become without loss (CWL v1.2, "Type matching": numeric widening).
_WIDER = {
    "int": {"int", "long", "float", "double"},
    "long": {"long", "float", "double"},
    "float": {"float", "double"},
}
_FILES = ("File", "Directory")


def type_fits(given: DataType, wanted: DataType) -> bool:
    """Whether every value of ``given`` is one of ``wanted``."""
    if given == wanted or Scalar("Any") in (given, wanted):
        return True
    if isinstance(given, UnionType):
        return all(type_fits(member, wanted) for member in given.members)
    if isinstance(wanted, UnionType):
        return any(type_fits(given, member) for member in wanted.members)
    return _same_form(given, wanted)


def _same_form(given: DataType, wanted: DataType) -> bool:
    match given, wanted:
        case ArrayType(items=inner), ArrayType(items=outer):
            return type_fits(inner, outer)
        case Scalar(name=name), Scalar(name=other):
            return other in _WIDER.get(name, {name})
        case EnumType(), Scalar(name="string"):
            return True
        case EnumType(symbols=some), EnumType(symbols=allowed):
            return set(some) <= set(allowed)
        case RecordType(fields=some), RecordType(fields=others):
            members = {field.name: field.type for field in some}
            return all(f.name in members and type_fits(members[f.name], f.type) for f in others)
    return False


def without_null(kind: DataType) -> DataType:
    """``kind`` where the value is there."""
    if not isinstance(kind, UnionType):
        return kind
    members = tuple(member for member in kind.members if member != Scalar("null"))
    return members[0] if len(members) == 1 else UnionType(members)


def media_fit(given: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Whether the formats do not contradict each other; parameters after ``;`` are left aside."""
    if not given or not wanted:
        return True
    return bool({_kind(one) for one in given} & {_kind(one) for one in wanted})


def closeness(output: Output, declared: Input) -> int:
    """How much speaks for a link between two that fit: 3 the name, 2 the format, 1 the type.

    0 where nothing but the type of a plain value speaks for it, which is not enough.
    """
    if _same_name(output.id, declared.id):
        return 3
    if not _holds_files(declared.type):
        return 0
    same_format = bool(output.media_types) and bool(declared.media_types)
    return 2 if same_format else 1


def _same_name(one: str, other: str) -> bool:
    return _letters(one) == _letters(other) or _letters(one) == f"{_letters(other)}s"


def _letters(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())


def _kind(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


def _holds_files(kind: DataType) -> bool:
    match kind:
        case Scalar(name=name):
            return name in _FILES
        case ArrayType(items=items):
            return _holds_files(items)
        case UnionType(members=members):
            return any(_holds_files(member) for member in members)
    return False
