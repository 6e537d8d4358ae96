"""A package of two steps on a real Slurm, through Toil."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slurm, pytest.mark.slow]

SQUARES, TOTAL = ["0", "1", "4", "9", "16"], 30


@pytest.fixture
def toil(cluster, tmp_path):
    """Call ``toil-cwl-runner ARGS`` with Slurm's clients and the interpreter of these tests."""
    folder = Path(sys.executable).parent
    program = shutil.which("toil-cwl-runner", path=str(folder))
    if program is None and not os.environ.get("CI"):
        pytest.skip("toil is not installed")
    assert program, "on CI there has to be toil, beside this Python"
    path = f"{folder}:{cluster.environment['PATH']}"
    environment = cluster.environment | {"PATH": path, "HOME": str(tmp_path)}

    def call(*args):
        command = [program, "--batchSystem=slurm", f"--jobStore={tmp_path / 'store'}"]
        done = subprocess.run(
            [*command, *map(str, args)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}\n{cluster.logs()}"
        return done

    return call


def names(jobs):
    return [job.name.partition("_two-steps.")[2] for job in jobs]


def test_the_cluster_runs_a_command(cluster):
    before = len(cluster.ended())
    node = cluster.ask("sinfo", "-h", "-o", "%n").strip()
    assert cluster.ask("srun", "hostname", "--short").strip() == node
    assert [job.state for job in cluster.ended()[before:]] == ["COMPLETED"]


def test_each_step_is_a_job_of_slurm(cluster, package, toil, results, tmp_path):
    before = len(cluster.ended())
    out = tmp_path / "out"
    # Toil would run the second step in the job of the first, as nothing else waits for it.
    toil("--disableChaining=true", "--no-container", f"--outdir={out}", package, "--count=5")
    jobs = cluster.ended()[before:]
    assert names(jobs) == ["make.squares", "add.total"]
    assert {job.state for job in jobs} == {"COMPLETED"}
    assert results(out) == (SQUARES, TOTAL)


def slurm(apkg, package, out, *words, code=0):
    run = ["run", package, *words, "--no-container", "-o", out]
    return apkg(*run, "--runner", "toil", "--", "--batchSystem", "slurm", code=code)


def test_apkg_run_gives_on_slurm_what_it_gives_here(cluster, apkg, package, results, tmp_path):
    before = len(cluster.ended())
    apkg("run", package, "count=5", "--no-container", "-o", tmp_path / "here")
    assert cluster.ended()[before:] == []
    slurm(apkg, package, tmp_path / "there", "count=5")
    jobs = cluster.ended()[before:]
    # The second step runs in the job of the first: nothing else waits for it.
    assert [(names([job]), job.state) for job in jobs] == [(["make.squares"], "COMPLETED")]
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


def test_ctrl_c_cancels_the_job_on_slurm(cluster, package_of, tmp_path):
    slow = "import time\ntime.sleep(600)\nopen('squares.txt', 'w').close()"
    run = [sys.executable, "-m", "apkg", "run", package_of(slow), "count=5", "--no-container"]
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
