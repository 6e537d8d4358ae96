# expect: cwl/unknown-field@4 cwl/value@8 cwl/type@10 cwl/unknown-field@12 cwl/unknown-field@15 cwl/type@18 cwl/newer@19
cwlVersion: v1.1
class: CommandLineTool
baseComand: ls
inputs:
  a:
    type: File
    loadListing: deeply
  b:
    type: 5
    inputBinding:
      positon: 1
requirements:
  - class: InitialWorkDirRequirement
    listings: []
outputs: []
stdout:
  file: x
intent: [y]
