# expect: cwl/requirement-missing@17 cwl/unknown-input@17 cwl/scatter-method@19 cwl/requirement-missing@19 cwl/scatter@19 cwl/requirement-missing@21 cwl/requirement-missing@27
cwlVersion: v1.2
class: Workflow
inputs:
  numbers: int[]
  more: int[]
outputs:
  all:
    type: Any
    outputSource: count/out
steps:
  count:
    run: {class: Operation, inputs: {n: int, m: int?}, outputs: {out: int}}
    in:
      n: numbers
      m:
        valueFrom: $(inputs.nn)
    out: [out]
    scatter: [n, k]
  inner:
    run:
      class: Workflow
      inputs: {x: int}
      outputs: []
      steps: []
    in:
      x: {source: [numbers, more], valueFrom: "$(1 + 1)"}
    out: []
    when: $(true)
