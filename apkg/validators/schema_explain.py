"""Says what is wrong with data that does not follow a schema: one problem per place.

A plain walk over the schema reports every branch of every ``anyOf``. Here the branch is chosen
that the author meant, by the kind of the value and by what its ``class`` or ``type`` says.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from apkg.files.read_places import JsonPath
from apkg.names import did_you_mean, printable
from apkg.validators.schema_compile import CompiledSchema, Node, chooser, kind

What: TypeAlias = Literal["unknown-field", "missing-field", "type", "value"]
_PLAIN = {
    "null": "nothing (null)",
    "string": "text",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "array": "a list",
    "object": "a mapping",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong at ``path``; ``key`` when it is the key that is wrong there."""

    path: JsonPath
    what: What
    message: str
    advice: str | None = None
    subject: str | None = None
    key: bool = False


@dataclass(frozen=True, slots=True)
class Explainer:
    """Explains values against one compiled schema."""

    compiled: CompiledSchema
    _kinds: dict[int, frozenset[str] | None] = field(default_factory=dict)

    def explain(self, value: object) -> list[Problem]:
        """All problems of ``value``; empty when it follows the schema."""
        return self._explain(self.compiled.schema, value, (), "the document")

    def _explain(self, node: Node, value: object, path: JsonPath, owner: str) -> list[Problem]:
        if self.compiled.check(node)(value):
            return []
        if isinstance(node, bool):
            return [_problem(path, "value", f"nothing may stand here in {owner}", value)]
        kinds = self._own_kinds(node)
        if kinds is not None and not _fits(value, kinds):
            return [_type_problem(path, value, kinds)]
        problems: list[Problem] = []
        if "$ref" in node:
            target = self.compiled.resolve(node["$ref"])
            name = target.get("title", node["$ref"].rsplit("/", 1)[-1])
            problems += self._explain(target, value, path, name)
        problems += self._members(node, value, path, owner)
        for key in ("allOf", "anyOf", "oneOf"):
            if key in node:
                problems += self._combined(key, node[key], value, path, owner)
        if "if" in node:
            branch = "then" if self.compiled.check(node["if"])(value) else "else"
            problems += self._explain(node.get(branch, True), value, path, owner)
        return _once(problems) or [_value_problem(node, value, path)]

    def _members(
        self, node: dict[str, Any], value: object, path: JsonPath, owner: str
    ) -> list[Problem]:
        if isinstance(value, dict):
            return self._object(node, value, path, owner)
        if not isinstance(value, list) or "items" not in node:
            return []
        return [
            problem
            for index, item in enumerate(value)
            for problem in self._explain(node["items"], item, (*path, index), owner)
        ]

    def _combined(
        self, key: str, nodes: list[Node], value: object, path: JsonPath, owner: str
    ) -> list[Problem]:
        if key == "allOf":
            chosen = chooser(nodes)
            if chosen is not None and isinstance(value, dict):
                name = value.get(chosen[0])
                return self._explain(chosen[1].get(str(name), True), value, path, str(name))
            return [p for node in nodes for p in self._explain(node, value, path, owner)]
        return self._any_of(nodes, value, path, owner)

    def _any_of(
        self, nodes: list[Node], value: object, path: JsonPath, owner: str
    ) -> list[Problem]:
        fitting = [node for node in nodes if _fits(value, self._kinds_of(node))]
        if not fitting:
            kinds = [self._kinds_of(node) or frozenset() for node in nodes]
            return [_type_problem(path, value, frozenset[str]().union(*kinds))]
        if isinstance(value, dict):
            fitting = self._same_shape(fitting, value) or fitting
        if not isinstance(value, dict | list) and len(fitting) > 1:
            return [_value_problem({"anyOf": [self._open(node) for node in fitting]}, value, path)]
        return min(
            (self._explain(node, value, path, owner) for node in fitting),
            key=lambda problems: (_depth_penalty(problems, path), len(problems)),
        )

    def _same_shape(self, nodes: list[Node], value: dict[str, object]) -> list[Node]:
        """The branches whose constant fields (``class``, ``type``) agree with ``value``."""
        agreeing = []
        for node in nodes:
            properties = self._open(node).get("properties", {})
            constants = {k: p for k, p in properties.items() if "const" in p or "enum" in p}
            said = [self.compiled.check(p)(value[k]) for k, p in constants.items() if k in value]
            if said and all(said):
                agreeing.append(node)
        return agreeing

    def _object(
        self, node: dict[str, Any], value: dict[str, object], path: JsonPath, owner: str
    ) -> list[Problem]:
        properties: dict[str, Node] = node.get("properties", {})
        problems: list[Problem] = []
        misspelt: set[str] = set()
        missing = [key for key in node.get("required", ()) if key not in value]
        for key, member in value.items():
            if key in properties:
                problems += self._explain(properties[key], member, (*path, key), owner)
                continue
            children = self._pattern_nodes(node, key)
            other = node.get("additionalProperties", True)
            if not children and other is False:
                problem, meant = _unknown(key, [*path, key], properties, missing, owner)
                problems.append(problem)
                misspelt.add(meant)
                continue
            for child in children or [other]:
                problems += self._explain(child, member, (*path, key), owner)
        problems += [
            _missing(key, path, properties.get(key, {}), owner)
            for key in missing
            if key not in misspelt
        ]
        return problems

    @staticmethod
    def _pattern_nodes(node: dict[str, Any], key: str) -> list[Node]:
        import re

        patterns = node.get("patternProperties", {})
        return [child for pattern, child in patterns.items() if re.search(pattern, key)]

    def _open(self, node: Node) -> dict[str, Any]:
        """``node`` with its reference followed."""
        if isinstance(node, bool):
            return {}
        while "$ref" in node:
            node = self.compiled.resolve(node["$ref"])
        return node

    def _own_kinds(self, node: dict[str, Any]) -> frozenset[str] | None:
        names = node.get("type")
        if names is None:
            return None
        return frozenset([names] if isinstance(names, str) else names)

    def _kinds_of(self, node: Node) -> frozenset[str] | None:
        """The JSON types that ``node`` may accept, or None for all."""
        opened = self._open(node)
        own = self._own_kinds(opened)
        if own is not None:
            return own
        if "const" in opened:
            return frozenset([kind(opened["const"])])
        if "enum" in opened:
            return frozenset(kind(value) for value in opened["enum"])
        for key in ("anyOf", "oneOf"):
            if key in opened:
                parts = [self._kinds_of(child) for child in opened[key]]
                return None if None in parts else frozenset().union(*(p for p in parts if p))
        return None


