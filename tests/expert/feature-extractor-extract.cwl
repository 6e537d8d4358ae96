cwlVersion: v1.2
class: CommandLineTool
label: Feature Extractor
doc: Features of the surroundings of each pixel of a stack.
baseCommand: [python, -m, feature_extractor, extract]
requirements:
  # cwltool takes no optional array of a nameless enum.
  SchemaDefRequirement:
    types:
      - {name: feature_name, type: enum, symbols: [std, mean, cv]}
hints:
  DockerRequirement:
    dockerPull: feature-extractor:0.4.1
inputs:
  stack:
    type: File
    inputBinding: {position: 1}
  output:
    type: string
    default: features.tif
    doc: Name of the features' GeoTIFF.
    inputBinding: {prefix: --output}
  feature:
    type:
      type: array
      items: feature_name
      inputBinding: {prefix: --feature}
    default: [std]
    doc: Features of each band.
    inputBinding: {position: 0}
  window:
    type: int
    default: 5
    doc: Width of the window in pixels; odd, from 3 to 15.
    inputBinding: {prefix: --window}
  stretch:
    type: double[]
    default: [2.0, 98.0]
    doc: The percentiles of black and white.
    inputBinding: {prefix: --stretch}
  mask:
    type: File?
    doc: Where it is 0, there is no data.
    inputBinding: {prefix: --mask}
  no_normalise:
    type: boolean?
    doc: Write the values themselves.
    inputBinding: {prefix: --no-normalise}
outputs:
  features:
    type: File
    outputBinding: {glob: $(inputs.output)}
