cwlVersion: v1.2
class: CommandLineTool
label: Vegetation index
doc: A vegetation index of a staged Landsat-9 product.
baseCommand: [runner, pattern-5]
inputs:
  item:
    type: Directory
    doc: Staged catalogue.
    inputBinding: {prefix: --input-item}
  aoi:
    type: string
    doc: West, south, east, north.
    inputBinding: {prefix: --aoi}
  epsg:
    type: string
    inputBinding: {prefix: --epsg}
  index:
    type: {type: enum, symbols: [ndvi, ndwi]}
    inputBinding: {prefix: --vegetation-index}
outputs:
  catalogue:
    type: Directory
    outputBinding: {glob: .}
