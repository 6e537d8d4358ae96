"""Good CWL documents with one thing broken each: what a validator must find, and where."""

import copy
import json

from apkg.schemas import load_schema

#: Mappings whose keys are names that people choose.
NAMED = {"inputs", "outputs", "steps", "in", "fields", "envDef", "packages", "$namespaces", "types"}
#: What stands below is data or words, not CWL.
OPAQUE = {"default", "doc", "label", "$namespaces", "$schemas", "intent"}
REQUIRED = {
    "CommandLineTool": ("inputs", "outputs", "class"),
    "ExpressionTool": ("inputs", "outputs", "class", "expression"),
    "Workflow": ("inputs", "outputs", "class", "steps"),
    "Operation": ("inputs", "outputs", "class"),
}


def fields(version):
    """All names of fields that a CWL version knows."""
    definitions = load_schema(f"cwl-{version}")["$defs"].values()
    return {key for node in definitions for key in node.get("properties", {})}


def walk(value, path=()):
    """Every mapping of a document, with its path."""
    if isinstance(value, dict):
        yield path, value
        for key, item in value.items():
            if key not in OPAQUE and ":" not in key:
                yield from walk(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from walk(item, (*path, index))


def is_named(path, value):
    """Whether the keys of this mapping are chosen by people."""
    if not path:
        return False
    if path[-1] in ("requirements", "hints") and "class" not in value:
        return True
    return path[-1] in NAMED and "$import" not in value and not isinstance(value, list)


def mutants(value):
    """(what was done, mutated value, paths where the finding may stand)."""
    known = fields(value["cwlVersion"])
    for path, node in walk(value):
        yield from _removed(value, path, node)
        if not is_named(path, node):
            yield from _misspelt(value, path, node, known)
        yield from _types(value, path, node)
        yield from _links(value, path, node)


def _removed(value, path, node):
    names = list(REQUIRED.get(node.get("class"), ()))
    if not path:
        names.append("cwlVersion")
    if {"in", "run", "out"} <= set(node):
        names += ["in", "run", "out"]
    if node.get("type") == "array":
        names.append("items")
    if node.get("type") == "enum":
        names.append("symbols")
    for name in names:
        if name in node:
            yield f"without {name}", _edited(value, path, lambda n, name=name: n.pop(name)), [path]


def _misspelt(value, path, node, known):
    for key in node:
        if key not in known or key in ("$import", "$include", "$mixin", "schemas", "$base"):
            continue
        wrong = key[:-2] + key[-1] + key[-2] if key[-1] != key[-2:-1] else key + "x"

        def rename(target, key=key, wrong=wrong):
            pairs = [(wrong if k == key else k, v) for k, v in target.items()]
            target.clear()
            target.update(pairs)

        yield f"{key} as {wrong}", _edited(value, path, rename), [(*path, wrong), path]


def _types(value, path, node):
    parent = path[-1] if path else None
    if parent in ("inputs", "outputs"):
        for key, item in node.items():
            if isinstance(item, str) and not key.startswith("$"):
                yield from _broken(value, path, key)
    if len(path) > 1 and path[-2] in ("inputs", "outputs") and isinstance(node.get("type"), str):
        yield from _broken(value, path, "type")


def _links(value, path, node):
    for key in ("source", "outputSource"):
        if isinstance(node.get(key), str):
            yield from _broken(value, path, key)
    if path and path[-1] == "in":
        for key, item in node.items():
            if isinstance(item, str) and key not in ("default", "source", "id", "valueFrom"):
                yield from _broken(value, path, key)
    if isinstance(node.get("run"), str):
        yield from _broken(value, path, "run")


def _broken(value, path, key):
    old = _at(value, path)[key]
    new = "#nowhere_at_all" if old.startswith("#") else "nowhere_at_all"
    edited = _edited(value, path, lambda n: n.__setitem__(key, new))
    yield f"{key}: {old} as {new}", edited, [(*path, key)]


def _at(value, path):
    for name in path:
        value = value[name]
    return value


def _edited(value, path, edit):
    copied = json.loads(json.dumps(value))
    edit(_at(copied, path))
    return copied


def plain(value):
    """A deep copy without shared parts, as JSON can hold it."""
    return json.loads(json.dumps(copy.deepcopy(value)))
