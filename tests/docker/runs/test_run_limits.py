"""Runs that take too much memory or time, or are interrupted: they end, and their containers."""

import signal
import subprocess
import sys
import time

import pytest
from docker_images import unmeasured
from run_places import containers

pytestmark = [pytest.mark.docker, pytest.mark.slow]

#: Takes as many MiB as it is told.
TAKE = "python3 -c 'x = bytearray({} << 20); print(len(x) >> 20, flush=True)' >&2"
FIGURES = {"ramMin": 32, "ramMax": 128}


@pytest.mark.parametrize("runner", ["cwltool", "toil"])
def test_more_memory_than_it_may_use(run, tool, tmp_path, runner):
    asked = [tool(TAKE.format(300), **FIGURES), "-o", tmp_path / "out", "--runner", runner]
    error = run(*asked, code=3).stderr
    assert "tool.cwl has failed: out of memory: it may use 128 MiB" in error
    assert "Raise ramMax" in error
    assert not (tmp_path / "out").exists()


def test_more_memory_than_it_may_use_with_podman(run, podman, base, tool, tmp_path):
    podman(base)
    package = tool(TAKE.format(300), **FIGURES)
    error = run(package, "-o", tmp_path / "out", "--engine", "podman", code=3).stderr
    assert "container was killed, most likely out of memory: it may use 128 MiB" in error
    assert containers("podman") == ""


@pytest.mark.parametrize("figures", [FIGURES, {}, {"coresMin": 1}])
def test_memory_that_it_may_use(run, tool, tmp_path, figures):
    # More than ramMin, and more than the 256 MiB that CWL supposes where nothing is said.
    size = 90 if "ramMax" in figures else 400
    done = run(tool(TAKE.format(size), **figures), "-o", tmp_path / "out")
    assert done.stderr == f"{size}\n"


def test_processors_that_it_may_use(run, tool, tmp_path):
    script = "cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us /sys/fs/cgroup/cpu.max >&2 2>/dev/null || :"
    half, many = (
        run(tool(script, coresMin=0.5, coresMax=cores), "-o", tmp_path / "out").stderr
        for cores in (0.5, 4096)
    )
    assert half.split()[0] == "50000"
    # Of what a machine does not have, it gets all.
    assert int(many.split()[0]) < 4096 * 100_000


@pytest.mark.parametrize(("runner", "seconds"), [("cwltool", 8), ("toil", 12)])
def test_a_timeout_ends_the_containers(run, tool, tmp_path, runner, seconds):
    package = tool("echo started >&2; sleep 300; true")
    start = time.monotonic()
    words = ["-o", tmp_path / "out", "--runner", runner, "--timeout", str(seconds)]
    error = run(package, *words, code=3).stderr
    told = f"tool.cwl was not done in {seconds} seconds: its containers are stopped\nstarted\n"
    assert told in error
    assert time.monotonic() - start < 60
    assert "sleep 300" not in containers()
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("runner", "number", "code"),
    [
        ("cwltool", signal.SIGINT, 130),
        ("cwltool", signal.SIGTERM, 143),
        ("toil", signal.SIGINT, 130),
    ],
)
def test_an_interrupted_run_leaves_no_container(tool, tmp_path, runner, number, code):
    # sh is the first process of its container, and deaf to SIGTERM.
    package = tool(f"echo started >&2; sleep 3{number:02}; true")
    words = ["run", package, "-o", tmp_path / "out", "--runner", runner]
    # A shell that has started the tests in the background lets them ignore SIGINT.
    start = ["env", "--default-signal=INT", sys.executable, "-m", "apkg"]
    command = [*start, *map(str, words)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=unmeasured()) as process:
        for line in process.stderr:
            if line == "started\n":
                assert f"sleep 3{number:02}" in containers()
                process.send_signal(number)
        assert process.wait(timeout=60) == code
    assert f"sleep 3{number:02}" not in containers()
    assert not (tmp_path / "out").exists()
