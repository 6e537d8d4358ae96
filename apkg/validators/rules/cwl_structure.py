"""Rules on the structure of CWL, which its schema says."""

from __future__ import annotations

from apkg.validators.rules.model import Example, Rule

_GOOD = """\
cwlVersion: v1.2
class: CommandLineTool
baseCommand: crop
inputs: {scene: File}
outputs: []
"""

RULES = (
    Rule(
        id="cwl/version",
        title="The document says its CWL version, and it is one that exists.",
        why="What a field means depends on it; runners refuse a document without.",
        source="CWL v1.2, CommandLineTool: cwlVersion",
        wrong=Example(_GOOD.replace("v1.2", "v1.8")),
        right=Example(_GOOD),
        differs="the public JSON Schema of CWL accepts v1.8.",
    ),
    Rule(
        id="cwl/newer",
        title="No field, type or value is used that only a newer CWL knows.",
        why="A runner of the version that the document names refuses or ignores it.",
        source="CWL v1.1 and v1.2: Changelog",
        wrong=Example(_GOOD.replace("v1.2", "v1.0") + "hints: {}\nintent: [crop]\n"),
        right=Example(_GOOD + "intent: [crop]\n"),
    ),
    Rule(
        id="cwl/unknown-field",
        title="Every field is one of CWL's, or has a prefix.",
        why="A misspelt field is ignored or refused; what it was to say is not said.",
        source="CWL v1.2, CommandLineTool: Extensions and metadata (SALAD: undefined fields)",
        wrong=Example(_GOOD.replace("baseCommand", "baseComand")),
        right=Example(_GOOD),
        differs="the public JSON Schema of CWL accepts 'baseComand'.",
    ),
    Rule(
        id="cwl/missing-field",
        title="Required fields are there.",
        why="Runners refuse the document.",
        source="CWL v1.2, the table of each type",
        wrong=Example(_GOOD.replace("outputs: []\n", "")),
        right=Example(_GOOD),
    ),
    Rule(
        id="cwl/type",
        title="Values are of the kind that their field takes.",
        why="A text where a list belongs, or a number where a text belongs, stops every runner.",
        source="CWL v1.2, the table of each type",
        wrong=Example(_GOOD + "doc: 12\n"),
        right=Example(_GOOD + "doc: Crops a scene.\n"),
    ),
    Rule(
        id="cwl/value",
        title="Values are among those that their field takes.",
        why="An enumeration such as 'class' or 'linkMerge' has no other words.",
        source="CWL v1.2, the table of each type",
        wrong=Example(_GOOD.replace("CommandLineTool", "CommandLinTool")),
        right=Example(_GOOD),
    ),
    Rule(
        id="cwl/mixed-versions",
        title="One document has one CWL version.",
        severity="warning",
        why="cwlVersion of a $graph holds for all its processes. cwltool runs an older one within "
        "a newer document, and refuses a newer one (cwl/newer); other runners may refuse both.",
        source="CWL v1.2, CommandLineTool: Packed documents",
        wrong=Example(
            "cwlVersion: v1.2\n$graph:\n- class: CommandLineTool\n  cwlVersion: v1.0\n"
            "  id: crop\n  baseCommand: crop\n  inputs: []\n  outputs: []\n"
        ),
        right=Example(
            "cwlVersion: v1.2\n$graph:\n- class: CommandLineTool\n"
            "  id: crop\n  baseCommand: crop\n  inputs: []\n  outputs: []\n"
        ),
    ),
    Rule(
        id="cwl/schemas",
        title="Ontologies stand under '$schemas'.",
        why="'schemas' beside a $graph is ignored without a word.",
        source="CWL v1.2, CommandLineTool: Extensions and metadata",
        severity="warning",
        wrong=Example(
            "cwlVersion: v1.2\nschemas: [https://schema.org/version/latest/schemaorg.rdf]\n"
            "$graph:\n- {class: CommandLineTool, id: crop, baseCommand: crop, inputs: [], "
            "outputs: []}\n"
        ),
        right=Example(
            "cwlVersion: v1.2\n$schemas: [https://schema.org/version/latest/schemaorg.rdf]\n"
            "$graph:\n- {class: CommandLineTool, id: crop, baseCommand: crop, inputs: [], "
            "outputs: []}\n"
        ),
        differs="many public packages write 'schemas', and no validator tells them.",
    ),
    Rule(
        id="cwl/reading",
        title="apkg can take this part of the CWL into an application (convert, inspect, run).",
        why="What cannot be taken over is left out, and said here. 'apkg validate' does not use "
        "this rule.",
        source="apkg",
        severity="warning",
        wrong=Example(_GOOD.replace("cwlVersion: v1.2\n", "")),
        right=Example(_GOOD),
    ),
)
