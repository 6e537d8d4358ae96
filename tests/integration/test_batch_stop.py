"""Batches that are interrupted, run out of room, or lose a process."""

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from batches import documents, run, session, start, unmeasured, whole, write_many
from notebooks import write


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_an_interrupted_batch_leaves_whole_packages_at_once(tmp_path, jobs, number, code):
    source = write_many(tmp_path / "source", 400, lines=40)
    out = tmp_path / "out"
    with start("convert", source, "-o", out, "--jobs", jobs) as batch:
        for _ in range(5):
            batch.stdout.readline()
        begin = time.monotonic()
        os.killpg(batch.pid, number)
        _, said = batch.communicate()
        seconds = time.monotonic() - begin
    assert batch.returncode == code
    # One second where the machine has nothing else to do.
    assert seconds < 5
    assert "not begun or not finished" in said
    assert "Traceback" not in said
    found = documents(out)
    assert 5 <= len(found) / 3 < 400
    assert whole(found)
    assert [p.name for p in out.iterdir() if p.name.startswith(".")] == []
    assert session(batch.pid) == []


def test_a_second_ctrl_c_does_not_cut_the_cleaning_short(tmp_path):
    source = write_many(tmp_path / "source", 300, lines=40)
    out = tmp_path / "out"
    with start("convert", source, "-o", out, "--jobs", 2) as batch:
        batch.stdout.readline()
        for _ in range(5):
            os.killpg(batch.pid, signal.SIGINT)
            time.sleep(0.01)
        _, said = batch.communicate()
    assert batch.returncode in {130, -signal.SIGINT}
    # A measuring of coverage that is interrupted in its last act says so; that is not ours.
    assert "Traceback" not in said.partition("Exception ignored in atexit")[0]
    assert whole(documents(out))
    assert [p.name for p in out.iterdir() if p.name.startswith(".")] == []


def test_a_process_that_is_killed_costs_one_source(tmp_path):
    source = write_many(tmp_path / "source", 100, lines=40)
    out = tmp_path / "out"
    with start("convert", source, "-o", out, "--jobs", 2) as batch:
        batch.stdout.readline()
        (worker, *_) = [pid for pid in session(batch.pid) if pid != batch.pid]
        os.kill(worker, signal.SIGKILL)
        printed, said = batch.communicate()
    assert batch.returncode == 3
    assert "its process was ended by SIGKILL, as when memory runs out" in said
    assert printed.count(": failed") == 1
    assert len(documents(out)) == 99 * 3


@pytest.fixture
def small(tmp_path):
    """A file system of its own: ``small(options)`` mounts it anew with ``mount -o``."""
    folder = tmp_path / "small"
    folder.mkdir()

    def mount(options):
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "none", folder],
            capture_output=True,
            check=False,
        )
        if done.returncode:
            pytest.skip("may not mount")
        return folder

    if os.geteuid() or sys.platform != "linux" or shutil.which("mount") is None:
        pytest.skip("only root mounts file systems")
    yield mount
    subprocess.run(["umount", "-l", folder], capture_output=True, check=False)


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("resume", [True, False])
def test_a_full_disk_ends_the_batch_and_loses_nothing(tmp_path, small, jobs, resume):
    source = write_many(tmp_path / "source", 60)
    assert run("convert", source, "-o", tmp_path / "undisturbed")[0] == 0
    expected = documents(tmp_path / "undisturbed")
    disk = small("size=1m")
    words = ("convert", source, "-o", disk / "out", "--jobs", jobs, *["--resume"] * resume)
    code, printed, said = run(*words)
    assert code == 3
    assert "No space left on device" in said or "disk is full" in said
    assert said.count("error:") == 1
    left = documents(disk / "out")
    told = printed.count("(3 files")
    # Where it is full when a package that is there is to be noted, that one is done again.
    assert len(left) / 3 - told in ([0, 1] if resume else [0])
    assert whole(left)
    assert {name: expected[name] for name in left} == left
    subprocess.run(["mount", "-o", "remount,size=50m", disk], check=True)
    if resume:
        code, printed, _ = run(*words)
        assert (code, printed.count("(unchanged)")) == (0, told)
        assert documents(disk / "out") == expected


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("resume", [[], ["--resume"]])
def test_a_folder_that_cannot_be_written(tmp_path, small, jobs, resume):
    source = write_many(tmp_path / "source", 20)
    disk = small("size=5m")
    (disk / "out").mkdir()
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    for out in (disk / "out", disk / "new"):
        code, printed, said = run("convert", source, "-o", out, "--jobs", jobs, *resume)
        assert (code, printed) == (3, "")
        assert "cannot be written: Read-only file system" in said
        assert "-o" in said
        assert "Traceback" not in said


def test_a_notebook_that_takes_all_memory_costs_one_source(tmp_path):
    """Ten inputs of 3 MB need more than is allowed; the others do not."""
    source = write_many(tmp_path / "source", 30)
    write(source, "\n".join(f"x{n} = '{'a' * 3_000_000}'" for n in range(10)), name="n005.ipynb")
    out = tmp_path / "out"
    limit = 'ulimit -v 170000; exec "$@"'
    command = [sys.executable, "-m", "apkg", "convert", source, "-o", out, "--jobs", "2"]
    done = subprocess.run(
        ["bash", "-c", limit, "-", *command],
        env=unmeasured(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {3, 70}
    assert done.stdout.count(": failed") == 1
    assert "n005.ipynb: failed" in done.stdout
    assert len(documents(out)) == 29 * 3
