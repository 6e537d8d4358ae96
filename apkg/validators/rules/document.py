"""Rules on documents of any kind."""

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
        id="document/unreadable",
        title="The file can be read.",
        why="A file that is missing, closed to you, not a regular file, or larger than any "
        "document says nothing about a package. It is reported, and the others are still checked.",
        source="apkg",
        wrong=Example(None, "missing.cwl"),
        right=Example(_GOOD),
    ),
    Rule(
        id="document/syntax",
        title="The text is YAML 1.2 or JSON, in UTF-8, of a size and depth that people write.",
        why="What is no YAML has no meaning to check. Aliases that explode and thousands of levels "
        "of nesting are refused here, too.",
        source="YAML 1.2.2; RFC 8259 (JSON); CWL v1.2, Workflow: Syntax",
        wrong=Example("cwlVersion: v1.2\nclass: [CommandLineTool\n"),
        right=Example(_GOOD),
    ),
    Rule(
        id="document/unknown",
        title="The file is CWL, a deployment document, a manifest or a notebook.",
        why="What a file is, is found from its content. A file that you name must be one of these; "
        "in a folder that is searched, others are passed over.",
        source="apkg",
        wrong=Example("threshold: 1\n", "example.yaml"),
        right=Example(_GOOD, "example.yaml"),
    ),
    Rule(
        id="document/notebook",
        title="A notebook from standard input is only checked for being JSON.",
        why="Whether it converts depends on the files beside it.",
        source="apkg",
        severity="note",
        wrong=Example('{"nbformat": 4, "cells": []}\n', "-"),
        right=None,
    ),
    Rule(
        id="document/not-json",
        title="JSON is JSON: no trailing commas, comments or single quotes.",
        why="Platforms read JSON strictly. A file called .json must be JSON; a .cwl in braces is "
        "also YAML, and gets a warning.",
        source="RFC 8259; CWL v1.2, Workflow: Syntax",
        wrong=Example(
            '{"class": "CommandLineTool", "cwlVersion": "v1.2", "baseCommand": "crop",\n'
            ' "inputs": [], "outputs": [],}\n',
            "example.json",
        ),
        right=Example(
            '{"class": "CommandLineTool", "cwlVersion": "v1.2", "baseCommand": "crop",\n'
            ' "inputs": [], "outputs": []}\n',
            "example.json",
        ),
        differs="cwltool takes such JSON as YAML without a word.",
    ),
    Rule(
        id="document/several",
        title="A file holds one YAML document.",
        why="Only the first is read; what stands after the second '---' is lost.",
        source="YAML 1.2.2, 9.2; CWL v1.2, Workflow: Syntax",
        wrong=Example(_GOOD + "---\n" + _GOOD),
        right=Example(_GOOD),
    ),
    Rule(
        id="document/duplicate-key",
        title="No key stands twice in one mapping.",
        why="Only one of the two counts, and readers do not agree on which.",
        source="YAML 1.2.2, 3.2.1.3; RFC 8259, 4",
        wrong=Example(_GOOD + "baseCommand: other\n"),
        right=Example(_GOOD),
        differs="ap-validator keeps the last one without a word.",
    ),
    Rule(
        id="document/tag",
        title="Only YAML's plain data is used: no tags of programs.",
        why="Tags such as !!python/object ask a reader to run code.",
        source="YAML 1.2.2, 10.3 (core schema)",
        wrong=Example(_GOOD.replace("crop", "!shell crop")),
        right=Example(_GOOD),
    ),
)
