"""Files and folders that the user may not read, and notebooks full of pictures."""

import json
import os
import subprocess
import sys

import pytest

from apkg.pipeline import validate
from apkg.pipeline.validate import validate_paths

TOOL = "cwlVersion: v1.2\nclass: CommandLineTool\nbaseCommand: ls\ninputs: []\noutputs: []\n"
#: Becomes nobody after all is imported, as an installation may itself be closed to others.
AS_NOBODY = """
import json, os, sys
sys.path[:0] = json.loads(sys.argv[1])
from apkg.pipeline.check import CheckOptions, check
from apkg.validators import best_practice, consistency, cwl, deploy, manifest
from pathlib import Path
from apkg.schemas import load_schema
from apkg.pipeline import settings
import glob, yaml
os.chdir(sys.argv[2])
check(["warm.cwl"], CheckOptions(), read_stdin=bytes)
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
reports = check(sys.argv[3:], CheckOptions(), read_stdin=bytes)
print(json.dumps([[r.path, [f.rule for f in r.findings]] for r in reports]))
"""


@pytest.fixture
def closed(tmp_path):
    """A folder with a file and a folder that nobody but root may read."""
    for name in ("good", "warm", "no"):
        (tmp_path / f"{name}.cwl").write_text(TOOL)
    (tmp_path / "imports.cwl").write_text(
        TOOL.replace("inputs: []", "inputs: {$import: closed/in.yml}")
    )
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed" / "in.yml").write_text("a: {type: int}\n")
    for parent in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        parent.chmod(0o755)
    (tmp_path / "no.cwl").chmod(0)
    (tmp_path / "closed").chmod(0)
    yield tmp_path
    (tmp_path / "closed").chmod(0o700)


def run(folder, *words):
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, json.dumps(sys.path), str(folder), *words],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="needs the users of Unix")
def test_what_is_closed_is_said_and_the_rest_is_checked(closed):
    assert run(closed, ".") == {
        "closed": ["document/unreadable"],
        "good.cwl": [],
        "imports.cwl": ["cwl/import"],
        "no.cwl": ["document/unreadable"],
        "warm.cwl": [],
    }


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="needs the users of Unix")
@pytest.mark.parametrize("word", ["closed", "closed/in.yml", "no.cwl"])
def test_what_is_closed_and_named(closed, word):
    assert run(closed, word) == {word: ["document/unreadable"]}


def test_notebooks_may_be_larger_than_other_documents(tmp_path, monkeypatch):
    monkeypatch.setattr(validate, "LIMIT_BYTES", 1000)
    picture = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "A" * 5000}}
    cell = {"cell_type": "code", "metadata": {}, "source": "x = 1", "execution_count": None}
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 4,
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        "cells": [{**cell, "outputs": [picture]}],
    }
    for name in ("a.ipynb", "a.json"):
        (tmp_path / name).write_text(json.dumps(notebook))
    kinds = {r.path.rpartition("/")[2]: r.kind for r in validate_paths([tmp_path])}
    assert kinds == {"a.ipynb": "notebook", "a.json": "unreadable"}
