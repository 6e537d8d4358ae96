"""A workflow whose every word would like to be something else than text."""

TITLE = 'Flood <script>alert(1)</script> & "map" \\N <img src=x onerror=alert(2)> `x` שלום'
#: A stranger's workflow: markup wherever there are words, and all that a picture can show.
HOSTILE = """\
cwlVersion: v1.2
class: Workflow
id: hostile
label: TITLE
doc: |
  First line
  <style>body{display:none}</style><iframe src="https://example.org/"></iframe>
$namespaces: {s: https://schema.org/}
s:codeRepository: "javascript:alert(3)"
s:license: https://example.org/licence
requirements: {SubworkflowFeatureRequirement: {}, ScatterFeatureRequirement: {}}
inputs:
  "a<b>": {type: "File[]", label: "<svg onload=alert(4)>", doc: "</td></table><h1>x"}
  LONG: {type: string, default: "</script><script>alert(5)</script>"}
  kind: {type: {type: enum, symbols: [fast, "</code>"]}, default: fast}
outputs:
  "r&amp;": {type: File, outputSource: [two/o, gone/o], label: TITLE}
steps:
  one:
    scatter: x
    run:
      class: Workflow
      label: "--> ]]> <b>"
      inputs: {x: File}
      outputs: {y: {type: File, outputSource: in/o}}
      steps:
        in: {run: &t {class: CommandLineTool, label: TITLE, baseCommand: x, inputs: {i: File},
             outputs: {o: {type: File, outputBinding: {glob: o}}}}, in: {i: x}, out: [o]}
    in: {x: "a<b>"}
    out: [y]
  two:
    when: $(inputs.i == "<b>")
    run: *t
    in: {i: one/y}
    out: [o]
""".replace("TITLE", "'" + TITLE + "'").replace("LONG", "long_" * 40)
