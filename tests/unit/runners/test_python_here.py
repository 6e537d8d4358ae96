"""Programs under the names that runners know."""

import os
import subprocess

import pytest

from apkg.runners.interface import RunRequest
from apkg.runners.job import Job
from apkg.runners.python_here import with_python


@pytest.fixture
def job(tmp_path):
    """A job for an engine."""

    def made(engine):
        request = RunRequest(package=tmp_path, job_order={}, out=tmp_path, engine=engine)
        scratch = tmp_path / "scratch é"
        scratch.mkdir()
        return Job(request=request, results=tmp_path, scratch=scratch, target="a.cwl")

    return made


def program(folder, name):
    path = folder / name
    path.write_text('#!/bin/sh\necho "I am $0: $*"\n', encoding="utf-8")
    path.chmod(0o755)
    return path


def test_apptainer_stands_in_for_singularity(job, tmp_path, monkeypatch):
    path = program(tmp_path, "apptainer")
    monkeypatch.setenv("PATH", str(tmp_path))
    environment = with_python(job("singularity"))
    found = environment["PATH"].partition(os.pathsep)[0]
    said = subprocess.run(
        [f"{found}/singularity", "exec", "a b"], capture_output=True, text=True, check=True
    ).stdout
    assert said == f"I am {path}: exec a b\n"


def test_singularity_itself_is_taken(job, tmp_path, monkeypatch):
    program(tmp_path, "apptainer")
    program(tmp_path, "singularity")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert with_python(job("singularity"))["PATH"] == str(tmp_path)


def test_docker_needs_nothing(job, monkeypatch):
    monkeypatch.setenv("PATH", "/x")
    assert with_python(job("docker"))["PATH"] == "/x"


def test_python_of_apkg_comes_first_without_a_container(job):
    path = with_python(job("none"))["PATH"]
    code = "import apkg; print(apkg.__file__)"
    command = ["env", f"PATH={path}", "python3", "-c", code]
    assert subprocess.run(command, capture_output=True, check=True).stdout
