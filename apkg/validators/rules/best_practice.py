"""OGC 20-089, Best Practice for Earth Observation Application Package; its requirement ids kept."""

from __future__ import annotations

from apkg.validators.rules.model import Example, Rule

_BASE = "http://www.opengis.net/spec/eoap-bp/1.0/"
_GOOD = """\
cwlVersion: v1.2
$namespaces: {s: https://schema.org/}
s:softwareVersion: 1.0.0
s:author: {s:name: Ada}
s:citation: https://doi.org/10.1000/1
s:codeRepository: https://example.org/crop
s:contributor: {s:name: Grace}
s:dateCreated: "2024-05-17"
s:keywords: crop, EO
s:license: https://spdx.org/licenses/Apache-2.0
s:releaseNotes: First release.
$graph:
- class: Workflow
  id: crop
  label: Crop
  doc: Crops a product.
  requirements: {ScatterFeatureRequirement: {}}
  inputs:
    scenes: {label: Scenes, doc: Staged-in products., type: "Directory[]"}
  outputs:
    results: {label: Results, doc: A STAC catalogue., type: "Directory[]", \
outputSource: step/results}
  steps:
    step:
      run: "#tool"
      in: {scene: scenes}
      scatter: scene
      scatterMethod: dotproduct
      out: [results]
- class: CommandLineTool
  id: tool
  requirements: {DockerRequirement: {dockerPull: crop:1.0}}
  baseCommand: crop
  inputs: {scene: {type: Directory, inputBinding: {position: 1}}}
  outputs: {results: {type: Directory, outputBinding: {glob: .}}}
"""
_FILE = _GOOD.replace('type: "Directory[]"}', 'type: "File[]"}').replace(
    "scene: {type: Directory", "scene: {type: File"
)
_NO_FOLDER = _GOOD.replace('type: "Directory[]", outputSource', 'type: "File[]", outputSource')
_NO_FOLDER = _NO_FOLDER.replace(
    "results: {type: Directory, outputBinding: {glob: .}}",
    'results: {type: File, outputBinding: {glob: "*.tif"}}',
)

_RIGHT = Example(_GOOD)
_PEER = "ap-validator "

