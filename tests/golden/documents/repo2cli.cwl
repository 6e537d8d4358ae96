# Facet 1 of the application package "burned-area": what it takes, what it gives, how it runs.
# Run it with: apkg run burned-area.cwl --inputs burned-area.inputs.yml
cwlVersion: v1.2
$namespaces:
  s: https://schema.org/
s:softwareVersion: 1.0.0
$graph:
- class: Workflow
  id: burned-area
  label: Burned area
  doc: Maps what has burned
  inputs:
    pre_event:
      type: Directory
      label: Before
      doc: Scene before
    index:
      type:
        type: enum
        symbols:
        - NBR
        - NDVI
      label: Index
      doc: Which index
      default: NBR
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
      run: '#burned-area-tool'
      in:
        pre_event: pre_event
        index: index
      out:
      - results
      - executed_notebook
- class: CommandLineTool
  id: burned-area-tool
  label: Burned area
  doc: Maps what has burned
  baseCommand:
  - burned-area
  inputs:
    pre_event:
      type: Directory
      label: Before
      doc: Scene before
      inputBinding:
        prefix: --pre_event=
        separate: false
    index:
      type:
        type: enum
        symbols:
        - NBR
        - NDVI
      label: Index
      doc: Which index
      inputBinding:
        prefix: --index=
        separate: false
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
        glob: burned-area.executed.ipynb
  hints:
    DockerRequirement:
      dockerPull: burned-area:1.0.0
  requirements:
    ResourceRequirement:
      coresMin: 1
      ramMin: 4096
    NetworkAccess:
      networkAccess: false
