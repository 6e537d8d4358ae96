cwlVersion: v1.2
class: CommandLineTool
label: gdal_translate
doc: Converts a raster to another format, extent or number type.
baseCommand: gdal_translate
inputs:
  output_type:
    type:
      - "null"
      - type: enum
        symbols: [Byte, Int16, UInt16, UInt32, Int32, UInt64, Int64, Float32, Float64, CInt16,
                  CInt32, CFloat32, CFloat64]
    inputBinding: {prefix: -ot}
  strict:
    type: boolean?
    inputBinding: {prefix: -strict}
  input_formats:
    type:
      - "null"
      - type: array
        items: string
        inputBinding: {prefix: -if}
    inputBinding: {position: 0}
  format:
    type: string?
    doc: Short name of the driver.
    inputBinding: {prefix: -of}
  bands:
    type:
      - "null"
      - type: array
        items: string
        inputBinding: {prefix: -b}
    doc: Bands to copy, in this order.
    inputBinding: {position: 0}
  mask:
    type: string?
    doc: Band that becomes the mask.
    inputBinding: {prefix: -mask}
  expand:
    type:
      - "null"
      - type: enum
        symbols: [gray, rgb, rgba]
    inputBinding: {prefix: -expand}
  outsize:
    type: string[]?
    doc: Width and height, in pixels or per cent.
    inputBinding: {prefix: -outsize}
  resolution:
    type: double[]?
    doc: Pixel width and height.
    inputBinding: {prefix: -tr}
  overview:
    type: string?
    inputBinding: {prefix: -ovr}
  resampling:
    type:
      - "null"
      - type: enum
        symbols: [nearest, bilinear, cubic, cubicspline, lanczos, average, mode]
    inputBinding: {prefix: -r}
  unscale:
    type: boolean?
    inputBinding: {prefix: -unscale}
  scale:
    type: double[]?
    doc: Range of the source and, if wanted, of the result.
    inputBinding: {prefix: -scale}
  exponent:
    type: double?
    inputBinding: {prefix: -exponent}
  window:
    type: int[]?
    doc: Column, row, width, height.
    inputBinding: {prefix: -srcwin}
  partly_outside_is_error:
    type: boolean?
    inputBinding: {prefix: -epo}
  outside_is_error:
    type: boolean?
    inputBinding: {prefix: -eco}
  extent:
    type: double[]?
    doc: West, north, east, south.
    inputBinding: {prefix: -projwin}
  extent_srs:
    type: string?
    inputBinding: {prefix: -projwin_srs}
  assign_srs:
    type: string?
    inputBinding: {prefix: -a_srs}
  assign_epoch:
    type: double?
    inputBinding: {prefix: -a_coord_epoch}
  assign_extent:
    type: double[]?
    doc: West, north, east, south.
    inputBinding: {prefix: -a_ullr}
  assign_nodata:
    type: string?
    doc: A number, or none.
    inputBinding: {prefix: -a_nodata}
  assign_scale:
    type: double?
    inputBinding: {prefix: -a_scale}
  assign_offset:
    type: double?
    inputBinding: {prefix: -a_offset}
  no_gcp:
    type: boolean?
    inputBinding: {prefix: -nogcp}
  metadata:
    type:
      - "null"
      - type: array
        items: string
        inputBinding: {prefix: -mo}
    doc: NAME=VALUE.
    inputBinding: {position: 0}
  quiet:
    type: boolean?
    inputBinding: {prefix: -q}
  subdatasets:
    type: boolean?
    inputBinding: {prefix: -sds}
  creation_options:
    type:
      - "null"
      - type: array
        items: string
        inputBinding: {prefix: -co}
    doc: NAME=VALUE.
    inputBinding: {position: 0}
  statistics:
    type: boolean?
    inputBinding: {prefix: -stats}
  no_rat:
    type: boolean?
    inputBinding: {prefix: -norat}
  no_xmp:
    type: boolean?
    inputBinding: {prefix: -noxmp}
  open_options:
    type:
      - "null"
      - type: array
        items: string
        inputBinding: {prefix: -oo}
    doc: NAME=VALUE.
    inputBinding: {position: 0}
  source:
    type: File
    inputBinding: {position: 1}
  target:
    type: string
    doc: Name of the result.
    inputBinding: {position: 2}
outputs:
  raster:
    type: File
    outputBinding: {glob: $(inputs.target)}
