"""Rules on requirements, hints and expressions in CWL."""

from __future__ import annotations

from apkg.validators.rules.model import Example, Rule


def _tool(rest: str) -> str:
    return (
        "cwlVersion: v1.2\nclass: CommandLineTool\nbaseCommand: crop\n"
        f"inputs: {{scene: File, level: int}}\noutputs: []\n{rest}"
    )


_SECTION = "CWL v1.2, CommandLineTool: "
_FLOW = """\
cwlVersion: v1.2
class: Workflow
requirements: REQUIREMENTS
inputs: {scene: File}
outputs: []
steps:
  inner:
    run: {class: Workflow, inputs: {scene: File}, outputs: [], steps: []}
    in: {scene: scene}
    out: []
"""

RULES = (
    Rule(
        id="cwl/requirement-missing",
        title="What a document uses, it requires.",
        why="JavaScript, scatter, subworkflows, several sources and valueFrom in steps are "
        "switched on by a requirement each; without it a runner refuses.",
        source="CWL v1.2, Requirements and hints; InlineJavascriptRequirement, "
        "ScatterFeatureRequirement, SubworkflowFeatureRequirement, "
        "MultipleInputFeatureRequirement, StepInputExpressionRequirement",
        wrong=Example(_FLOW.replace("REQUIREMENTS", "{}")),
        right=Example(_FLOW.replace("REQUIREMENTS", "{SubworkflowFeatureRequirement: {}}")),
        differs="in a tool of its own file missing JavaScript is a warning, as a workflow may hand "
        "it down.",
    ),
    Rule(
        id="cwl/unknown-input",
        title="$(inputs.name) names an input.",
        why="The expression gives null or fails, after everything before it has run.",
        source=_SECTION + "Parameter references",
        wrong=Example(_tool("arguments: [$(inputs.sceen.path)]\n")),
        right=Example(_tool("arguments: [$(inputs.scene.path)]\n")),
        differs="cwltool --validate does not look into expressions.",
    ),
    Rule(
        id="cwl/duplicate-requirement",
        title="A requirement stands once in its list.",
        why="Runners do not agree on which of the two holds.",
        source=_SECTION + "requirements",
        wrong=Example(
            _tool(
                "requirements:\n- {class: ResourceRequirement, ramMin: 1024}\n"
                "- {class: ResourceRequirement, coresMin: 2}\n"
            )
        ),
        right=Example(
            _tool("requirements:\n- {class: ResourceRequirement, ramMin: 1024, coresMin: 2}\n")
        ),
    ),
    Rule(
        id="cwl/requirement-place",
        title="Requirements of workflows stand in workflows.",
        why="A tool has no steps to scatter.",
        source="CWL v1.2, Workflow: requirements",
        severity="warning",
        wrong=Example(_tool("hints: {ScatterFeatureRequirement: {}}\n")),
        right=Example(_tool("hints: {ResourceRequirement: {ramMin: 1024}}\n")),
    ),
    Rule(
        id="cwl/docker-image",
        title="A DockerRequirement names an image.",
        why="There is nothing to run the tool in.",
        source=_SECTION + "DockerRequirement",
        severity="warning",
        wrong=Example(_tool("requirements: {DockerRequirement: {}}\n")),
        right=Example(_tool("requirements: {DockerRequirement: {dockerPull: crop:1.0}}\n")),
    ),
    Rule(
        id="cwl/extension",
        title="Extensions are hints.",
        why="A platform that does not know an extension under 'requirements' must refuse.",
        source=_SECTION + "requirements, hints",
        severity="warning",
        wrong=Example(
            _tool("$namespaces: {x: https://example.org/}\nrequirements: {x:Gpu: {count: 1}}\n")
        ),
        right=Example(
            _tool("$namespaces: {x: https://example.org/}\nhints: {x:Gpu: {count: 1}}\n")
        ),
    ),
    Rule(
        id="cwl/unknown-hint",
        title="Hints without a prefix are requirements that CWL knows.",
        why="A misspelt hint is ignored without a word: no image, no memory.",
        source=_SECTION + "hints",
        wrong=Example(_tool("hints: {DockerRequirment: {dockerPull: crop:1.0}}\n")),
        right=Example(_tool("hints: {DockerRequirement: {dockerPull: crop:1.0}}\n")),
        differs="cwltool says nothing; ap-validator then says that there is no DockerRequirement.",
    ),
)
