# Facet 1 of the application package "own": what it takes, what it gives, how it runs.
# Run it with: apkg run own.cwl --inputs own.inputs.yml
cwlVersion: v1.2
$namespaces:
  s: https://schema.org/
s:softwareVersion: 2.1.0
s:license: MIT
s:keywords:
- golden
$graph:
- class: Workflow
  id: own
  label: A small notebook
  doc: It shows one convention.
  inputs:
    scene:
      type: File
      label: Scene
      doc: Scene
      s:encodingFormat: application/zip
    levels:
      type: double[]
      label: Levels
      doc: Contours
      default:
      - 0.1
      - 0.5
  outputs:
    mask:
      type: File
      label: Mask
      doc: The mask
      format: https://www.iana.org/assignments/media-types/image/tiff
      outputSource: process/mask
    tiles:
      type: File[]
      label: Tiles
      doc: Tiles
      format: https://www.iana.org/assignments/media-types/image/tiff
      outputSource: process/tiles
    executed_notebook:
      type: File
      label: Executed notebook
      doc: The notebook as it ran, with the outputs of its cells
      format: https://www.iana.org/assignments/media-types/application/x-ipynb+json
      outputSource: process/executed_notebook
  steps:
    process:
      run: '#own-tool'
      in:
        scene: scene
        levels: levels
      out:
      - mask
      - tiles
      - executed_notebook
- class: CommandLineTool
  id: own-tool
  label: A small notebook
  doc: It shows one convention.
  baseCommand:
  - own
  inputs:
    scene:
      type: File
      label: Scene
      doc: Scene
      inputBinding:
        prefix: --scene=
        separate: false
    levels:
      type: double[]
      label: Levels
      doc: Contours
      inputBinding:
        valueFrom: --levels=$(self)
  outputs:
    mask:
      type: File
      label: Mask
      doc: The mask
      format: https://www.iana.org/assignments/media-types/image/tiff
      outputBinding:
        glob: results/mask.tif
    tiles:
      type: File[]
      label: Tiles
      doc: Tiles
      format: https://www.iana.org/assignments/media-types/image/tiff
      outputBinding:
        glob: results/tiles/*.tif
    executed_notebook:
      type: File
      label: Executed notebook
      doc: The notebook as it ran, with the outputs of its cells
      format: https://www.iana.org/assignments/media-types/application/x-ipynb+json
      outputBinding:
        glob: own.executed.ipynb
  hints:
    DockerRequirement:
      dockerPull: registry.example.org/eo/own:2.1.0
  requirements:
    ResourceRequirement:
      coresMin: 1
      ramMin: 1024
    NetworkAccess:
      networkAccess: false
