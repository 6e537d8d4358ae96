"""Calrissian's command line, as its documentation has it, and what it writes."""

import pytest

from apkg.errors import ToolError
from apkg.runners.calrissian import CalrissianRunner
from apkg.runners.interface import RunRequest
from apkg.runners.job import Job

LIMITS = ("--max-ram", "16G", "--max-cores=8")


def request(tmp_path, *options):
    return RunRequest(package=tmp_path / "a.cwl", job_order={}, out=tmp_path, options=options)


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Something called calrissian on PATH, in a pod."""
    path = tmp_path / "calrissian"
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CALRISSIAN_POD_NAME", "pod-1")


def test_the_command_line(program, tmp_path):
    asked = request(tmp_path, *LIMITS)
    CalrissianRunner().check(asked)
    job = Job(request=asked, results=tmp_path / "r", scratch=tmp_path / "s", target="a.cwl#main")
    command = CalrissianRunner().command(job)
    assert command[0] == "calrissian"
    assert "--debug" in command
    assert {f"--outdir={tmp_path / 'r'}", f"--tmp-outdir-prefix={tmp_path / 's' / 'out-'}"} <= {
        *command
    }
    place = command.index("--max-ram")
    assert command[place : place + 3] == list(LIMITS)
    assert command[-2:] == ["a.cwl#main", str(tmp_path / "s" / "job.yml")]


def test_it_is_not_installed(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolError, match="not on PATH") as caught:
        CalrissianRunner().check(request(tmp_path, *LIMITS))
    assert "Kubernetes" in caught.value.hint


@pytest.mark.parametrize("options", [(), LIMITS[:2], LIMITS[2:]])
def test_it_has_to_be_told_how_much_it_may_use(program, tmp_path, options):
    with pytest.raises(ToolError, match="how much it may use at once: --max-") as caught:
        CalrissianRunner().check(request(tmp_path, *options))
    assert "-- --max-ram 16G --max-cores 8" in caught.value.hint


def test_settings_of_its_own(program, tmp_path):
    CalrissianRunner().check(request(tmp_path, "--conf", "calrissian.json"))


def test_it_needs_to_be_in_a_pod(program, tmp_path, monkeypatch):
    monkeypatch.delenv("CALRISSIAN_POD_NAME")
    with pytest.raises(ToolError, match="CALRISSIAN_POD_NAME"):
        CalrissianRunner().check(request(tmp_path, *LIMITS))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[water-mask-tool-pod-abcdefgh] NDWI: 0.5", "NDWI: 0.5"),
        ("[water-mask-tool-pod-abcdefgh] follow_logs start", None),
        ("[job water-mask-tool] completed success", None),
        ("INFO [workflow ] start", None),
        ("Created k8s pod name x with id y", None),
    ],
)
def test_lines_of_a_tool_are_told_from_its_own(line, said):
    assert CalrissianRunner().of_job(line) == said


def test_its_errors():
    log = ["INFO a", "ERROR b", "below b", "WARNING c", "below c", "CRITICAL d"]
    assert CalrissianRunner().errors(log) == ["b", "below b", "d"]
