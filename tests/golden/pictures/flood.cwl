cwlVersion: v1.2
class: Workflow
id: flood
label: Flood "map" <of> a \region
doc: Scenes are stacked, features are found in them, and water where there was none is a flood.
requirements:
  ScatterFeatureRequirement: {}
  SubworkflowFeatureRequirement: {}
  InlineJavascriptRequirement: {}
inputs:
  scenes: {type: "File[]", label: Scenes}
  threshold: {type: double, default: 0.3}
  mode: {type: {type: enum, symbols: [fast, exact]}, default: fast}
  dem: File?
outputs:
  flood: {type: File, outputSource: [detect/flood, quick/flood], pickValue: first_non_null}
  masks: {type: "File[]", outputSource: masks/mask}
steps:
  masks:
    scatter: scene
    in: {scene: scenes, limit: threshold}
    out: [mask]
    run:
      class: Workflow
      label: Masks
      inputs: {scene: File, limit: double}
      outputs: {mask: {type: File, outputSource: clean/image}}
      steps:
        index:
          run: &tool
            class: CommandLineTool
            baseCommand: convert
            inputs: {image: File, limit: double?}
            outputs: {image: {type: File, outputBinding: {glob: out.tif}}}
          in: {image: scene, limit: limit}
          out: [image]
        clean: {run: *tool, in: {image: index/image}, out: [image]}
  detect:
    run: https://example.org/tools/detect.cwl
    when: $(inputs.mode == "exact")
    in:
      masks: masks/mask
      mode: mode
      dem: dem
      limit: {default: 2}
    out: [flood]
  quick:
    run:
      class: CommandLineTool
      label: Quick look
      baseCommand: quick
      inputs: {masks: "File[]", suffix: string}
      outputs: {flood: {type: "File?", outputBinding: {glob: flood.tif}}}
    in: {masks: masks/mask, suffix: {valueFrom: '$("a\\b")'}, gone: nobody/here}
    out: [flood]
