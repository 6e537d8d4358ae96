# Facet 1 of the application package "trend-r": what it takes, what it gives, how it runs.
# Run it with: apkg run trend-r.cwl --inputs trend-r.inputs.yml
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
- trend
- R
$graph:
- class: Workflow
  id: trend-r
  label: Vegetation trend
  doc: Climatology and linear trend of a monthly vegetation index (NDVI). The mean seasonal cycle is removed first, so that a missing month does not pass for a trend; the slope comes with its standard error and confidence interval. Base R alone, no packages.
  inputs:
    input_file:
      type: File
      label: Input file
      doc: 'Observations: CSV with the columns date (YYYY-MM-DD) and ndvi, NA where missing'
      s:encodingFormat: text/csv
    first_year:
      type: int
      label: First year
      doc: First year of the analysis
      default: 2001
    last_year:
      type: int
      label: Last year
      doc: Last year of the analysis, included
      default: 2022
    season:
      type: int[]
      label: Season
      doc: Months of the year to look at (1 to 12)
      default:
      - 1
      - 2
      - 3
      - 4
      - 5
      - 6
      - 7
      - 8
      - 9
      - 10
      - 11
      - 12
    confidence:
      type: double
      label: Confidence
      doc: Level of the confidence interval of the slope
      default: 0.95
    deseasonalise:
      type: boolean
      label: Deseasonalise
      doc: Remove the mean seasonal cycle before the fit
      default: true
    site:
      type: string
      label: Site
      doc: Title of the figure
      default: Savanna site
  outputs:
    climatology_file:
      type: File
      label: Climatology file
      doc: Mean, standard deviation and count of each month
      format: https://www.iana.org/assignments/media-types/text/csv
      outputSource: process/climatology_file
    trend_file:
      type: File
      label: Trend file
      doc: Slope per year with its standard error and interval
      format: https://www.iana.org/assignments/media-types/text/csv
      outputSource: process/trend_file
    figure_file:
      type: File
      label: Figure file
      doc: Observations and the fitted line
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
      run: '#trend-r-tool'
      in:
        input_file: input_file
        first_year: first_year
        last_year: last_year
        season: season
        confidence: confidence
        deseasonalise: deseasonalise
        site: site
      out:
      - climatology_file
      - trend_file
      - figure_file
      - executed_notebook
- class: CommandLineTool
  id: trend-r-tool
  label: Vegetation trend
  doc: Climatology and linear trend of a monthly vegetation index (NDVI). The mean seasonal cycle is removed first, so that a missing month does not pass for a trend; the slope comes with its standard error and confidence interval. Base R alone, no packages.
  baseCommand:
  - trend-r
  inputs:
    input_file:
      type: File
      label: Input file
      doc: 'Observations: CSV with the columns date (YYYY-MM-DD) and ndvi, NA where missing'
      inputBinding:
        prefix: --input_file=
        separate: false
    first_year:
      type: int
      label: First year
      doc: First year of the analysis
      inputBinding:
        prefix: --first_year=
        separate: false
    last_year:
      type: int
      label: Last year
      doc: Last year of the analysis, included
      inputBinding:
        prefix: --last_year=
        separate: false
    season:
      type: int[]
      label: Season
      doc: Months of the year to look at (1 to 12)
      inputBinding:
        valueFrom: --season=$(self)
    confidence:
      type: double
      label: Confidence
      doc: Level of the confidence interval of the slope
      inputBinding:
        prefix: --confidence=
        separate: false
    deseasonalise:
      type: boolean
      label: Deseasonalise
      doc: Remove the mean seasonal cycle before the fit
      inputBinding:
        valueFrom: --deseasonalise=$(self)
    site:
      type: string
      label: Site
      doc: Title of the figure
      inputBinding:
        prefix: --site=
        separate: false
  outputs:
    climatology_file:
      type: File
      label: Climatology file
      doc: Mean, standard deviation and count of each month
      format: https://www.iana.org/assignments/media-types/text/csv
      outputBinding:
        glob: results/climatology.csv
    trend_file:
      type: File
      label: Trend file
      doc: Slope per year with its standard error and interval
      format: https://www.iana.org/assignments/media-types/text/csv
      outputBinding:
        glob: results/trend.csv
    figure_file:
      type: File
      label: Figure file
      doc: Observations and the fitted line
      format: https://www.iana.org/assignments/media-types/image/png
      outputBinding:
        glob: results/trend.png
    executed_notebook:
      type: File
      label: Executed notebook
      doc: The notebook as it ran, with the outputs of its cells
      format: https://www.iana.org/assignments/media-types/application/x-ipynb+json
      outputBinding:
        glob: trend-r.executed.ipynb
  hints:
    DockerRequirement:
      dockerPull: trend-r:1.0.0
  requirements:
    ResourceRequirement:
      coresMin: 1
      ramMin: 1024
    NetworkAccess:
      networkAccess: false
