"""A SNAP graph with all its voices, as an application."""

from __future__ import annotations

from dataclasses import replace

from apkg.errors import SourceError
from apkg.model import CommandProgram
from apkg.sources.assemble import assemble
from apkg.sources.claims import Claim, in_order_of, merge
from apkg.sources.commandline.claims import CommandLayer, split
from apkg.sources.fallback import fallback_layer
from apkg.sources.interface import Reading
from apkg.sources.manifest.reading import ManifestReading
from apkg.sources.snap import GraphLayer, graph_layer, read_graph
from apkg.sources.tools.joined import BASE_COMMAND
from apkg.sources.tools.material import Material
from apkg.sources.tools.settle import settled
from apkg.sources.tools.voices import check_known, image_finding, read_voices


def _program(material: Material, found: GraphLayer, base: Claim | None) -> CommandProgram:
    """The words that run the graph: a person's, the image's own, or ``gpt`` with it beside.

    A graph of which paths were replaced is not the one in the image, and travels instead.
    """
    program = found.program
    if base is not None and isinstance(base.value, tuple):
        return replace(program, base_command=(*map(str, base.value), program.base_command[-1]))
    if material.graph_words and not any(f.rule == "snap/path-replaced" for f in found.findings):
        return replace(program, base_command=material.graph_words, files=())
    return program


def read_graph_application(material: Material, options: ManifestReading) -> Reading:
    """The application that the graph of ``material`` is.

    Raises:
        SourceError: the graph cannot be read, or somebody describes an input that it has not.
    """
    if material.graph is None:
        raise SourceError("there is no graph")
    graph = read_graph(material.graph)
    found = graph_layer(graph)
    voices = read_voices(material, options, material.folder, None, [])
    spoken_layer = CommandLayer(layer=found.layer, words=found.program.base_command)
    check_known(voices, [spoken_layer])
    stated, guessed = split(found.layer)
    said = voices.said
    merged = in_order_of(
        found.layer,
        merge([said.layer, voices.labels, stated, *voices.files, voices.image, guessed]),
    )
    application = dict(merged.application)
    base = application.pop(BASE_COMMAND, None)
    merged = settled(replace(merged, application=application), said)
    stem = material.graph.stem
    generic = stem.lower() in {"graph", "snap", "workflow"}
    name = (graph.path.resolve().parent.name if generic else "") or stem
    merged = merge([merged, fallback_layer(name, merged.application, location=graph.location())])
    program = _program(material, found, base)
    findings = (*voices.findings, *found.findings, *image_finding(merged, graph.location()))
    return Reading(assemble(merged, program=program), findings)
