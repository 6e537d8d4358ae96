"""Merged claims made to agree: what a user says of one field settles what was guessed of others."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, replace

from apkg.media import media_type_of
from apkg.model import ArrayType, Binding, DataType, Default, EnumType, Scalar
from apkg.sources.claims import Claim, Fields, Layer
from apkg.sources.commandline.outputs import FALLBACK, NOBODY
from apkg.sources.fits import fits

_PATHS = (Scalar("File"), Scalar("Directory"))
_STRING = Scalar("string")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person said, apart from what was found: options and manifest, merged."""

    layer: Layer
    ignored_inputs: frozenset[str] = frozenset()
    ignored_outputs: frozenset[str] = frozenset()


def settled(merged: Layer, said: Said) -> Layer:
    """``merged``, in which guesses give way to what was said beside them."""
    named = _named_inputs(said.layer)
    inputs = {
        name: _input(fields, is_name=name in named)
        for name, fields in merged.inputs.items()
        if name not in said.ignored_inputs
    }
    outputs = _outputs(merged.outputs, inputs, said)
    return Layer(application=merged.application, inputs=inputs, outputs=outputs)


def _named_inputs(layer: Layer) -> frozenset[str]:
    """The inputs that a person says name an output: these are texts, whatever was guessed."""
    claims = (fields.get("named_by") for fields in layer.outputs.values())
    return frozenset(str(claim.value) for claim in claims if claim and claim.value is not None)


def _input(fields: Fields, *, is_name: bool) -> Fields:
    found = dict(fields)
    kind = found["type"]
    if is_name and kind.guessed and kind.value in _PATHS:
        found["type"] = kind = replace(kind, value=_STRING, guessed=False)
        found.pop("media_types", None)
    _settle_default(found, kind.value)
    plain = _element(kind.value)
    if "semantics" in found and found["semantics"].guessed and plain in _PATHS:
        del found["semantics"]
    if "range" in found and found["range"].guessed and plain in (*_PATHS, _STRING):
        del found["range"]
    _choices_to_enum(found, kind)
    return found


def repeated(fields: Fields, found: Fields) -> Fields:
    """``fields`` with the prefix before each item, where only a person made it a list."""
    kind, was, binding = fields["type"].value, found.get("type"), fields.get("binding")
    is_new = isinstance(kind, ArrayType) and was and not isinstance(was.value, ArrayType)
    if not is_new or binding is None or not isinstance(binding.value, Binding):
        return fields
    if binding.value.prefix is None or binding.value.item_separator is not None:
        return fields
    return {**fields, "binding": replace(binding, value=replace(binding.value, repeat=True))}


def _settle_default(found: dict[str, Claim], kind: object) -> None:
    default = found.get("default")
    if default is None or not isinstance(default.value, Default):
        return
    value = default.value.value
    if _element(kind) in _PATHS:
        # A path in the image, which engines cannot stage: the tool finds it by itself.
        del found["default"]
        found.setdefault("optional", replace(default, value=True))
        if isinstance(value, str) and not posixpath.isabs(value) and value:
            found.setdefault("example", replace(default, value=value))
            media = media_type_of(value)
            if media and kind == Scalar("File"):
                found.setdefault("media_types", replace(default, value=(media,), guessed=True))
        return
    if value is not None and isinstance(kind, DataType) and not fits(value, kind):
        text = isinstance(value, int | float) and not isinstance(value, bool) and kind == _STRING
        if text:
            found["default"] = replace(default, value=Default(str(value)))
        elif isinstance(kind, ArrayType) and fits(value, kind.items):
            found["default"] = replace(default, value=Default((value,)))


def _choices_to_enum(found: dict[str, Claim], kind: Claim) -> None:
    choices = found["allowed_values"].value if "allowed_values" in found else ()
    texts = isinstance(choices, tuple) and all(isinstance(choice, str) for choice in choices)
    if kind.value == _STRING and choices and texts and isinstance(choices, tuple):
        symbols = tuple(dict.fromkeys(map(str, choices)))
        found["type"] = replace(found.pop("allowed_values"), value=EnumType(symbols))


def _element(kind: object) -> object:
    while isinstance(kind, ArrayType):
        kind = kind.items
    return kind


def _outputs(
    outputs: Mapping[str, Fields], inputs: Mapping[str, Fields], said: Said
) -> dict[str, Fields]:
    stated = said.layer.outputs
    own = {name for name in stated if name not in said.ignored_outputs}
    by = {str(f["named_by"].value) for n, f in stated.items() if n in own and "named_by" in f}
    found: dict[str, Fields] = {}
    for name, fields in outputs.items():
        if name in said.ignored_outputs:
            continue
        if name in own:
            found[name] = _said_output(fields, stated[name])
        elif not _gives_way(fields, inputs, by, others=bool(own)):
            found[name] = fields
    if not found and not said.ignored_outputs:
        found[FALLBACK if FALLBACK not in inputs else "all_results"] = _folder()
    return found


def _gives_way(fields: Fields, inputs: Mapping[str, Fields], by: set[str], *, others: bool) -> bool:
    """Whether a guessed output is not there: its input is no name, or somebody knows better."""
    named = fields.get("named_by")
    if named is not None and named.value is not None:
        kind = inputs[str(named.value)]["type"].value if str(named.value) in inputs else None
        named_elsewhere = str(named.value) in by
        return named_elsewhere or not (kind == _STRING or isinstance(kind, EnumType))
    return others and fields["type"].guessed


def _said_output(fields: Fields, stated: Fields) -> Fields:
    """An output whose file a person names is no longer the whole folder, nor what is printed."""
    found = dict(fields)
    if not {"glob", "named_by"} & stated.keys():
        return found
    if "role" in found and "role" not in stated:
        del found["role"]
    if "named_by" in stated and stated["named_by"].value is not None:
        found.pop("glob", None)
    guessed = "type" in found and "type" not in stated
    if guessed:
        pattern = str(stated["glob"].value) if "glob" in stated else ""
        several = any(mark in pattern for mark in "*?[")
        kind = ArrayType(Scalar("File")) if several else Scalar("File")
        if pattern.endswith("/") or pattern == ".":
            kind = Scalar("Directory")
        found["type"] = replace(found["type"], value=kind, guessed=True)
    if "media_types" in found and "media_types" not in stated:
        del found["media_types"]
        media = media_type_of(str(stated["glob"].value)) if "glob" in stated else None
        if media:
            found["media_types"] = replace(found["type"], value=(media,), guessed=True)
    return found


def _folder() -> Fields:
    return {
        "type": Claim(value=Scalar("Directory"), source=NOBODY, guessed=True),
        "glob": Claim(value=".", source=NOBODY, guessed=True),
        "doc": Claim(value="Everything that the command writes", source=NOBODY, guessed=True),
    }
