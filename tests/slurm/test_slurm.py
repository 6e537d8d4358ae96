"""A package of two steps on a real Slurm, through Toil."""

import json
import signal
import subprocess
import sys

import pytest

pytestmark = [pytest.mark.slurm, pytest.mark.slow]

SQUARES, TOTAL = ["0", "1", "4", "9", "16"], 30


def names(jobs):
    return [job.name.partition("_two-steps.")[2] for job in jobs]


def test_the_cluster_runs_a_command(cluster):
    before = len(cluster.ended())
    node = cluster.ask("sinfo", "-h", "-o", "%n").strip()
    assert cluster.ask("srun", "hostname", "--short").strip() == node
    assert [job.state for job in cluster.ended()[before:]] == ["COMPLETED"]


def slurm(apkg, package, out, *words, options=(), code=0):
    run = ["run", package, *words, "--no-container", "-o", out]
    return apkg(*run, "--runner", "toil", "--", "--batchSystem", "slurm", *options, code=code)


def test_each_step_is_a_job_of_slurm_and_gives_what_it_gives_here(
    cluster, apkg, package, results, tmp_path
):
    before = len(cluster.ended())
    apkg("run", package, "count=5", "--no-container", "-o", tmp_path / "here")
    assert cluster.ended()[before:] == []
    # Toil would run the second step in the job of the first, as nothing else waits for it.
    slurm(apkg, package, tmp_path / "there", "count=5", options=["--disableChaining=true"])
    jobs = cluster.ended()[before:]
    assert names(jobs) == ["make.squares", "add.total"]
    assert {job.state for job in jobs} == {"COMPLETED"}
    assert results(tmp_path / "there") == results(tmp_path / "here") == (SQUARES, TOTAL)
    left = {path.name for path in (tmp_path / "there").iterdir()}
    assert left == {path.name for path in (tmp_path / "here").iterdir()}


def test_a_cell_that_fails_on_slurm_is_named(cluster, apkg, package_of, tmp_path):
    before = len(cluster.ended())
    package = package_of("from pathlib import Path\nPath('squares.txt').write_text('no number')")
    done = slurm(apkg, package, tmp_path / "out", "count=5", code=3)
    assert "total failed in cell" in done.stderr
    assert "ValueError" in done.stderr
    assert cluster.ended()[before:] != []


def test_ctrl_c_cancels_the_job_on_slurm(cluster, tmp_path):
    tool = {"cwlVersion": "v1.2", "class": "CommandLineTool", "baseCommand": ["sleep", "600"]}
    package = tmp_path / "slow.cwl"
    package.write_text(json.dumps({**tool, "inputs": {}, "outputs": {}}), encoding="utf-8")
    run = [sys.executable, "-m", "apkg", "run", package, "--no-container"]
    run += ["-o", tmp_path / "out", "--runner", "toil", "--", "--batchSystem", "slurm"]
    log = tmp_path / "log.txt"
    with log.open("wb") as stream:
        started = subprocess.Popen(run, env=cluster.environment, stdout=stream, stderr=stream)
    try:
        cluster.until(lambda: cluster.running() or started.poll(), "the job runs")
        started.send_signal(signal.SIGINT)
        assert started.wait(60) == 130, log.read_text(encoding="utf-8")
    finally:
        started.kill()
        started.wait()
    cluster.until(lambda: not cluster.unfinished(), "the job is cancelled")
    assert cluster.ended()[-1].state == "CANCELLED"
    assert not (tmp_path / "out").exists()
