cwlVersion: v1.2
class: CommandLineTool
label: Land cover segmentation
doc: Land cover of each pixel, with a trained model.
baseCommand: [python, /app/segment.py]
hints:
  DockerRequirement:
    dockerPull: segmentation:2.0.0
inputs:
  image:
    type: File
    inputBinding: {position: 1}
  output_dir:
    type: string
    default: segments
    doc: Name of the folder of results.
    inputBinding: {prefix: --output-dir}
  model:
    type: File?
    doc: A model to use instead of the one in the container.
    inputBinding: {prefix: --model}
  classes:
    type:
      - "null"
      - type: array
        items: string
        inputBinding: {prefix: --class}
    doc: Classes to map.
    inputBinding: {position: 0}
  min_confidence:
    type: double
    default: 0.5
    doc: Less certain pixels stay unknown.
    inputBinding: {prefix: --min-confidence}
  min_patch:
    type: int
    default: 0
    doc: Patches of fewer pixels are dropped.
    inputBinding: {prefix: --min-patch}
  precision:
    type: {type: enum, symbols: [float32, float64]}
    default: float32
    inputBinding: {prefix: --precision}
  probabilities:
    type: boolean?
    doc: Write probabilities, too.
    inputBinding: {prefix: --probabilities}
outputs:
  segments:
    type: Directory
    outputBinding: {glob: $(inputs.output_dir)}
