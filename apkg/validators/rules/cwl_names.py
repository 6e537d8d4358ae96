"""Rules on names, types, defaults and formats in CWL."""

from __future__ import annotations

from apkg.validators.rules.model import Example, Rule


def _tool(inputs: str, rest: str = "") -> str:
    return (
        "cwlVersion: v1.2\nclass: CommandLineTool\nbaseCommand: crop\n"
        f"inputs:\n{inputs}outputs: []\n{rest}"
    )


_RECORD = """\
cwlVersion: v1.2
class: CommandLineTool
id: crop
baseCommand: crop
requirements:
  SchemaDefRequirement:
    types: [{type: record, name: Box, fields: {west: double, east: double}}]
inputs:
  box: TYPE
outputs: []
"""

RULES = (
    Rule(
        id="cwl/duplicate-id",
        title="Ids are unique among inputs, outputs, steps and processes.",
        why="A link to the id means either of the two.",
        source="CWL v1.2, CommandLineTool: id (unique within the document)",
        wrong=Example(_tool("  - {id: scene, type: File}\n  - {id: scene, type: File}\n")),
        right=Example(_tool("  - {id: scene, type: File}\n  - {id: mask, type: File}\n")),
    ),
    Rule(
        id="cwl/unknown-type",
        title="Types are CWL's own, or defined in a SchemaDefRequirement.",
        why="CWL says string, int, long, float, double, boolean, File, Directory; the names of "
        "other languages mean nothing.",
        source="CWL v1.2, CommandLineTool: CWLType",
        wrong=Example(_tool("  level: integer\n")),
        right=Example(_tool("  level: int\n")),
        differs="a schema generated from CWL's own misses unknown type names.",
    ),
    Rule(
        id="cwl/type-scope",
        title="A type that a process defines is named with the id of the process.",
        why="Runners look for '#crop/Box', and do not find 'Box'.",
        source="CWL v1.2, CommandLineTool: SchemaDefRequirement (SALAD: identifier resolution)",
        wrong=Example(_RECORD.replace("TYPE", "Box")),
        right=Example(_RECORD.replace("TYPE", '"#crop/Box"')),
    ),
    Rule(
        id="cwl/default-type",
        title="A default is a value of its input's type.",
        why="The job fails at run time, or gets another value than you think.",
        source="CWL v1.2, CommandLineTool: CommandInputParameter.default",
        wrong=Example(_tool('  level: {type: int, default: "7"}\n')),
        right=Example(_tool("  level: {type: int, default: 7}\n")),
        differs="cwltool finds this only when the job runs; YAML 1.1 readers also take 1e-5 for "
        "text and 'no' for false, which CWL (YAML 1.2) does not.",
    ),
    Rule(
        id="cwl/format",
        title="Formats are IRIs, and stand at Files.",
        why="A format that is no IRI is compared with nothing; a number has no file format.",
        source="CWL v1.2, CommandLineTool: CommandInputParameter.format",
        severity="warning",
        wrong=Example(_tool("  scene: {type: File, format: image/tiff}\n")),
        right=Example(
            _tool(
                "  scene:\n    type: File\n    format: "
                "https://www.iana.org/assignments/media-types/image/tiff\n"
            )
        ),
    ),
    Rule(
        id="cwl/prefix",
        title="Every prefix is defined under '$namespaces'.",
        why="Without its namespace a prefixed name means nothing to a reader.",
        source="CWL v1.2, CommandLineTool: Extensions and metadata",
        severity="warning",
        wrong=Example(_tool("  scene: File\n", "s:author: Ada\n")),
        right=Example(
            _tool("  scene: File\n", "s:author: Ada\n$namespaces: {s: https://schema.org/}\n")
        ),
    ),
    Rule(
        id="cwl/import",
        title="Files that $import and $include name are there, and none imports itself.",
        why="The document is not complete without them. What local files hold for inputs and "
        "outputs is checked as if it stood here. In the map form, 'scene: {$import: ...}' puts the "
        "name beside '$import', which must stand alone: write a list.",
        source="CWL v1.2, CommandLineTool: Document preprocessing (SALAD: import, include)",
        wrong=Example(_tool("- $import: scene.yml\n")),
        right=Example(
            _tool("- $import: scene.yml\n"), beside=(("scene.yml", "id: scene\ntype: File\n"),)
        ),
    ),
    Rule(
        id="cwl/not-checked",
        title="What is on a network was not looked at.",
        why="apkg validates offline; what the file behind the URL says is not known here.",
        source="apkg",
        severity="note",
        wrong=Example(_tool("- $import: https://example.org/scene.yml\n")),
        right=Example(_tool("  scene: File\n")),
    ),
)
