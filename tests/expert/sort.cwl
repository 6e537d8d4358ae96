cwlVersion: v1.2
class: CommandLineTool
label: sort
doc: Sorts the lines of text files.
baseCommand: sort
stdout: sorted.txt
inputs:
  ignore_leading_blanks:
    type: boolean?
    inputBinding: {prefix: --ignore-leading-blanks}
  dictionary_order:
    type: boolean?
    inputBinding: {prefix: --dictionary-order}
  ignore_case:
    type: boolean?
    inputBinding: {prefix: --ignore-case}
  general_numeric_sort:
    type: boolean?
    inputBinding: {prefix: --general-numeric-sort}
  ignore_nonprinting:
    type: boolean?
    inputBinding: {prefix: --ignore-nonprinting}
  month_sort:
    type: boolean?
    inputBinding: {prefix: --month-sort}
  human_numeric_sort:
    type: boolean?
    inputBinding: {prefix: --human-numeric-sort}
  numeric_sort:
    type: boolean?
    inputBinding: {prefix: --numeric-sort}
  random_sort:
    type: boolean?
    inputBinding: {prefix: --random-sort}
  random_source:
    type: File?
    inputBinding: {prefix: --random-source=, separate: false}
  reverse:
    type: boolean?
    inputBinding: {prefix: --reverse}
  sort:
    type:
      - "null"
      - type: enum
        symbols: [general-numeric, human-numeric, month, numeric, random, version]
    inputBinding: {prefix: --sort=, separate: false}
  version_sort:
    type: boolean?
    inputBinding: {prefix: --version-sort}
  batch_size:
    type: int?
    inputBinding: {prefix: --batch-size=, separate: false}
  keys:
    type:
      - "null"
      - type: array
        items: string
        inputBinding: {prefix: -k}
    doc: Places of the keys.
    inputBinding: {position: 0}
  merge:
    type: boolean?
    inputBinding: {prefix: --merge}
  stable:
    type: boolean?
    inputBinding: {prefix: --stable}
  buffer_size:
    type: string?
    inputBinding: {prefix: --buffer-size=, separate: false}
  field_separator:
    type: string?
    inputBinding: {prefix: --field-separator=, separate: false}
  parallel:
    type: int?
    inputBinding: {prefix: --parallel=, separate: false}
  unique:
    type: boolean?
    inputBinding: {prefix: --unique}
  zero_terminated:
    type: boolean?
    inputBinding: {prefix: --zero-terminated}
  files:
    type: File[]
    inputBinding: {position: 1}
outputs:
  sorted:
    type: stdout
