"""Rules on workflows: links, steps, and the files that they run."""

from __future__ import annotations

from apkg.validators.rules.model import Example, Rule

_TOOL = """\
- class: CommandLineTool
  id: crop
  baseCommand: crop
  inputs: {scene: File, level: int?}
  outputs: {cropped: {type: File, outputBinding: {glob: "*.tif"}}}
"""
_FLOW = """\
cwlVersion: v1.2
$graph:
- class: Workflow
  id: flow
  inputs: {scene: File, level: int}
  outputs: {result: {type: File, outputSource: step/cropped}}
  steps:
    step:
      run: "#crop"
      in: {scene: scene, level: level}
      out: [cropped]
"""
_GOOD = _FLOW + _TOOL
_CYCLE = """\
cwlVersion: v1.2
$graph:
- class: Workflow
  id: flow
  inputs: {scene: File}
  outputs: []
  steps:
    hen: {run: "#crop", in: {scene: SOURCE}, out: [cropped]}
    egg: {run: "#crop", in: {scene: hen/cropped}, out: [cropped]}
"""
_SCATTER = """\
cwlVersion: v1.2
$graph:
- class: Workflow
  id: flow
  requirements: {ScatterFeatureRequirement: {}}
  inputs: {scenes: "File[]", levels: "int[]"}
  outputs: {result: {type: "File[]", outputSource: step/cropped}}
  steps:
    step:
      run: "#crop"
      in: {scene: scenes, level: levels}
      scatter: OVER
      out: [cropped]
"""
_ITSELF = """\
cwlVersion: v1.2
class: Workflow
requirements: {SubworkflowFeatureRequirement: {}}
inputs: []
outputs: []
steps:
  again: {run: RUN, in: [], out: []}
"""
_EMPTY = "cwlVersion: v1.2\nclass: Workflow\ninputs: []\noutputs: []\nsteps: []\n"
_RUNS_FILE = _ITSELF.replace("RUN", "other.cwl")
_CONDITIONAL = _GOOD.replace("out: [cropped]", "when: $(inputs.level > 1)\n      out: [cropped]")
_CONDITIONAL = _CONDITIONAL.replace(
    "  steps:", "  requirements: {InlineJavascriptRequirement: {}}\n  steps:", 1
)
_SECTION = "CWL v1.2, Workflow: "

RULES = (
    Rule(
        id="cwl/source",
        title="A link begins at an input of the workflow or an output of a step.",
        why="A link from nowhere carries nothing: the runner refuses the workflow.",
        source=_SECTION + "WorkflowStepInput.source, WorkflowOutputParameter.outputSource",
        wrong=Example(_GOOD.replace("step/cropped", "step/croped")),
        right=Example(_GOOD),
    ),
    Rule(
        id="cwl/link-type",
        title="What flows along a link fits where it goes.",
        why="A value of another type stops the job after the steps before it have run.",
        source=_SECTION + "Data links (and LinkMergeMethod, PickValueMethod, scatter)",
        wrong=Example(_GOOD.replace("scene: scene,", "scene: level,")),
        right=Example(_GOOD),
    ),
    Rule(
        id="cwl/conditional",
        title="An output of a step with 'when' goes where null is allowed.",
        why="A step that is skipped gives null.",
        source=_SECTION + "WorkflowStep.when, PickValueMethod",
        severity="warning",
        wrong=Example(_CONDITIONAL),
        right=Example(_CONDITIONAL.replace("result: {type: File,", "result: {type: File?,")),
    ),
    Rule(
        id="cwl/output-source",
        title="An output of a workflow says where it comes from.",
        why="Without 'outputSource' it is always null.",
        source=_SECTION + "WorkflowOutputParameter.outputSource",
        severity="warning",
        wrong=Example(_GOOD.replace("type: File, outputSource: step/cropped", "type: File?")),
        right=Example(_GOOD),
    ),
    Rule(
        id="cwl/cycle",
        title="No steps wait for each other in a circle.",
        why="None of them can ever start.",
        source=_SECTION + "WorkflowStep (steps form a directed acyclic graph)",
        wrong=Example(_CYCLE.replace("SOURCE", "egg/cropped") + _TOOL),
        right=Example(_CYCLE.replace("SOURCE", "scene") + _TOOL),
    ),
    Rule(
        id="cwl/run",
        title="What a step runs is there.",
        why="'run' names a process of this document ('#id') or a CWL file beside it. A file with "
        "'$graph' needs 'file.cwl#id', unless a process of it is called 'main'.",
        source=_SECTION + "WorkflowStep.run",
        wrong=Example(_GOOD.replace('"#crop"', '"#corp"')),
        right=Example(_GOOD),
    ),
    Rule(
        id="cwl/run-invalid",
        title="The files that steps run are valid themselves.",
        why="A workflow is as good as its tools.",
        source=_SECTION + "WorkflowStep.run",
        wrong=Example(_RUNS_FILE, beside=(("other.cwl", _EMPTY.replace("v1.2", "v1.8")),)),
        right=Example(_RUNS_FILE, beside=(("other.cwl", _EMPTY),)),
    ),
    Rule(
        id="cwl/recursion",
        title="No process runs itself, be it through others.",
        why="A workflow cannot contain itself; cwltool ends in its own recursion.",
        source=_SECTION + "SubworkflowFeatureRequirement",
        wrong=Example(_RUNS_FILE, beside=(("other.cwl", _ITSELF.replace("RUN", "example.cwl")),)),
        right=Example(_RUNS_FILE, beside=(("other.cwl", _EMPTY),)),
    ),
    Rule(
        id="cwl/step-input",
        title="A step gives its process every input that it needs.",
        why="The process cannot run without.",
        source=_SECTION + "WorkflowStep.in",
        wrong=Example(_GOOD.replace("in: {scene: scene, level", "in: {level")),
        right=Example(_GOOD),
    ),
    Rule(
        id="cwl/step-input-unused",
        title="An input of a step is one of what it runs, or used in an expression.",
        why="Most often it is misspelt, and the process runs with its default instead.",
        source=_SECTION + "WorkflowStepInput.id",
        severity="warning",
        wrong=Example(_GOOD.replace("level: level}", "levle: level}")),
        right=Example(_GOOD),
    ),
    Rule(
        id="cwl/step-output",
        title="'out' of a step names outputs of what it runs.",
        why="There is nothing of that name to take.",
        source=_SECTION + "WorkflowStepOutput.id",
        wrong=Example(_GOOD.replace("out: [cropped]", "out: [cropped, mask]")),
        right=Example(_GOOD),
    ),
    Rule(
        id="cwl/scatter",
        title="A step is scattered over its own inputs.",
        why="There is nothing of that name to take apart.",
        source=_SECTION + "WorkflowStep.scatter",
        wrong=Example(_SCATTER.replace("OVER", "[scenes]") + _TOOL),
        right=Example(
            _SCATTER.replace("OVER", "[scene, level]\n      scatterMethod: dotproduct") + _TOOL
        ),
    ),
    Rule(
        id="cwl/scatter-method",
        title="A scatter over several inputs says how they are combined.",
        why="CWL has no default for it.",
        source=_SECTION + "WorkflowStep.scatterMethod",
        wrong=Example(_SCATTER.replace("OVER", "[scene, level]") + _TOOL),
        right=Example(
            _SCATTER.replace("OVER", "[scene, level]\n      scatterMethod: dotproduct") + _TOOL
        ),
    ),
)
