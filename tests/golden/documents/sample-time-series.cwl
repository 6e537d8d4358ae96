# Facet 1 of the application package "time-series": what it takes, what it gives, how it runs.
# Run it with: apkg run time-series.cwl --inputs time-series.inputs.yml
cwlVersion: v1.2
$namespaces:
  s: https://schema.org/
s:softwareVersion: 1.0.0
s:author:
- class: s:Person
  s:name: The apkg developers
s:license: Apache-2.0
s:keywords:
- sea surface temperature
- time series
- climate
$graph:
- class: Workflow
  id: time-series
  label: Sea surface temperature of an area
  doc: Averages a gridded product over a bounding box, with every cell weighted by its area, and gives the mean of each month, season or year. The series is written as a table (CSV) and as a figure (PNG).
  inputs:
    dataset:
      type: File
      label: Dataset
      doc: Gridded temperatures (NetCDF with the dimensions time, lat and lon)
      s:encodingFormat: application/netcdf
    variable:
      type: string
      label: Variable
      doc: Name of the variable to average
      default: sst
    bbox:
      type: double[]
      label: Bbox
      doc: 'Area of interest: west, south, east, north (degrees, WGS 84)'
      default:
      - 13.0
      - 41.0
      - 18.0
      - 45.0
    start_date:
      type: string
      label: Start date
      doc: First day of the series
      default: '2021-01-01'
    end_date:
      type: string
      label: End date
      doc: Last day of the series, included
      default: '2022-12-31'
    aggregation:
      type:
        type: enum
        symbols:
        - month
        - season
        - year
      label: Aggregation
      doc: Length of the periods that are averaged
      default: month
    months:
      type: int[]?
      label: Months
      doc: Keep these months alone, such as [6, 7, 8] for the summer; all of them when it is not given
  outputs:
    series_file:
      type: File
      label: Series file
      doc: Mean, lowest and highest area average of each period
      format: https://www.iana.org/assignments/media-types/text/csv
      outputSource: process/series_file
    figure_file:
      type: File
      label: Figure file
      doc: The series as a line plot
      format: https://www.iana.org/assignments/media-types/image/png
      outputSource: process/figure_file
    executed_notebook:
      type: File
      label: Executed notebook
      doc: The notebook as it ran, with the outputs of its cells
      format: https://www.iana.org/assignments/media-types/application/x-ipynb+json
      outputSource: process/executed_notebook
  steps:
    process:
      run: '#time-series-tool'
      in:
        dataset: dataset
        variable: variable
        bbox: bbox
        start_date: start_date
        end_date: end_date
        aggregation: aggregation
        months: months
      out:
      - series_file
      - figure_file
      - executed_notebook
- class: CommandLineTool
  id: time-series-tool
  label: Sea surface temperature of an area
  doc: Averages a gridded product over a bounding box, with every cell weighted by its area, and gives the mean of each month, season or year. The series is written as a table (CSV) and as a figure (PNG).
  baseCommand:
  - time-series
  inputs:
    dataset:
      type: File
      label: Dataset
      doc: Gridded temperatures (NetCDF with the dimensions time, lat and lon)
      inputBinding:
        prefix: --dataset=
        separate: false
    variable:
      type: string
      label: Variable
      doc: Name of the variable to average
      inputBinding:
        prefix: --variable=
        separate: false
    bbox:
      type: double[]
      label: Bbox
      doc: 'Area of interest: west, south, east, north (degrees, WGS 84)'
      inputBinding:
        valueFrom: --bbox=$(self)
    start_date:
      type: string
      label: Start date
      doc: First day of the series
      inputBinding:
        prefix: --start_date=
        separate: false
    end_date:
      type: string
      label: End date
      doc: Last day of the series, included
      inputBinding:
        prefix: --end_date=
        separate: false
    aggregation:
      type:
        type: enum
        symbols:
        - month
        - season
        - year
      label: Aggregation
      doc: Length of the periods that are averaged
      inputBinding:
        prefix: --aggregation=
        separate: false
    months:
      type: int[]?
      label: Months
      doc: Keep these months alone, such as [6, 7, 8] for the summer; all of them when it is not given
      inputBinding:
        valueFrom: --months=$(self)
  outputs:
    series_file:
      type: File
      label: Series file
      doc: Mean, lowest and highest area average of each period
      format: https://www.iana.org/assignments/media-types/text/csv
      outputBinding:
        glob: results/time-series.csv
    figure_file:
      type: File
      label: Figure file
      doc: The series as a line plot
      format: https://www.iana.org/assignments/media-types/image/png
      outputBinding:
        glob: results/time-series.png
    executed_notebook:
      type: File
      label: Executed notebook
      doc: The notebook as it ran, with the outputs of its cells
      format: https://www.iana.org/assignments/media-types/application/x-ipynb+json
      outputBinding:
        glob: time-series.executed.ipynb
  hints:
    DockerRequirement:
      dockerPull: time-series:1.0.0
  requirements:
    ResourceRequirement:
      coresMin: 1
      ramMin: 1024
    NetworkAccess:
      networkAccess: false
