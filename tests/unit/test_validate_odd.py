"""Odd values at odd places: findings, never an accident; and large documents in linear time."""

import time

import pytest

from apkg.pipeline.validate import PROFILES, ValidateOptions, validate_text

TOOL = "cwlVersion: v1.2\nclass: CommandLineTool\nbaseCommand: x\ninputs: {a: File}\noutputs: []\n"
ALL = ValidateOptions(profiles=PROFILES)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (TOOL.replace("{a: File}", '[{$import: "http://[bad"}]'), "cwl/import"),
        (TOOL.replace("{a: File}", '{$import: "http://[bad"}'), "cwl/import"),
        (TOOL + "$namespaces: {s: {}}\n", "cwl/type"),
        (TOOL.replace("a: File", 'a: {type: File, format: "http://[bad"}'), None),
    ],
)
def test_odd_values(text, rule):
    report = validate_text(text.encode(), name="a.cwl", options=ALL)
    errors = [f.rule for f in report.findings if f.severity == "error" and f.rule[:4] == "cwl/"]
    assert errors == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the document is empty: it is neither CWL"),
        ("\ufeff \n\n", "the document is empty: it is neither CWL"),
        ("# To do\n---\n", "the document holds no value: it is neither CWL"),
        ("null", "the document holds no value: it is neither CWL"),
        ("{}", "neither CWL"),
    ],
)
def test_a_document_of_nothing(text, says):
    (finding,) = validate_text(text.encode(), name="a.cwl").findings
    assert finding.rule == "document/unknown"
    assert finding.message.startswith(says)


def ring(size):
    """Workflows each of which runs the next, the last the first."""
    flows = (
        f"- {{class: Workflow, id: w{n}, requirements: {{SubworkflowFeatureRequirement: {{}}}}, "
        f'inputs: [], outputs: [], steps: {{s: {{run: "#w{(n + 1) % size}", in: [], out: []}}}}}}\n'
        for n in range(size)
    )
    return ("cwlVersion: v1.2\n$graph:\n" + "".join(flows)).encode()


def test_thousands_of_processes_take_time_that_grows_with_them():
    validate_text(ring(10), name="warm.cwl")
    took = []
    for size in (400, 1600):
        start = time.process_time()
        report = validate_text(ring(size), name="ring.cwl")
        took.append(time.process_time() - start)
        assert [f.rule for f in report.findings] == ["cwl/recursion"]
    # Four times the size: sixteen times as long would be quadratic.
    assert took[1] < 30 * took[0]
