"""Declarations as layers of claims, and what is assumed where nobody says anything."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence

from apkg.media import media_type_of
from apkg.model import ArrayType, Default, EnumType, Scalar, Value
from apkg.sources import fallback
from apkg.sources.claims import Claim, Fields, Layer
from apkg.sources.notebook.cells import Notebook
from apkg.sources.notebook.declaration import Declaration, claims
from apkg.sources.notebook.prepare import PREFIX

_GLOB_MARKS = re.compile(r"([*?\[])")
#: The voices that tell a path by its class, which a result has as well as a file to read.
_OF_PATHS = frozenset(["value", "annotation"])


def declared_layer(declarations: Iterable[Declaration], application: Fields) -> Layer:
    """What the code itself declares."""
    inputs: dict[str, Fields] = {}
    outputs: dict[str, Fields] = {}
    for declaration in declarations:
        if declaration.role == "input":
            inputs[declaration.name] = declaration.claims
        else:
            outputs[declaration.name] = _output(declaration)
    return Layer(application=application, inputs=inputs, outputs=outputs)


def guessed_layer(declarations: Iterable[Declaration]) -> Layer:
    """What the values themselves suggest."""
    return Layer(inputs={d.name: d.guesses for d in declarations if d.role == "input"})


def variables_layer(variables: Mapping[str, str]) -> Layer:
    """The notebook variables by which the launcher passes the inputs."""
    claim = "the prepared notebook"
    return Layer(
        inputs={
            name: {"variable": Claim(value=variable, source=claim)}
            for name, variable in variables.items()
        }
    )


def variables_of(declarations: Sequence[Declaration], *, injected: bool) -> dict[str, str]:
    """By declaration: the variable that the launcher sets."""
    return {
        d.name: f"{PREFIX}{d.name}" if injected else d.variable
        for d in declarations
        if d.role != "output"
    }


def folder_of(declaration: Declaration) -> str:
    """The folder that a ``stage-out`` parameter is given: its own default where that is safe."""
    value = declaration.value
    if isinstance(value, str) and is_inside(value) and posixpath.normpath(value) != ".":
        return posixpath.normpath(value)
    return declaration.name


def is_inside(path: str) -> bool:
    """Whether a path stays below the folder that the notebook works in."""
    plain = posixpath.normpath(path.replace("\\", "/"))
    outside = plain.startswith(("/", "~")) or plain.split("/")[0] == ".." or "://" in path
    return bool(path) and not outside and not re.match(r"[A-Za-z]:", path)


def exact(path: str) -> str:
    """The glob that matches this very file."""
    return _GLOB_MARKS.sub(r"[\1]", posixpath.normpath(path))


def _output(declaration: Declaration) -> Fields:
    fields = dict(declaration.claims)
    if declaration.role == "folder":
        del fields["default"]
        place = claims(declaration.convention, declaration.location, glob=folder_of(declaration))
        return {**fields, **place}
    glob = fields.get("glob")
    if glob is not None and isinstance(glob.value, str):
        path = glob.value
        media = media_type_of(path)
        several = "*" in path or "?" in path
        if several and "type" not in fields:
            fields["type"] = _like(glob, ArrayType(Scalar("File")))
        fields["glob"] = _like(glob, posixpath.normpath(path) if several else exact(path))
        if media and "media_types" not in fields:
            fields |= claims("file name", declaration.location, guessed=True, media_types=(media,))
    return fields


def fallback_layer(notebook: Notebook, known: Fields) -> Layer:
    """The values of last resort, every one of them a guess."""
    return fallback.fallback_layer(notebook.path.stem, known, location=notebook.location())


def settled(fields: Fields) -> Fields:
    """The merged claims on one input, made to agree with its type.

    A file's default is a path on the author's machine: an example, no default. Choices among
    strings are an enum. Null as the only thing known of a type leaves a string.
    """
    found = dict(fields)
    default = found.get("default")
    value = default.value.value if default and isinstance(default.value, Default) else None
    if "type" not in found and default is not None:
        found["type"] = Claim(
            value=Scalar("string"), source="assumed", guessed=True, location=default.location
        )
    kind = found["type"].value if "type" in found else None
    if _is_path(kind):
        found = _path_settled(found, value)
    choices = found["allowed_values"].value if "allowed_values" in found else ()
    strings = isinstance(choices, tuple) and all(isinstance(c, str) for c in choices)
    if kind == Scalar("string") and choices and strings and isinstance(choices, tuple):
        symbols = tuple(dict.fromkeys(map(str, choices)))
        found["type"] = _like(found["allowed_values"], EnumType(symbols))
        del found["allowed_values"]
    return found


def naming_results(merged: Layer, *, read: frozenset[str]) -> dict[str, Fields]:
    """The inputs; a ``Path`` that names a result, and none of whose files is ``read``, is a text.

    ``Path("mask.tif")`` says that it is a path, and not that it lies there already.
    """
    results = {f["named_by"].value for f in merged.outputs.values() if "named_by" in f}
    found: dict[str, Fields] = {}
    for name, fields in merged.inputs.items():
        kind = fields.get("type")
        said = kind is not None and kind.source in _OF_PATHS and _is_path(kind.value)
        if kind is not None and said and name in results and name not in read:
            text = Claim(
                value=Scalar("string"), source=kind.source, guessed=True, location=kind.location
            )
            found[name] = {**fields, "type": text}
        else:
            found[name] = fields
    return found


def _path_settled(fields: Fields, value: Value) -> dict[str, Claim]:
    found = dict(fields)
    default = found.pop("default", None)
    found.pop("semantics", None)
    if default is None:
        return found
    paths = value if isinstance(value, tuple) else (value,)
    if value is None:
        found.setdefault("optional", _like(default, value=True))
    elif value and all(isinstance(path, str) and path for path in paths):
        found.setdefault("example", _like(default, "\n".join(map(str, paths))))
        media = media_type_of(str(paths[0]))
        if media and found["type"].value != Scalar("Directory"):
            found.setdefault("media_types", Claim(value=(media,), source="file name", guessed=True))
    return found


def _is_path(kind: object) -> bool:
    while isinstance(kind, ArrayType):
        kind = kind.items
    return kind in (Scalar("File"), Scalar("Directory"))


def _like(claim: Claim, value: object) -> Claim:
    return Claim(value=value, source=claim.source, guessed=claim.guessed, location=claim.location)


def leaves_out(layer: Layer, inputs: frozenset[str], outputs: frozenset[str]) -> Layer:
    """``layer`` without what the manifest ignores."""
    return Layer(
        application=layer.application,
        inputs={name: f for name, f in layer.inputs.items() if name not in inputs},
        outputs={name: f for name, f in layer.outputs.items() if name not in outputs},
    )
