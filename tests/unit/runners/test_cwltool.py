"""cwltool, run for real: other people's documents, conflicts, failures, interruptions."""

import json
import os
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from apkg.errors import ApkgError, ToolError
from apkg.runners.cwltool import CwltoolRunner
from apkg.runners.interface import RunRequest

pytestmark = pytest.mark.slow

TOOL = {
    "cwlVersion": "v1.2",
    "class": "CommandLineTool",
    "requirements": [{"class": "DockerRequirement", "dockerPull": "no/such:image"}],
    "baseCommand": ["python3", "-c"],
    "arguments": ["import sys; print(sys.executable, open(sys.argv[1]).read(), sys.argv[2])"],
    "inputs": {
        "file": {
            "type": "File",
            "default": {"class": "File", "location": "../data/a b.txt"},
            "inputBinding": {"position": 1},
        },
        "text": {"type": "string", "inputBinding": {"position": 2}},
    },
    "stdout": "said.txt",
    "outputs": {"said": {"type": "stdout"}},
}
FLOW = {
    "class": "Workflow",
    "id": "flow",
    "requirements": [{"class": "DockerRequirement", "dockerPull": "no/such:image"}],
    "inputs": {"text": "string"},
    "outputs": {"said": {"type": "File", "outputSource": "step/said"}},
    "steps": {"step": {"run": "tools/tool.cwl", "in": {"text": "text"}, "out": ["said"]}},
}


@pytest.fixture
def package(tmp_path):
    """A package of somebody else: a workflow, a tool, and data, in folders beside each other."""
    folder = tmp_path / "pack #1 é"
    (folder / "tools").mkdir(parents=True)
    (folder / "data").mkdir()
    (folder / "data" / "a b.txt").write_text("content")
    (folder / "tools" / "tool.cwl").write_text(json.dumps(TOOL))
    path = folder / "flow.cwl"
    path.write_text(json.dumps({"cwlVersion": "v1.2", "$graph": [FLOW]}))
    return path


@pytest.fixture
def scratch(tmp_path, monkeypatch):
    """Where temporary folders are made."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def request(package, out, **more):
    order = more.pop("job_order", {"text": "x"})
    return RunRequest(package=package, job_order=order, out=out, engine="none", **more)


def test_container_that_is_required_and_not_wanted(package, scratch, tmp_path):
    before = package.read_text()
    result = CwltoolRunner().run(request(package, tmp_path / "out", job_order={"text": "$(x) é"}))
    said = tmp_path / "out" / "said.txt"
    assert result.paths == (said,)
    assert said.read_text().split(" ", 1)[1] == "content $(x) é\n"
    assert Path(said.read_text().split(" ", 1)[0]).samefile(sys.executable)
    assert result.outputs["said"]["location"] == said.as_uri()
    assert package.read_text() == before
    assert sorted(path.name for path in package.parent.iterdir()) == ["data", "flow.cwl", "tools"]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["said.txt"]
    assert list(scratch.iterdir()) == []


def test_results_never_replace_a_file_unless_forced(package, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "said.txt").write_text("old")
    with pytest.raises(ApkgError, match=r"not overwritten: .*said\.txt") as caught:
        CwltoolRunner().run(request(package, out))
    assert (out / "said.txt").read_text() == "old"
    assert str(tmp_path / "out-new") in (caught.value.hint or "")
    assert (tmp_path / "out-new" / "said.txt").read_text().endswith("content x\n")
    CwltoolRunner().run(request(package, out, force=True))
    assert (out / "said.txt").read_text().endswith("content x\n")
    assert [path.name for path in out.iterdir()] == ["said.txt"]


def test_failure_shows_what_the_tool_said_and_leaves_nothing(tmp_path, scratch):
    package = tmp_path / "bad.cwl"
    said = "import sys; sys.exit('\\x1b[31mthe reason\\x1b[0m')"
    package.write_text(json.dumps({**TOOL, "inputs": {}, "requirements": [], "arguments": [said]}))
    lines = []
    with pytest.raises(ToolError) as caught:
        CwltoolRunner().run(
            request(package, tmp_path / "a" / "out", job_order={}, on_log=lines.append)
        )
    assert caught.value.message == "bad.cwl has failed:\nthe reason"
    assert "the reason" in lines
    assert not (tmp_path / "a").exists()
    assert list(scratch.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_interruption_leaves_nothing(tmp_path, scratch):
    package = tmp_path / "long.cwl"
    code = "import os, sys, time; print('pid', os.getpid(), file=sys.stderr, flush=True)"
    arguments = [f"{code}; time.sleep(100)"]
    package.write_text(
        json.dumps({**TOOL, "inputs": {}, "requirements": [], "arguments": arguments})
    )
    pids = []

    def on_log(line):
        if line.startswith("pid"):
            pids.append(int(line.split()[1]))
            threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()

    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        CwltoolRunner().run(request(package, tmp_path / "out", job_order={}, on_log=on_log))
    assert time.monotonic() - start < 8
    stat = Path(f"/proc/{pids[0]}/stat")
    # Nobody may have fetched its exit status yet.
    assert not stat.exists() or stat.read_text().rpartition(") ")[2][0] in "ZX"
    assert not (tmp_path / "out").exists()
    assert list(scratch.iterdir()) == []


def test_folder_that_cannot_be_written(package, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ApkgError, match="cannot write"):
        CwltoolRunner().run(request(package, tmp_path / "file" / "out"))
