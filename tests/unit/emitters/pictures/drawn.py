"""Pictures of workflows that are written in a few lines of CWL, and what they are asked."""

import textwrap

from apkg.emitters.pictures.build import picture
from apkg.files.documents import parse_document
from apkg.sources.cwl.workflow import read_workflow

TOOL = (
    "{class: CommandLineTool, baseCommand: x, inputs: {a: File, b: 'double?'}, "
    "outputs: {o: {type: File, outputBinding: {glob: o}}}}"
)


def document(steps, *, inputs="{a: File}", outputs="{}", **top):
    """A workflow ``w``; ``TOOL`` in ``steps`` is a tool that takes a and b, and gives o."""
    lines = ["cwlVersion: v1.2", "class: Workflow", "id: w", f"inputs: {inputs}"]
    lines += [f"{key}: {value}" for key, value in top.items()]
    body = textwrap.indent(textwrap.dedent(steps).strip().replace("TOOL", TOOL), "  ")
    return parse_document("\n".join([*lines, f"outputs: {outputs}", "steps:", body]), name="w.cwl")


def workflow(steps, **more):
    return read_workflow(document(steps, **more))


def draw(steps, **more):
    return picture(workflow(steps, **more))


def node(drawn, name, kind=None):
    (found,) = [n for n in drawn.nodes if n.name == name and kind in (None, n.kind)]
    return found


def links(drawn):
    """All links as ``source -> target: text``."""
    names = {n.id: n.name for n in drawn.nodes}
    return [
        f"{names[edge.source]} -> {names[edge.target]}: {wire.text}"
        for edge in drawn.edges
        for wire in edge.wires
    ]
