cwlVersion: v1.2
class: CommandLineTool
label: rio warp
doc: Brings a raster to another projection, extent or resolution.
baseCommand: [rio, warp]
inputs:
  inputs:
    type: File[]
    inputBinding: {position: 1}
  output:
    type: string
    doc: Name of the result.
    inputBinding: {position: 2}
  driver:
    type: string?
    inputBinding: {prefix: --driver}
  like:
    type: File?
    doc: A raster whose grid is taken over.
    inputBinding: {prefix: --like}
  dst_crs:
    type: string?
    inputBinding: {prefix: --dst-crs}
  dimensions:
    type: int[]?
    doc: Width and height.
    inputBinding: {prefix: --dimensions}
  src_bounds:
    type: double[]?
    inputBinding: {prefix: --src-bounds}
  bounds:
    type: double[]?
    inputBinding: {prefix: --bounds}
  res:
    type:
      - "null"
      - type: array
        items: double
        inputBinding: {prefix: --res}
    doc: One pixel size, or one for each axis.
    inputBinding: {position: 0}
  resampling:
    type:
      type: enum
      symbols: [nearest, bilinear, cubic, cubic_spline, lanczos, average, mode, max, min, med,
                q1, q3, sum, rms]
    default: nearest
    inputBinding: {prefix: --resampling}
  src_nodata:
    type: double?
    inputBinding: {prefix: --src-nodata}
  dst_nodata:
    type: double?
    inputBinding: {prefix: --dst-nodata}
  threads:
    type: int?
    inputBinding: {prefix: --threads}
  no_check_invert_proj:
    type: boolean?
    inputBinding: {prefix: --no-check-invert-proj}
  target_aligned_pixels:
    type: boolean?
    inputBinding: {prefix: --target-aligned-pixels}
  overwrite:
    type: boolean?
    inputBinding: {prefix: --overwrite}
  creation_options:
    type:
      - "null"
      - type: array
        items: string
        inputBinding: {prefix: --co}
    doc: NAME=VALUE for the driver.
    inputBinding: {position: 0}
  warp_options:
    type:
      - "null"
      - type: array
        items: string
        inputBinding: {prefix: --wo}
    doc: NAME=VALUE for the warper.
    inputBinding: {position: 0}
outputs:
  warped:
    type: File
    outputBinding: {glob: $(inputs.output)}
