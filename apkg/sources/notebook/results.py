"""The outputs of a notebook: those that are claimed, and those that every notebook has."""

from __future__ import annotations

from apkg.model import Scalar
from apkg.names import unique
from apkg.sources.claims import Claim, Layer
from apkg.sources.notebook.cells import Notebook

_EXECUTED = "executed_notebook"


def completed_outputs(notebook: Notebook, merged: Layer) -> dict[str, dict[str, Claim]]:
    """The outputs under names that no input has, the whole folder if there are none."""
    taken = list(merged.inputs)
    found: dict[str, dict[str, Claim]] = {}
    for name, fields in merged.outputs.items():
        free = (
            unique(name, taken)
            if name.lower() not in {t.lower() for t in taken}
            else (unique(f"{name}_output", [*taken, *merged.outputs]))
        )
        found[free] = dict(fields)
        taken.append(free)
    place = notebook.location()
    if not found:
        found[unique("results", taken)] = {
            "type": Claim(
                value=Scalar("Directory"), source="assumed", guessed=True, location=place
            ),
            "glob": Claim(value=".", source="assumed", guessed=True, location=place),
            "doc": Claim(value="Everything that the notebook writes", source="assumed"),
        }
    said = "the launcher"
    found[unique(_EXECUTED, [*taken, *found])] = {
        "type": Claim(value=Scalar("File"), source=said),
        "role": Claim(value="executed-notebook", source=said),
        "glob": Claim(value=f"{merged.application['id'].value}.executed.ipynb", source=said),
        "label": Claim(value="Executed notebook", source=said),
        "doc": Claim(value="The notebook as it ran, with the outputs of its cells", source=said),
        "media_types": Claim(value=("application/x-ipynb+json",), source=said),
    }
    return found
