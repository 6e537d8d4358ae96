"""A package of two steps on a real Slurm, through Toil."""

import os
import shutil
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
