"""Rules on passwords, tokens and keys: what is published is read by everybody."""

from __future__ import annotations

from apkg.validators.rules.model import Example, Rule

_HEAD = '# %% tags=["parameters"]\n'
_WHY = "What is in a package or an image is there for everybody who can fetch it, for good."
#: Put together, so that no scanner takes our own source for a leak.
_TOKEN = "glpat-" + "q7Rm2ZtX9vLk4NwYb8Hs"

RULES = (
    Rule(
        id="secrets/default",
        title="No input has a password, token or key for its default.",
        why=f"{_WHY} It is left out of all documents.",
        source="apkg",
        severity="warning",
        wrong=Example(f'{_HEAD}password = "Correct-Horse-7"\n', "example.ipynb"),
        right=Example(f"{_HEAD}password: str\n", "example.ipynb"),
    ),
    Rule(
        id="secrets/text",
        title="Nothing that travels with the package holds a password, token or key.",
        why=_WHY,
        source="apkg",
        wrong=Example(f'{_HEAD}level = 3\n# %%\nsession = log_in("{_TOKEN}")\n', "example.ipynb"),
        right=Example(
            f'{_HEAD}level = 3\n# %%\nsession = log_in(os.environ["TOKEN"])\n', "example.ipynb"
        ),
    ),
)
