# expect: cwl/source@10 cwl/step-input@19 cwl/source@20 cwl/link-type@21 cwl/step-output@22 cwl/run@24 cwl/cycle@27
cwlVersion: v1.2
$graph:
- class: Workflow
  id: flow
  inputs: {scene: Directory, count: int}
  outputs:
    mask:
      type: File
      outputSource: detect/maks
    other:
      type: File
      outputSource: detect/mask
  requirements:
    SubworkflowFeatureRequirement: {}
  steps:
    detect:
      run: "#detect"
      in:
        name: scena
        level: scene
      out: [mask, other]
    gone:
      run: missing.cwl
      in: {}
      out: []
    hen:
      run: "#turn"
      in: {a: egg/b}
      out: [b]
    egg:
      run: "#turn"
      in: {a: hen/b}
      out: [b]
- class: CommandLineTool
  id: detect
  baseCommand: detect
  inputs: {name: Directory, level: int, needed: string, free: int?}
  outputs: {mask: {type: File, outputBinding: {glob: mask}}}
- class: CommandLineTool
  id: turn
  baseCommand: turn
  inputs: {a: int}
  outputs: {b: {type: int, outputBinding: {outputEval: $(1)}}}
