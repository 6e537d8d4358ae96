"""Decides whether plain data follows one of our JSON schemas: a schema made into closures.

jsonschema needs 70 ms to be imported and 13 ms for a package of 7 KB; an editor asks on every
keystroke. Here the keywords that our schemas use, and no others, become nested functions. The
tests hold both against each other on every document and mutant that they have.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, TypeAlias

from apkg.errors import SchemaError
from apkg.schemas import load_schema

Node: TypeAlias = "dict[str, Any] | bool"
Check: TypeAlias = Callable[[Any], bool]

#: Keywords that say something to people, not to a validator.
_WORDS = frozenset(
    [
        "$schema",
        "$id",
        "$defs",
        "$comment",
        "title",
        "description",
        "examples",
        "default",
        "format",
        "deprecated",
    ]
)
_OBJECT = frozenset(["properties", "patternProperties", "additionalProperties", "required"])


def kind(value: object) -> str:
    """The JSON type of ``value``; an integer is called so, not a number."""
    if value is None:
        return "null"
    return _KINDS.get(type(value), "object")


_KINDS = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    list: "array",
    dict: "object",
}


class CompiledSchema:
    """One schema, compiled piece by piece as documents need it."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self.schema = schema
        self._refs: dict[str, Check] = {}
        self._nodes: dict[int, Check] = {}

    def valid(self, value: object) -> bool:
        """Whether ``value`` follows the whole schema."""
        return self.check(self.schema)(value)

    def resolve(self, ref: str) -> dict[str, Any]:
        """The definition that a ``$ref`` into ``$defs`` names."""
        target = self.schema.get("$defs", {}).get(ref.removeprefix("#/$defs/"))
        if not isinstance(target, dict):
            raise SchemaError(f"the schema {self.schema.get('$id')} has no {ref}")
        return target

    def check(self, node: Node) -> Check:
        """The function that decides ``node``, which must be a part of this schema."""
        found = self._nodes.get(id(node))
        if found is None:
            found = self._nodes[id(node)] = self._compile(node)
        return found

    def _compile(self, node: Node) -> Check:
        if isinstance(node, bool):
            return lambda _value: node
        checks = [
            self._keyword(key, node)
            for key in node
            if key not in _WORDS and key not in _OBJECT and key not in ("then", "else")
        ]
        if not _OBJECT.isdisjoint(node):
            checks.append(self._object(node))
        if len(checks) == 1:
            return checks[0]
        if len(checks) == 2:
            first, second = checks
            return lambda value: first(value) and second(value)
        return lambda value: all(check(value) for check in checks)

    def _keyword(self, key: str, node: dict[str, Any]) -> Check:
        make = getattr(self, f"_make_{key.removeprefix('$')}", None)
        if make is None:
            raise SchemaError(f"our schemas do not use the keyword {key}")
        check: Check = make(node[key], node)
        return check

    def _make_ref(self, ref: str, _node: dict[str, Any]) -> Check:
        refs = self._refs

        def follow(value: Any) -> bool:
            check = refs.get(ref)
            if check is None:
                check = refs[ref] = self.check(self.resolve(ref))
            return check(value)

        return follow

    def _make_type(self, names: str | list[str], _node: dict[str, Any]) -> Check:
        allowed = frozenset([names] if isinstance(names, str) else names)
        classes = frozenset(
            cls
            for cls, name in _KINDS.items()
            if name in allowed or (cls is int and "number" in allowed)
        )
        null, whole = "null" in allowed, "integer" in allowed and "number" not in allowed

        def check(value: Any) -> bool:
            cls = type(value)
            return (
                cls in classes
                or (null and value is None)
                or (whole and cls is float and value.is_integer())
            )

        return check

    def _make_const(self, wanted: object, _node: dict[str, Any]) -> Check:
        cls = type(wanted)
        return lambda value: type(value) is cls and value == wanted

    def _make_enum(self, values: list[Any], _node: dict[str, Any]) -> Check:
        wanted = frozenset((type(value), value) for value in values)
        return lambda value: not isinstance(value, list | dict) and (type(value), value) in wanted

    def _make_pattern(self, pattern: str, _node: dict[str, Any]) -> Check:
        search = re.compile(pattern).search
        return lambda value: not isinstance(value, str) or search(value) is not None

    def _make_minLength(self, least: int, _node: dict[str, Any]) -> Check:  # noqa: N802
        return lambda value: not isinstance(value, str) or len(value) >= least

    def _make_maxLength(self, most: int, _node: dict[str, Any]) -> Check:  # noqa: N802
        return lambda value: not isinstance(value, str) or len(value) <= most

    def _make_minimum(self, least: float, _node: dict[str, Any]) -> Check:
        return lambda value: not _is_number(value) or value >= least

    def _make_maximum(self, most: float, _node: dict[str, Any]) -> Check:
        return lambda value: not _is_number(value) or value <= most

    def _make_exclusiveMinimum(self, least: float, _node: dict[str, Any]) -> Check:  # noqa: N802
        return lambda value: not _is_number(value) or value > least

    def _make_minItems(self, least: int, _node: dict[str, Any]) -> Check:  # noqa: N802
        return lambda value: not isinstance(value, list) or len(value) >= least

    def _make_maxItems(self, most: int, _node: dict[str, Any]) -> Check:  # noqa: N802
        return lambda value: not isinstance(value, list) or len(value) <= most

    def _make_minProperties(self, least: int, _node: dict[str, Any]) -> Check:  # noqa: N802
        return lambda value: not isinstance(value, dict) or len(value) >= least

    def _make_uniqueItems(self, wanted: bool, _node: dict[str, Any]) -> Check:  # noqa: N802, FBT001
        return lambda value: (
            not wanted
            or not isinstance(value, list)
            or len({repr((type(item), item)) for item in value}) == len(value)
        )

    def _make_items(self, node: Node, _node: dict[str, Any]) -> Check:
        check = self.check(node)
        return lambda value: not isinstance(value, list) or all(map(check, value))

    def _make_propertyNames(self, node: Node, _node: dict[str, Any]) -> Check:  # noqa: N802
        check = self.check(node)
        return lambda value: not isinstance(value, dict) or all(map(check, value))

    def _make_not(self, node: Node, _node: dict[str, Any]) -> Check:
        check = self.check(node)
        return lambda value: not check(value)

    def _make_anyOf(self, nodes: list[Node], _node: dict[str, Any]) -> Check:  # noqa: N802
        checks = [self.check(node) for node in nodes]
        return lambda value: any(check(value) for check in checks)

    def _make_oneOf(self, nodes: list[Node], _node: dict[str, Any]) -> Check:  # noqa: N802
        checks = [self.check(node) for node in nodes]
        return lambda value: sum(check(value) for check in checks) == 1

    def _make_allOf(self, nodes: list[Node], _node: dict[str, Any]) -> Check:  # noqa: N802
        chosen = chooser(nodes)
        if chosen is not None:
            key, targets = chosen
            table = {value: self.check(node) for value, node in targets.items()}

            def choose(value: Any) -> bool:
                if type(value) is not dict:
                    return True
                name = value.get(key)
                check = table.get(name) if isinstance(name, str) else None
                return check is None or check(value)

            return choose
        checks = [self.check(node) for node in nodes]
        return lambda value: all(check(value) for check in checks)

    def _make_if(self, node: Node, parent: dict[str, Any]) -> Check:
        condition = self.check(node)
        then, otherwise = self.check(parent.get("then", True)), self.check(parent.get("else", True))
        return lambda value: then(value) if condition(value) else otherwise(value)

    def _object(self, node: dict[str, Any]) -> Check:
        known = {key: self.check(child) for key, child in node.get("properties", {}).items()}
        patterns = [
            (re.compile(pattern).search, self.check(child))
            for pattern, child in node.get("patternProperties", {}).items()
        ]
        other = self.check(node.get("additionalProperties", True))
        required = tuple(node.get("required", ()))

        def member(key: str, value: object) -> bool:
            named = known.get(key)
            if named is not None and not named(value):
                return False
            fitting = [check for search, check in patterns if search(key)]
            if named is None and not fitting:
                return other(value)
            return all(check(value) for check in fitting)

        def check(value: Any) -> bool:
            if type(value) is not dict:
                return True
            return all(key in value for key in required) and all(
                member(key, item) for key, item in value.items()
            )

        return check


def chooser(nodes: list[Node]) -> tuple[str, dict[str, Node]] | None:
    """``allOf`` as a table, where it is a list of ``if KEY is VALUE then ...`` on one key."""
    table: dict[str, Node] = {}
    keys = set()
    for node in nodes:
        if not isinstance(node, dict) or set(node) != {"if", "then"}:
            return None
        properties = node["if"].get("properties", {})
        if len(properties) != 1 or set(node["if"]) != {"properties", "required"}:
            return None
        ((key, condition),) = properties.items()
        if set(condition) != {"const"} or not isinstance(condition["const"], str):
            return None
        keys.add(key)
        table[condition["const"]] = node["then"]
    return (keys.pop(), table) if len(keys) == 1 else None


@cache
def compiled(name: str) -> CompiledSchema:
    """The schema ``name`` of ``schemas/``, compiled once per process."""
    return CompiledSchema(load_schema(name))


def _is_number(value: object) -> bool:
    return type(value) is int or type(value) is float
