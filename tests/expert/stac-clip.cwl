cwlVersion: v1.2
class: CommandLineTool
label: Clip a STAC asset
doc: Cuts a box out of one asset of a staged catalogue.
baseCommand: run.py
inputs:
  input_catalog:
    type: Directory
    inputBinding: {prefix: --input_catalog}
  asset_name:
    type: string
    default: B04
    inputBinding: {prefix: --asset_name}
  bbox:
    type: string
    doc: West, south, east and north with spaces between them.
    inputBinding: {prefix: --bbox}
  output_file:
    type: string
    default: clipped.tif
    inputBinding: {prefix: --output_file}
outputs:
  clipped:
    type: File
    outputBinding: {glob: $(inputs.output_file)}
