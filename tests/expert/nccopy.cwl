cwlVersion: v1.2
class: CommandLineTool
label: nccopy
doc: Copies a NetCDF file to another kind, compression or chunking.
baseCommand: nccopy
inputs:
  kind:
    type: string?
    doc: Kind of the copy, such as classic or netCDF-4.
    inputBinding: {prefix: -k}
  deflate:
    type: int?
    doc: From 0 to 9.
    inputBinding: {prefix: -d}
  shuffle:
    type: boolean?
    inputBinding: {prefix: -s}
  chunks:
    type: string?
    inputBinding: {prefix: -c}
  fixed:
    type: boolean?
    doc: Make unlimited dimensions fixed.
    inputBinding: {prefix: -u}
  diskless_output:
    type: boolean?
    inputBinding: {prefix: -w}
  variables:
    type: string[]?
    doc: Variables whose data is copied.
    inputBinding: {prefix: -v, itemSeparator: ","}
  only_variables:
    type: string[]?
    doc: Variables that are copied.
    inputBinding: {prefix: -V, itemSeparator: ","}
  groups:
    type: string[]?
    inputBinding: {prefix: -g, itemSeparator: ","}
  only_groups:
    type: string[]?
    inputBinding: {prefix: -G, itemSeparator: ","}
  buffer:
    type: int?
    doc: Bytes.
    inputBinding: {prefix: -m}
  chunk_cache:
    type: int?
    doc: Bytes.
    inputBinding: {prefix: -h}
  cache_elements:
    type: int?
    inputBinding: {prefix: -e}
  diskless_input:
    type: boolean?
    inputBinding: {prefix: -r}
  filters:
    type:
      - "null"
      - type: array
        items: string
        inputBinding: {prefix: -F}
    inputBinding: {position: 0}
  infile:
    type: File
    inputBinding: {position: 1}
  outfile:
    type: string
    doc: Name of the copy.
    inputBinding: {position: 2}
outputs:
  copy:
    type: File
    outputBinding: {glob: $(inputs.outfile)}
