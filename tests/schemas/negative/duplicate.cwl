# expect: document/duplicate-key@6
cwlVersion: v1.0
class: CommandLineTool
baseCommand: a
inputs: []
inputs: {}
outputs: []
