cwlVersion: v1.0
$namespaces:
  s: https://schema.org/
s:softwareVersion: 1.4.1
$graph:
  - class: Workflow
    id: water-bodies
    label: Water bodies
    doc: Water bodies of several scenes.
    requirements:
      ScatterFeatureRequirement: {}
      SubworkflowFeatureRequirement: {}
      MultipleInputFeatureRequirement: {}
      StepInputExpressionRequirement: {}
    inputs:
      scenes:
        type: Directory[]
        label: Scenes
        doc: Folders with a STAC catalogue.
      threshold:
        type: float
        default: 0.2
      epsg: string
    outputs:
      merged:
        type: Directory
        outputSource: merge/merged
    steps:
      detect:
        run: "#detect"
        scatter: scene
        scatterMethod: dotproduct
        in:
          scene: scenes
          threshold: threshold
          name:
            valueFrom: water
        out: [mask]
      merge:
        run: "#merge"
        in:
          masks:
            source: detect/mask
          epsg: epsg
        out:
          - merged
  - class: CommandLineTool
    id: detect
    hints:
      DockerRequirement:
        dockerPull: docker.io/example/detect:1.0
    baseCommand: detect
    arguments: [--name, $(inputs.name), "--out", "literal \\$(x)"]
    inputs:
      scene: Directory
      threshold: float
      name: string
    outputs:
      mask:
        type: Directory
        outputBinding: {glob: .}
  - class: CommandLineTool
    id: merge
    baseCommand: merge
    inputs:
      masks: Directory[]
      epsg:
        type: string
        inputBinding: {prefix: --epsg}
    outputs:
      merged:
        type: Directory
        outputBinding: {glob: .}
