"""A notebook as an :class:`Application`: every voice heard, in the order of the design."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from apkg.model import NotebookProgram, TextFile
from apkg.names import unique
from apkg.sources.assemble import assemble
from apkg.sources.claims import Layer, in_order_of, merge
from apkg.sources.interface import Reading
from apkg.sources.manifest.reading import ManifestReading
from apkg.sources.notebook.advice import advice
from apkg.sources.notebook.cells import Notebook, read_notebook
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
    naming_results,
    settled,
    variables_layer,
    variables_of,
)
from apkg.sources.notebook.modules import local_modules
from apkg.sources.notebook.prepare import injects, prepare
from apkg.sources.notebook.prose import prose_claims
from apkg.sources.notebook.python import Found, read_python
from apkg.sources.notebook.results import completed_outputs
from apkg.sources.notebook.secrets import Cleaned, cleaned, left_in, left_in_modules
from apkg.sources.notebook.stac import catalogued, with_helper
from apkg.sources.notebook.usage import find_usage
from apkg.sources.notebook.voices import Voices, check_described, read_voices
from apkg.sources.secrets import guarded


def read_notebook_application(
    path: Path, *, options: ManifestReading | None = None, allow_secrets: bool = False
) -> Reading:
    """Read the notebook at ``path`` and everything around it that describes it.

    Args:
        path: the notebook file.
        options: what the command line says, in the manifest's vocabulary.
        allow_secrets: keep defaults that look like passwords, tokens or keys.

    Raises:
        SourceError: something cannot be read, or an assignment of a parameter cell is no input.
    """
    notebook = read_notebook(path)
    voices = read_voices(notebook, options or ManifestReading())
    clean = cleaned(
        notebook, _found(notebook, voices), lambda bare: _found(bare, voices), allow=allow_secrets
    )
    if notebook.language == "python":
        check_described(voices, clean.found)
    reading = _reading(clean, voices, allow_secrets=allow_secrets)
    return guarded(reading, str(path), allow=allow_secrets)


def _found(notebook: Notebook, voices: Voices) -> Found:
    if notebook.language == "python":
        found = read_python(notebook, promoted=voices.promoted)
    else:
        found = Found(declarations=read_foreign(notebook), application={})
    kept = tuple(d for d in found.declarations if d.name not in voices.ignored_inputs)
    return replace(found, declarations=_distinct(kept))


def _distinct(declarations: tuple[Declaration, ...]) -> tuple[Declaration, ...]:
    """Inputs with ids that differ by more than case: ``n`` and ``N`` are two files to nobody."""
    taken: dict[str, list[str]] = {"input": [], "output": []}
    result = []
    for declaration in declarations:
        names = taken["input" if declaration.role == "input" else "output"]
        result.append(replace(declaration, name=unique(declaration.name, names)))
        names.append(result[-1].name)
    return tuple(result)


def _reading(clean: Cleaned, voices: Voices, *, allow_secrets: bool) -> Reading:
    notebook, found = clean.notebook, clean.found
    code = declared_layer(found.declarations, found.application)
    spoken = [
        *(voice.layer for voice in voices.declared),
        voices.surroundings.metadata,
        code,
        Layer(application=prose_claims(notebook)),
        *voices.surroundings.files,
    ]
    inference = Inference(notebook, find_usage(found.trees), found.cells, found.declarations)
    # A description of an output that does not say which file it is leaves the guessing to us.
    declares = any(
        {"glob", "named_by"} & fields.keys()
        for layer in spoken
        for fields in layer.outputs.values()
    )
    read = inference.inputs() if found.cells else foreign_inputs(notebook, found.declarations)
    guesses = Layer(inputs=read, outputs={} if declares else inference.outputs())
    layers = [*spoken, guesses, guessed_layer(found.declarations)]
    known = merge(layers)
    merged = merge([known, fallback_layer(notebook, known.application)])
    merged = in_order_of(code, merged)
    merged = leaves_out(merged, voices.ignored_inputs, voices.ignored_outputs)
    merged = Layer(
        application=merged.application,
        inputs={
            name: settled(fields)
            for name, fields in naming_results(merged, read=inference.read()).items()
        },
        outputs=completed_outputs(notebook, merged),
    )
    modules = local_modules(found.trees, notebook.path.parent)
    program, passed = _program(notebook, found, merged, modules)
    application = assemble(merge([merged, passed]), program=program)
    if program.stac:
        application = catalogued(application, program)
    findings = (*voices.findings, *inference.findings(), *advice(notebook, found, merged))
    told = {finding.location for finding in clean.findings}
    left = left_in(notebook, found, allow=allow_secrets)
    secrets = (
        *clean.findings,
        *(finding for finding in left if finding.location not in told),
        *left_in_modules(modules, notebook, allow=allow_secrets),
    )
    return Reading(application, (*findings, *secrets))


def _program(
    notebook: Notebook, found: Found, merged: Layer, modules: Sequence[TextFile]
) -> tuple[NotebookProgram, Layer]:
    inputs = [
        d
        for d in found.declarations
        if d.role == "folder" or (d.role == "input" and d.name in merged.inputs)
    ]
    outputs = [d for d in found.declarations if d.role == "output"]
    injected = injects(inputs)
    variables = variables_of(inputs, injected=injected)
    claim = merged.application.get("stac")
    stac = claim is not None and claim.value is True
    modules = with_helper(modules, [tree for _, tree in found.trees])
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
        stac=stac,
    )
    passed = {d.name: variables[d.name] for d in inputs if d.role == "input"}
    return program, variables_layer({k: v for k, v in passed.items() if k != v})


def _optional(merged: Layer) -> frozenset[str]:
    return frozenset(
        name
        for name, fields in merged.inputs.items()
        if "optional" in fields or "default" in fields
    )
