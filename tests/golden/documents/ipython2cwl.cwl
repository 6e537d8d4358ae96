# Facet 1 of the application package "ipython2cwl": what it takes, what it gives, how it runs.
# Run it with: apkg run ipython2cwl.cwl --inputs ipython2cwl.inputs.yml
cwlVersion: v1.2
$namespaces:
  s: https://schema.org/
s:softwareVersion: 1.0.0
$graph:
- class: Workflow
  id: ipython2cwl
  label: A small notebook
  doc: It shows one convention.
  inputs:
    table:
      type: File
      label: Table
      doc: Table
      s:encodingFormat: text/csv
    rows:
      type: int
      label: Rows
      doc: Rows
      default: 3
    notes:
      type: string?
      label: Notes
      doc: Notes
  outputs:
    result:
      type: File
      label: Result
      doc: Result
      format: https://www.iana.org/assignments/media-types/text/csv
      outputSource: process/result
    plot:
      type: File
      label: Plot
      doc: Plot
      format: https://www.iana.org/assignments/media-types/image/png
      outputSource: process/plot
    executed_notebook:
      type: File
      label: Executed notebook
      doc: The notebook as it ran, with the outputs of its cells
      format: https://www.iana.org/assignments/media-types/application/x-ipynb+json
      outputSource: process/executed_notebook
  steps:
    process:
      run: '#ipython2cwl-tool'
      in:
        table: table
        rows: rows
        notes: notes
      out:
      - result
      - plot
      - executed_notebook
- class: CommandLineTool
  id: ipython2cwl-tool
  label: A small notebook
  doc: It shows one convention.
  baseCommand:
  - ipython2cwl
  inputs:
    table:
      type: File
      label: Table
      doc: Table
      inputBinding:
        prefix: --table=
        separate: false
    rows:
      type: int
      label: Rows
      doc: Rows
      inputBinding:
        prefix: --rows=
        separate: false
    notes:
      type: string?
      label: Notes
      doc: Notes
      inputBinding:
        prefix: --notes=
        separate: false
  outputs:
    result:
      type: File
      label: Result
      doc: Result
      format: https://www.iana.org/assignments/media-types/text/csv
      outputBinding:
        glob: results/result.csv
    plot:
      type: File
      label: Plot
      doc: Plot
      format: https://www.iana.org/assignments/media-types/image/png
      outputBinding:
        glob: results/plot.png
    executed_notebook:
      type: File
      label: Executed notebook
      doc: The notebook as it ran, with the outputs of its cells
      format: https://www.iana.org/assignments/media-types/application/x-ipynb+json
      outputBinding:
        glob: ipython2cwl.executed.ipynb
  hints:
    DockerRequirement:
      dockerPull: ipython2cwl:1.0.0
  requirements:
    ResourceRequirement:
      coresMin: 1
      ramMin: 1024
    NetworkAccess:
      networkAccess: false
