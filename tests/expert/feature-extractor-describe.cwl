cwlVersion: v1.2
class: CommandLineTool
label: Statistics of a stack
doc: Prints mean, spread and extremes of the bands of a stack.
baseCommand: [python, -m, feature_extractor, describe]
stdout: statistics.json
hints:
  DockerRequirement:
    dockerPull: feature-extractor:0.4.1
inputs:
  stack:
    type: File
    inputBinding: {position: 1}
  band:
    type:
      - "null"
      - type: array
        items: int
        inputBinding: {prefix: --band}
    doc: Bands to describe, from 1.
    inputBinding: {position: 0}
outputs:
  statistics:
    type: stdout
