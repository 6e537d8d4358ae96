"""From merged claims to the model: every field checked, every origin kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias, get_args

from apkg.errors import Location, SourceError
from apkg.model import (
    Application,
    ArrayType,
    Binding,
    Catalogue,
    Container,
    Default,
    Discovery,
    EnumType,
    Input,
    Metadata,
    NotebookProgram,
    Origin,
    Output,
    Person,
    Program,
    Range,
    RecordType,
    Resources,
    Scalar,
    Semantics,
    UnionType,
)
from apkg.names import words
from apkg.sources.claims import Claim, Fields, Layer
from apkg.sources.consistency import problems
from apkg.sources.problems import Problem, stop

_NULL = Scalar("null")
_DATA_TYPES = (Scalar, EnumType, ArrayType, RecordType, UnionType)
_VALUES = (type(None), bool, int, float, str, tuple)


def _is(*kinds: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))


def _tuple_of(*kinds: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, tuple) and all(isinstance(item, kinds) for item in value)


def _is_annotations(value: object) -> bool:
    return isinstance(value, tuple) and all(
        isinstance(pair, tuple) and len(pair) == 2 and _tuple_of(str)(pair) for pair in value
    )


def _is_meaning(value: object) -> bool:
    return value is None or value in get_args(Semantics)


_Kind: TypeAlias = tuple[str, Callable[[object], bool]]
_TEXT: _Kind = ("text", _is(str))
_FLAG: _Kind = ("true or false", _is(bool))
_WHOLE: _Kind = ("a whole number", _is(int))
_NUMBER: _Kind = ("a number", _is(int, float))
_TEXTS: _Kind = ("a list of texts", _tuple_of(str))
_ANNOTATIONS: _Kind = ("pairs of texts", _is_annotations)
_TYPE: _Kind = ("a type", _is(*_DATA_TYPES))

_METADATA: dict[str, _Kind] = {
    "version": _TEXT,
    "keywords": _TEXTS,
    "authors": ("a list of people", _tuple_of(Person)),
    "license": _TEXT,
    "code_repository": _TEXT,
    "citation": _TEXT,
    "date_created": _TEXT,
    "release_notes": _TEXT,
    "visibility": _TEXT,
    "security_note": _TEXT,
    "annotations": _ANNOTATIONS,
}
_RESOURCES: dict[str, _Kind] = {
    f"{what}_{bound}": _NUMBER if what == "cores" else _WHOLE
    for what in ("cores", "ram", "tmpdir", "outdir")
    for bound in ("min", "max")
}
_APPLICATION: dict[str, _Kind] = {
    "id": _TEXT,
    "title": _TEXT,
    "abstract": _TEXT,
    "image": _TEXT,
    "network": _FLAG,
    "stac": _FLAG,
    "catalogues": ("a list of catalogues", _tuple_of(Catalogue)),
    **_METADATA,
    **_RESOURCES,
}
_INPUT: dict[str, _Kind] = {
    "type": _TYPE,
    "label": _TEXT,
    "doc": _TEXT,
    "optional": _FLAG,
    "default": ("a default", _is(Default)),
    "semantics": ("date, dateTime, time, anyURI or bbox", _is_meaning),
    "media_types": _TEXTS,
    "allowed_values": ("a list of values", _tuple_of(*_VALUES)),
    "range": ("a range", _is(Range)),
    "uom": _TEXT,
    "supported_crs": _TEXTS,
    "discovery": ("discovery settings", _is(Discovery)),
    "scatter": _FLAG,
    "variable": _TEXT,
    "example": _TEXT,
    "annotations": _ANNOTATIONS,
    "binding": ("a binding", _is(Binding)),
}
_OUTPUT: dict[str, _Kind] = {
    "role": ("result, executed-notebook or stdout", _is(str)),
    "type": _TYPE,
    "label": _TEXT,
    "doc": _TEXT,
    "glob": _TEXT,
    "named_by": ("the id of an input", _is(str, type(None))),
    "optional": _FLAG,
    "media_types": _TEXTS,
    "semantics": ("date, dateTime, time, anyURI or bbox", _is_meaning),
    "supported_crs": _TEXTS,
    "annotations": _ANNOTATIONS,
}


def assemble(layer: Layer, *, program: Program | None) -> Application:
    """Return the application that ``layer``, the merged claims, describes.

    Missing labels, and a missing title, are made from the ids; a default of null makes an input
    optional, unless someone says that it is not: then it has no default.

    Raises:
        SourceError: claims that are of the wrong kind, incomplete, or contradict each other
            (all of them in one message; the location is the first one's).

    """
    found = _wrong_kinds(layer)
    stop(found)
    stop(_stac_of_tool(layer.application.get("stac"), program))
    completed = Layer(
        application=_named(layer.application, "title", _id(layer)),
        inputs={name: _completed_input(name, fields) for name, fields in layer.inputs.items()},
        outputs={name: _completed_output(name, fields) for name, fields in layer.outputs.items()},
    )
    application = _application(completed, program)
    stop(problems(application))
    return application


def _application(layer: Layer, program: Program | None) -> Application:
    values = _values(layer.application)
    image = values.get("image")
    return Application(
        id=values["id"],
        title=values["title"],
        abstract=values.get("abstract", ""),
        inputs=tuple(Input(id=name, **_values(f)) for name, f in layer.inputs.items()),
        outputs=tuple(Output(id=name, **_values(f)) for name, f in layer.outputs.items()),
        container=None if image is None else Container(image=image),
        resources=Resources(**_only(values, _RESOURCES)),
        network=values.get("network", False),
        metadata=Metadata(**_only(values, _METADATA)),
        catalogues=values.get("catalogues", ()),
        program=program,
        origins=tuple(_origins(layer)),
    )


def _values(fields: Fields) -> dict[str, Any]:
    return {name: claim.value for name, claim in fields.items()}


def _only(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}


def _id(layer: Layer) -> str:
    claim = layer.application.get("id")
    if claim is None:
        raise SourceError("the application has no id", hint="Give one with --set id=NAME.")
    return str(claim.value)


def _completed_input(name: str, fields: Fields) -> Fields:
    """``fields`` with a label, and with null as type or default told as ``optional``."""
    result = dict(_named(fields, "label", name))
    kind, default = result.get("type"), result.get("default")
    if kind is None:
        raise SourceError(
            f"input {name} has no type",
            hint=f'Say which, for instance with --set inputs.{name}.type=string; "apkg inspect" '
            "lists the inputs that were found.",
            location=_first_location(fields),
        )
    inner, nullable = _without_null(kind.value)
    if nullable:
        result["type"] = _like(kind, inner)
        result.setdefault("optional", _like(kind, value=True))
    if default is not None and default.value == Default(None) and inner != _NULL:
        optional = result.setdefault("optional", _like(default, value=True))
        if not optional.value:
            del result["default"]
    return result


def _completed_output(name: str, fields: Fields) -> Fields:
    """``fields`` with a label and, where nobody gave one, a type: a Directory is ``.`` alone."""
    result = dict(_named(fields, "label", name))
    if "type" not in result:
        glob = result.get("glob")
        named = "named_by" in result or (glob is not None and glob.value != ".")
        kind = Scalar("File" if named else "Directory")
        result["type"] = Claim(value=kind, source="the pattern of the output", guessed=True)
    inner, nullable = _without_null(result["type"].value)
    if nullable:
        result["type"] = _like(result["type"], inner)
        result.setdefault("optional", _like(result["type"], value=True))
    return result


def _named(fields: Fields, field: str, name: str) -> Fields:
    """``fields`` in which ``field`` is the words of ``name``, unless it says something already."""
    claim = fields.get(field)
    if claim is not None and claim.value:
        return fields
    guess = Claim(value=words(name), source="derived from the name", guessed=True)
    return {**fields, field: guess}


def _without_null(kind: object) -> tuple[object, bool]:
    if not isinstance(kind, UnionType) or _NULL not in kind.members:
        return kind, False
    members = tuple(member for member in kind.members if member != _NULL)
    if not members:
        return _NULL, True
    return (members[0] if len(members) == 1 else UnionType(members)), True


def _like(claim: Claim, value: object) -> Claim:
    return Claim(value=value, source=claim.source, guessed=claim.guessed, location=claim.location)


def _first_location(fields: Fields) -> Location | None:
    return next((claim.location for claim in fields.values() if claim.location), None)


def _origins(layer: Layer) -> Iterable[Origin]:
    groups = [("", layer.application)]
    groups += [(f"inputs.{name}.", fields) for name, fields in layer.inputs.items()]
    groups += [(f"outputs.{name}.", fields) for name, fields in layer.outputs.items()]
    for prefix, fields in groups:
        for name, claim in fields.items():
            yield Origin(
                field=f"{prefix}{name}",
                source=claim.source,
                guessed=claim.guessed,
                location=claim.location,
            )


def _stac_of_tool(claim: Claim | None, program: Program | None) -> list[Problem]:
    if claim is None or not claim.value or isinstance(program, NotebookProgram):
        return []
    return [
        Problem(
            "stac",
            "only the launcher of a notebook writes a STAC catalogue; this is no notebook",
            claim.location,
            "A tool writes its own catalog.json: leave --stac and 'stac: true' out.",
        )
    ]


def _wrong_kinds(layer: Layer) -> list[Problem]:
    found = list(_wrong_in("", layer.application, _APPLICATION))
    for name, fields in layer.inputs.items():
        found += _wrong_in(f"inputs.{name}.", fields, _INPUT)
    for name, fields in layer.outputs.items():
        found += _wrong_in(f"outputs.{name}.", fields, _OUTPUT)
    return found


def _wrong_in(prefix: str, fields: Fields, kinds: Mapping[str, _Kind]) -> Iterable[Problem]:
    for name, claim in fields.items():
        if name not in kinds:
            yield Problem(f"{prefix}{name}", "nothing of this name can be said", claim.location)
            continue
        expected, check = kinds[name]
        if not check(claim.value):
            message = f"expected {expected}, found {_kind_of(claim.value)}"
            yield Problem(f"{prefix}{name}", message, claim.location)


def _kind_of(value: object) -> str:
    names = {bool: "true or false", str: "text", int: "a whole number", float: "a number"}
    return names.get(type(value), "nothing" if value is None else f"a {type(value).__name__}")
