"""OGC 20-089: a package that follows it, and one that misses each requirement."""

import copy
import csv
import json
import os
from pathlib import Path

import pytest

from apkg.files.documents import parse_document, read_document
from apkg.pipeline.validate import ValidateOptions, validate_document
from apkg.validators.best_practice import BestPracticeValidator

CORPUS = os.environ.get("APKG_CORPUS")
GOOD = {
    "cwlVersion": "v1.2",
    "$namespaces": {"s": "https://schema.org/"},
    "s:softwareVersion": "1.0.0",
    "$graph": [
        {
            "class": "Workflow",
            "id": "crop",
            "label": "Crop",
            "doc": "Crops a scene.",
            "inputs": {"scene": {"type": "Directory", "label": "Scene", "doc": "A scene."}},
            "outputs": {
                "out": {
                    "type": "Directory",
                    "label": "Result",
                    "doc": "The cropped scene.",
                    "outputSource": "step/out",
                }
            },
            "steps": {"step": {"run": "#tool", "in": {"scene": "scene"}, "out": ["out"]}},
        },
        {
            "class": "CommandLineTool",
            "id": "tool",
            "requirements": {"DockerRequirement": {"dockerPull": "crop:1"}},
            "baseCommand": "crop",
            "inputs": {"scene": "Directory"},
            "outputs": {"out": {"type": "Directory", "outputBinding": {"glob": "."}}},
        },
    ],
}


def findings(value, severity="error"):
    document = parse_document(json.dumps(value, indent=1), name="x.cwl")
    report = validate_document(document, options=ValidateOptions(profiles=("best-practice",)))
    return [f for f in report.findings if f.severity == severity]


def test_a_good_package_has_no_error_and_no_warning():
    assert findings(GOOD) == []
    assert findings(GOOD, "warning") == []


@pytest.mark.parametrize(
    ("rule", "path", "key"),
    [
        ("req-7", ("$graph",), 1),
        ("req-8", ("$graph", 1), "id"),
        ("req-8", ("$graph", 1), "baseCommand"),
        ("req-8", ("$graph", 1), "requirements"),
        ("req-8", ("$graph", 1, "requirements", "DockerRequirement"), "dockerPull"),
        ("req-9", ("$graph", 0), "id"),
        ("req-9", ("$graph", 0), "label"),
        ("req-9", ("$graph", 0), "doc"),
        ("req-10", ("$graph", 0, "inputs", "scene"), "label"),
        ("req-10", ("$graph", 0, "inputs", "scene"), "doc"),
        ("req-11", (), "s:softwareVersion"),
        ("req-11", ("$namespaces",), "s"),
    ],
)
def test_each_requirement_is_missed(rule, path, key):
    value = copy.deepcopy(GOOD)
    node = value
    for name in path:
        node = node[name]
    del node[key]
    assert f"best-practice/{rule}" in {f.rule for f in findings(value)}


def test_the_profile_is_only_checked_when_asked_for():
    document = parse_document(json.dumps({**GOOD, "s:softwareVersion": None}), name="x.cwl")
    assert validate_document(document).findings == ()


@pytest.mark.skipif(not CORPUS, reason="needs APKG_CORPUS")
def test_agrees_with_the_labelled_packages():
    # Exit code 1 stands for a crash as well as for a verdict, 2 for "not read": those say nothing.
    validator = BestPracticeValidator()
    with (Path(CORPUS) / "eo-cwl" / "index.csv").open(encoding="utf-8") as stream:
        good = [row["file"] for row in csv.DictReader(stream) if row["ap_validator"] == "0"]
    assert len(good) > 20
    for name in good:
        document = read_document(Path(CORPUS) / name)
        assert [f for f in validator.check(document) if f.severity == "error"] == [], name
