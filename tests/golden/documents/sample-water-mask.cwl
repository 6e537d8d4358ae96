# Facet 1 of the application package "water-mask": what it takes, what it gives, how it runs.
# Run it with: apkg run water-mask.cwl --inputs water-mask.inputs.yml
cwlVersion: v1.2
$namespaces:
  s: https://schema.org/
s:softwareVersion: 1.0.0
s:author:
- class: s:Person
  s:name: The apkg developers
s:license: Apache-2.0
s:keywords:
- water
- NDWI
- optical
$graph:
- class: Workflow
  id: water-mask
  label: Water mask
  doc: Finds open water in an optical satellite scene. The normalised difference water index (NDWI, McFeeters 1996) is computed from the green and the near-infrared band and cut at a threshold; patches that are too small are removed. The result is a raster mask with the water area in square kilometres.
  inputs:
    scene:
      type: File
      label: Scene
      doc: Scene with two bands, green and near infrared (GeoTIFF, any scaling of the reflectance)
      s:encodingFormat: image/tiff; application=geotiff
    threshold:
      type: double
      label: Threshold
      doc: Water is where the NDWI is above this value (-1 to 1)
      default: 0.0
    minimum_patch:
      type: int
      label: Minimum patch
      doc: Water patches and islands with fewer pixels than this are removed
      default: 8
    output_name:
      type: string
      label: Output name
      doc: File name of the mask
      default: water-mask.tif
    write_statistics:
      type: boolean
      label: Write statistics
      doc: Also write the area of the water to water-statistics.json
      default: true
  outputs:
    water_mask:
      type: File
      label: Water mask
      doc: Water mask
      format: https://www.iana.org/assignments/media-types/image/tiff
      outputSource: process/water_mask
    water_statistics:
      type: File?
      label: Water statistics
      doc: Water statistics
      format: https://www.iana.org/assignments/media-types/application/json
      outputSource: process/water_statistics
    executed_notebook:
      type: File
      label: Executed notebook
      doc: The notebook as it ran, with the outputs of its cells
      format: https://www.iana.org/assignments/media-types/application/x-ipynb+json
      outputSource: process/executed_notebook
  steps:
    process:
      run: '#water-mask-tool'
      in:
        scene: scene
        threshold: threshold
        minimum_patch: minimum_patch
        output_name: output_name
        write_statistics: write_statistics
      out:
      - water_mask
      - water_statistics
      - executed_notebook
- class: CommandLineTool
  id: water-mask-tool
  label: Water mask
  doc: Finds open water in an optical satellite scene. The normalised difference water index (NDWI, McFeeters 1996) is computed from the green and the near-infrared band and cut at a threshold; patches that are too small are removed. The result is a raster mask with the water area in square kilometres.
  baseCommand:
  - water-mask
  inputs:
    scene:
      type: File
      label: Scene
      doc: Scene with two bands, green and near infrared (GeoTIFF, any scaling of the reflectance)
      inputBinding:
        prefix: --scene=
        separate: false
    threshold:
      type: double
      label: Threshold
      doc: Water is where the NDWI is above this value (-1 to 1)
      inputBinding:
        prefix: --threshold=
        separate: false
    minimum_patch:
      type: int
      label: Minimum patch
      doc: Water patches and islands with fewer pixels than this are removed
      inputBinding:
        prefix: --minimum_patch=
        separate: false
    output_name:
      type: string
      label: Output name
      doc: File name of the mask
      inputBinding:
        prefix: --output_name=
        separate: false
    write_statistics:
      type: boolean
      label: Write statistics
      doc: Also write the area of the water to water-statistics.json
      inputBinding:
        valueFrom: --write_statistics=$(self)
  outputs:
    water_mask:
      type: File
      label: Water mask
      doc: Water mask
      format: https://www.iana.org/assignments/media-types/image/tiff
      outputBinding:
        glob: results/$(inputs.output_name)
    water_statistics:
      type: File?
      label: Water statistics
      doc: Water statistics
      format: https://www.iana.org/assignments/media-types/application/json
      outputBinding:
        glob: results/water-statistics.json
    executed_notebook:
      type: File
      label: Executed notebook
      doc: The notebook as it ran, with the outputs of its cells
      format: https://www.iana.org/assignments/media-types/application/x-ipynb+json
      outputBinding:
        glob: water-mask.executed.ipynb
  hints:
    DockerRequirement:
      dockerPull: water-mask:1.0.0
  requirements:
    ResourceRequirement:
      coresMin: 1
      ramMin: 1024
    NetworkAccess:
      networkAccess: false
