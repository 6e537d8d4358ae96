cwlVersion: v1.2
class: CommandLineTool
label: SAR water subset
doc: Water in a subset of a calibrated Sentinel-1 product.
baseCommand: [gpt, /opt/graph.xml]
hints:
  DockerRequirement:
    dockerPull: snap-graph:1.0.0
inputs:
  input:
    type: File
    inputBinding: {prefix: -Pinput=, separate: false}
  region:
    type: string
    doc: Polygon in WKT, longitude and latitude.
    inputBinding: {prefix: -Pregion=, separate: false}
  filter:
    type: string
    doc: Name of the speckle filter.
    inputBinding: {prefix: -Pfilter=, separate: false}
  filterSize:
    type: int
    doc: Width of the speckle filter in pixels.
    inputBinding: {prefix: -PfilterSize=, separate: false}
  threshold:
    type: double
    doc: Backscatter of water stays below it, in dB.
    inputBinding: {prefix: -Pthreshold=, separate: false}
  output:
    type: string
    doc: Name of the result.
    inputBinding: {prefix: -Poutput=, separate: false}
outputs:
  result:
    type: File
    outputBinding: {glob: $(inputs.output)}
