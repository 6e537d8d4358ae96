# Facet 1 of the application package "nb2workflow": what it takes, what it gives, how it runs.
# Run it with: apkg run nb2workflow.cwl --inputs nb2workflow.inputs.yml
cwlVersion: v1.2
$namespaces:
  s: https://schema.org/
s:softwareVersion: 1.0.0
$graph:
- class: Workflow
  id: nb2workflow
  label: A small notebook
  doc: It shows one convention.
  inputs:
    source:
      type: string
      label: Source
      doc: Source
      default: Crab
    energy:
      type: double
      label: Energy
      doc: Energy
      default: 1.5
    image:
      type: File
      label: Image
      doc: Image
  outputs:
    spectrum:
      type: File
      label: Spectrum
      doc: Spectrum
      format: https://www.iana.org/assignments/media-types/application/json
      outputSource: process/spectrum
    picture:
      type: File
      label: Picture
      doc: Picture
      format: https://www.iana.org/assignments/media-types/image/png
      outputSource: process/picture
    executed_notebook:
      type: File
      label: Executed notebook
      doc: The notebook as it ran, with the outputs of its cells
      format: https://www.iana.org/assignments/media-types/application/x-ipynb+json
      outputSource: process/executed_notebook
  steps:
    process:
      run: '#nb2workflow-tool'
      in:
        source: source
        energy: energy
        image: image
      out:
      - spectrum
      - picture
      - executed_notebook
- class: CommandLineTool
  id: nb2workflow-tool
  label: A small notebook
  doc: It shows one convention.
  baseCommand:
  - nb2workflow
  inputs:
    source:
      type: string
      label: Source
      doc: Source
      inputBinding:
        prefix: --source=
        separate: false
    energy:
      type: double
      label: Energy
      doc: Energy
      inputBinding:
        prefix: --energy=
        separate: false
    image:
      type: File
      label: Image
      doc: Image
      inputBinding:
        prefix: --image=
        separate: false
  outputs:
    spectrum:
      type: File
      label: Spectrum
      doc: Spectrum
      format: https://www.iana.org/assignments/media-types/application/json
      outputBinding:
        glob: results/spectrum.json
    picture:
      type: File
      label: Picture
      doc: Picture
      format: https://www.iana.org/assignments/media-types/image/png
      outputBinding:
        glob: results/p.png
    executed_notebook:
      type: File
      label: Executed notebook
      doc: The notebook as it ran, with the outputs of its cells
      format: https://www.iana.org/assignments/media-types/application/x-ipynb+json
      outputBinding:
        glob: nb2workflow.executed.ipynb
  hints:
    DockerRequirement:
      dockerPull: nb2workflow:1.0.0
  requirements:
    ResourceRequirement:
      coresMin: 1
      ramMin: 1024
    NetworkAccess:
      networkAccess: false
