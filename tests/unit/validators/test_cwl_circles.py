"""What contains itself is said once, at the line that closes the circle."""

import pytest

from apkg.pipeline.validate import validate_paths

FLOW = (
    "cwlVersion: v1.2\nclass: Workflow\nrequirements: {SubworkflowFeatureRequirement: {}}\n"
    "inputs: []\noutputs: []\nsteps:\n  s: {run: RUN, in: [], out: []}\n"
)
TOOL = "cwlVersion: v1.2\nclass: CommandLineTool\nbaseCommand: x\noutputs: []\n"
GRAPH = (
    "cwlVersion: v1.2\n$graph:\n- class: Workflow\n  id: main\n"
    "  requirements: {SubworkflowFeatureRequirement: {}}\n  inputs: []\n  outputs: []\n"
    "  steps: {s: {run: RUN, in: [], out: []}}\n"
    "- {class: CommandLineTool, id: tool, baseCommand: x, inputs: [], outputs: []}\n"
)


def errors(path):
    (report,) = validate_paths([path])
    found = [f for f in report.findings if f.severity == "error"]
    return [(f.rule, f.location.path.rpartition("/")[2], f.location.line) for f in found]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (FLOW.replace("RUN", "a.cwl"), 7),
        (FLOW.replace("RUN", "./x/../a.cwl"), 7),
        (FLOW.replace("RUN", '"#flow"') + "id: flow\n", 7),
        (GRAPH.replace("RUN", '"#main"'), 8),
        (GRAPH.replace("RUN", "a.cwl"), 8),
    ],
)
def test_a_workflow_that_runs_itself(tmp_path, text, line):
    path = tmp_path / "a.cwl"
    path.write_text(text)
    assert errors(path) == [("cwl/recursion", "a.cwl", line)]


def test_files_that_run_each_other_have_one_finding_each(tmp_path):
    for name, other in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")):
        (tmp_path / f"{name}.cwl").write_text(FLOW.replace("RUN", f"{other}.cwl"))
    reports = validate_paths([tmp_path])
    rules = [[f.rule for f in report.findings] for report in reports]
    assert rules == [["cwl/recursion"]] * 3 + [["cwl/run-invalid"]]


def test_a_link_to_a_file_that_runs_the_link(tmp_path):
    (tmp_path / "a.cwl").write_text(FLOW.replace("RUN", "b.cwl"))
    (tmp_path / "b.cwl").symlink_to("a.cwl")
    assert [rule for rule, _, _ in errors(tmp_path / "a.cwl")] == ["cwl/run-invalid"]


@pytest.mark.parametrize("run", ["a.cwl#tool", '"#tool"'])
def test_a_process_may_run_another_of_its_own_file(tmp_path, run):
    path = tmp_path / "a.cwl"
    path.write_text(GRAPH.replace("RUN", run))
    assert errors(path) == []


def test_files_may_name_each_other_where_no_process_runs_itself(tmp_path):
    (tmp_path / "a.cwl").write_text(GRAPH.replace("RUN", "b.cwl"))
    (tmp_path / "b.cwl").write_text(FLOW.replace("RUN", "a.cwl#tool"))
    assert errors(tmp_path / "a.cwl") == []
    assert errors(tmp_path / "b.cwl") == []


def test_a_graph_without_main_needs_the_id_of_a_process(tmp_path):
    (tmp_path / "g.cwl").write_text(GRAPH.replace("RUN", '"#tool"').replace("id: main", "id: flow"))
    (tmp_path / "a.cwl").write_text(FLOW.replace("RUN", "g.cwl"))
    assert errors(tmp_path / "a.cwl") == [("cwl/run", "a.cwl", 7)]
    (tmp_path / "a.cwl").write_text(FLOW.replace("RUN", "g.cwl#flow"))
    assert errors(tmp_path / "a.cwl") == []


def test_imports_that_import_themselves(tmp_path):
    (tmp_path / "a.cwl").write_text(TOOL + "inputs: {$import: b.yml}\n")
    (tmp_path / "b.yml").write_text("c: {$import: c.yml}\n")
    (tmp_path / "c.yml").write_text("d: {$import: b.yml}\n")
    assert errors(tmp_path / "a.cwl") == [("cwl/import", "a.cwl", 5)]
    (tmp_path / "a.cwl").write_text(TOOL + "inputs: {$import: a.cwl}\n")
    assert errors(tmp_path / "a.cwl") == [("cwl/import", "a.cwl", 5)]


@pytest.mark.parametrize(
    ("inputs", "imported", "line"),
    [
        ("{$import: p.yml}", "a: {type: int}\nb: {type: intt}\n", 2),
        ("[{$import: p.yml}]", "id: a\ntype: intt\n", 2),
        ("[{id: z, type: int}, {$import: p.yml}]", "- {id: a, type: int}\n- {id: b, typo: int}", 2),
        ("{a: {type: {$import: p.yml}}}", "type: array\nitemss: int\n", 2),
    ],
)
def test_imported_ports_are_checked_where_they_are_written(tmp_path, inputs, imported, line):
    (tmp_path / "a.cwl").write_text(TOOL + f"inputs: {inputs}\n")
    (tmp_path / "p.yml").write_text(imported)
    found = errors(tmp_path / "a.cwl")
    assert [(file, where) for _, file, where in found] == [("p.yml", line)]
    right = imported.replace("intt", "int").replace("typo", "type").replace("itemss", "items")
    (tmp_path / "p.yml").write_text(right)
    assert errors(tmp_path / "a.cwl") == []


def test_what_stands_behind_an_import_keeps_its_place(tmp_path):
    (tmp_path / "a.cwl").write_text(TOOL + "inputs:\n- $import: p.yml\n- {id: z, type: intt}\n")
    (tmp_path / "p.yml").write_text("- {id: a, type: int}\n- {id: b, type: int}\n")
    assert errors(tmp_path / "a.cwl") == [("cwl/unknown-type", "a.cwl", 7)]


def test_steps_know_the_imported_inputs_of_their_tool(tmp_path):
    (tmp_path / "t.cwl").write_text(TOOL + "inputs: [{$import: p.yml}]\n")
    (tmp_path / "p.yml").write_text("id: needed\ntype: int\n")
    (tmp_path / "a.cwl").write_text(FLOW.replace("RUN", "t.cwl"))
    assert errors(tmp_path / "a.cwl") == [("cwl/step-input", "a.cwl", 7)]


def test_an_import_below_a_name_is_refused_as_runners_do(tmp_path):
    (tmp_path / "a.cwl").write_text(TOOL + "inputs: {a: {$import: p.yml}}\n")
    (tmp_path / "p.yml").write_text("type: int\n")
    assert errors(tmp_path / "a.cwl") == [("cwl/import", "a.cwl", 5)]


@pytest.mark.parametrize(
    ("outer", "inner", "says"),
    [
        ("v1.2", "v1.0", ("cwl/mixed-versions", "warning")),
        ("v1.1", "v1.0", ("cwl/mixed-versions", "warning")),
        ("v1.0", "v1.2", ("cwl/newer", "error")),
        ("v1.2", "v1.2", None),
    ],
)
def test_an_older_process_inside_a_newer_document_is_a_warning(tmp_path, outer, inner, says):
    path = tmp_path / "a.cwl"
    run = (
        f"{{cwlVersion: {inner}, class: CommandLineTool, baseCommand: x, inputs: [], outputs: []}}"
    )
    path.write_text(FLOW.replace("v1.2", outer).replace("RUN", run))
    (report,) = validate_paths([path])
    assert [(f.rule, f.severity) for f in report.findings] == ([says] if says else [])
