"""The frame that every runner's job has: where its results are said to be."""

import os
import sys
from pathlib import Path

import pytest

from apkg.runners.interface import RunRequest
from apkg.runners.job import run_job

#: Answers as runners do: with the shortest way to the file that it has written.
WRITES = """
import json, os, sys
path = os.path.abspath(os.path.join(sys.argv[1], "mask.tif"))
open(path, "w").write("x")
print(json.dumps({"mask": {"class": "File", "path": path, "location": "file://" + path}}))
"""


class Writer:
    """The least that runs a job."""

    name = "writer"

    def check(self, request):
        """It needs nothing."""

    def runs_elsewhere(self, request):
        return False

    def command(self, job):
        return [sys.executable, "-c", WRITES, str(job.results)]

    def environment(self, job):
        return dict(os.environ)

    def of_job(self, line):
        return None

    def errors(self, log):
        return []

    def left_by(self, job):
        return []


@pytest.mark.parametrize("out", ["out", "../out", "sub/../../out", "link/../out"])
def test_results_are_where_they_are_said_to_be(tmp_path, monkeypatch, out):
    here = tmp_path / "here"
    (here / "sub").mkdir(parents=True)
    (tmp_path / "far" / "inner").mkdir(parents=True)
    (here / "link").symlink_to(tmp_path / "far" / "inner")
    (here / "tool.cwl").write_text("class: CommandLineTool\n")
    monkeypatch.chdir(here)
    request = RunRequest(package=Path("tool.cwl"), job_order={}, out=Path(out), engine="none")
    result = run_job(Writer(), request)
    assert [path.read_text() for path in result.paths] == ["x"]
    assert result.outputs["mask"]["path"] == str(result.paths[0])
    assert Path(result.outputs["mask"]["location"].removeprefix("file://")).is_file()
    assert ".." not in result.paths[0].parts
    assert result.paths[0].samefile(Path(out, "mask.tif"))
    assert sorted(path.name for path in result.paths[0].parent.glob(".apkg-*")) == []
