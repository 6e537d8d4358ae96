# Facet 1 of the application package "vegetation-ipython2cwl": what it takes, what it gives, how it runs.
# Run it with: apkg run vegetation-ipython2cwl.cwl --inputs vegetation-ipython2cwl.inputs.yml
cwlVersion: v1.2
$namespaces:
  s: https://schema.org/
s:softwareVersion: 1.0.0
s:author:
- class: s:Person
  s:name: The apkg developers
s:license: Apache-2.0
s:keywords:
- vegetation
- NDVI
- field campaign
$graph:
- class: Workflow
  id: vegetation-ipython2cwl
  label: Vegetation index by land cover
  doc: Computes the normalised difference vegetation index (NDVI) of field plots from their red and near-infrared reflectance, and summarises it for each land cover. Inputs and results are declared with the annotations of ipython2cwl; they are strings, so that the notebook also runs where ipython2cwl is not installed.
  inputs:
    observations:
      type: File
      label: Observations
      doc: One line for each plot, with the columns region, land_cover, cloudy, red and nir
      s:encodingFormat: text/csv
    skip_cloudy:
      type: boolean
      label: Skip cloudy
      doc: Leave out what was measured under clouds
      default: true
    land_cover:
      type: string[]
      label: Land cover
      doc: Land cover
      default:
      - bare soil
      - cropland
      - forest
      - grassland
    minimum_plots:
      type: int
      label: Minimum plots
      doc: A land cover with fewer plots is left out
      default: 3
    region:
      type: string?
      label: Region
      doc: 'One region alone: north, south or east'
  outputs:
    statistics_file:
      type: File
      label: Statistics file
      doc: Statistics file
      format: https://www.iana.org/assignments/media-types/text/csv
      outputSource: process/statistics_file
    ndvi_plot:
      type: File
      label: Ndvi plot
      doc: Ndvi plot
      format: https://www.iana.org/assignments/media-types/image/png
      outputSource: process/ndvi_plot
    executed_notebook:
      type: File
      label: Executed notebook
      doc: The notebook as it ran, with the outputs of its cells
      format: https://www.iana.org/assignments/media-types/application/x-ipynb+json
      outputSource: process/executed_notebook
  steps:
    process:
      run: '#vegetation-ipython2cwl-tool'
      in:
        observations: observations
        skip_cloudy: skip_cloudy
        land_cover: land_cover
        minimum_plots: minimum_plots
        region: region
      out:
      - statistics_file
      - ndvi_plot
      - executed_notebook
- class: CommandLineTool
  id: vegetation-ipython2cwl-tool
  label: Vegetation index by land cover
  doc: Computes the normalised difference vegetation index (NDVI) of field plots from their red and near-infrared reflectance, and summarises it for each land cover. Inputs and results are declared with the annotations of ipython2cwl; they are strings, so that the notebook also runs where ipython2cwl is not installed.
  baseCommand:
  - vegetation-ipython2cwl
  inputs:
    observations:
      type: File
      label: Observations
      doc: One line for each plot, with the columns region, land_cover, cloudy, red and nir
      inputBinding:
        prefix: --observations=
        separate: false
    skip_cloudy:
      type: boolean
      label: Skip cloudy
      doc: Leave out what was measured under clouds
      inputBinding:
        valueFrom: --skip_cloudy=$(self)
    land_cover:
      type: string[]
      label: Land cover
      doc: Land cover
      inputBinding:
        valueFrom: --land_cover=$(self)
    minimum_plots:
      type: int
      label: Minimum plots
      doc: A land cover with fewer plots is left out
      inputBinding:
        prefix: --minimum_plots=
        separate: false
    region:
      type: string?
      label: Region
      doc: 'One region alone: north, south or east'
      inputBinding:
        prefix: --region=
        separate: false
  outputs:
    statistics_file:
      type: File
      label: Statistics file
      doc: Statistics file
      format: https://www.iana.org/assignments/media-types/text/csv
      outputBinding:
        glob: results/ndvi-statistics.csv
    ndvi_plot:
      type: File
      label: Ndvi plot
      doc: Ndvi plot
      format: https://www.iana.org/assignments/media-types/image/png
      outputBinding:
        glob: results/ndvi_plot.png
    executed_notebook:
      type: File
      label: Executed notebook
      doc: The notebook as it ran, with the outputs of its cells
      format: https://www.iana.org/assignments/media-types/application/x-ipynb+json
      outputBinding:
        glob: vegetation-ipython2cwl.executed.ipynb
  hints:
    DockerRequirement:
      dockerPull: vegetation-ipython2cwl:1.0.0
  requirements:
    ResourceRequirement:
      coresMin: 1
      ramMin: 1024
    NetworkAccess:
      networkAccess: false
