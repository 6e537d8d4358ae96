"""What fuzzing has found, each in its smallest form: one clear error or a document."""

import json

import pytest
from fuzz_seeds import small_notebook
from fuzz_targets import TARGETS, attack

from apkg.cli.errors import guarded
from apkg.cli.root import root

LONG = "a" * 3000
TOOL = {"cwlVersion": "v1.2", "class": "CommandLineTool", "baseCommand": [], "outputs": {}}


def notebook(source="n = 1", **top):
    return json.dumps({**json.loads(small_notebook(source)), **top}).encode()


FOUND = {
    "a minor format that is no number": ("notebook", notebook(nbformat_minor="4")),
    "a module whose name no file can have": ("notebook", notebook(f"import {LONG}\nn = 1")),
    "steps that are no list": ("cwl", b"cwlVersion: v1.2\nclass: Workflow\nid: w\nsteps: 3\n"),
    "an import of a name that is too long": (
        "cwl", json.dumps({**TOOL, "id": "t", "inputs": {"x": {"$import": LONG}}}).encode()),
    "a link to a name that is too long": (
        "deploy", json.dumps({"processDescription": {"process": {"id": "x"}},
                              "executionUnit": [{"href": f"{LONG}.cwl"}]}).encode()),
    "a run of a name that is too long": (
        "cwl", f"cwlVersion: v1.2\nclass: Workflow\nsteps: {{s: {{run: {LONG}}}}}\n".encode()),
    "a usage without any line": ("help", b"usage:\n\n"),
    "a file of a name that is too long": ("job-order", f"scene: {LONG}\n".encode()),
}  # fmt: skip


@pytest.mark.parametrize("what", FOUND)
def test_found(what):
    name, data = FOUND[what]
    attack(TARGETS[name], data)


@pytest.mark.parametrize("command", ["convert", "validate", "inspect", "graph", "run", "report"])
def test_a_name_on_the_command_line_that_is_too_long(command, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["apkg", command, LONG])
    assert guarded(root) in {1, 3}
    told = capsys.readouterr()
    assert "error" in told.out + told.err
    assert "Traceback" not in told.err
