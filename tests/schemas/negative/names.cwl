# expect: cwl/duplicate-id@8 cwl/unknown-type@9 cwl/unknown-type@13 cwl/default-type@16 cwl/default-type@19 cwl/import@21 cwl/unknown-hint@23 cwl/prefix@28 cwl/format@28
cwlVersion: v1.2
class: CommandLineTool
baseCommand: a
inputs:
  - id: a
    type: int
  - id: a
    type: strng
  - id: b
    type:
      type: array
      items: integer
  - id: c
    type: int
    default: "7"
  - id: d
    type: Directory
    default: /data
requirements:
  - $import: nothing.yml
hints:
  - class: DockerRequirment
    dockerPull: x
outputs:
  o:
    type: string
    format: edam:format_1
