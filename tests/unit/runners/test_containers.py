"""What an engine says of itself, and what is asked of one that is not there."""

import json
import time

import pytest

from apkg.runners.containers import engine_facts, out_of_memory, stop_containers

DOCKER = {"NCPU": 4, "MemoryLimit": True, "SwapLimit": False, "CpuCfsQuota": True}
PODMAN = {"host": {"cpus": 2, "cgroupControllers": ["cpu", "pids"]}}


@pytest.fixture
def answers(tmp_path, monkeypatch):
    """Let an engine answer with this text, or fail."""

    def write(name, text, status=0):
        path = tmp_path / name
        (tmp_path / "answer").write_text(text, encoding="utf-8")
        path.write_text(f"#!/bin/sh\n/bin/cat {tmp_path}/answer\nexit {status}\n", encoding="utf-8")
        path.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))

    return write


def test_docker(answers):
    answers("docker", json.dumps(DOCKER))
    assert json.loads(engine_facts("docker").text()) == {
        "cpus": 4,
        "limits_memory": True,
        "limits_swap": False,
        "limits_cpu": True,
    }


def test_podman(answers):
    answers("podman", json.dumps(PODMAN))
    assert json.loads(engine_facts("podman").text()) == {
        "cpus": 2,
        "limits_memory": False,
        "limits_swap": False,
        "limits_cpu": True,
    }


@pytest.mark.parametrize(("text", "status"), [("not JSON", 0), ("", 1)])
def test_an_engine_that_does_not_answer(answers, text, status):
    answers("docker", text, status)
    assert engine_facts("docker") is None
    assert engine_facts("podman") is None
    assert engine_facts("none") is None
    stop_containers("none", "x")


def test_a_failing_engine_tells_of_no_container(answers):
    answers("docker", "", 1)
    assert out_of_memory("docker", "x", time.time()) is False
    stop_containers("docker", "x")
