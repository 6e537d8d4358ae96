# expect: cwl/recursion@9
cwlVersion: v1.2
class: Workflow
requirements: {SubworkflowFeatureRequirement: {}}
inputs: []
outputs: []
steps:
  again:
    run: circle-back.cwl
    in: []
    out: []
