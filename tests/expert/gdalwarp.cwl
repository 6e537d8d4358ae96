cwlVersion: v1.2
class: CommandLineTool
label: gdalwarp
doc: Reprojects and mosaics rasters.
baseCommand: gdalwarp
inputs:
  source_srs:
    type: string?
    inputBinding: {prefix: -s_srs}
  target_srs:
    type: string?
    inputBinding: {prefix: -t_srs}
  transformer_options:
    type:
      - "null"
      - type: array
        items: string
        inputBinding: {prefix: -to}
    doc: NAME=VALUE.
    inputBinding: {position: 0}
  source_epoch:
    type: double?
    inputBinding: {prefix: -s_coord_epoch}
  target_epoch:
    type: double?
    inputBinding: {prefix: -t_coord_epoch}
  order:
    type: int?
    doc: Order of the polynomial through the control points.
    inputBinding: {prefix: -order}
  tps:
    type: boolean?
    inputBinding: {prefix: -tps}
  rpc:
    type: boolean?
    inputBinding: {prefix: -rpc}
  geoloc:
    type: boolean?
    inputBinding: {prefix: -geoloc}
  error_threshold:
    type: double?
    doc: In pixels.
    inputBinding: {prefix: -et}
  extent:
    type: double[]?
    doc: West, south, east, north.
    inputBinding: {prefix: -te}
  resolution:
    type: double[]?
    inputBinding: {prefix: -tr}
  aligned:
    type: boolean?
    inputBinding: {prefix: -tap}
  size:
    type: int[]?
    doc: Width and height.
    inputBinding: {prefix: -ts}
  overview:
    type: string?
    inputBinding: {prefix: -ovr}
  warp_options:
    type:
      - "null"
      - type: array
        items: string
        inputBinding: {prefix: -wo}
    doc: NAME=VALUE.
    inputBinding: {position: 0}
  output_type:
    type: string?
    inputBinding: {prefix: -ot}
  working_type:
    type: string?
    inputBinding: {prefix: -wt}
  source_nodata:
    type: string?
    inputBinding: {prefix: -srcnodata}
  target_nodata:
    type: string?
    inputBinding: {prefix: -dstnodata}
  alpha:
    type: boolean?
    inputBinding: {prefix: -dstalpha}
  resampling:
    type:
      - "null"
      - type: enum
        symbols: [near, bilinear, cubic, cubicspline, lanczos, average, rms, mode, max, min,
                  med, Q1, Q3, sum]
    inputBinding: {prefix: -r}
  memory:
    type: double?
    doc: In MB.
    inputBinding: {prefix: -wm}
  multi:
    type: boolean?
    inputBinding: {prefix: -multi}
  quiet:
    type: boolean?
    inputBinding: {prefix: -q}
  cutline:
    type: File?
    doc: Vector data whose outline is cut out.
    inputBinding: {prefix: -cutline}
  cutline_layer:
    type: string?
    inputBinding: {prefix: -cl}
  cutline_where:
    type: string?
    inputBinding: {prefix: -cwhere}
  cutline_sql:
    type: string?
    inputBinding: {prefix: -csql}
  cutline_blend:
    type: double?
    doc: In pixels.
    inputBinding: {prefix: -cblend}
  crop_to_cutline:
    type: boolean?
    inputBinding: {prefix: -crop_to_cutline}
  input_formats:
    type:
      - "null"
      - type: array
        items: string
        inputBinding: {prefix: -if}
    inputBinding: {position: 0}
  format:
    type: string?
    inputBinding: {prefix: -of}
  creation_options:
    type:
      - "null"
      - type: array
        items: string
        inputBinding: {prefix: -co}
    doc: NAME=VALUE.
    inputBinding: {position: 0}
  overwrite:
    type: boolean?
    inputBinding: {prefix: -overwrite}
  no_metadata:
    type: boolean?
    inputBinding: {prefix: -nomd}
  colour_interpretation:
    type: boolean?
    inputBinding: {prefix: -setci}
  open_options:
    type:
      - "null"
      - type: array
        items: string
        inputBinding: {prefix: -oo}
    doc: NAME=VALUE.
    inputBinding: {position: 0}
  target_open_options:
    type:
      - "null"
      - type: array
        items: string
        inputBinding: {prefix: -doo}
    doc: NAME=VALUE.
    inputBinding: {position: 0}
  sources:
    type: File[]
    inputBinding: {position: 1}
  target:
    type: string
    doc: Name of the result.
    inputBinding: {position: 2}
outputs:
  raster:
    type: File
    outputBinding: {glob: $(inputs.target)}
