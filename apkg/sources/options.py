"""``--set key=value``: the manifest's vocabulary on the command line.

The pairs become data of a manifest's shape, which the manifest's own reader reads, so that the
two never differ in what they understand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from apkg.errors import SourceError, UsageError
from apkg.model import EnumType, Scalar
from apkg.names import did_you_mean, printable
from apkg.sources.claims import Claim, Layer
from apkg.sources.manifest.reading import ManifestReading, reading_of
from apkg.sources.manifest.said import said_in
from apkg.sources.manifest.vocabulary import (
    APPLICATION,
    INPUT,
    OUTPUT,
    RANGE,
    RESOURCES,
    Kind,
)
from apkg.sources.problems import stop
from apkg.sources.typenames import parse_type

_SOURCE = "--set"
_EXAMPLE = "For instance: --set title='Water mask' --set inputs.threshold.type=double"
_SINGULAR = {"author": "authors", "keyword": "keywords", "catalogue": "catalogues"}
_GROUPS: Mapping[str, Mapping[str, Kind]] = {"inputs": INPUT, "outputs": OUTPUT}
_WHOLE: frozenset[Kind] = frozenset(["inputs", "outputs", "resources", "range"])
_BRACKETS = ("[", "{", '"', "'")
_TEXT_TYPES = (Scalar("string"), Scalar("File"), Scalar("Directory"))
_WORDS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def options_layer(pairs: Sequence[str], *, image: str | None) -> Layer:
    """Return the claims of all ``--set`` options, and of ``--image``.

    Raises:
        UsageError: a key is unknown, or a value is not what its key takes.

    """
    return read_options(pairs, image=image).layer


def read_options(pairs: Sequence[str], *, image: str | None, stac: bool = False) -> ManifestReading:
    """Like :func:`options_layer`, with the inputs and outputs that ``….ignore=true`` leaves out."""
    data: dict[str, Any] = {}
    # Types first: whether a default of 2020 is text or a number is for the type to say.
    for pair in sorted(pairs, key=lambda pair: not pair.partition("=")[0].endswith(".type")):
        _add(data, pair)
    said = said_in(data, where=lambda _path, _key: None, source=_SOURCE)
    stop(said.problems, UsageError)
    reading = reading_of([said])
    if image is None and not stac:
        return reading
    claims = dict(reading.layer.application)
    if image is not None:
        claims["image"] = Claim(value=image, source="--image")
    if stac:
        claims["stac"] = Claim(value=True, source="--stac")
    return ManifestReading(
        layer=Layer(application=claims, inputs=reading.layer.inputs, outputs=reading.layer.outputs),
        ignored_inputs=reading.ignored_inputs,
        ignored_outputs=reading.ignored_outputs,
        declared=reading.declared,
    )


def _add(data: dict[str, Any], pair: str) -> None:
    key, equals, text = pair.partition("=")
    if not equals or not key.strip():
        message = f"--set needs a key and a value: {printable(pair)!r}"
        raise UsageError(message, hint=_EXAMPLE)
    path, kind = _resolve(key.strip())
    target = data
    for part in path[:-1]:
        target = target.setdefault(part, {})
    is_text = kind == "value" and _takes_text(target.get("type"))
    value = text if is_text and text[:1] not in _BRACKETS else _value(kind, text, key)
    if kind in {"people", "catalogues"} or (kind == "texts" and key.strip() in _SINGULAR):
        target.setdefault(path[-1], []).extend(value)
    elif kind == "annotations":
        target.setdefault(path[-1], {}).update(value)
    else:
        target[path[-1]] = value


def _takes_text(word: object) -> bool:
    known = parse_type(word) if isinstance(word, str) else None
    return known is not None and (known.type in _TEXT_TYPES or isinstance(known.type, EnumType))


def _resolve(key: str) -> tuple[list[str], Kind]:
    """Return the path of ``key`` in a manifest, and what kind of value stands there."""
    parts = key.split(".")
    if parts[0] in _GROUPS and len(parts) > 2:
        return _resolve_parameter(key, parts)
    if len(parts) == 2 and parts[0] == "resources" and parts[1] in RESOURCES:
        return parts, RESOURCES[parts[1]]
    if key in RESOURCES:
        return ["resources", key], RESOURCES[key]
    name = _SINGULAR.get(key, key)
    kind = APPLICATION.get(name)
    if kind is None or kind in _WHOLE:
        known = [name for name, kind in APPLICATION.items() if kind not in _WHOLE]
        raise _unknown(
            key, [*known, *_SINGULAR, *RESOURCES, *(f"resources.{r}" for r in RESOURCES)]
        )
    return [name], kind


def _resolve_parameter(key: str, parts: list[str]) -> tuple[list[str], Kind]:
    group, known = parts[0], _GROUPS[parts[0]]
    if group == "inputs" and parts[-2] == "range" and len(parts) > 3 and parts[-1] in RANGE:
        return [group, ".".join(parts[1:-2]), "range", parts[-1]], RANGE[parts[-1]]
    name = ".".join(parts[1:-1])
    kind = known.get(parts[-1])
    if kind is None or kind in _WHOLE:
        fields = [field for field, kind in known.items() if kind not in _WHOLE]
        fields += [f"range.{bound}" for bound in RANGE] if group == "inputs" else []
        raise _unknown(key, [f"{group}.{name}.{field}" for field in fields])
    return [group, name, parts[-1]], kind


def _unknown(key: str, known: Sequence[str]) -> UsageError:
    meant = did_you_mean(key, known)
    hint = f"Did you mean {meant}?" if meant else f"Known: {', '.join(known)}."
    group = key.partition(".")[0]
    if group in _GROUPS and key.count(".") < 2:
        hint = f"Write {group}.ID.FIELD=VALUE. {_EXAMPLE}"
    return UsageError(f"--set knows no {printable(key)!r}", hint=printable(hint))


def _value(kind: Kind, text: str, key: str) -> object:
    """``text`` as data of a manifest; what is not right stays text, for the reader to refuse."""
    readers: dict[Kind, Callable[[str], object]] = {
        "flag": lambda word: _WORDS.get(word.strip().lower(), word),
        "number": _number,
        "amount": _number,
        "count": _number,
        "texts": lambda parts: _texts(parts, key),
        "media-types": lambda parts: _texts(parts, key),
        "people": lambda person: [person],
        "catalogues": lambda href: [{"href": href}],
        "value": lambda value: _yaml(value, key),
        "values": lambda values: _values(values, key),
        "annotations": lambda pair: {pair.partition("=")[0]: pair.partition("=")[2]},
    }
    return readers[kind](text) if kind in readers else text


def _number(text: str) -> object:
    for convert in (int, float):
        try:
            return convert(text)
        except ValueError:
            continue
    return text


def _texts(text: str, key: str) -> object:
    """A list of texts: in brackets, as a manifest has it, or with commas between them."""
    return _yaml(text, key) if text.lstrip().startswith("[") else _parts(text)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _values(text: str, key: str) -> object:
    return _yaml(text if text.lstrip().startswith("[") else f"[{text}]", key)


def _yaml(text: str, key: str) -> object:
    """``text`` as YAML reads it where it is a plain word, quoted, or a list in brackets.

    Everything else is text, though ``a: b`` or ``#ff0000`` have a meaning of their own in YAML.
    """
    from apkg.files.documents import parse_document
    from apkg.files.read_yaml import plain_scalar

    if text.lstrip()[:1] not in _BRACKETS:
        return plain_scalar(text.strip()) if text.strip() else text
    try:
        return parse_document(text, name=f"--set {key}").value
    except SourceError:
        message = f"the value of --set {printable(key)} is not YAML: {printable(text)}"
        raise UsageError(message, hint="Quotes and brackets come in pairs.") from None
