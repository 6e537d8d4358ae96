# expect: cwl/version@2
cwlVersion: v1.8
class: CommandLineTool
inputs: []
outputs: []
