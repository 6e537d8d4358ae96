"""Toil takes the values of a job order. Older ones (before 9.3) ask for them as options."""

import json
import os

import pytest

from apkg.runners.interface import RunRequest
from apkg.runners.toil import ToilRunner

pytestmark = pytest.mark.slow

TOOL = {
    "cwlVersion": "v1.2",
    "class": "CommandLineTool",
    "baseCommand": "echo",
    "inputs": {"word": {"type": "string", "inputBinding": {}}},
    "stdout": "said.txt",
    "outputs": {"said": {"type": "stdout"}},
}


def test_a_job_order_without_a_container(tmp_path):
    if not os.environ.get("CI"):
        pytest.importorskip("toil")
    package = tmp_path / "tool.cwl"
    package.write_text(json.dumps(TOOL), encoding="utf-8")
    ToilRunner().run(
        RunRequest(
            package=package, out=tmp_path / "out", job_order={"word": "hello"}, engine="none"
        )
    )
    assert (tmp_path / "out" / "said.txt").read_text(encoding="utf-8") == "hello\n"
