"""What a person should look at after a notebook was read."""

from __future__ import annotations

from collections.abc import Iterable

from apkg.errors import Location
from apkg.report import Finding
from apkg.sources.claims import Layer
from apkg.sources.notebook.cells import Notebook
from apkg.sources.notebook.python import Found


def advice(notebook: Notebook, found: Found, merged: Layer) -> Iterable[Finding]:
    """What a person should look at after a conversion."""
    if not merged.inputs:
        yield _no_inputs(notebook, found)
    for name, fields in merged.inputs.items():
        if "type" in fields and fields["type"].source == "assumed":
            yield Finding(
                rule="notebook/type-unknown",
                severity="warning",
                message=f"input {name} has no value to tell its type by; a string is assumed",
                location=fields["type"].location,
                advice=f"Say it in a comment (# type: File) or by --set inputs.{name}.type=File.",
                subject=name,
            )
    image = merged.application["image"]
    if image.guessed:
        yield Finding(
            rule="notebook/image-assumed",
            severity="note",
            message=f"no image is named; {image.value} is assumed",
            location=Location(path=str(notebook.path)),
            advice="Name the image that holds the notebook's environment with --image.",
        )


def _no_inputs(notebook: Notebook, found: Found) -> Finding:
    names = [assignment.name for assignment in found.candidates][:8]
    looks = f"; these look like parameters: {', '.join(names)}" if names else ""
    return Finding(
        rule="notebook/no-inputs",
        severity="warning",
        message=f"the notebook declares no parameters, so the application has no inputs{looks}",
        location=Location(path=str(notebook.path)),
        advice="Tag the cell that assigns them 'parameters', or list them in apkg.yaml "
        "(apkg init writes one).",
    )
