"""Write ``schemas/cwl-v1.*.schema.json`` from the schema-salad definitions of the CWL standard.

The definitions come with cwltool (``cwltool/schemas/v1.*``, Apache-2.0). They say everything but
what the schema-salad preprocessor accepts before them, which is added here: the map forms of
lists, the type and secondaryFiles shorthands, ``$import`` and ``$include``, ``$graph``.

    python tests/tools/make_cwl_schemas.py [--check]
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
VERSIONS = ("v1.0", "v1.1", "v1.2")
JSON_TYPES = {"string", "boolean", "int", "long", "float", "double"}
WORD = r"[^\[\]?\s]+"
EXPRESSION = r"\$[({]"
PRIMITIVES = ["null", "boolean", "int", "long", "float", "double", "string", "File", "Directory"]
#: Records with a class that are not for `requirements` and `hints`.
NOT_REQUIREMENTS = {
    "CommandLineTool",
    "Workflow",
    "ExpressionTool",
    "Operation",
    "File",
    "Directory",
}
PROCESSES = ["CommandLineTool", "ExpressionTool", "Workflow", "Operation"]
STRING = {"type": "string"}
#: Fields whose text people keep in a file of its own, and `$include`.
INCLUDED = {"expressionLib", "entry", "dockerFile", "expression", "valueFrom", "outputEval"}
#: What the standard leaves without words.
WORDS = {
    "class": "What kind of object this is.",
    "id": "The identifier of this object, unique in its document.",
    "name": "The identifier of this type, or the name of this field.",
    "type": "The data type: a name (with `[]` for a list and `?` for optional), or a type object.",
    "items": "The type of the members of the list.",
    "symbols": "The values that are allowed.",
    "fields": "The members of the record.",
    "label": "A short name for people.",
    "doc": "A description for people: a text, or a list of lines.",
    "cwlVersion": "The version of CWL that this document is written in.",
    "requirements": "What must be there to run this process; a platform without it must refuse.",
    "hints": "What helps to run this process; a platform may ignore it.",
    "inputBinding": "How the value reaches the command line.",
    "outputBinding": "How the value is found when the program has ended.",
    "secondaryFiles": "Files that belong to the primary file: `.idx`, `^.bai`.",
    "format": "The file format, as an IRI such as `edam:format_3464`.",
    "default": "The value where the job gives none.",
    "streamable": "Whether the file is read or written from start to end, once.",
    "loadContents": "Read up to 64 KiB of the file into its `contents`.",
    "types": "Types to be used by name in this document.",
    "package": "The name of the software.",
    "dockerPull": "The image to run in, such as `docker.io/osgeo/gdal:3.8.0`.",
    "steps": "The steps of the workflow; they run as soon as their inputs are there.",
}


def main() -> int:
    """Write the schemas, or with ``--check`` say whether they are up to date."""
    stale = []
    for version in VERSIONS:
        path = ROOT / "schemas" / f"cwl-{version}.schema.json"
        text = readable(make(version)) + "\n"
        if "--check" in sys.argv:
            stale += [path.name] if not path.exists() or path.read_text("utf-8") != text else []
        else:
            path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"{name} is out of date: run {Path(__file__).name}")
    return 1 if stale else 0


def make(version: str) -> dict[str, Any]:
    """The JSON schema of one CWL version."""
    return SchemaMaker(version, definitions(version)).schema()


def definitions(version: str) -> list[dict[str, Any]]:
    """The concrete types of CWL ``version``, inheritance and specialisation resolved."""
    import cwltool
    import schema_salad.schema as salad

    path = Path(cwltool.__file__).parent / "schemas" / version / "CommonWorkflowLanguage.yml"
    loader = salad.load_schema(str(path))[0]
    document, _ = salad.get_metaschema()[2].resolve_ref(path.as_uri(), "")
    types = salad.extend_and_specialize(document, loader)
    return [t for t in types if not t.get("abstract") and not t["type"].endswith("documentation")]


def readable(value: object, indent: str = "") -> str:
    """JSON whose small parts stand on one line."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(flat) <= 96 or not isinstance(value, dict | list) or not value:
        return flat
    inner = indent + "  "
    if isinstance(value, dict):
        parts = [f"{json.dumps(k)}: {readable(v, inner)}" for k, v in value.items()]
    else:
        parts = [readable(v, inner) for v in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return f"{opening}\n{inner}" + f",\n{inner}".join(parts) + f"\n{indent}{closing}"


def short(name: str) -> str:
    """The last part of an IRI."""
    return re.split(r"[#/]", name)[-1]


def summary(doc: object) -> str:
    """The first paragraph of a Markdown text, links reduced to their words."""
    text = "\n".join(doc) if isinstance(doc, list) else str(doc or "")
    text = re.sub(r"^#+ .*$", "", text, flags=re.MULTILINE).strip()
    paragraph = " ".join(re.split(r"\n\s*\n", text)[0].split())
    paragraph = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", paragraph)
    if len(paragraph) > 300:
        paragraph = re.split(r"(?<=[.:]) ", paragraph[:300])
        paragraph = " ".join(paragraph[:-1]) or paragraph[0]
    return paragraph


class SchemaMaker:
    """Makes one schema out of one list of definitions."""

    def __init__(self, version: str, types: list[dict[str, Any]]) -> None:
        self.version = version
        self.records = {short(t["name"]): t for t in types if t["type"].endswith("record")}
        self.enums = {short(t["name"]): t for t in types if t["type"].endswith("enum")}
        self.processes = [name for name in PROCESSES if name in self.records]
        self.requirements = sorted(
            name
            for name, record in self.records.items()
            if name not in NOT_REQUIREMENTS
            and any(short(f["name"]) == "class" for f in record["fields"])
        )
        self.defs: dict[str, Any] = {}

    def schema(self) -> dict[str, Any]:
        """The whole schema."""
        for name in [*self.processes, *self.requirements]:
            self.record(name)
        self.common()
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": f"urn:apkg:schema:cwl-{self.version}:1",
            "title": f"Common Workflow Language {self.version}",
            "description": f"A CWL {self.version} document: one process, or several in a `$graph`. "
            "Made from the CWL standard's own definitions by tests/tools/make_cwl_schemas.py.",
            "type": "object",
            "if": {"required": ["$graph"]},
            "then": {"$ref": "#/$defs/Graph"},
            "else": {
                "allOf": [
                    {
                        "required": ["cwlVersion"],
                        "properties": {"cwlVersion": self.version_field()},
                    },
                    {"$ref": "#/$defs/Process"},
                ]
            },
            "$defs": dict(sorted(self.defs.items())),
        }

    def common(self) -> None:
        """The definitions that the preprocessor of CWL, not its schema, asks for."""
        d = self.defs
        d["Expression"] = {
            "type": "string",
            "pattern": EXPRESSION,
            "description": "A parameter reference `$(…)` or a JavaScript expression.",
        }
        d["Import"] = {
            "type": "object",
            "description": "The content of another file stands here.",
            "properties": {"$import": {"type": "string", "description": "The file to read."}},
            "required": ["$import"],
            "additionalProperties": False,
        }
        d["Include"] = {
            "type": "object",
            "description": "The text of another file stands here.",
            "properties": {"$include": {"type": "string", "description": "The file to read."}},
            "required": ["$include"],
            "additionalProperties": False,
        }
        names = [*PRIMITIVES, "Any"]
        shorthand = [n + end for n in names for end in ("", "?", "[]", "[]?")]
        d["TypeName"] = {
            "description": "A type by name: `?` makes it optional, `[]` a list. "
            "A name that is not one of CWL's own must stand in a SchemaDefRequirement.",
            "anyOf": [{"enum": shorthand}, {"type": "string", "pattern": rf"^{WORD}(\[\])?\??$"}],
        }
        d["ItemName"] = {
            "description": "A type by name, without the endings `?` and `[]`.",
            "anyOf": [{"enum": names}, {"type": "string", "pattern": f"^{WORD}$"}],
        }
        d["Requirements"] = self.requirement_list("Requirement")
        d["Hints"] = self.requirement_list("Hint")
        d["Documentation"] = {
            "description": WORDS["doc"],
            "anyOf": [
                {"type": "array", "items": {"type": "string"}},
                ref("Include"),
                {"type": ["string", "null"]},
            ],
        }
        d["SecondaryFilePattern"] = {
            "type": "string",
            "description": "A pattern such as `.idx` (appended) or `^.bai` (in place of the "
            "extension); `?` at the end makes it optional.",
        }
        d["Process"] = choice("class", {name: name for name in self.processes}, "A process.")
        d["Graph"] = self.graph()
        d["Requirement"] = choice(
            "class", {name: name for name in self.requirements}, "One requirement, by its class."
        )
        d["Hint"] = {
            **choice(
                "class",
                {n: n for n in self.requirements},
                "A hint: a requirement, or an extension.",
            ),
        }
        del d["Hint"]["properties"]["class"]["enum"]
        d["Hint"]["properties"]["class"]["type"] = "string"

    def graph(self) -> dict[str, Any]:
        """A document of several processes."""
        item = {"anyOf": [ref("Process"), ref("Import")]}
        return {
            "type": "object",
            "description": "Several processes in one document.",
            "properties": {
                "cwlVersion": self.version_field(),
                "$graph": {
                    "description": "The processes.",
                    "anyOf": [{"type": "array", "items": item}, ref("Process")],
                },
                **root_fields(),
                "id": {"type": "string", "description": WORDS["id"]},
                "schemas": {
                    "deprecated": True,
                    "description": "Ignored: `$schemas` is meant, which many published packages "
                    "write without its `$`.",
                },
            },
            "required": ["cwlVersion", "$graph"],
            **extensions(),
        }

    def version_field(self) -> dict[str, Any]:
        """The field cwlVersion: this version alone."""
        return {"const": self.version, "description": WORDS["cwlVersion"]}

    def inner_version_field(self) -> dict[str, Any]:
        """The field cwlVersion of a process inside a document: runners take older ones, too."""
        known = list(VERSIONS[: VERSIONS.index(self.version) + 1])
        return {"enum": known, "description": WORDS["cwlVersion"]}

    def record(self, name: str) -> dict[str, Any]:
        """A reference to the definition of a record, which is made if it is not there yet."""
        if name not in self.defs:
            self.defs[name] = {}
            self.defs[name] = self.make_record(name)
        return ref(name)

    def make_record(self, name: str) -> dict[str, Any]:
        """The definition of a record."""
        record = self.records[name]
        properties: dict[str, Any] = {}
        required: list[str] = []
        for field in record["fields"]:
            key = short(field["name"])
            properties[key] = self.field(name, key, field)
            types = as_list(field["type"])
            subject = key in ("id", "name", "envName", "package", "class")
            if not any(short_or_none(t) == "null" for t in types) and not subject:
                required.append(key)
        if name in ("File", "Directory"):
            required.insert(0, "class")
        if name in self.processes:
            properties = {"cwlVersion": self.inner_version_field(), **properties, **root_fields()}
            required = ["class", *required]
        if name.endswith(("RecordSchema", "EnumSchema", "ArraySchema")):
            properties.setdefault("name", {"type": "string", "description": WORDS["name"]})
        properties.setdefault("id", {"type": "string", "description": WORDS["id"]})
        return {
            "type": "object",
            "description": summary(record.get("doc")) or f"A {name}.",
            "properties": properties,
            **({"required": required} if required else {}),
            **extensions(),
        }

    def field(self, owner: str, key: str, field: dict[str, Any]) -> dict[str, Any]:
        """The schema of one field of a record."""
        words = summary(field.get("doc")) or WORDS.get(key) or key
        if key == "class":
            return {"const": owner, "description": f"Always `{owner}`."}
        if key == "cwlVersion":
            return self.inner_version_field()
        predicate = field.get("jsonldPredicate") or {}
        predicate = predicate if isinstance(predicate, dict) else {}
        if key in ("requirements", "hints"):
            return {"description": words, **ref(key.capitalize())}
        if key == "doc":
            return ref("Documentation")
        if key == "default":
            return {"description": words}
        if "mapSubject" in predicate:
            return {"description": words, **self.id_map(field, predicate)}
        schemas = self.alternatives(field["type"], key, predicate)
        if (owner, key) == ("WorkflowStep", "run"):
            schemas = [{"type": "string"}, ref("Process"), ref("Import")]
        return {"description": words, **union(schemas)}

    def requirement_list(self, item: str) -> dict[str, Any]:
        """Requirements or hints: a list of objects with class, or a map from class to object."""
        by_class: dict[str, Any] = {
            "type": "object",
            "properties": {n: union([ref(n), ref("Import")]) for n in self.requirements},
        }
        if item == "Requirement":
            by_class |= extensions()
        else:
            by_class["additionalProperties"] = {"type": "object"}
        by_class["properties"]["$import"] = {"type": "string", "description": "The file to read."}
        return union([{"type": "array", "items": union([ref(item), ref("Import")])}, by_class])

    def id_map(self, field: dict[str, Any], predicate: dict[str, Any]) -> dict[str, Any]:
        """A list of records, or the map from their subject to the rest of them."""
        subject, short_key = predicate["mapSubject"], predicate.get("mapPredicate")
        array = next(t for t in as_list(field["type"]) if isinstance(t, dict))
        names = [short(t) for t in as_list(array["items"]) if isinstance(t, str)]
        items: list[Any] = []
        for name in names:
            whole = self.record(name) if name in self.records else {"type": "string"}
            items.append({**whole, "required": [subject]} if name in self.records else whole)
        records = [name for name in names if name in self.records]
        values = [ref(name) for name in records]
        if short_key:
            shorthand = next(
                f for f in self.records[records[0]]["fields"] if short(f["name"]) == short_key
            )
            pred = shorthand.get("jsonldPredicate") or {}
            found = self.alternatives(
                shorthand["type"], short_key, pred if isinstance(pred, dict) else {}
            )
            # An object in a map is the record itself, never the shorthand of one of its fields.
            values += [
                s for s in found if "$ref" not in s or s["$ref"].endswith(("Name", "Expression"))
            ]
        if subject == "id" and short_key == "source":
            values.append({"type": "null"})
        mapping = {
            "type": "object",
            # The whole list or map may stand in another file.
            "properties": {"$import": {"type": "string", "description": "The file to read."}},
            "additionalProperties": union([*values, ref("Import")]),
        }
        many = {"type": "array", "items": union([*items, ref("Import")])}
        if "null" in [short_or_none(t) for t in as_list(field["type"])]:
            return union([many, mapping, {"type": "null"}])
        return union([many, mapping])

    def alternatives(
        self, types: object, key: str, predicate: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """The schemas of a field's types, one each."""
        listed = as_list(types)
        if predicate.get("secondaryFilesDSL"):
            one = [ref("SecondaryFilePattern"), self.record("SecondaryFileSchema")]
            listed = [{"type": "null"}, *one, {"type": "array", "items": union(one)}]
            self.defs["SecondaryFiles"] = {"description": WORDS[key], **union(listed)}
            return [ref("SecondaryFiles")]
        found: list[dict[str, Any]] = []
        for one in listed:
            schema = self.one(one, key, predicate)
            if schema is not None and schema not in found:
                found.append(schema)
        if key in INCLUDED and (STRING in found or ref("Expression") in found):
            found.append(ref("Include"))
        return self.types_of(found) if key in ("type", "items", "types") else found

    def types_of(self, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """As ``found``, the record, enum and array schemas chosen by their ``type``."""
        chosen, rest = {}, []
        for schema in found:
            name = schema.get("$ref", "").rsplit("/", 1)[-1]
            kind = re.search(r"(Record|Enum|Array)Schema$", name)
            if kind:
                chosen[kind.group(1).lower()] = name
            else:
                rest.append(schema)
        if chosen:
            stem = re.sub(r"(Record|Enum|Array)Schema$", "", next(iter(chosen.values())))
            self.defs[f"{stem}TypeSchema"] = choice("type", chosen, "A type written out.")
            rest += [ref(f"{stem}TypeSchema"), ref("Import")]
        return rest

    def one(self, one: object, key: str, predicate: dict[str, Any]) -> dict[str, Any] | None:
        """The schema of one type."""
        if isinstance(one, dict):
            return self.inline(one, key, predicate)
        name = short(str(one))
        if name in self.records:
            return self.record(name)
        if key in ("type", "items") and (
            name in ("CWLType", "PrimitiveType", "string", "stdin") or name in ("stdout", "stderr")
        ):
            return ref("TypeName" if predicate.get("typeDSL") else "ItemName")
        return self.scalar(name)

    def inline(self, one: dict[str, Any], key: str, predicate: dict[str, Any]) -> dict[str, Any]:
        """The schema of an array or enum that stands inside a field."""
        if one["type"].endswith("enum"):
            return (
                {"const": short(one["symbols"][0])}
                if len(one["symbols"]) == 1
                else {"enum": [short(s) for s in one["symbols"]]}
            )
        if one["type"].endswith("record"):
            return self.record(short(one["name"]))
        return {"type": "array", "items": union(self.alternatives(one["items"], key, predicate))}

    def scalar(self, name: str) -> dict[str, Any] | None:
        """The schema of a primitive or a named enum."""
        if name == "null":
            return {"type": "null"}
        if name in ("int", "long"):
            return {"type": "integer"}
        if name in ("float", "double"):
            return {"type": "number"}
        if name in ("string", "boolean"):
            return {"type": name}
        if name == "Any":
            return {"type": ["boolean", "number", "string", "array", "object"]}
        if name in ("Expression", "ExpressionPlaceholder"):
            return ref("Expression")
        return {"enum": [short(s) for s in self.enums[name]["symbols"]]}


def choice(key: str, names: dict[str, str], words: str) -> dict[str, Any]:
    """An object whose ``key`` chooses which definition holds."""
    return {
        "type": "object",
        "description": words,
        "properties": {key: {"enum": list(names)}},
        "required": [key],
        "allOf": [
            {
                "if": {"properties": {key: {"const": value}}, "required": [key]},
                "then": ref(name),
            }
            for value, name in names.items()
        ],
    }


def union(schemas: list[dict[str, Any]]) -> dict[str, Any]:
    """One of several schemas, said in as few words as possible."""
    if {"type": "string"} in schemas:
        schemas = [s for s in schemas if s != ref("Expression")]
    simple = [s for s in schemas if list(s) == ["type"] and isinstance(s["type"], str)]
    rest = [s for s in schemas if s not in simple]
    if simple:
        kinds = list(dict.fromkeys(s["type"] for s in simple))
        kinds = [k for k in kinds if not (k == "integer" and "number" in kinds)]
        kinds.sort(key=lambda kind: kind == "null")
        rest.append({"type": kinds[0] if len(kinds) == 1 else kinds})
    return rest[0] if len(rest) == 1 else {"anyOf": rest}


def ref(name: str) -> dict[str, Any]:
    """A reference to a definition."""
    return {"$ref": f"#/$defs/{name}"}


def extensions() -> dict[str, Any]:
    """Extension fields: `prefix:name` and whole IRIs; nothing else that is not named."""
    return {"patternProperties": {"^[^:]+:": {}}, "additionalProperties": False}


def root_fields() -> dict[str, Any]:
    """What may stand on top of any document."""
    return {
        "$namespaces": {
            "type": "object",
            "description": "Prefixes of extension fields and formats, each with its IRI.",
            "additionalProperties": {"type": "string"},
        },
        "$schemas": {
            "type": "array",
            "description": "Ontologies (OWL, RDF) that say how formats relate.",
            "items": {"type": "string"},
        },
        "$base": {"type": "string", "description": "The base IRI of the document."},
    }


def as_list(value: object) -> list[Any]:
    """``value`` itself if it is a list, else a list of it."""
    return list(value) if isinstance(value, list) else [value]


def short_or_none(value: object) -> str | None:
    """The short name of a type, if it is a name."""
    return short(value) if isinstance(value, str) else None


if __name__ == "__main__":
    raise SystemExit(main())
