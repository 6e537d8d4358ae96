cwlVersion: v1.2
class: CommandLineTool
label: OTB BandMath
doc: One band computed from the bands of several images.
baseCommand: otbcli_BandMath
inputs:
  images:
    type: File[]
    inputBinding: {prefix: -il}
  out:
    type: string
    doc: Name of the result.
    inputBinding: {prefix: -out}
  expression:
    type: string
    inputBinding: {prefix: -exp}
  ram:
    type: int
    default: 256
    doc: Memory in MB.
    inputBinding: {prefix: -ram}
outputs:
  image:
    type: File
    outputBinding: {glob: $(inputs.out)}
