# Facet 1 of the application package "papermill": what it takes, what it gives, how it runs.
# Run it with: apkg run papermill.cwl --inputs papermill.inputs.yml
cwlVersion: v1.2
$namespaces:
  s: https://schema.org/
s:softwareVersion: 1.0.0
$graph:
- class: Workflow
  id: papermill
  label: A small notebook
  doc: It shows one convention.
  inputs:
    scene:
      type: File
      label: Scene
      doc: The image
      s:encodingFormat: image/tiff; application=geotiff
    threshold:
      type: double
      label: Threshold
      doc: Above this is water
      default: 0.5
    bands:
      type: int[]
      label: Bands
      doc: Bands
      default:
      - 1
      - 2
    mode:
      type:
        type: enum
        symbols:
        - fast
        - exact
      label: Mode
      doc: Mode
      default: fast
    start:
      type: string
      label: Start
      doc: First day
      default: '2020-01-01'
    bbox:
      type: double[]
      label: Bbox
      doc: Bbox
      default:
      - 4.0
      - 50.0
      - 5.0
      - 51.0
    limit:
      type: int?
      label: Limit
      doc: Limit
    strict:
      type: boolean
      label: Strict
      doc: Strict
      default: false
    output_name:
      type: string
      label: Output name
      doc: Output name
      default: it's $(HOME).tif
    size:
      type: int[]
      label: Size
      doc: Size
      default:
      - 256
      - 256
  outputs:
    results:
      type: Directory
      label: Results
      doc: Everything that the notebook writes
      outputSource: process/results
    executed_notebook:
      type: File
      label: Executed notebook
      doc: The notebook as it ran, with the outputs of its cells
      format: https://www.iana.org/assignments/media-types/application/x-ipynb+json
      outputSource: process/executed_notebook
  steps:
    process:
      run: '#papermill-tool'
      in:
        scene: scene
        threshold: threshold
        bands: bands
        mode: mode
        start: start
        bbox: bbox
        limit: limit
        strict: strict
        output_name: output_name
        size: size
      out:
      - results
      - executed_notebook
- class: CommandLineTool
  id: papermill-tool
  label: A small notebook
  doc: It shows one convention.
  baseCommand:
  - papermill
  inputs:
    scene:
      type: File
      label: Scene
      doc: The image
      inputBinding:
        prefix: --scene=
        separate: false
    threshold:
      type: double
      label: Threshold
      doc: Above this is water
      inputBinding:
        prefix: --threshold=
        separate: false
    bands:
      type: int[]
      label: Bands
      doc: Bands
      inputBinding:
        valueFrom: --bands=$(self)
    mode:
      type:
        type: enum
        symbols:
        - fast
        - exact
      label: Mode
      doc: Mode
      inputBinding:
        prefix: --mode=
        separate: false
    start:
      type: string
      label: Start
      doc: First day
      inputBinding:
        prefix: --start=
        separate: false
    bbox:
      type: double[]
      label: Bbox
      doc: Bbox
      inputBinding:
        valueFrom: --bbox=$(self)
    limit:
      type: int?
      label: Limit
      doc: Limit
      inputBinding:
        prefix: --limit=
        separate: false
    strict:
      type: boolean
      label: Strict
      doc: Strict
      inputBinding:
        valueFrom: --strict=$(self)
    output_name:
      type: string
      label: Output name
      doc: Output name
      inputBinding:
        prefix: --output_name=
        separate: false
    size:
      type: int[]
      label: Size
      doc: Size
      inputBinding:
        valueFrom: --size=$(self)
  outputs:
    results:
      type: Directory
      label: Results
      doc: Everything that the notebook writes
      outputBinding:
        glob: results
    executed_notebook:
      type: File
      label: Executed notebook
      doc: The notebook as it ran, with the outputs of its cells
      format: https://www.iana.org/assignments/media-types/application/x-ipynb+json
      outputBinding:
        glob: papermill.executed.ipynb
  hints:
    DockerRequirement:
      dockerPull: papermill:1.0.0
  requirements:
    ResourceRequirement:
      coresMin: 1
      ramMin: 1024
    NetworkAccess:
      networkAccess: false