RULES = (
    Rule(
        id="best-practice/req-7",
        title="The package has a Workflow and a CommandLineTool, and the one runs the other.",
        why="Platforms deploy the Workflow and run the tools that it names.",
        source=f"OGC 20-089, requirement 7: {_BASE}req/app-pck/cwl",
        wrong=Example(_GOOD[: _GOOD.index("- class: CommandLineTool")]),
        right=_RIGHT,
        differs=_PEER + "only looks that both classes are there; it does not see a Workflow that "
        "never runs its tool.",
    ),
    Rule(
        id="best-practice/req-8",
        title="Each CommandLineTool has id, baseCommand, inputs, requirements and a "
        "DockerRequirement with dockerPull.",
        why="The platform must find the tool, its image and its command. Images that only have "
        "an ENTRYPOINT do not pass.",
        source=f"OGC 20-089, requirement 8: {_BASE}req/app-pck/clt",
        wrong=Example(_GOOD.replace("  baseCommand: crop\n", "")),
        right=_RIGHT,
        differs="the text asks for the DockerRequirement under 'requirements'. ap-validator and "
        "eoap-validator take one under 'hints' without a word; here that is a warning.",
    ),
    Rule(
        id="best-practice/req-9",
        title="The Workflow has id, label and doc.",
        why="They become identifier, title and abstract of the process.",
        source=f"OGC 20-089, requirement 9: {_BASE}req/app-pck/wf",
        wrong=Example(_GOOD.replace("  label: Crop\n", "")),
        right=_RIGHT,
        differs=_PEER + "fills in a missing id while reading, and does not miss it.",
    ),
    Rule(
        id="best-practice/req-10",
        title="Every input of the Workflow has id, label and doc.",
        why="They become identifier, title and abstract of the input.",
        source=f"OGC 20-089, requirement 10: {_BASE}req/app-pck/wf-inputs",
        wrong=Example(_GOOD.replace("label: Scenes, ", "")),
        right=_RIGHT,
        differs="an empty label or doc satisfies ap-validator; here it is a warning.",
    ),
    Rule(
        id="best-practice/req-11",
        title="The package says its version with schema.org's softwareVersion (or version).",
        why="Catalogues and platforms tell versions of a process apart by it.",
        source=f"OGC 20-089, requirement 11 and Table 1: {_BASE}req/app-pck/metadata",
        wrong=Example(_GOOD.replace("s:softwareVersion: 1.0.0\n", "")),
        right=_RIGHT,
        differs="the text asks for the metadata of the Workflow. " + _PEER + "looks on top of the "
        "document only, and for exactly 'https://schema.org/'. Here the Workflow or the tool may "
        "say it, http or https, with or without the last slash.",
    ),
    Rule(
        id="best-practice/req-13",
        title="Earth Observation products come into the Workflow as Directory.",
        why="Platforms stage a product in as a folder with a STAC catalogue. (A note: what is no "
        "product may well be a File.)",
        source=f"OGC 20-089, requirements 12 and 13: {_BASE}req/app-pck-stage-in/clt-stac, "
        f"{_BASE}req/app-pck-stage-in/wf-stac",
        severity="note",
        wrong=Example(_FILE),
        right=_RIGHT,
        differs=_PEER + "gives a hint for every tool and Workflow without an input of exactly "
        "Directory, lists (Directory[]) included; here only a File is asked about.",
    ),
    Rule(
        id="best-practice/req-14",
        title="The Workflow gives its results as a Directory.",
        why="Platforms stage out a folder with a STAC catalogue.",
        source=f"OGC 20-089, requirement 14: {_BASE}req/app-pck-stage-out/output-stac",
        severity="note",
        wrong=Example(_NO_FOLDER),
        right=_RIGHT,
        differs="ap-validator reports a tool without a Directory output as req-12.",
    ),
    Rule(
        id="best-practice/rec-1",
        title="A scattered step says its scatterMethod.",
        why="Fan-out over products is recommended in this form.",
        source=f"OGC 20-089, recommendation 1: {_BASE}rec/app-pck/fan-out",
        severity="note",
        wrong=Example(_GOOD.replace("      scatterMethod: dotproduct\n", "")),
        right=_RIGHT,
        differs="not checked by ap-validator; CWL itself needs the field for several inputs only.",
    ),
    Rule(
        id="best-practice/metadata",
        title="The optional metadata of Table 1 is there.",
        why="Catalogues show author, citation, code repository, contributor, date, keywords, "
        "licence and release notes.",
        source=f"OGC 20-089, Table 1 (optional): {_BASE}req/app-pck/metadata",
        severity="note",
        wrong=Example(_GOOD.replace("s:license: https://spdx.org/licenses/Apache-2.0\n", "")),
        right=_RIGHT,
    ),
    Rule(
        id="best-practice/docker-output-directory",
        title="DockerRequirement does not name an output directory.",
        why="Platforms collect results from the working directory, and refuse the field.",
        source="Practice of platforms; not in OGC 20-089",
        severity="warning",
        wrong=Example(_GOOD.replace("crop:1.0}", "crop:1.0, dockerOutputDirectory: /out}")),
        right=_RIGHT,
        differs="ap-validator makes it an error; the standard does not, and CWL allows it.",
    ),
    Rule(
        id="best-practice/process-id",
        title="The Workflow is not called 'main'.",
        why="The id becomes the id of the process on every platform that it is deployed to.",
        source=f"Practice of platforms; see OGC 20-089, requirement 9: {_BASE}req/app-pck/wf",
        severity="warning",
        wrong=Example(_GOOD.replace("  id: crop\n", "  id: main\n")),
        right=_RIGHT,
        differs="not checked by ap-validator.",
    ),
    Rule(
        id="best-practice/output-described",
        title="Every output of the Workflow has label and doc.",
        why="They become title and abstract of the output.",
        source="Practice of platforms; OGC 20-089 asks it of inputs only (requirement 10)",
        severity="warning",
        wrong=Example(_GOOD.replace("label: Results, ", "")),
        right=_RIGHT,
        differs="not checked by ap-validator.",
    ),
)
