cwlVersion: v1.2
class: CommandLineTool
label: Stacker
doc: Stacks images of one place on one grid, cropped to the area that all of them cover.
baseCommand: stacker
hints:
  DockerRequirement:
    dockerPull: stacker:1.2.0
inputs:
  images:
    type: File[]
    doc: Georeferenced images; the first gives the grid.
    inputBinding: {position: 1}
  output:
    type: string
    default: stack.tif
    doc: Name of the stack.
    inputBinding: {prefix: --output}
  format:
    type: {type: enum, symbols: [GTiff, COG, netCDF]}
    default: GTiff
    inputBinding: {prefix: --format}
  nodata:
    type: double
    default: -9999.0
    doc: Value without data.
    inputBinding: {prefix: --nodata}
  no_compress:
    type: boolean?
    doc: Leave the file uncompressed.
    inputBinding: {prefix: --no-compress}
  report:
    type: string?
    doc: Name of a JSON file for the names of the bands.
    inputBinding: {prefix: --report}
  bands:
    type:
      - "null"
      - type: array
        items: int
        inputBinding: {prefix: --band}
    doc: Bands to take from every image.
    inputBinding: {position: 0}
  resampling:
    type: {type: enum, symbols: [nearest, bilinear, cubic, average]}
    default: nearest
    inputBinding: {prefix: --resampling}
  resolution:
    type: double?
    doc: Pixel size of the stack.
    inputBinding: {prefix: --resolution}
outputs:
  stack:
    type: File
    outputBinding: {glob: $(inputs.output)}
  report_file:
    type: File?
    outputBinding: {glob: $(inputs.report)}
