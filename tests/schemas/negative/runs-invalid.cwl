# expect: cwl/run-invalid@8 cwl/run@12 cwl/run@16
cwlVersion: v1.2
class: Workflow
inputs: []
outputs: []
steps:
  one:
    run: structure.cwl
    in: []
    out: []
  two:
    run: ../../../../../../etc/passwd
    in: []
    out: []
  three:
    run: "#nobody"
    in: []
    out: []
