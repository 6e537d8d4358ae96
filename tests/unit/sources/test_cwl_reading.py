from apkg.files.documents import parse_document
from apkg.model import ArrayType, Container, Default, EnumType, Scalar
from apkg.sources.cwl import read_cwl, read_cwl_document

TOOL = """\
cwlVersion: v1.2
class: CommandLineTool
id: mask
label: Water mask
doc: [First line., Second line.]
requirements:
  ResourceRequirement: {coresMin: 2, ramMin: 512.5, ramMax: $(inputs.ram)}
  NetworkAccess: {networkAccess: true}
hints:
  DockerRequirement: {dockerPull: "docker://example.org/mask:1"}
baseCommand: mask
inputs:
  image:
    type: File
    format: iana:image/tiff
    default: {class: File, path: data/scene.tif}
  threshold: {type: double?, default: 0.0, label: Threshold, doc: Where water begins}
  flag: {type: boolean, default: false}
  empty: {type: string, default: ""}
  nothing: {type: string?, default: null}
  mode: {type: enum, symbols: [fast, exact]}
  scenes: string[]
  record: {type: Any, default: {a: 1}}
  name: string
outputs:
  mask: {type: File, outputBinding: {glob: mask.tif}, format: edam:format_3603}
  named: {type: File?, outputBinding: {glob: $(inputs.name)}}
  log: stdout
stdout: log.txt
$namespaces: {edam: http://edamontology.org/, iana: https://www.iana.org/assignments/media-types/}
"""


def read(text, name="tool.cwl", process=None):
    return read_cwl(parse_document(text, name=name), process=process)


def ports(application):
    return {port.id: port for port in (*application.inputs, *application.outputs)}


def test_a_tool_is_read_whole():
    found = read(TOOL)
    assert (found.id, found.title, found.abstract) == (
        "mask",
        "Water mask",
        "First line.\nSecond line.",
    )
    assert found.container == Container(image="example.org/mask:1")
    assert (found.resources.cores_min, found.resources.ram_min) == (2, 513)
    assert found.resources.ram_max is None
    assert found.network
    assert [port.id for port in found.outputs] == ["mask", "named", "log"]


def test_defaults_that_are_false_are_defaults():
    found = ports(read(TOOL))
    assert found["threshold"].default == Default(0.0)
    assert found["flag"].default == Default(False)
    assert found["empty"].default == Default("")
    assert found["nothing"].default == Default(None)
    assert found["scenes"].default is None


def test_types_labels_formats_and_examples():
    found = ports(read(TOOL))
    assert found["mode"].type == EnumType(("fast", "exact"))
    assert found["scenes"].type == ArrayType(Scalar("string"))
    assert found["threshold"].optional
    assert (found["threshold"].label, found["threshold"].doc) == ("Threshold", "Where water begins")
    assert (found["image"].example, found["image"].default) == ("data/scene.tif", None)
    assert found["image"].media_types == ("image/tiff",)
    assert found["mask"].media_types == ("image/png",)


def test_globs_are_found():
    found = ports(read(TOOL))
    assert found["mask"].glob == "mask.tif"
    assert (found["named"].glob, found["named"].named_by) == (".", "name")
    assert (found["log"].glob, found["log"].type) == ("log.txt", Scalar("File"))


def test_what_cannot_be_kept_is_said_with_its_line():
    findings = read_cwl_document(parse_document(TOOL, name="tool.cwl")).findings
    said = {(f.location.line, f.severity) for f in findings if f.location}
    expression = TOOL.splitlines().index(next(x for x in TOOL.splitlines() if "ramMax" in x)) + 1
    record = TOOL.splitlines().index(next(x for x in TOOL.splitlines() if "record:" in x)) + 1
    assert said == {(expression, "note"), (record, "note")}


def test_a_default_of_null_needs_a_type_that_may_be_null():
    text = (
        "cwlVersion: v1.2\nclass: Operation\noutputs: []\n"
        "inputs: {a: {type: float, default: null}, b: {type: float?, default: null}}\n"
    )
    found = ports(read(text))
    assert (found["a"].default, found["a"].optional) == (None, False)
    assert (found["b"].default, found["b"].optional) == (Default(None), True)


def test_origins_lead_to_the_line():
    origin = read(TOOL).origin("inputs.threshold.default")
    assert origin is not None
    assert (origin.source, origin.guessed) == ("CWL", False)
    assert origin.location is not None
    line = TOOL.splitlines()[(origin.location.line or 0) - 1]
    assert line.strip().startswith("threshold:")


def test_a_process_without_id_is_called_after_its_file():
    found = read(
        "cwlVersion: v1.0\nclass: ExpressionTool\ninputs: []\noutputs: []\n", "My Tool.cwl"
    )
    assert (found.id, found.inputs, found.outputs) == ("my-tool", (), ())


def test_lists_of_ports_with_full_ids():
    found = read(
        """\
cwlVersion: v1.1
class: Operation
id: file:///somewhere/x.cwl#main
inputs:
  - {id: "#main/a", type: ["null", File]}
  - {id: b, type: {type: array, items: Directory}}
outputs: []
"""
    )
    assert found.id == "main"
    assert [(port.id, port.optional) for port in found.inputs] == [("a", True), ("b", False)]


def test_an_id_used_twice_counts_once():
    text = (
        "cwlVersion: v1.2\nclass: Operation\noutputs: []\n"
        "inputs: [{id: a, type: int}, {id: a, type: string}]\n"
    )
    reading = read_cwl_document(parse_document(text, name="t.cwl"))
    assert [port.type for port in reading.application.inputs] == [Scalar("int")]
    assert [finding.subject for finding in reading.findings] == ["a"]


def test_nothing_that_moves_the_terminal_gets_through():
    found = read(
        'cwlVersion: v1.2\nclass: Operation\nlabel: "\\e[31mred"\ninputs: []\noutputs: []\n'
    )
    assert "\x1b" not in found.title
