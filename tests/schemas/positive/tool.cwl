cwlVersion: v1.2
class: CommandLineTool
id: ndvi
label: NDVI
doc:
  - Vegetation index
  - of a scene.
$namespaces:
  s: https://schema.org/
  edam: http://edamontology.org/
s:softwareVersion: 1.0.0
baseCommand: [ndvi, --quiet]
arguments:
  - prefix: --threads
    valueFrom: $(runtime.cores)
requirements:
  - class: DockerRequirement
    dockerPull: docker.io/example/ndvi:1.0
  - class: ResourceRequirement
    coresMin: 2
    ramMin: $(inputs.memory)
  - class: SchemaDefRequirement
    types:
      - name: Sensor
        type: enum
        symbols: [S2A, S2B]
hints:
  NetworkAccess:
    networkAccess: false
inputs:
  - id: scene
    type: Directory
    inputBinding:
      position: 1
  - id: red
    type: File
    format: edam:format_3591
    secondaryFiles:
      - pattern: .aux.xml
        required: false
      - ^.tfw?
  - id: sensor
    type: "#ndvi/Sensor"
  - id: memory
    type: int?
    default: 2048
  - id: weights
    type:
      type: array
      items: double
      inputBinding:
        prefix: -w
  - id: area
    type:
      type: record
      fields:
        - name: west
          type: double
        - name: east
          type: [double, "null"]
outputs:
  - id: result
    type: File
    outputBinding:
      glob: "*.tif"
  - id: log
    type: stdout
stdout: log.txt
successCodes: [0, 3]
