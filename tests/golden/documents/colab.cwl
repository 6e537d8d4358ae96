# Facet 1 of the application package "colab": what it takes, what it gives, how it runs.
# Run it with: apkg run colab.cwl --inputs colab.inputs.yml
cwlVersion: v1.2
$namespaces:
  s: https://schema.org/
s:softwareVersion: 1.0.0
$graph:
- class: Workflow
  id: colab
  label: A small notebook
  doc: It shows one convention.
  inputs:
    clouds:
      type: int
      label: Clouds
      doc: Clouds
      default: 20
    season:
      type:
        type: enum
        symbols:
        - summer
        - winter
      label: Season
      doc: Season
      default: summer
    day:
      type: string
      label: Day
      doc: Day
      default: '2020-06-01'
    verbose:
      type: boolean
      label: Verbose
      doc: Verbose
      default: false
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
      run: '#colab-tool'
      in:
        clouds: clouds
        season: season
        day: day
        verbose: verbose
      out:
      - results
      - executed_notebook
- class: CommandLineTool
  id: colab-tool
  label: A small notebook
  doc: It shows one convention.
  baseCommand:
  - colab
  inputs:
    clouds:
      type: int
      label: Clouds
      doc: Clouds
      inputBinding:
        prefix: --clouds=
        separate: false
    season:
      type:
        type: enum
        symbols:
        - summer
        - winter
      label: Season
      doc: Season
      inputBinding:
        prefix: --season=
        separate: false
    day:
      type: string
      label: Day
      doc: Day
      inputBinding:
        prefix: --day=
        separate: false
    verbose:
      type: boolean
      label: Verbose
      doc: Verbose
      inputBinding:
        valueFrom: --verbose=$(self)
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
        glob: colab.executed.ipynb
  hints:
    DockerRequirement:
      dockerPull: colab:1.0.0
  requirements:
    ResourceRequirement:
      coresMin: 1
      ramMin: 1024
    NetworkAccess:
      networkAccess: false
