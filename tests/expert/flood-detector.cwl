cwlVersion: v1.2
class: CommandLineTool
label: Flood Detector
doc: Binary images of water-covered areas.
baseCommand: flood-detector
hints:
  DockerRequirement:
    dockerPull: flood-detector:1.0.0
inputs:
  features:
    type: File
    inputBinding: {prefix: -i}
  output:
    type: string
    default: flood.tif
    doc: Name of the stack of binary images.
    inputBinding: {prefix: -o}
  threshold:
    type: double
    default: 40
    doc: Grey value between water and land.
    inputBinding: {prefix: -t}
  bands:
    type: int[]?
    doc: Features to use.
    inputBinding: {prefix: -b, itemSeparator: ","}
  patch:
    type: int
    default: 4
    doc: Patches of fewer pixels are dropped.
    inputBinding: {prefix: -m}
  statistics:
    type: string?
    doc: Name of a JSON file for the water area.
    inputBinding: {prefix: -s}
  above:
    type: boolean?
    doc: Water has the greater values.
    inputBinding: {prefix: -a}
outputs:
  flood:
    type: File
    outputBinding: {glob: $(inputs.output)}
  statistics_file:
    type: File?
    outputBinding: {glob: $(inputs.statistics)}
