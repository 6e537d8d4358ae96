"""What ``apkg convert``, ``inspect`` and ``run`` say; ``apkg validate`` says none of it."""

from __future__ import annotations

from apkg.validators.rules.model import Example, Rule

RULES = (
    Rule(
        id="commandline/guessed-type",
        title="The type of an argument was guessed.",
        why="A name such as 'input' is taken for a File. Say it where that is wrong.",
        source="apkg",
        severity="note",
        wrong=Example("crop --input scene.tif\n", "command line"),
        right=Example("inputs: {input: {type: File}}\n", "apkg.yaml"),
    ),
    Rule(
        id="commandline/guessed-output",
        title="What a command writes was guessed.",
        why="No help text tells a machine which files come out.",
        source="apkg",
        severity="note",
        wrong=Example("crop scene.tif\n", "command line"),
        right=Example('outputs: {result: {type: File, glob: "*.tif"}}\n', "apkg.yaml"),
    ),
    Rule(
        id="surroundings/unreadable",
        title="CITATION.cff, codemeta.json and pyproject.toml beside a source can be read.",
        why="Authors, licence and version in them are not taken over otherwise.",
        source="Citation File Format 1.2.0; CodeMeta 3.0; PEP 621",
        severity="warning",
        wrong=Example(
            '# %% tags=["parameters"]\nlevel = 3\n',
            "example.ipynb",
            beside=(("CITATION.cff", "title: [Crop\n"),),
        ),
        right=Example(
            '# %% tags=["parameters"]\nlevel = 3\n',
            "example.ipynb",
            beside=(("CITATION.cff", "cff-version: 1.2.0\ntitle: Crop\n"),),
        ),
    ),
    Rule(
        id="deployprocess/reading",
        title="apkg can take this part of the deployment document into an application.",
        why="What cannot be taken over is left out, and said here.",
        source="apkg",
        severity="note",
        wrong=Example(
            '{"processDescription": {"process": {"id": "crop"}},\n'
            ' "executionUnit": [{"href": "https://example.org/crop.cwl"}]}\n',
            "example.deploy.json",
        ),
        right=Example(
            '{"processDescription": {"process": {"id": "crop"}},\n'
            ' "executionUnit": [{"href": "docker.io/example/crop:1.0"}]}\n',
            "example.deploy.json",
        ),
    ),
)
