"""What the documents of OGC API - Processes say of an application, and what they cannot."""

from __future__ import annotations

from typing import Final

from apkg.emitters.dialects.json_schema import (
    FORMATS,
    NULL,
    NUMBERS,
    spacing_is_multiple,
)
from apkg.emitters.dialects.losses import Scope, Why
from apkg.emitters.dialects.offered import BOTH, annotations_but
from apkg.emitters.dialects.ports import BOX, FILES, LITERALS, is_finite, is_plain
from apkg.emitters.dialects.wps_t_scope import binding, collections, crs, occurrences_only
from apkg.emitters.interface import EmitOptions
from apkg.model import (
    Application,
    ArrayType,
    DataType,
    EnumType,
    Input,
    Output,
    RecordType,
    Scalar,
    UnionType,
)

_ALWAYS: Final = frozenset(
    {
        *("title", "abstract", "version", "keywords", "security_note", "catalogues"),
        *("license", "code_repository", "citation", "date_created", "release_notes"),
        *("inputs.label", "inputs.doc", "inputs.optional", "inputs.uom"),
        *("outputs.label", "outputs.doc", "outputs.optional"),
    }
)
_INFINITE: Final = "JSON has no infinite numbers"
#: Members of ``config`` (OGC 20-044 ``executionUnit``), by field of the model.
CONFIG: Final = {
    "cores_min": "cpuMin",
    "cores_max": "cpuMax",
    "ram_min": "memoryMin",
    "ram_max": "memoryMax",
    "tmpdir_min": "storageTempMin",
    "outdir_min": "storageOutputsMin",
}


def scope(options: EmitOptions, *, values: bool = False, visibility: bool = False) -> Scope:
    """What is said under ``options``: an image as unit has room for resources and bindings.

    ``values`` tells that metadata hold values (Part 1 2.0), ``visibility`` that Weaver reads it.
    """
    always = (
        _ALWAYS | ({"authors"} if values else set()) | ({"visibility"} if visibility else set())
    )
    # Part 1 2.0 has no outputTransmission.
    partly: dict[str, Why] = {"annotations": annotations_but(*(BOTH[:1] if values else BOTH))}
    if not values:
        partly["authors"] = _authors
    if options.execution_unit == "image":
        always |= {"outputs.glob", *CONFIG} - {"cores_min"}
        partly |= {"inputs.binding": binding, "cores_min": _cores}
    return Scope(always=frozenset(always), partly={**PARTLY, **partly})


def _cores(application: Application) -> str | None:
    least = application.resources.cores_min or 1
    return "part of a processor cannot be asked for" if least < 1 else None


def _authors(application: Application) -> str | None:
    more = any(person.email or person.affiliation for person in application.metadata.authors)
    odd = any(not _is_link(person.identifier) for person in application.metadata.authors)
    return "of authors only the name and a link are said" if more or odd else None


def _is_link(text: str | None) -> bool:
    return text is None or text.startswith(("http://", "https://"))


def bare(kind: DataType) -> DataType:
    """The type of what is in lists, without null."""
    if isinstance(kind, ArrayType):
        return bare(kind.items)
    if isinstance(kind, UnionType):
        members = tuple(member for member in kind.members if member != NULL)
        return bare(members[0]) if len(members) == 1 else UnionType(members)
    return kind


def _type(declared: Input | Output) -> str | None:
    if declared.semantics == "bbox" and declared.type not in (BOX, ArrayType(BOX)):
        return "a bounding box is a list of numbers"
    return _sayable(declared.type)


def _sayable(kind: DataType) -> str | None:
    """Why a type is not read back as it was, if it is not."""
    match kind:
        case ArrayType(items=items):
            return _sayable(items)
        case RecordType(fields=fields):
            if {"bbox", "crs"} <= {field.name for field in fields}:
                return "a record of bbox and crs is a bounding box"
            return next(filter(None, (_sayable(field.type) for field in fields)), None)
        case UnionType(members=members):
            return _union(members)
    return None


def _union(members: tuple[DataType, ...]) -> str | None:
    known = [member for member in members if member != NULL]
    several = len(known) > 1
    if (several and Scalar("Any") in known) or any(isinstance(m, UnionType) for m in known):
        return "a choice of anything is no choice"
    if several and any(member in FILES for member in known):
        return "a file is given by its content or as a link, and is no choice beside other types"
    return next(filter(None, (_sayable(member) for member in known)), None)


def _default(declared: Input) -> str | None:
    value = None if declared.default is None else declared.default.value
    return None if is_plain(value) else _INFINITE


def _semantics(declared: Input | Output) -> str | None:
    kind = bare(declared.type)
    if declared.semantics == "bbox":
        return None
    text = isinstance(kind, EnumType) or kind == Scalar("string")
    return None if text and declared.semantics in FORMATS else "only texts have a format"


def _media(port: Input | Output) -> str | None:
    return None if bare(port.type) in FILES else "only files have media types"


def _allowed(declared: Input) -> str | None:
    kind = bare(declared.type)
    if not isinstance(kind, Scalar) or kind.name not in LITERALS or declared.semantics == "bbox":
        return "only numbers, texts and booleans have allowed values"
    finite = all(is_plain(value) for value in declared.allowed_values)
    return None if finite else _INFINITE


def _range(declared: Input) -> str | None:
    kind = bare(declared.type)
    if not isinstance(kind, Scalar) or kind.name not in NUMBERS or declared.semantics == "bbox":
        return "only numbers have a range"
    if declared.range is not None and not is_finite(declared.range):
        return _INFINITE
    if declared.range is not None and not spacing_is_multiple(declared.range):
        return "its spacing starts at the least value, and JSON Schema's multipleOf at zero"
    return None


PARTLY: Final[dict[str, Why]] = {
    "inputs.type": _type,
    "outputs.type": _type,
    "inputs.default": _default,
    "inputs.semantics": _semantics,
    "inputs.media_types": _media,
    "outputs.media_types": _media,
    "outputs.semantics": _semantics,
    "outputs.supported_crs": crs,
    "inputs.allowed_values": _allowed,
    "inputs.range": _range,
    "inputs.supported_crs": crs,
    "inputs.annotations": occurrences_only,
    "inputs.discovery": collections,
}
