"""A notebook as an :class:`Application`: every voice heard, in the order of the design."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from apkg.errors import Location, SourceError
from apkg.model import NotebookProgram, Scalar
from apkg.names import did_you_mean, unique
from apkg.report import Finding
from apkg.sources.assemble import assemble
from apkg.sources.claims import Claim, Layer, merge
from apkg.sources.interface import Reading
from apkg.sources.manifest.reading import ManifestReading, find_manifest, reading_of
from apkg.sources.notebook.cells import Cell, Notebook, read_notebook
from apkg.sources.notebook.declaration import Declaration
from apkg.sources.notebook.foreign_cells import read_foreign
from apkg.sources.notebook.foreign_usage import foreign_inputs
from apkg.sources.notebook.inferred import Inference
from apkg.sources.notebook.layers import (
    declared_layer,
    fallback_layer,
    folder_of,
    guessed_layer,
    leaves_out,
    settled,
    variables_layer,
    variables_of,
)
from apkg.sources.notebook.modules import local_modules
from apkg.sources.notebook.prepare import injects, prepare
from apkg.sources.notebook.prose import prose_claims
from apkg.sources.notebook.python import Found, read_python
from apkg.sources.notebook.usage import find_usage
from apkg.sources.problems import stop
from apkg.sources.surroundings import Surroundings, read_surroundings

_EXECUTED = "executed_notebook"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Voices:
    """Everything that speaks about one notebook besides its code."""

    options: ManifestReading
    manifest: ManifestReading
    surroundings: Surroundings
    cells: ManifestReading

    @property
    def declared(self) -> tuple[ManifestReading, ...]:
        """The voices that use the manifest's vocabulary, the first to win first."""
        return (self.options, self.manifest, self.surroundings.declared, self.cells)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the side files made us note."""
        return (*self.manifest.findings, *self.surroundings.findings)


def read_notebook_application(path: Path, *, options: ManifestReading | None = None) -> Reading:
    """Read the notebook at ``path`` and everything around it that describes it.

    Args:
        path: the notebook file.
        options: what the command line says, in the manifest's vocabulary.

    Raises:
        SourceError: something cannot be read, or an assignment of a parameter cell is no input.
    """
    notebook = read_notebook(path)
    voices = _voices(notebook, options or ManifestReading())
    python = notebook.language == "python"
    promoted = frozenset().union(*(voice.declared for voice in voices.declared))
    if python:
        found = read_python(notebook, promoted=promoted)
    else:
        found = Found(declarations=read_foreign(notebook), application={})
    ignored = frozenset().union(*(voice.ignored_inputs for voice in voices.declared))
    kept = tuple(d for d in found.declarations if d.name not in ignored)
    found = replace(found, declarations=_distinct(kept))
    if python:
        _check_promoted(voices, found)
    return _reading(notebook, voices, found)


def _distinct(declarations: tuple[Declaration, ...]) -> tuple[Declaration, ...]:
    """Inputs with ids that differ by more than case: ``n`` and ``N`` are two files to nobody."""
    taken: dict[str, list[str]] = {"input": [], "output": []}
    result = []
    for declaration in declarations:
        names = taken["input" if declaration.role == "input" else "output"]
        result.append(replace(declaration, name=unique(declaration.name, names)))
        names.append(result[-1].name)
    return tuple(result)


def _voices(notebook: Notebook, options: ManifestReading) -> _Voices:
    return _Voices(
        options=options,
        manifest=_manifest(notebook),
        surroundings=read_surroundings(
            notebook.path.parent, notebook.metadata, notebook=str(notebook.path)
        ),
        cells=_cell_metadata(notebook),
    )


def _manifest(notebook: Notebook) -> ManifestReading:
    place = find_manifest(notebook.path)
    if place is None:
        return ManifestReading()
    from apkg.sources.manifest.reader import read_manifest

    return read_manifest(place, notebook=notebook.name)


def _cell_metadata(notebook: Notebook) -> ManifestReading:
    """``metadata.apkg`` of the cells: the manifest's vocabulary again."""
    described = [cell for cell in notebook.cells if "apkg" in cell.metadata]
    if not described:
        return ManifestReading()
    from apkg.sources.manifest.said import Said, said_in

    def said_by(cell: Cell) -> Said:
        place = notebook.location(cell.number)
        return said_in(
            cell.metadata["apkg"],
            path=("cells", cell.number - 1, "metadata", "apkg"),
            where=lambda _path, _key: place,
            source="the cell's metadata (apkg)",
        )

    said = [said_by(cell) for cell in described]
    stop([problem for part in said for problem in part.problems])
    return reading_of(said)


