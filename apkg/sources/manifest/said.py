"""From the data of a manifest (or of options, or of ``metadata.apkg``) to claims."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from apkg.model import Default, Discovery
from apkg.sources.claims import Claim, Layer
from apkg.sources.manifest.values import JsonPath, Values, Where
from apkg.sources.manifest.vocabulary import (
    APPLICATION,
    CLAIMS,
    DISCOVERY,
    INPUT,
    OUTPUT,
    RESOURCES,
    Kind,
)
from apkg.sources.problems import Problem
from apkg.sources.typenames import TypeWord


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one mapping of the vocabulary says: claims, and what is to be left out."""

    layer: Layer = field(default_factory=Layer)
    ignored_inputs: frozenset[str] = frozenset()
    ignored_outputs: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


def said_in(
    data: object, *, path: JsonPath = (), where: Where, source: str | Callable[[JsonPath], str]
) -> Said:
    """Return the claims of ``data``, a mapping of the words of :data:`.vocabulary.APPLICATION`.

    ``path`` is where ``data`` stands in its document, ``source`` what claims call their voice.
    """
    reader = _Reader(where, source)
    return reader.read(data, path)


class _Reader:
    __slots__ = ("_source", "_values")

    def __init__(self, where: Where, source: str | Callable[[JsonPath], str]) -> None:
        self._values = Values(where)
        self._source = source

    def read(self, data: object, path: JsonPath) -> Said:
        members = self._values.mapping(data, path, APPLICATION)
        inputs, ignored_inputs = self._parameters(members.pop("inputs", None), path, "inputs")
        outputs, ignored_outputs = self._parameters(members.pop("outputs", None), path, "outputs")
        resources = (*path, "resources")
        needs = self._values.mapping(members.pop("resources", None), resources, RESOURCES)
        application = self._fields(members, path, APPLICATION)
        application.update(self._fields(needs, resources, RESOURCES))
        return Said(
            layer=Layer(application=application, inputs=inputs, outputs=outputs),
            ignored_inputs=ignored_inputs,
            ignored_outputs=ignored_outputs,
            problems=tuple(self._values.problems),
        )

    def _parameters(
        self, data: object, path: JsonPath, group: str
    ) -> tuple[dict[str, dict[str, Claim]], frozenset[str]]:
        kept: dict[str, dict[str, Claim]] = {}
        ignored: set[str] = set()
        known = INPUT if group == "inputs" else OUTPUT
        for name, described in self._values.mapping(data, (*path, group), None).items():
            place = (*path, group, name)
            members = self._values.mapping(described, place, known)
            ignore = members.pop("ignore", False)
            claims = self._parameter(members, place, known)
            if self._values.flag(ignore, (*place, "ignore")):
                ignored.add(name)
            else:
                kept[name] = claims
        return kept, frozenset(ignored)

    def _parameter(
        self, members: dict[str, object], path: JsonPath, known: Mapping[str, Kind]
    ) -> dict[str, Claim]:
        if "mediaType" in members and "mediaTypes" in members:
            self._values.blame((*path, "mediaType"), "give mediaType or mediaTypes, not both")
        discovery = {key: members.pop(key) for key in DISCOVERY if key in members}
        claims = self._fields(members, path, known)
        self._complete_type(claims, path, is_input=known is INPUT)
        if "glob" in claims:
            claims.setdefault("named_by", self._claim(None, (*path, "glob")))
        if discovery:
            said = self._plain(discovery, path, known)
            found = {DISCOVERY[key]: value for key, value in said.items()}
            claims["discovery"] = self._claim(
                Discovery(**found),  # type: ignore[arg-type]
                (*path, next(iter(discovery))),
            )
        return claims

    def _complete_type(self, claims: dict[str, Claim], path: JsonPath, *, is_input: bool) -> None:
        """Spread what a type word says over ``type``, ``optional`` and ``semantics``."""
        if "default" in claims:
            default = Default(claims["default"].value)  # type: ignore[arg-type]
            claims["default"] = self._claim(default, (*path, "default"))
        word = claims["type"].value if "type" in claims else None
        if not isinstance(word, TypeWord):
            return
        place = (*path, "type")
        claims["type"] = self._claim(word.type, place)
        if is_input:
            claims["semantics"] = self._claim(word.semantics, place)
        if word.optional:
            optional = claims.setdefault("optional", self._claim(value=True, path=place))
            if not optional.value:
                self._values.blame(
                    (*path, "optional"), "the type ends in ?, which says optional: true"
                )

    def _fields(
        self, members: Mapping[str, object], path: JsonPath, known: Mapping[str, Kind]
    ) -> dict[str, Claim]:
        return {
            CLAIMS.get(key, key): self._claim(value, (*path, key))
            for key, value in self._plain(members, path, known).items()
        }

    def _plain(
        self, members: Mapping[str, object], path: JsonPath, known: Mapping[str, Kind]
    ) -> dict[str, object]:
        result: dict[str, object] = {}
        for key, given in members.items():
            before = len(self._values.problems)
            converted = self._values.convert(known[key], given, (*path, key))
            if len(self._values.problems) == before:
                result[key] = converted
        return result

    def _claim(self, value: object, path: JsonPath) -> Claim:
        source = self._source if isinstance(self._source, str) else self._source(path)
        return Claim(value=value, source=source, location=self._values.location(path))