def _depth_penalty(problems: list[Problem], path: JsonPath) -> int:
    # A branch that fails at the very top was hardly the one that was meant.
    return sum(len(p.path) <= len(path) and p.what in ("type", "missing-field") for p in problems)


def _fits(value: object, kinds: frozenset[str] | None) -> bool:
    if kinds is None:
        return True
    name = kind(value)
    return name in kinds or (name == "integer" and "number" in kinds)


def _once(problems: list[Problem]) -> list[Problem]:
    return list(dict.fromkeys(problems))


def show(value: object) -> str:
    """``value`` as it may stand in a message: short, one line, no escapes."""
    if isinstance(value, dict):
        return "a mapping" if value else "an empty mapping"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    text = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else f"'{value}'"
    text = printable(text.replace("\n", " "))
    return text if len(text) <= 60 else text[:57] + "…'"


def _subject(path: JsonPath) -> str | None:
    names = [part for part in path if isinstance(part, str)]
    return names[-1] if names else None


def _problem(path: JsonPath, what: What, message: str, _value: object) -> Problem:
    return Problem(path=path, what=what, message=message, subject=_subject(path))


def _type_problem(path: JsonPath, value: object, kinds: frozenset[str]) -> Problem:
    names = [text for name, text in _PLAIN.items() if name in kinds and name != "null"]
    if "number" in kinds and "integer" in kinds:
        names.remove(_PLAIN["integer"])
    wanted = " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    got = "nothing (null)" if value is None else show(value)
    where = f"'{path[-1]}'" if path and isinstance(path[-1], str) else "this"
    advice = f"Write {wanted}." if wanted else "Remove it."
    if isinstance(value, int | float) and "string" in kinds:
        advice = "Put it in quotes."
    elif value is None and "array" in kinds:
        advice = "Write '[]' if there are none."
    return Problem(
        path=path,
        what="type",
        message=f"{where} must be {wanted or 'left out'}, and is {got}",
        advice=advice,
        subject=_subject(path),
    )


def _unknown(
    key: str, path: list[str | int], properties: dict[str, Node], missing: list[str], owner: str
) -> tuple[Problem, str]:
    unused = [name for name in properties if name != "class"]
    meant = did_you_mean(key, missing) or did_you_mean(key, unused)
    advice: str | None = None
    if meant:
        advice = f"Did you mean '{meant}'?"
    else:
        known = ", ".join(name for name in unused if not name.startswith("$"))
        advice = f"Known here: {known}." if len(known) < 300 else None
    return Problem(
        path=tuple(path),
        what="unknown-field",
        message=f"'{printable(key)}' is not a field of {owner}",
        advice=advice,
        subject=printable(key),
        key=True,
    ), meant or ""


def _missing(key: str, path: JsonPath, node: Node, owner: str) -> Problem:
    words = node.get("description") if isinstance(node, dict) else None
    return Problem(
        path=path,
        what="missing-field",
        message=f"'{key}' is missing in {owner}",
        advice=f"Add '{key}': {words}" if words else f"Add '{key}'.",
        subject=key,
    )


def _value_problem(node: dict[str, Any], value: object, path: JsonPath) -> Problem:
    allowed = [item for item in _allowed(node) if isinstance(item, str)]
    where = f"'{path[-1]}'" if path and isinstance(path[-1], str) else "this"
    advice = None
    if allowed and isinstance(value, str):
        meant = did_you_mean(value, allowed)
        advice = f"Did you mean '{meant}'?" if meant else None
    if advice is None and allowed:
        advice = f"Allowed: {', '.join(allowed[:12])}{' …' if len(allowed) > 12 else ''}."
    words = node.get("description")
    if advice is None and isinstance(words, str):
        advice = words
    return Problem(
        path=path,
        what="value",
        message=f"{where} cannot be {show(value)}",
        advice=advice or _limits(node),
        subject=_subject(path),
    )


def _allowed(node: dict[str, Any]) -> list[object]:
    if "const" in node:
        return [node["const"]]
    if "enum" in node:
        return list(node["enum"])
    return [item for child in node.get("anyOf", ()) for item in _allowed(child)]


def _limits(node: dict[str, Any]) -> str | None:
    said = {
        "minimum": "at least {}",
        "maximum": "at most {}",
        "exclusiveMinimum": "more than {}",
        "minItems": "at least {} items",
        "minLength": "at least {} characters",
        "pattern": "like the pattern {}",
        "minProperties": "at least {} fields",
    }
    parts = [words.format(node[key]) for key, words in said.items() if key in node]
    if node.get("uniqueItems"):
        parts.append("no value twice")
    branches = [child for child in node.get("anyOf", ()) if isinstance(child, dict)]
    if any(child.get("pattern") == r"\$[({]" for child in branches):
        parts.append("an expression such as $(inputs.name)")
    return f"Allowed: {', '.join(parts)}." if parts else None
