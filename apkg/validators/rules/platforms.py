"""The profiles ``documentation`` and ``platform:…``, and other validators."""

from __future__ import annotations

from apkg.validators.rules.model import Example, Rule

_GOOD = """\
cwlVersion: v1.2
class: CommandLineTool
id: crop
label: Crop
doc: Crops a scene to an area.
requirements:
  DockerRequirement: {dockerPull: registry.example.org/crop:1.0}
  ResourceRequirement: {coresMin: 1, ramMin: 1024}
baseCommand: crop
inputs:
  scene: {type: File, label: Scene, doc: "One band, GeoTIFF."}
outputs:
  result: {type: File, label: Result, doc: "The cropped band.", outputBinding: {glob: "*.tif"}}
"""
_FLOW = """\
cwlVersion: v1.2
class: Workflow
id: flow
inputs: {scene: File}
outputs: []
steps:
  step: {run: crop.cwl, in: {scene: scene}, out: []}
"""
_RIGHT = Example(_GOOD)
_CALRISSIAN = "Calrissian (CWL on Kubernetes)"

RULES = (
    Rule(
        id="documentation/process",
        title="The process has id, label and doc.",
        why="They become identifier, title and abstract in every catalogue.",
        source="CWL v1.2, CommandLineTool: label, doc; OGC 14-065r2 (WPS 2.0), "
        "DescriptionType: Identifier, Title, Abstract",
        severity="warning",
        wrong=Example(_GOOD.replace("doc: Crops a scene to an area.\n", "")),
        right=_RIGHT,
    ),
    Rule(
        id="documentation/process-id",
        title="The process is not called 'main'.",
        why="Two packages of that id cannot be deployed side by side.",
        source="Practice of platforms; OGC 14-065r2 (WPS 2.0): process identifiers are unique "
        "on a server",
        severity="warning",
        wrong=Example(_GOOD.replace("id: crop", "id: main")),
        right=_RIGHT,
    ),
    Rule(
        id="documentation/input",
        title="Every input of the process has label and doc.",
        why="A person at a form sees these words and nothing else.",
        source="CWL v1.2, CommandLineTool: CommandInputParameter.label, doc; see OGC 20-089, "
        "requirement 10",
        severity="warning",
        wrong=Example(_GOOD.replace("label: Scene, ", "")),
        right=_RIGHT,
    ),
    Rule(
        id="documentation/output",
        title="Every output of the process has label and doc.",
        why="A person must know what it is that came out.",
        source="CWL v1.2, CommandLineTool: CommandOutputParameter.label, doc",
        severity="warning",
        wrong=Example(_GOOD.replace("label: Result, ", "")),
        right=_RIGHT,
    ),
    Rule(
        id="platform:calrissian/resources",
        title="Each tool states the cores and the memory that it needs (coresMin, ramMin).",
        why="Kubernetes ends a pod that takes more memory than it asked for; the defaults of CWL "
        "are one core and 256 MiB.",
        source=_CALRISSIAN + "; CWL v1.2, CommandLineTool: ResourceRequirement",
        severity="warning",
        wrong=Example(_GOOD.replace("{coresMin: 1, ramMin: 1024}", "{coresMin: 1}")),
        right=_RIGHT,
    ),
    Rule(
        id="platform:calrissian/image",
        title="Each tool names its image with dockerPull.",
        why="Nothing is built, loaded or imported in a cluster, and without an image there is no "
        "pod to start.",
        source=_CALRISSIAN + "; CWL v1.2, CommandLineTool: DockerRequirement",
        wrong=Example(
            _GOOD.replace(
                "{dockerPull: registry.example.org/crop:1.0}",
                '{dockerFile: "FROM crop", dockerImageId: crop}',
            )
        ),
        right=_RIGHT,
    ),
    Rule(
        id="platform:calrissian/single-file",
        title="The package is one file: nothing is imported, included or run from another.",
        why="A platform is given one document; the files beside it stay behind.",
        source=_CALRISSIAN + " behind a platform; OGC 20-089, requirement 7: "
        "http://www.opengis.net/spec/eoap-bp/1.0/req/app-pck/cwl",
        wrong=Example(_FLOW, beside=(("crop.cwl", _GOOD),)),
        right=_RIGHT,
    ),
    Rule(
        id="engine/cwltool",
        title="cwltool --validate accepts the document.",
        why="The reference runner has the last word for many. Asked for with --engine cwltool.",
        source="cwltool; CWL v1.2",
        wrong=Example(_GOOD.replace("baseCommand", "baseComand")),
        right=_RIGHT,
    ),
    Rule(
        id="engine/not-checked",
        title="cwltool was not asked: the document refers to a network.",
        why="cwltool fetches what a document refers to; apkg validates offline unless --network "
        "is given.",
        source="apkg",
        severity="note",
        wrong=Example(_FLOW.replace("crop.cwl", "https://example.org/crop.cwl")),
        right=_RIGHT,
    ),
)
