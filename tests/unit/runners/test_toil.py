"""Toil, run for real on this machine without a container."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time

import pytest

from apkg.errors import ToolError
from apkg.runners.interface import RunRequest
from apkg.runners.job import Job
from apkg.runners.toil import ToilRunner

TOOL = {
    "cwlVersion": "v1.2",
    "class": "CommandLineTool",
    "requirements": [{"class": "DockerRequirement", "dockerPull": "no/such:image"}],
    "baseCommand": ["python3", "-c"],
    "inputs": {},
    "outputs": {},
}
BUSY = """\
import sys, time
print("first", file=sys.stderr, flush=True)
time.sleep(2)
print("second")
open("demo.executed.ipynb", "w").write("{}")
sys.exit(STATUS)
"""


@pytest.fixture
def installed():
    """Toil, which has to be there on CI."""
    if os.environ.get("CI"):
        import toil  # noqa: F401
    else:
        pytest.importorskip("toil")


@pytest.fixture
def scratch(tmp_path, monkeypatch):
    """Where temporary folders are made."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def package(folder, code):
    path = folder / "tool #1.cwl"
    path.write_text(json.dumps({**TOOL, "arguments": [code]}), encoding="utf-8")
    return path


def request(path, out, **more):
    return RunRequest(package=path, job_order={}, out=out, engine="none", **more)


def job(tmp_path, *options, engine="docker"):
    asked = RunRequest(
        package=tmp_path / "a.cwl", job_order={}, out=tmp_path, engine=engine, options=options
    )
    folders = {name: tmp_path / name for name in ("results", "scratch")}
    for folder in folders.values():
        folder.mkdir(exist_ok=True)
    return Job(request=asked, target="a.cwl#main", **folders)


@pytest.mark.parametrize(
    ("engine", "word"),
    [
        ("podman", "--podman"),
        ("singularity", "--singularity"),
        ("udocker", "--user-space-docker-cmd=udocker"),
        ("none", "--no-container"),
    ],
)
def test_the_command_line_names_the_engine(tmp_path, engine, word):
    assert word in ToilRunner().command(job(tmp_path, engine=engine))


def test_options_of_the_user_come_behind_ours_and_before_the_package(tmp_path):
    options = ("--batchSystem", "slurm", "--preserve-environment", "A", "B")
    command = ToilRunner().command(job(tmp_path, *options))
    place = command.index("--preserve-environment")
    assert command.index("--batchSystem=single_machine") < command.index("slurm") < place
    # A flag ends the list of variables, or the package would be one of them.
    assert command[place + 3].startswith("--")
    assert command[-2:] == ["a.cwl#main", str(tmp_path / "scratch" / "job.yml")]


@pytest.mark.parametrize(
    ("options", "elsewhere"),
    [
        ((), False),
        (("--batchSystem=single_machine",), False),
        (("--batchSystem", "slurm"), True),
        (("--batchSystem=lsf", "--batchSystem", "single_machine"), False),
    ],
)
def test_a_cluster_needs_the_scratch_folder_as_well(tmp_path, options, elsewhere):
    asked = RunRequest(package=tmp_path, job_order={}, out=tmp_path, options=options)
    assert ToilRunner().runs_elsewhere(asked) is elsewhere


def test_workers_in_other_images_are_left_alone(tmp_path):
    command = ToilRunner().command(job(tmp_path, "--batchSystem=kubernetes"))
    assert not [word for word in command if word.startswith("--workDir")]


@pytest.mark.slow
def test_lines_come_at_once_and_only_those_of_the_job(installed, tmp_path, scratch):
    seen = []

    def on_log(line):
        seen.append((line, time.monotonic()))

    path = package(tmp_path, BUSY.replace("STATUS", "0"))
    result = ToilRunner().run(request(path, tmp_path / "out", on_log=on_log))
    assert [line for line, _ in seen] == ["first", "second"]
    assert seen[1][1] - seen[0][1] > 1
    assert result.outputs == {}
    assert list(scratch.iterdir()) == []


@pytest.mark.slow
def test_a_failed_job_says_why_and_leaves_its_notebook(installed, tmp_path, scratch):
    path = package(tmp_path, BUSY.replace("STATUS", "'the reason'"))
    with pytest.raises(ToolError) as caught:
        ToilRunner().run(request(path, tmp_path / "out"))
    assert caught.value.message == "tool #1.cwl has failed:\nfirst\nthe reason\nsecond"
    (kept,) = (tmp_path / "out").iterdir()
    assert kept.name == "demo.executed.ipynb"
    assert str(kept) in caught.value.hint
    assert list(scratch.iterdir()) == []


@pytest.mark.slow
def test_what_toil_itself_does_not_like(installed, tmp_path, scratch):
    path = package(tmp_path, "pass")
    with pytest.raises(ToolError, match="has failed") as caught:
        ToilRunner().run(request(path, tmp_path / "out", options=("--batchSystem=nonsense",)))
    assert "nonsense" in caught.value.message


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_interruption_leaves_nothing(installed, tmp_path, scratch):
    code = "import sys, time; print('started', file=sys.stderr, flush=True); time.sleep(317)"

    def on_log(line):
        threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()

    with pytest.raises(KeyboardInterrupt):
        ToilRunner().run(request(package(tmp_path, code), tmp_path / "out", on_log=on_log))
    asked = ["pgrep", "-f", "time.sleep.317"]
    assert subprocess.run(asked, capture_output=True, check=False).stdout == b""
    assert not (tmp_path / "out").exists()
    assert list(scratch.iterdir()) == []
