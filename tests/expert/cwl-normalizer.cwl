cwlVersion: v1.2
class: CommandLineTool
label: CWL normalizer
doc: Brings CWL documents to version 1.2 and packs them.
baseCommand: cwl-normalizer
inputs:
  etools:
    type: boolean?
    inputBinding: {prefix: --etools}
  skip_some1:
    type: boolean?
    inputBinding: {prefix: --skip-some1}
  skip_some2:
    type: boolean?
    inputBinding: {prefix: --skip-some2}
  no_expression_refactoring:
    type: boolean?
    inputBinding: {prefix: --no-expression-refactoring}
  folder:
    type: string
    doc: Name of the folder for the results.
    inputBinding: {position: 1}
  documents:
    type: File[]
    inputBinding: {position: 2}
outputs:
  converted:
    type: Directory
    outputBinding: {glob: $(inputs.folder)}
