# expect: cwl/value@3
cwlVersion: v1.0
class: CommandLinTool
baseCommand: a
inputs: []
outputs: []
