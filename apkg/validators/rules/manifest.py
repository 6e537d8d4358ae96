"""Rules on manifests."""

from __future__ import annotations

from apkg.validators.rules.model import Example, Rule

_GOOD = "title: Crop\nlicense: Apache-2.0\nversion: '1.0'\n"
_SOURCE = "schemas/apkg-manifest.schema.json"


def _example(text: str) -> Example:
    return Example(text, "apkg.yaml")


RULES = (
    Rule(
        id="manifest/unknown-field",
        title="Every key is one of a manifest's.",
        why="What is misspelt is not taken over; 'apkg convert' stops at it.",
        source=_SOURCE,
        wrong=_example(_GOOD.replace("license", "licence")),
        right=_example(_GOOD),
    ),
    Rule(
        id="manifest/missing-field",
        title="Required keys are there.",
        why="An author without a name cannot be shown.",
        source=_SOURCE,
        wrong=_example(_GOOD + "authors: [{email: ada@example.org}]\n"),
        right=_example(_GOOD + "authors: [{name: Ada, email: ada@example.org}]\n"),
    ),
    Rule(
        id="manifest/type",
        title="Values are of the kind that their key takes.",
        why="A version such as 1.10 is a number unless it is quoted, and loses its zero.",
        source=_SOURCE,
        wrong=_example(_GOOD.replace("'1.0'", "1.0")),
        right=_example(_GOOD),
    ),
    Rule(
        id="manifest/value",
        title="Values are among those that their key takes.",
        why="A negative amount of memory means nothing.",
        source=_SOURCE,
        wrong=_example(_GOOD + "resources: {ramMin: -1}\n"),
        right=_example(_GOOD + "resources: {ramMin: 1024}\n"),
    ),
    Rule(
        id="manifest/no-such-notebook",
        title="The notebooks that the manifest names are beside it.",
        why="What it says of them reaches nobody.",
        source="apkg",
        severity="warning",
        wrong=Example(
            '# %% tags=["parameters"]\nlevel = 3\n',
            "example.ipynb",
            beside=(("apkg.yaml", "notebook: exmaple.ipynb\ntitle: Crop\n"),),
        ),
        right=Example(
            '# %% tags=["parameters"]\nlevel = 3\n',
            "example.ipynb",
            beside=(("apkg.yaml", "notebook: example.ipynb\ntitle: Crop\n"),),
        ),
    ),
)