def _check_promoted(voices: _Voices, found: Found) -> None:
    known = {d.name for d in found.declarations} | {
        name for voice in voices.declared for name in voice.ignored_inputs
    }
    for voice in voices.declared:
        for name, fields in voice.layer.inputs.items():
            if name in known:
                continue
            variables = [*known, *(a.name for a in found.candidates)]
            close = did_you_mean(name, variables)
            raise SourceError(
                f"input {name} is described, and the notebook assigns no such variable",
                hint=f"Did you mean {close}?"
                if close
                else "Inputs are variables of the notebook: "
                f"assign {name} a plain value at the top level of a cell.",
                location=next((c.location for c in fields.values() if c.location), None),
            )


def _reading(notebook: Notebook, voices: _Voices, found: Found) -> Reading:
    code = declared_layer(found.declarations, found.application)
    spoken = [
        *(voice.layer for voice in voices.declared),
        voices.surroundings.metadata,
        code,
        Layer(application=prose_claims(notebook)),
        *voices.surroundings.files,
    ]
    trees = [(cell.cell.number, cell.tree) for cell in found.cells if cell.tree]
    inference = Inference(notebook, find_usage(trees), found.cells, found.declarations)
    declares = any(layer.outputs for layer in spoken)
    read = inference.inputs() if found.cells else foreign_inputs(notebook, found.declarations)
    guesses = Layer(inputs=read, outputs={} if declares else inference.outputs())
    layers = [*spoken, guesses, guessed_layer(found.declarations)]
    known = merge(layers)
    merged = merge([known, fallback_layer(notebook, known.application)])
    merged = leaves_out(
        merged,
        frozenset().union(*(voice.ignored_inputs for voice in voices.declared)),
        frozenset().union(*(voice.ignored_outputs for voice in voices.declared)),
    )
    merged = Layer(
        application=merged.application,
        inputs={name: settled(fields) for name, fields in merged.inputs.items()},
        outputs=_outputs(notebook, merged),
    )
    program, passed = _program(notebook, found, merged)
    application = assemble(merge([merged, passed]), program=program)
    findings = (*voices.findings, *inference.findings(), *_advice(notebook, found, merged))
    return Reading(application, findings)


def _outputs(notebook: Notebook, merged: Layer) -> dict[str, dict[str, Claim]]:
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


def _program(notebook: Notebook, found: Found, merged: Layer) -> tuple[NotebookProgram, Layer]:
    inputs = [
        d
        for d in found.declarations
        if d.role == "folder" or (d.role == "input" and d.name in merged.inputs)
    ]
    outputs = [d for d in found.declarations if d.role == "output"]
    injected = injects(inputs)
    variables = variables_of(inputs, injected=injected)
    modules = local_modules(
        [(cell.cell.number, cell.tree) for cell in found.cells if cell.tree], notebook.path.parent
    )
    text = prepare(
        notebook,
        [*inputs, *outputs],
        edits=found.edits,
        variables=variables if injected else {},
        optional=_optional(merged),
        modules=modules,
    )
    program = NotebookProgram(
        notebook=text,
        file_name=notebook.name,
        language=notebook.language,
        kernel=notebook.kernel,
        folders=tuple((variables[d.name], folder_of(d)) for d in inputs if d.role == "folder"),
    )
    passed = {d.name: variables[d.name] for d in inputs if d.role == "input"}
    return program, variables_layer({k: v for k, v in passed.items() if k != v})


def _optional(merged: Layer) -> frozenset[str]:
    return frozenset(
        name
        for name, fields in merged.inputs.items()
        if "optional" in fields or "default" in fields
    )


def _advice(notebook: Notebook, found: Found, merged: Layer) -> Iterable[Finding]:
    """What a person should look at after a conversion."""
    if not merged.inputs:
        yield _no_inputs(notebook, found)
    for name, fields in merged.inputs.items():
        if fields["type"].source == "assumed" if "type" in fields else False:
            yield Finding(
                rule="notebook-type-unknown",
                severity="warning",
                message=f"input {name} has no value to tell its type by; taken as an optional string",
                location=fields["type"].location,
                advice=f"Say it in a comment (# type: File), or with --set inputs.{name}.type=File.",
                subject=name,
            )
    image = merged.application["image"]
    if image.guessed:
        yield Finding(
            rule="notebook-image-assumed",
            severity="note",
            message=f"no image is named; {image.value} is assumed",
            location=Location(path=str(notebook.path)),
            advice="Name the image that holds the notebook's environment with --image.",
        )


def _no_inputs(notebook: Notebook, found: Found) -> Finding:
    names = [assignment.name for assignment in found.candidates][:8]
    looks = f"; these look like parameters: {', '.join(names)}" if names else ""
    return Finding(
        rule="notebook-no-inputs",
        severity="warning",
        message=f"the notebook declares no parameters, so the application has no inputs{looks}",
        location=Location(path=str(notebook.path)),
        advice="Tag the cell that assigns them 'parameters', or list them in apkg.yaml "
        "(apkg init writes one).",
    )
