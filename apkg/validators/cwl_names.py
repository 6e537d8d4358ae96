"""Rules on names: ids, types, prefixes, imports, versions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from apkg.files.read_places import JsonPath
from apkg.names import did_you_mean, printable
from apkg.validators.cwl_context import Context
from apkg.validators.cwl_model import Process, listed, short_id, texts
from apkg.validators.cwl_types import PRIMITIVES, split_name
from apkg.validators.schema_explain import show

#: What people write for CWL's own names, coming from other languages.
_FOREIGN = {
    "str": "string",
    "text": "string",
    "integer": "int",
    "number": "double",
    "bool": "boolean",
    "dir": "Directory",
    "path": "File",
    "datetime": "string",
    "date": "string",
    "list": "string[]",
    "folder": "Directory",
    "uri": "string",
    "url": "string",
}
_PREFIXED = re.compile(r"([A-Za-z_][\w.-]*):(?!//)")
#: Prefixes that CWL's own context defines.
_OWN_PREFIXES = frozenset(
    [
        "cwl",
        "sld",
        "dct",
        "rdf",
        "rdfs",
        "xsd",
        "owl",
        "http",
        "https",
        "file",
        "data",
        "ftp",
        "s3",
        "arcp",
        "urn",
        "keep",
        "mailto",
        "iana",
    ]
)


def check_ids(context: Context) -> None:
    """Ids that stand twice in a list (the schema's map form cannot hold two)."""
    value = context.document.value
    if isinstance(value, dict):
        _unique(context, value.get("$graph"), ("$graph",), "processes")
    for process in context.processes:
        for name in ("inputs", "outputs", "steps"):
            _unique(context, process.node.get(name), (*process.path, name), name)
        for step in process.steps:
            _unique(context, step.node.get("in"), (*step.path, "in"), "inputs of the step")
            _unique(context, step.node.get("out"), (*step.path, "out"), "outputs of the step")
        both = {port.id for port in process.inputs} & {step.id for step in process.steps}
        for name in sorted(both):
            step = next(s for s in process.steps if s.id == name)
            context.say(
                "duplicate-id",
                f"an input of the workflow and a step are both called '{printable(name)}'",
                step.path,
                key=True,
                severity="warning",
                advice="Give one of them another id; some tools confuse them.",
                subject=name,
            )


def _unique(context: Context, value: object, base: JsonPath, what: str) -> None:
    seen: set[str] = set()
    for index, item in enumerate(value if isinstance(value, list) else ()):
        name = item.get("id") if isinstance(item, dict) else item
        if not isinstance(name, str):
            continue
        name = name.removeprefix("#")
        if name in seen:
            path = (*base, index, "id") if isinstance(item, dict) else (*base, index)
            context.say(
                "duplicate-id",
                f"two {what} are called '{printable(name)}'",
                path,
                advice="Give each its own id.",
                subject=name,
            )
        seen.add(name)


def check_types(context: Context) -> None:
    """Type names that nothing defines."""
    for process in context.processes:
        known = context.known_types(process)
        complete = context.types_complete(process)
        for port in (*process.inputs, *process.outputs):
            for name, path in _type_names(port.node.get("type"), port.at("type")):
                _check_type(context, name, path, list(known), complete=complete)
                _check_scope(context, process, name, path)
        for req, node, path in process.requirements():
            if req == "SchemaDefRequirement":
                for name, where in _defined_names(node.get("types"), (*path, "types")):
                    _check_type(context, name, where, list(known), complete=complete)


def _check_type(
    context: Context, text: str, path: JsonPath, known: list[str], *, complete: bool
) -> None:
    name, _, _ = split_name(text)
    if name in PRIMITIVES or short_id(name) in known:
        return
    if not complete or ("#" in name and not name.startswith("#")) or "://" in name:
        return
    guess = did_you_mean(name, [*PRIMITIVES - {"stdin"}, *known]) or _FOREIGN.get(name.lower())
    guess = _FOREIGN.get(name.lower(), guess)
    advice = (
        f"Did you mean '{guess}'?"
        if guess
        else "CWL knows null, boolean, int, long, float, double, string, File, Directory, Any; "
        "others must be defined in a SchemaDefRequirement."
    )
    context.say(
        "unknown-type",
        f"'{printable(text)}' is not a type",
        path,
        advice=advice,
        subject=text,
    )


def _check_scope(context: Context, process: Process, text: str, path: JsonPath) -> None:
    """A type defined in a process with an id belongs to that id: runners find it nowhere else."""
    name, _, _ = split_name(text)
    bare = name.removeprefix("#")
    if process.id is None or "steps" in process.path or bare in PRIMITIVES or "/" in bare:
        return
    own = [node for req, node, _ in process.requirements() if req == "SchemaDefRequirement"]
    types = [item for node in own for _, item, _ in listed(node, "types", "name", ())]
    if any(item.get("name") == bare for item in types):
        context.say(
            "type-scope",
            f"'{printable(text)}' is not found: the type belongs to '{printable(process.id)}'",
            path,
            advice=f"Write '#{printable(process.id)}/{printable(bare)}' here, or name the type "
            f"'#{printable(bare)}' where it is defined and '#{printable(bare)}' here.",
            subject=text,
        )


def _type_names(value: object, path: JsonPath) -> Iterator[tuple[str, JsonPath]]:
    if isinstance(value, str):
        yield value, path
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _type_names(item, (*path, index))
    elif isinstance(value, dict):
        yield from _object_names(value, path)


def _object_names(value: dict[str, object], path: JsonPath) -> Iterator[tuple[str, JsonPath]]:
    kind = value.get("type")
    if kind == "array":
        yield from _type_names(value.get("items"), (*path, "items"))
    elif kind == "record":
        fields = value.get("fields")
        if isinstance(fields, dict):
            for key, item in fields.items():
                where = (*path, "fields", key)
                plain = isinstance(item, dict) and item.get("type") not in (
                    "array",
                    "record",
                    "enum",
                )
                if plain and isinstance(item, dict):
                    yield from _type_names(item.get("type"), (*where, "type"))
                else:
                    yield from _type_names(item, where)
        for name, item, where in (
            listed(value, "fields", "name", path) if isinstance(fields, list) else ()
        ):
            del name
            yield from _type_names(item.get("type"), (*where, "type"))


def _defined_names(value: object, path: JsonPath) -> Iterator[tuple[str, JsonPath]]:
    for index, item in enumerate(value if isinstance(value, list) else ()):
        yield from _type_names(item, (*path, index))


def check_prefixes(context: Context) -> None:
    """Prefixes of fields and formats that ``$namespaces`` does not define."""
    value = context.document.value
    if not isinstance(value, dict):
        return
    spaces = value.get("$namespaces")
    known = set(spaces) if isinstance(spaces, dict) else set()
    said: set[str] = set()
    for text, path, key in _prefixed(value, ()):
        match = _PREFIXED.match(text)
        if match is None or match[1] in known or match[1] in _OWN_PREFIXES or match[1] in said:
            continue
        said.add(match[1])
        guess = did_you_mean(match[1], known)
        context.say(
            "prefix",
            f"the prefix '{printable(match[1])}:' is not defined",
            path,
            key=key,
            severity="warning",
            advice=f"Did you mean '{guess}:'?"
            if guess
            else "Define it under '$namespaces' on top.",
            subject=match[1],
        )


def _prefixed(value: object, path: JsonPath) -> Iterator[tuple[str, JsonPath, bool]]:
    """Every name with a colon: the name, its path, and whether it is a key."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _prefixed(item, (*path, index))
    if not isinstance(value, dict):
        return
    for key, item in value.items():
        where = (*path, key)
        if ":" in key:
            yield key, where, True
        if key == "format":
            for text in texts(item):
                if not text.startswith("$"):
                    yield text, where, False
        elif key not in ("default", "$namespaces", "doc", "label"):
            yield from _prefixed(item, where)


def check_versions(context: Context) -> None:
    """One version in one document; what is older than its document runs all the same."""
    value = context.document.value
    if not isinstance(value, dict):
        return
    version = value.get("cwlVersion")
    for process in context.processes:
        own = process.node.get("cwlVersion")
        if process.path and own is not None and version is not None and own != version:
            context.say(
                "mixed-versions",
                f"cwlVersion {show(own)} inside a document of {show(version)}",
                (*process.path, "cwlVersion"),
                # What is newer than its document is an error by the schema: cwl/newer.
                severity="warning",
                advice=f"Write cwlVersion once, on top; it is {show(version)} there.",
                subject="cwlVersion",
            )
    if "$graph" in value and "schemas" in value:
        context.say(
            "schemas",
            "'schemas' is ignored: it is not a field of CWL",
            ("schemas",),
            key=True,
            severity="warning",
            advice="Did you mean '$schemas'?",
            subject="schemas",
        )
